import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { formatAmount } from '../../domain/money-text.ts';
import { allBlocks, signInAs, textOf, type ShownPage } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { openHouse } from '../support/house.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const fabien = await signInAs(db, url, 'finance', 'Fabien');
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const looker = await signInAs(db, url, 'read_only', 'Lou');
const day = 86_400_000;
const table = (page: ShownPage, caption: string) => (allBlocks(page.blocks).find((block) => block.caption?.startsWith(caption))?.rows ?? []).map(({ cells }) => cells.map(textOf));
const form = (page: ShownPage, act: string) => allBlocks(page.blocks).find((block) => block.kind === 'form' && block.act === act);
const figures = (page: ShownPage) => Object.fromEntries((allBlocks(page.blocks).find(({ kind }) => kind === 'figures')?.items ?? []).map(({ label, value }) => [label, value]));
const money = (cents: number) => formatAmount(cents, 'fr');
const untranslated = /"(invoicesByAge|dunningPlan|waterfall|payouts|margin|finance|action|consequence|field|kind)\.[\w.]+"/;
const isOpen = (ref: string) => db.clientInvoice.findUniqueOrThrow({ where: { ref } });
const late = (ref: string, days: number) => db.clientInvoice.update({ where: { ref }, data: { dueAt: new Date(Date.now() - days * day) } });

describe('I6 invoices by age', () => {
  it('S1: puts each in its bucket with what is left, its last and next reminder, by client, filtered, in words', async () => {
    const { company, refs } = await issuedInvoices(deps, [10_000, 20_000, 30_000]);
    const [first = '', second = '', third = ''] = refs;
    await late(second, 40);
    await late(third, 95);
    const page = await looker.open('invoicesByAge', `client=${encodeURIComponent(company.name)}`);
    const totals = await db.clientInvoice.findMany({ where: { ref: { in: refs } }, orderBy: { totalCents: 'asc' } });
    expect(figures(page)).toMatchObject({ 'Pas encore en retard': money(totals[0]?.totalCents ?? 0), '31 à 60 jours de retard': money(totals[1]?.totalCents ?? 0), 'Plus de 90 jours de retard': money(totals[2]?.totalCents ?? 0), '1 à 30 jours de retard': money(0) });
    const rows = table(page, 'Factures à régler');
    expect(rows.map(([number]) => number)).toEqual([third, second, first].map((ref) => totals.find((one) => one.ref === ref)?.number));
    expect(rows[2]?.[5]).toBe('Relance 1 : rappel avant l’échéance');
    expect(table(page, 'Par client')[0]?.slice(0, 2)).toEqual([company.name, money(totals.reduce((sum, one) => sum + one.totalCents, 0))]);
    const narrowed = await looker.open('invoicesByAge', `client=${encodeURIComponent(company.name)}&bucket=late_60`);
    expect(table(narrowed, 'Factures à régler').map(([number]) => number)).toEqual([totals[1]?.number]);
    expect(table(await looker.open('invoicesByAge', `client=${encodeURIComponent(company.name)}&manager=${fabien.id}`), 'Factures à régler')).toHaveLength(3);
    expect(table(await looker.open('invoicesByAge', `client=${encodeURIComponent(company.name)}&manager=${manager.id}`), 'Factures à régler')).toHaveLength(0);
    const after = `${(await isOpen(second)).dueAt?.toISOString()}_${totals[1]?.id}`;
    expect(table(await looker.open('invoicesByAge', `client=${encodeURIComponent(company.name)}&after=${after}`), 'Factures à régler').map(([number]) => number)).toEqual([totals[0]?.number]);
    expect(JSON.stringify([page, await fabien.open('invoicesByAge', ''), await fabien.open('invoicesByAge', 'lang=en')])).not.toMatch(untranslated);
  });

  it('a dispute pauses reminders with its reason, the plan shows it apart, and they resume; who may only look may not', async () => {
    const { company, refs: [ref = ''] } = await issuedInvoices(deps, [15_000]);
    const reason = 'Le livrable 2 est contesté.';
    expect((await looker.act('invoicesByAge', `pause=${ref}`, 'pauseDunning', { ref, reason })).notice?.type).toBe('error');
    expect(form(await looker.open('invoicesByAge', `pause=${ref}`), 'pauseDunning')).toBeUndefined();
    expect((await manager.act('invoicesByAge', `pause=${ref}`, 'pauseDunning', { ref, reason: '' })).notice?.type).toBe('error');
    expect(await manager.act('invoicesByAge', `pause=${ref}`, 'pauseDunning', { ref, reason })).toMatchObject({ notice: { type: 'success' }, redirect: '/console/pages/invoicesByAge' });
    expect(await isOpen(ref)).toMatchObject({ dunningPaused: true, dunningPauseReason: reason });
    await late(ref, -10);
    const { number } = await isOpen(ref);
    const plan = await fabien.open('dunningPlan', `client=${encodeURIComponent(company.name)}`);
    expect(table(plan, 'Suspendues').map(([one, , , why]) => [one, why])).toEqual([[number, reason]]);
    expect(table(plan, 'Relances des')).toEqual([]);
    expect(table(await manager.open('invoicesByAge', `client=${encodeURIComponent(company.name)}`), 'Factures à régler')[0]?.[5]).toBe('Suspendue');
    expect((await manager.act('invoicesByAge', '', 'resumeDunning', { ref })).notice?.type).toBe('success');
    const again = await fabien.open('dunningPlan', `client=${encodeURIComponent(company.name)}`);
    expect(table(again, 'Relances des').map(([, one, level]) => [one, level])).toEqual(['Relance 1 : rappel avant l’échéance', 'Relance 2 : jour de l’échéance', 'Relance 3 : rappel', 'Relance 4 : rappel ferme'].map((level) => [number, level]));
    expect(JSON.stringify([plan, again])).not.toMatch(untranslated);
  });

  it('a reminder to come opens as the mail it will be', async () => {
    const { refs: [ref = ''] } = await issuedInvoices(deps, [15_000]);
    const { number } = await isOpen(ref);
    const page = await fabien.open('dunningPlan', `invoice=${ref}&level=5`);
    const mail = allBlocks(page.blocks).find(({ kind }) => kind === 'frame');
    expect(table(page, 'Ce qui reste à envoyer')).toHaveLength(5);
    expect([mail?.html?.includes(number ?? '?'), mail?.html?.includes('40,00')]).toEqual([true, true]);
    expect(JSON.stringify(page)).not.toMatch(untranslated);
    expect((await looker.open('dunningPlan')).title).toBe('Page réservée');
  });
});

describe('I6 one transfer over several invoices', () => {
  it('is proposed oldest due first, must be allocated to the cent, and posted twice acts once', async () => {
    const { company, refs } = await issuedInvoices(deps, [10_000, 20_000]);
    const [first = '', second = ''] = refs;
    await late(second, 10);
    const [one, two] = [await isOpen(first), await isOpen(second)];
    const transfer = two.totalCents + 5_000;
    const typed = (transfer / 100).toFixed(2).replace('.', ',');
    const address = `transfer=${company.handle}&amount=${typed}&receivedOn=2026-11-20&reference=VIR+42`;
    const page = await fabien.open('invoicesByAge', address);
    const values = Object.fromEntries((form(page, 'recordTransfer')?.fields ?? []).map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ [`amount/${second}`]: (two.totalCents / 100).toFixed(2).replace('.', ','), [`amount/${first}`]: '50,00', amount: typed, reference: 'VIR 42' });
    const refused = async (change: object) => (await fabien.act('invoicesByAge', address, 'recordTransfer', { ...values, ...change })).notice?.message;
    expect(await refused({ [`amount/${first}`]: '' })).toBe(`Il reste ${money(5_000)} du virement à répartir : tout doit l’être.`);
    expect(await refused({ [`amount/${first}`]: '60' })).toBe(`La répartition dépasse le virement de ${money(1_000)}.`);
    expect(await refused({ amount: '9 999,00' })).toContain(`${money(999_900 - one.totalCents - two.totalCents)} sont de trop`);
    expect(await refused({ amount: 'beaucoup' })).toContain('1 234,50');
    expect((await manager.act('invoicesByAge', address, 'recordTransfer', values)).notice?.type).toBe('error');
    expect(await db.payment.count({ where: { clientInvoice: { ref: { in: refs } } } })).toBe(0);
    const key = randomUUID();
    const posts = await Promise.all([1, 2].map(() => fabien.act('invoicesByAge', address, 'recordTransfer', values, key)));
    posts.push(await fabien.act('invoicesByAge', address, 'recordTransfer', values, key));
    expect(posts.map(({ notice }) => notice?.type)).toEqual(['success', 'success', 'success']);
    expect(await db.payment.findMany({ where: { clientInvoice: { ref: { in: refs } } }, orderBy: { amountCents: 'asc' }, select: { amountCents: true, reference: true } }))
      .toEqual([{ amountCents: 5_000, reference: 'VIR 42' }, { amountCents: two.totalCents, reference: 'VIR 42' }]);
    expect([(await isOpen(second)).state, (await isOpen(first)).state]).toEqual(['paid', 'part_paid']);
    expect(JSON.stringify(page)).not.toMatch(untranslated);
  });

  it('W4: one that stopped half way is finished by posting again, and what was recorded may not be changed meanwhile', async () => {
    const { company, refs } = await issuedInvoices(deps, [10_000, 20_000]);
    const [first = '', second = ''] = refs;
    const [one, two] = [await isOpen(first), await isOpen(second)];
    const euros = (cents: number) => (cents / 100).toFixed(2);
    const values = { amount: euros(one.totalCents + two.totalCents), receivedOn: '2026-11-20', reference: 'VIR 43', [`amount/${first}`]: euros(one.totalCents), [`amount/${second}`]: euros(two.totalCents) };
    const address = `transfer=${company.handle}`;
    const key = randomUUID();
    // Something stands in the way of the second payment.
    const hurdle = await db.submission.create({ data: { id: `${key}/${second}`, step: 'recordPayment', actorKind: 'staff', actorId: manager.id, subject: `client-invoice/${second}`, payload: {} } });
    const stopped = await fabien.act('invoicesByAge', address, 'recordTransfer', values, key);
    expect(stopped.notice).toMatchObject({ type: 'error' });
    expect(stopped.notice?.message).toContain('1 paiements sur 2');
    expect((await isOpen(first)).state).toBe('paid');
    await db.submission.delete({ where: { id: hurdle.id } });
    const changed = await fabien.act('invoicesByAge', address, 'recordTransfer', { ...values, [`amount/${first}`]: '1,00' }, key);
    expect(changed.notice?.message).toContain(`${money(one.totalCents)} sont déjà enregistrés`);
    expect((await fabien.act('invoicesByAge', address, 'recordTransfer', values, key)).notice?.type).toBe('success');
    expect(await db.payment.count({ where: { clientInvoice: { ref: { in: refs } } } })).toBe(2);
    await eventually(async () => expect((await isOpen(second)).state).toBe('paid'));
  });
});
