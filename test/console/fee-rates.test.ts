import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { addSpecialRate } from '../../database/special-rates.ts';
import { termsInForce } from '../../database/settings.ts';
import { roles } from '../../domain/roles.ts';
import { consoleHand, deedsOf, formOf, plain, tableOf, type ConsoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { beginStory } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { deps } = house;
const { db } = deps;
const claire = await consoleHand(house, 'administrator', 'Claire');
const denis = await consoleHand(house, 'administrator', 'Denis');
const day = 86_400_000;
const inDays = (count: number) => new Date(Date.now() + count * day).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const midnight = (date: string) => db.$queryRaw<{ at: Date }[]>`SELECT (${date}::timestamp AT TIME ZONE 'Europe/Paris') AT TIME ZONE 'UTC' AS "at"`.then(([row]) => row!.at.getTime());
const pathOf = (redirect: string | undefined) => String(redirect).replace('/console/pages/', '');
const company = async () => (await db.company.create({ data: { handle: `maison-${randomUUID().slice(0, 6)}`, name: `Maison ${randomUUID().slice(0, 6)}` } })).id;
const rateAt = async (id: string, at: number) => (await termsInForce(db, id, at)).feeRateBp;
const rates = (id: string) => db.specialFeeRate.findMany({ where: { companyId: id }, orderBy: { from: 'asc' } });

/** Types a rate, reads what will happen, confirms. */
async function grant(who: ConsoleHand, id: string, typed: { rate: string; from?: string; last?: string; reason?: string }) {
  const values = { company: id, from: '', last: '', reason: 'Volume annuel', ...typed };
  const proposed = await who.act(`feeRates?company=${id}`, 'propose', values);
  if (proposed.notice?.type !== 'success') return { notice: proposed.notice, redirect: proposed.redirect };
  const preview = await who.open(pathOf(proposed.redirect));
  const confirm = formOf(preview, 'add');
  if (!confirm) return { notice: { type: 'error', message: preview.blocks.map((block) => (block.kind === 'text' ? block.text : '')).join(' ') } };
  const { notice } = await who.act(pathOf(proposed.redirect), 'add', confirm.values);
  return { notice, preview, consequence: confirm.consequence };
}

describe('C11 a special rate is set by staff, dated, never retroactive', () => {
  it('holds from its first day to its last, included, in Paris, and says what it gives on 830.00 €', async () => {
    const id = await company();
    const { notice, preview, consequence } = await grant(claire, id, { rate: '12,5', from: inDays(10), last: inDays(20) });
    expect(notice?.type).toBe('success');
    expect(consequence).toContain('12,5 %');
    expect(tableOf(preview!, 'Ce que cela donne, par exemple')).toEqual([
      ['17 % | habituel', '830,00 €', '170,00 €', '1 000,00 €'],
      ['12,5 %', '830,00 €', '118,57 €', '948,57 €'],
    ]);
    const [begins, ends] = [await midnight(inDays(10)), await midnight(inDays(21))];
    expect([await rateAt(id, begins - 1), await rateAt(id, begins), await rateAt(id, ends - 1), await rateAt(id, ends)]).toEqual([1_700, 1_250, 1_250, 1_700]);
    expect(await db.auditEvent.findFirstOrThrow({ where: { action: 'feeRate.added', actorId: claire.staffId } })).toMatchObject({ data: { rateBp: 1_250, reason: 'Volume annuel' } });
  });

  it('a project started before keeps its rate, what starts after has the new one', async () => {
    const before = await beginStory(deps, { company: 'Fidèle' });
    const { companyId } = await db.project.findUniqueOrThrow({ where: { id: before.projectId } });
    const { consequence } = await grant(claire, companyId, { rate: '10' });
    expect(consequence).toContain('Projets en cours qui gardent leur taux : 1');
    expect((await db.project.findUniqueOrThrow({ where: { id: before.projectId } })).feeRateBp).toBe(1_700);
    expect(await rateAt(companyId, Date.now() + 1)).toBe(1_000);
    expect(await rateAt(companyId, Date.now() - 60_000)).toBe(1_700);
    expect(tableOf(await claire.open(`feeRates?company=${companyId}`), 'Ce qui a été promis aux projets en cours')).toEqual([['17 %', '1']]);
  });

  it.each([
    [{ rate: '51' }, '50 %'],
    [{ rate: 'dix' }, 'pourcentage'],
    [{ rate: '10', from: inDays(-1) }, 'jamais le temps'],
    [{ rate: '10', from: inDays(10), last: inDays(9) }, 'jamais le temps'],
    [{ rate: '10', from: 'demain' }, 'lisible'],
    [{ rate: '10', reason: ' ' }, 'raison'],
  ])('%o is refused in words', async (typed, words) => {
    const id = await company();
    const { notice, redirect } = await grant(claire, id, typed);
    expect(notice?.type).toBe('error');
    expect(plain(notice?.message ?? '')).toContain(words);
    expect(redirect).toBeUndefined();
    expect(await rates(id)).toHaveLength(0);
  });
});

describe('C11 one rate at a time', () => {
  it('an overlap is refused before confirming and after; a rate that follows is not one', async () => {
    const id = await company();
    await grant(claire, id, { rate: '12', from: inDays(10), last: inDays(20) });
    const { notice } = await grant(claire, id, { rate: '11', from: inDays(20) });
    expect(notice?.message).toContain('déjà un taux');
    const straight = await claire.act(`feeRates?company=${id}`, 'add', { company: id, rate: '11', from: inDays(5), last: inDays(10), reason: 'x' });
    expect(straight.notice?.type).toBe('error');
    expect((await grant(claire, id, { rate: '11', from: inDays(21) })).notice?.type).toBe('success');
    expect((await rates(id)).map(({ rateBp }) => rateBp)).toEqual([1_200, 1_100]);
  });

  it('two people at once: one wins, the other is told', async () => {
    const id = await company();
    const values = { company: id, rate: '9', from: '', last: '', reason: 'x' };
    const answers = await Promise.all([claire.act(`feeRates?company=${id}`, 'add', values), denis.act(`feeRates?company=${id}`, 'add', { ...values, rate: '8' })]);
    expect(answers.map(({ notice }) => notice?.type).sort()).toEqual(['error', 'success']);
    expect(await rates(id)).toHaveLength(1);
    const key = randomUUID();
    const other = await company();
    const same = { ...values, company: other };
    await Promise.all([claire.act(`feeRates?company=${other}`, 'add', same, key), claire.act(`feeRates?company=${other}`, 'add', same, key)]);
    expect(await rates(other)).toHaveLength(1);
  });

  it('the database refuses an overlap, a past beginning, a change and a removal, whoever writes', async () => {
    const id = await company();
    const by = { kind: 'staff', id: null, name: 'x' } as const;
    await addSpecialRate(db, { form: randomUUID(), companyId: id, rateBp: 1_000, from: null, until: null, reason: 'x', by, at: Date.now() });
    const [rate] = await rates(id);
    const create = (from: Date, companyId = id) => db.specialFeeRate.create({ data: { companyId, rateBp: 900, from, reason: 'x', createdBy: 'x' } });
    await expect(create(new Date(Date.now() + 10 * day))).rejects.toThrow(/another special rate/);
    await expect(create(new Date(Date.now() - day), await company())).rejects.toThrow(/never_retroactive/);
    await expect(db.specialFeeRate.update({ where: { id: rate!.id }, data: { rateBp: 500 } })).rejects.toThrow(/stays as agreed/);
    await expect(db.specialFeeRate.update({ where: { id: rate!.id }, data: { until: new Date(Date.now() - day) } })).rejects.toThrow();
    await expect(db.specialFeeRate.delete({ where: { id: rate!.id } })).rejects.toThrow(/stays as agreed/);
  });
});

describe('C11 a rate ends, and its history stays', () => {
  it('at once, on a day, or before it began', async () => {
    const id = await company();
    const page = `feeRates?company=${id}`;
    await grant(claire, id, { rate: '12' });
    await grant(claire, id, { rate: '11', from: inDays(60) }).then(({ notice }) => expect(notice?.type).toBe('error')); // the first has no end
    const [running] = await rates(id);
    expect((await claire.act(page, 'end', { id: running!.id, last: inDays(30) })).notice?.type).toBe('success');
    expect(await rateAt(id, (await midnight(inDays(31))) - 1)).toBe(1_200);
    expect(await rateAt(id, await midnight(inDays(31)))).toBe(1_700);
    expect((await claire.act(page, 'end', { id: running!.id, last: inDays(40) })).notice?.message).toContain('terminé');
    await grant(claire, id, { rate: '11', from: inDays(60) });
    const end = deedsOf(await denis.open(page)).filter(({ act }) => act === 'end');
    expect(end.map(({ label }) => label)).toEqual(['Annuler', 'Terminer maintenant']);
    expect(plain(end[0]?.confirm ?? '')).toContain('11 %');
    for (const { values } of end) expect((await denis.act(page, 'end', values)).notice?.type).toBe('success');
    expect([await rateAt(id, Date.now() + 1), await rateAt(id, Date.now() + 61 * day)]).toEqual([1_700, 1_700]);
    const history = tableOf(await claire.open(page), 'Historique');
    expect(history.map((cells) => [cells[0], cells[2]])).toEqual([['11 %', 'Annulé avant son début'], ['12 %', 'Terminé']]);
    expect(history[1]?.[4]).toContain('fin décidée par Denis');
    expect(await db.auditEvent.count({ where: { action: 'feeRate.ended', actorId: denis.staffId } })).toBe(2);
    expect((await grant(claire, id, { rate: '10' })).notice?.type).toBe('success'); // the place is free again
  });

  it('a client is found by name, and the list tells who has a rate', async () => {
    const id = await company();
    const { name } = await db.company.findUniqueOrThrow({ where: { id } });
    await grant(claire, id, { rate: '14' });
    const page = await claire.open(`feeRates?client=${encodeURIComponent(name.toLowerCase())}`);
    expect(tableOf(page, 'En cours et à venir').find(([client]) => client === name)?.[1]).toBe('14 %');
    expect(tableOf(page).some(([client]) => client === name)).toBe(true);
    expect((await claire.open('feeRates?company=nobody')).blocks.length).toBeGreaterThan(0);
  });
});

describe('S5 special rates are the administrators’ to grant', () => {
  it.each(roles)('%s', async (role) => {
    const id = await company();
    const hand = await consoleHand(house, role);
    const shown = await hand.open(`feeRates?company=${id}`);
    expect(shown.blocks.some(({ kind }) => kind === 'table')).toBe(['administrator', 'finance', 'read_only'].includes(role));
    expect(formOf(shown, 'propose') !== undefined).toBe(role === 'administrator');
    await hand.act(`feeRates?company=${id}`, 'add', { company: id, rate: '5', from: '', last: '', reason: 'x' });
    expect(await rates(id)).toHaveLength(role === 'administrator' ? 1 : 0);
    const other = await company();
    await grant(claire, other, { rate: '13' });
    const [rate] = await rates(other);
    if (role !== 'administrator') await hand.act(`feeRates?company=${other}`, 'end', { id: rate!.id });
    expect(await rateAt(other, Date.now() + 1)).toBe(1_300);
    // The list of the same name offers no way around.
    const edit = await fetch(`${house.url}/console/api/resources/SpecialFeeRate/records/${rate!.id}/edit`, { method: 'POST', redirect: 'manual', headers: { cookie: hand.cookie }, body: new URLSearchParams({ rateBp: '1' }) });
    await edit.text();
    expect((await rates(other))[0]?.rateBp).toBe(1_300);
  });
});
