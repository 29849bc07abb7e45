import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { changeSetting } from '../../database/change-setting.ts';
import { membershipTermsInForce, termsInForce } from '../../database/settings.ts';
import { historyMark } from '../../domain/setting-history.ts';
import { roles } from '../../domain/roles.ts';
import { consoleHand, deedsOf, formOf, plain, tableOf, type ConsoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { addMember, beginStory, oneFlatLine } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { deps } = house;
const { db } = deps;
const claire = await consoleHand(house, 'administrator', 'Claire');
const denis = await consoleHand(house, 'administrator', 'Denis');
const day = 86_400_000;
const inDays = (count: number) => new Date(Date.now() + count * day).toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const pathOf = (redirect: string | undefined) => String(redirect).replace('/console/pages/', '');

/** Types a value, reads what will happen, confirms. */
async function change(who: ConsoleHand, key: string, typed: object, { page = 'terms', from = '', reason = 'Parce qu’il le faut' } = {}) {
  const address = `${page}?key=${key}`;
  const seen = formOf(await who.open(address), 'propose')?.values.seen;
  const proposed = await who.act(address, 'propose', { key, seen, day: from, reason, ...typed });
  if (proposed.notice?.type !== 'success') return { proposed, preview: proposed, done: proposed };
  const preview = await who.open(pathOf(proposed.redirect));
  const confirm = formOf(preview, 'change');
  const done = await who.act(pathOf(proposed.redirect), 'change', confirm?.values ?? {});
  return { proposed, preview, done, consequence: confirm?.consequence ?? '' };
}
const now = async (key: string, at = Date.now() + 1) => ({ ...(await termsInForce(db, null, at)), ...(await membershipTermsInForce(db, at)) })[key as 'feeRateBp'] as unknown;

describe('S4 every type of setting is changed as people type it', () => {
  it.each([
    ['feeRateBp', 'terms', { value: '16,5' }, 1_650],
    ['feeBasis', 'terms', { value: 'of_members_total' }, 'of_members_total'],
    ['escalationTimes', 'terms', { value: '4' }, 4],
    ['indemnityCents', 'terms', { value: '45,50' }, 4_550],
    ['clientQuoteValidity', 'terms', { value: '45', unit: 'days' }, { unit: 'days', count: 45 }],
    ['approvalReminders', 'cadences', { rows: [{ count: '36', unit: 'hours' }, { count: '4', unit: 'working_days' }] }, [{ unit: 'hours', count: 36 }, { unit: 'working_days', count: 4 }]],
    ['expiryNoticeDays', 'cadences', { rows: [{ count: '60' }, { count: '15' }] }, [60, 15]],
    ['dunning', 'cadences', { rows: [{ count: '0', unit: 'days', tone: 'due', to: 'billing' }, { count: '10', unit: 'days', tone: 'formal_notice', to: 'both' }] },
      [{ level: 1, after: { unit: 'days', count: 0 }, tone: 'due' }, { level: 2, after: { unit: 'days', count: 10 }, tone: 'formal_notice', to: 'both' }]],
  ])('%s', async (key, page, typed, value) => {
    const { done } = await change(claire, key, typed, { page });
    expect(done.notice).toMatchObject({ type: 'success' });
    expect(await now(key)).toEqual(value);
    const row = await db.setting.findFirstOrThrow({ where: { key }, orderBy: { createdAt: 'desc' } });
    expect(row).toMatchObject({ changedBy: 'Claire', reason: 'Parce qu’il le faut' });
    expect(await db.auditEvent.findFirstOrThrow({ where: { subject: `setting/${key}` } })).toMatchObject({ action: 'setting.changed', actorId: claire.staffId });
  });

  it.each([
    ['feeRateBp', 'terms', { value: '51' }, '50'],
    ['feeRateBp', 'terms', { value: 'beaucoup' }, 'pourcentage'],
    ['paymentTerm', 'terms', { value: '61', unit: 'days' }, '60 jours'],
    ['indemnityCents', 'terms', { value: '39' }, '40,00'],
    ['escalationTimes', 'terms', { value: '21' }, '20'],
    ['feeBasis', 'terms', { value: 'au hasard' }, 'liste'],
    ['memberQuoteReminders', 'cadences', { rows: [{ count: '5', unit: 'days' }, { count: '2', unit: 'days' }] }, 'Ligne 2'],
    ['dunning', 'cadences', { rows: [] }, 'au moins un'],
    ['quoteValidationReminders', 'cadences', { rows: [{ count: '30', unit: 'hours' }] }, 'ne partirait jamais'],
    ['briefChangesLimit', 'terms', { value: '8', unit: 'days' }, 'ne partirait jamais'], // its reminder leaves at 10 days
  ])('%s out of bounds is refused in words, and nothing changes', async (key, page, typed, words) => {
    const before = await db.setting.count({ where: { key } });
    const { proposed } = await change(claire, key, typed, { page });
    expect(proposed.notice?.type).toBe('error');
    expect(plain(proposed.notice?.message ?? '')).toContain(words);
    expect(proposed.redirect).toBeUndefined(); // the form stays as typed
    expect(await db.setting.count({ where: { key } })).toBe(before);
  });

  it('asks for a reason, and says when nothing would change', async () => {
    expect((await change(claire, 'lateRateBp', { value: '12' }, { reason: ' ' })).proposed.notice?.message).toContain('raison');
    expect((await change(claire, 'lateRateBp', { value: '12,15' })).proposed.notice?.message).toContain('déjà');
  });

  it('what an address or a form pretends is checked again on confirming', async () => {
    const seen = formOf(await claire.open('terms?key=vatRateBp'), 'propose')?.values.seen;
    for (const value of ['99999', '"x"', '{', 'null']) {
      const { notice } = await claire.act('terms?key=vatRateBp', 'change', { key: 'vatRateBp', value, day: '', reason: 'x', seen });
      expect(notice?.type, value).toBe('error');
    }
    const shown = await claire.open(`terms?key=vatRateBp&proposed=${encodeURIComponent('99999')}&reason=x`);
    expect(formOf(shown, 'change')).toBeUndefined();
    expect(await db.setting.count({ where: { key: 'vatRateBp' } })).toBe(0);
  });
});

describe('S4 a change is dated, never retroactive, and can be taken back', () => {
  it('one for later takes effect at its date and not before', async () => {
    const from = inDays(40);
    const { consequence, done } = await change(claire, 'teamWaitLimit', { value: '5', unit: 'days' }, { from });
    expect(consequence).toContain('5 jours');
    expect(done.notice?.type).toBe('success');
    const { effectiveFrom } = await db.setting.findFirstOrThrow({ where: { key: 'teamWaitLimit' } });
    expect(effectiveFrom.toLocaleString('sv-SE', { timeZone: 'Europe/Paris' })).toBe(`${from} 00:00:00`);
    expect(await now('teamWaitLimit')).toEqual({ unit: 'hours', count: 72 });
    expect(await now('teamWaitLimit', effectiveFrom.getTime() - 1)).toEqual({ unit: 'hours', count: 72 });
    expect(await now('teamWaitLimit', effectiveFrom.getTime())).toEqual({ unit: 'days', count: 5 });
    const line = tableOf(await claire.open('terms'), 'Factures des membres').find(([name]) => name?.startsWith('Attente des coéquipiers'));
    expect(line?.[1]).toBe('72 heures');
    expect(line?.[3]).toContain('5 jours');
    expect(line?.[3]).toContain('Claire');
  });

  it('a day past is refused, whatever form it comes by', async () => {
    const { proposed } = await change(claire, 'escalationEvery', { value: '6', unit: 'hours' }, { from: inDays(-1) });
    expect(proposed.notice?.message).toContain('jamais le temps');
    await expect(changeSetting(db, { form: 'f', key: 'escalationEvery', value: { unit: 'hours', count: 6 }, from: Date.now() - day, reason: 'x', seen: historyMark([]), by: { kind: 'staff', id: null, name: 'x' }, at: Date.now() })).rejects.toMatchObject({ code: 'setting_in_past' });
    await expect(db.setting.create({ data: { key: 'escalationEvery', value: {}, effectiveFrom: new Date(Date.now() - day), changedBy: 'x' } })).rejects.toThrow();
    expect(await db.setting.count({ where: { key: 'escalationEvery' } })).toBe(0);
  });

  it('one not in force yet is cancelled and stays in the history; one in force is not cancelled', async () => {
    await change(claire, 'depositTerm', { value: '5', unit: 'days' });
    await change(claire, 'depositTerm', { value: '10', unit: 'days' }, { from: inDays(30) });
    const page = await denis.open('terms?key=depositTerm');
    const cancel = deedsOf(page).filter(({ act }) => act === 'cancel');
    expect(cancel).toHaveLength(1);
    expect(plain(cancel[0]?.confirm ?? '')).toContain('10 jours');
    expect((await denis.act('terms?key=depositTerm', 'cancel', cancel[0]?.values ?? {})).notice?.type).toBe('success');
    expect(await now('depositTerm', Date.now() + 60 * day)).toEqual({ unit: 'days', count: 5 });
    const history = tableOf(await claire.open('terms?key=depositTerm'), 'Historique');
    expect(history[0]?.[3]).toContain('Annulée | par Denis');
    const running = await db.setting.findFirstOrThrow({ where: { key: 'depositTerm', cancelledAt: null } });
    const seen = formOf(await claire.open('terms?key=depositTerm'), 'propose')?.values.seen;
    expect((await claire.act('terms?key=depositTerm', 'cancel', { id: running.id, seen })).notice?.message).toContain('en vigueur');
    expect(await db.auditEvent.count({ where: { subject: 'setting/depositTerm', action: 'setting.cancelled' } })).toBe(1);
  });

  it('going back writes a new dated row; the original value too', async () => {
    await change(claire, 'memberLegalTerm', { value: '50', unit: 'days' });
    await change(claire, 'memberLegalTerm', { value: '40', unit: 'days' });
    const back = deedsOf(await claire.open('terms?key=memberLegalTerm')).filter(({ act }) => act === 'revert');
    expect(back.map(({ values }) => JSON.parse(String(values.value)) as unknown)).toEqual([{ unit: 'days', count: 50 }, { unit: 'days', count: 60 }]);
    const { redirect } = await claire.act('terms?key=memberLegalTerm', 'revert', back[0]?.values ?? {});
    const confirm = formOf(await claire.open(pathOf(redirect)), 'change');
    expect((await claire.act(pathOf(redirect), 'change', confirm?.values ?? {})).notice?.type).toBe('success');
    expect(await now('memberLegalTerm')).toEqual({ unit: 'days', count: 50 });
    expect(await db.setting.count({ where: { key: 'memberLegalTerm' } })).toBe(3);
  });

  it('the database keeps what was written', async () => {
    const row = await db.setting.create({ data: { key: 'test.kept', value: 1, changedBy: 'x' } });
    await expect(db.setting.update({ where: { id: row.id }, data: { value: 2 } })).rejects.toThrow(/written once/);
    await expect(db.setting.update({ where: { id: row.id }, data: { cancelledAt: new Date(), cancelledBy: 'x' } })).rejects.toThrow(/written once/);
    await expect(db.setting.delete({ where: { id: row.id } })).rejects.toThrow(/written once/);
  });
});

describe('S4 running lifecycles keep their terms', () => {
  it('a project keeps its terms to its invoices; the next one follows the new', async () => {
    const member = await addMember(db, 'Apolline');
    const before = await beginStory(deps, { company: 'Avant' });
    const rate = (await db.project.findUniqueOrThrow({ where: { id: before.projectId } })).feeRateBp;
    const { consequence } = await change(claire, 'feeRateBp', { value: '20' });
    expect(consequence).toMatch(/Projets en cours qui gardent ce qui leur a été promis : [1-9]/);
    const after = await beginStory(deps, { company: 'Après' });
    expect((await db.project.findUniqueOrThrow({ where: { id: after.projectId } })).terms).toMatchObject({ feeRateBp: 2_000 });
    await before.approve();
    await before.publish();
    await before.apply(member);
    await before.chooseAll();
    await before.quote(member, oneFlatLine(83_000));
    await before.sendQuote();
    const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { projectId: before.projectId } } });
    expect(quote.feeRateBp).toBe(rate);
    const promised = tableOf(await claire.open('terms?key=feeRateBp'), 'Ce qui a été promis aux projets en cours');
    expect(promised).toContainEqual(['20 % | comme aujourd’hui', '1']);
    expect(promised.length).toBeGreaterThan(1);
  });
});

describe('S5 only administrators change settings', () => {
  it.each(roles)('%s', async (role) => {
    const hand = await consoleHand(house, role);
    const opens = role === 'administrator' || role === 'read_only';
    for (const page of ['terms', 'cadences']) {
      const shown = await hand.open(page);
      expect(shown.blocks.some(({ kind }) => kind === 'table')).toBe(opens);
    }
    const seen = formOf(await claire.open('terms?key=clientQuoteValidity'), 'propose')?.values.seen;
    const before = await db.setting.count();
    const { notice } = await hand.act('terms?key=clientQuoteValidity', 'change', { key: 'clientQuoteValidity', value: JSON.stringify({ unit: 'days', count: 33 }), day: inDays(300), reason: 'x', seen });
    expect(notice?.type ?? 'refused').toBe(role === 'administrator' ? 'success' : notice ? 'error' : 'refused');
    expect(await db.setting.count()).toBe(before + (role === 'administrator' ? 1 : 0));
    const coming = await db.setting.findFirst({ where: { key: 'teamWaitLimit', cancelledAt: null } });
    if (role !== 'administrator') {
      await hand.act('terms?key=teamWaitLimit', 'cancel', { id: coming?.id, seen: formOf(await claire.open('terms?key=teamWaitLimit'), 'propose')?.values.seen });
      expect((await db.setting.findUniqueOrThrow({ where: { id: coming?.id ?? '' } })).cancelledAt).toBeNull();
      expect(formOf(await hand.open('terms?key=teamWaitLimit'), 'propose')).toBeUndefined();
    }
  });
});

describe('S4 two people at once', () => {
  it('the second is told who was faster, and the same click twice is one change', async () => {
    const address = 'terms?key=dormancyLimit';
    const seen = formOf(await claire.open(address), 'propose')?.values.seen;
    const values = (count: number) => ({ key: 'dormancyLimit', value: JSON.stringify({ unit: 'days', count }), day: '', reason: 'x', seen });
    const answers = await Promise.all([claire.act(address, 'change', values(100)), denis.act(address, 'change', values(120))]);
    expect(answers.map(({ notice }) => notice?.type).sort()).toEqual(['error', 'success']);
    const winner = answers[0].notice?.type === 'success' ? 'Claire' : 'Denis';
    expect(answers.find(({ notice }) => notice?.type === 'error')?.notice?.message).toContain(winner);
    const fresh = formOf(await claire.open(address), 'propose')?.values.seen;
    const once = { ...values(150), seen: fresh };
    const twice = await Promise.all([claire.act(address, 'change', once, 'one-click'), claire.act(address, 'change', once, 'one-click')]);
    expect(twice.map(({ notice }) => notice?.type)).toContain('success');
    expect(await db.setting.count({ where: { key: 'dormancyLimit' } })).toBe(2);
  });
});

describe('S4 what a value does is shown on an example', () => {
  it('dunning levels as the days an invoice would be followed', async () => {
    const shown = tableOf(await claire.open('cadences?key=dunning&sample=2026-11-02'), 'Exemple');
    // Set above: due, then a formal notice ten days later; 30 days from the 2nd is Wednesday the 2nd of December.
    expect(shown.map(([what]) => what)).toEqual(['La facture part au client', 'Échéance | Contacts de facturation', 'Échéance de la facture', 'Mise en demeure | Facturation et propriétaire']);
    expect(shown[1]?.[1]).toContain('2 décembre 2026 à 09:00');
    expect(shown[3]?.[1]).toMatch(/^14 décembre 2026.*09:00$/); // the 12th is a Saturday
  });

  it.each(['terms', 'cadences'])('every setting of %s opens, in French and English, without a key for text', async (page) => {
    const rows = (await claire.open(page)).blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(({ cells }) => cells[0]) : []));
    const links = rows.map((cell) => (typeof cell === 'object' ? (cell.href ?? '') : '')).filter((href) => href.includes('key='));
    expect(links.length).toBeGreaterThan(10);
    for (const lang of ['fr', 'en']) {
      for (const href of links) {
        const { title, blocks } = await claire.open(`${pathOf(href)}&lang=${lang}`);
        expect(`${title} ${JSON.stringify(blocks)}`).not.toMatch(/"(term|terms|sample|unit|dunning|rows|refused)\.[a-z]/i);
      }
    }
  });
});
