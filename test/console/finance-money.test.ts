import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { formatAmount } from '../../domain/money-text.ts';
import { allBlocks, signInAs, textOf, type ShownPage } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { addMember } from '../support/story.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const fabien = await signInAs(db, url, 'finance', 'Fabien');
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const looker = await signInAs(db, url, 'read_only', 'Lou');
const table = (page: ShownPage, caption: string) => (allBlocks(page.blocks).find((block) => block.caption?.startsWith(caption))?.rows ?? []).map(({ cells }) => cells.map(textOf));
const texts = (page: ShownPage) => allBlocks(page.blocks).filter(({ kind }) => kind === 'text').map(({ text }) => text ?? '');
const figures = (page: ShownPage) => Object.fromEntries((allBlocks(page.blocks).find(({ kind }) => kind === 'figures')?.items ?? []).map(({ label, value }) => [label, value]));
const money = (cents: number) => formatAmount(cents, 'fr');
const untranslated = /"(invoicesByAge|dunningPlan|waterfall|payouts|margin|finance|action|consequence|field|kind)\.[\w.]+"/;
const invoiceNamed = (ref: string) => db.clientInvoice.findUniqueOrThrow({ where: { ref }, include: { payments: { include: { payouts: true }, orderBy: { createdAt: 'asc' } } } });

describe('I7 the waterfall of a client invoice', () => {
  it('I8, I9: says who gets what of each payment and why, that it adds up, and why the rest is not due yet', async () => {
    const referrer = await addMember(db, 'Rémi');
    const { story, refs: [ref = ''] } = await issuedInvoices(deps, [83_000], { referral: { memberId: referrer.id, level: 'supported_lead' } });
    expect(table(await looker.open('waterfall', `invoice=${ref}`), 'Ce qui n’est pas encore parti').map(([who, , why]) => `${who}: ${why?.split(/\s;/)[0]}`)).toEqual(['Maud: Le client n’a pas payé', 'Rémi: Le client n’a pas payé']);
    await story.pay(ref, 33_333);
    const part = await invoiceNamed(ref);
    const page = await looker.open('waterfall', `invoice=${part.number}`);
    const parts = table(page, 'Paiement 1');
    const [services, referral] = ['services', 'referral'].map((kind) => part.payments[0]?.payouts.find((one) => one.kind === kind)?.amountCents ?? 0);
    expect(parts.map(([who, , , , amount]) => [who, amount]).slice(0, 2)).toEqual([['Maud', money(services ?? 0)], ['Rémi', money(referral ?? 0)]]);
    expect(parts.map(([who]) => who)).toEqual(['Maud', 'Rémi', 'OFF-WORKS', 'TVA']);
    // The four parts are the payment, to the cent, as shown.
    const cents = (text = ''): number => Math.round(Number(text.replace(/[^\d,-]/g, '').replace(',', '.')) * 100);
    expect(parts.reduce((total, [, , , , amount]) => total + cents(amount), 0)).toBe(33_333);
    expect(texts(page).some((text) => text.startsWith('Le compte est juste') && text.includes(money(33_333)))).toBe(true);
    const waits = table(page, 'Ce qui n’est pas encore parti').map(([who, , why]) => `${who}: ${why?.split(/ le \d|\s;/)[0]}`);
    expect(waits).toEqual(expect.arrayContaining(['Maud: Payé par le client : à envoyer depuis', 'Maud: Le client n’a payé qu’en partie']));
    await db.payout.updateMany({ where: { paymentId: part.payments[0]?.id, kind: 'services' }, data: { state: 'held', heldFor: ['urssaf'] } });
    expect(table(await fabien.open('waterfall', `invoice=${ref}`), 'Ce qui n’est pas encore parti').map(([, , why]) => why)).toContain('Retenu, document à fournir : Attestation URSSAF');
    await db.payout.updateMany({ where: { paymentId: part.payments[0]?.id, kind: 'services' }, data: { state: 'to_send', heldFor: [], amountCents: (services ?? 0) - 1 } });
    expect(texts(await fabien.open('waterfall', `invoice=${ref}`)).some((text) => text.startsWith('Écart de'))).toBe(true);
    await db.payout.updateMany({ where: { paymentId: part.payments[0]?.id, kind: 'services' }, data: { amountCents: services } });
    await story.pay(ref, part.totalCents - 33_333);
    await story.sendPayouts(ref);
    const whole = await looker.open('waterfall', `invoice=${ref}`);
    expect(table(whole, 'Ce qui n’est pas encore parti')).toEqual([]);
    expect(texts(whole).filter((text) => text.startsWith('Le compte est juste'))).toHaveLength(2);
    expect(JSON.stringify([page, whole, await looker.open('waterfall')])).not.toMatch(untranslated);
    expect((await looker.open('waterfall', 'invoice=nothing')).title).toBe('Introuvable');
  });
});

describe('I7 payouts to send', () => {
  it('grouped by member with their legal due date; those chosen leave after one confirmation, each with its result; a refused one holds no other back', async () => {
    const one = await issuedInvoices(deps, [20_000]);
    const two = await issuedInvoices(deps, [30_000]);
    const [first = '', second = ''] = [one.refs[0], two.refs[0]];
    for (const { story, refs: [ref = ''] } of [one, two]) await story.pay(ref, (await invoiceNamed(ref)).totalCents);
    const page = await fabien.open('payouts');
    const mine = await db.payout.findMany({ where: { payment: { clientInvoice: { ref: { in: [first, second] } } } }, orderBy: { amountCents: 'asc' } });
    expect(table(page, 'Par membre').map(([who, amount, account]) => [who, amount, account])).toEqual(expect.arrayContaining(mine.map(({ amountCents }) => ['Maud', money(amountCents), '•••• 0189'])));
    expect(JSON.stringify(page)).not.toContain('kept elsewhere');
    const payoutIds = mine.map(({ id }) => id);
    expect((await manager.open('payouts')).title).toBe('Page réservée');
    expect((await fabien.act('payouts', '', 'send', { payoutIds, confirmed: false })).notice?.message).toBe('Cochez la confirmation avant d’envoyer.');
    expect((await fabien.act('payouts', '', 'send', { payoutIds: [], confirmed: true })).notice?.type).toBe('error');
    // The second member turns out to lack a document meanwhile.
    await db.memberQuote.updateMany({ where: { memberId: two.memberId }, data: { acceptedCents: 600_000 } });
    const key = randomUUID();
    const posts = await Promise.all([1, 2].map(() => fabien.act('payouts', '', 'send', { payoutIds, confirmed: true }, key)));
    expect(posts.map(({ notice }) => notice?.type)).toEqual(['success', 'success']);
    const { redirect = '' } = posts[0] ?? {};
    const results = table(await fabien.open('payouts', redirect.split('?')[1]), 'Ce qu’il en est');
    expect(results.map(([, amount, , fate]) => [amount, fate]).sort()).toEqual([[money(mine[0]?.amountCents ?? 0), 'Envoyé'], [money(mine[1]?.amountCents ?? 0), 'Refusé']].sort());
    expect((await db.payout.findMany({ where: { id: { in: payoutIds } }, orderBy: { amountCents: 'asc' } })).map(({ state }) => state)[0]).toBe('sent');
    expect(await db.mail.count({ where: { template: 'payout_sent', projectId: one.story.projectId } })).toBe(1);
    const after = await fabien.open('payouts');
    expect(table(after, 'Partis récemment').map(([, who, amount, , by]) => [who, amount, by])).toContainEqual(['Maud', money(mine[0]?.amountCents ?? 0), 'Fabien']);
    await db.payout.updateMany({ where: { id: payoutIds[1] }, data: { state: 'held', heldFor: ['registration'] } });
    expect(table(await fabien.open('payouts'), 'Retenus').map(([, , , why]) => why)).toContain('Document à fournir : Immatriculation');
    expect(JSON.stringify([page, after])).not.toMatch(untranslated);
  });
});

describe('S6 the margin of each project', () => {
  it('quoted, invoiced, received, referral, VAT and what is left to invoice, added up for the period; filtered and paged', async () => {
    const referrer = await addMember(db, 'Rose');
    const { story, company, refs: [ref = ''] } = await issuedInvoices(deps, [50_000], { referral: { memberId: referrer.id, level: 'introduction' } });
    await db.memberQuote.updateMany({ where: { round: { projectId: story.projectId } }, data: { acceptedCents: 80_000 } });
    const invoice = await invoiceNamed(ref);
    await story.pay(ref, Math.floor(invoice.totalCents / 2));
    const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { projectId: story.projectId }, state: 'signed' } });
    const referral = await db.payout.aggregate({ where: { referral: { projectId: story.projectId } }, _sum: { amountCents: true } });
    const vat = await db.ledgerLine.aggregate({ where: { account: 'vat_collected', entry: { projectId: story.projectId } }, _sum: { creditCents: true } });
    const page = await manager.open('margin', `client=${encodeURIComponent(company.name)}`);
    const received = Math.round((invoice.feeCents * Math.floor(invoice.totalCents / 2)) / invoice.totalCents);
    const expected = [80_000, quote.feeCents, invoice.feeCents, received, referral._sum.amountCents ?? 0, 0, vat._sum.creditCents ?? 0, 80_000 + quote.feeCents - 50_000 - invoice.feeCents];
    expect(table(page, 'Par projet').map((cells) => cells.slice(2))).toEqual([expected.map((cents) => (cents === 0 ? '—' : money(cents)))]);
    expect(Object.values(figures(page))).toEqual(['1', ...expected.map(money)]);
    expect(table(await manager.open('margin', `client=${encodeURIComponent(company.name)}&from=2020-01-01&until=2020-12-31`), 'Par projet')).toEqual([]);
    expect(table(await manager.open('margin', `client=${encodeURIComponent(company.name)}&manager=${manager.id}`), 'Par projet')).toEqual([]);
    const { createdAt } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    expect(table(await manager.open('margin', `client=${encodeURIComponent(company.name)}&after=${createdAt.toISOString()}_${story.projectId}`), 'Par projet')).toEqual([]);
    expect(JSON.stringify([page, await manager.open('margin', 'lang=en')])).not.toMatch(untranslated);
    expect((await looker.open('margin')).title).toBe('Page réservée');
  });
});
