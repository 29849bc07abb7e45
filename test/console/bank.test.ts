import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { decryptIban } from '../../billing/iban-cipher.ts';
import { verifyLedger } from '../../database/verify-ledger.ts';
import { ledgerMisfitInWords } from '../../database/verify-ledger/misfit.ts';
import { formatAmount } from '../../domain/money-text.ts';
import { recordPayment } from '../../steps/invoice-steps.ts';
import { camtFile } from '../support/camt.ts';
import { dayOf, frenchIban, readBankFile } from '../support/bank.ts';
import { allBlocks, signInAs, textOf, type ShownPage } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db, secret } = deps;
const fabien = await signInAs(db, url, 'finance', 'Fabien');
const flore = await signInAs(db, url, 'finance', 'Flore');
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const [ours, savings] = [frenchIban(1), frenchIban(2)];
const account = { name: 'Compte courant', holder: 'OFF-WORKS', iban: ours, bic: 'AGRIFRPP' };
const table = (page: ShownPage, caption: string) => (allBlocks(page.blocks).find((block) => block.caption?.startsWith(caption))?.rows ?? []).map(({ cells }) => cells);
const money = (cents: number) => formatAmount(cents, 'fr');
const untranslated = /"(bank|transfers|queue|event|finance)\.[\w.]+"/;
const lineNamed = (counterpartyName: string) => db.bankLine.findFirstOrThrow({ where: { counterpartyName }, include: { matches: { include: { payment: true } } } });
const invoiceNamed = (ref: string) => db.clientInvoice.findUniqueOrThrow({ where: { ref } });
const read = (xml: string) => readBankFile(url, fabien, xml);
/** Lines nobody asked about stay out of the way of the next test. */
const left = async (): Promise<void> => { for (const { id } of await db.bankLine.findMany({ where: { state: { in: ['new', 'matched'] } } })) await fabien.act('bank', `line=${id}`, 'ignore', { id, reason: 'Hors de ce test' }); };

describe('I11 statements are read', () => {
  it('of accounts of ours only; an account is added once, and its IBAN is kept encrypted', async () => {
    const file = dayOf(ours, [{ cents: 1_000, bookedOn: '2026-11-03', transfers: [{ name: 'Premier' }] }]);
    expect((await read(file)).notice?.message).toContain(`•••• ${ours.slice(-4)}`);
    expect(await db.bankLine.count()).toBe(0);
    expect((await fabien.act('bank', '', 'addAccount', { ...account, iban: `${ours.slice(0, -1)}0` })).notice?.type).toBe('error');
    expect((await fabien.act('bank', '', 'addAccount', account)).notice?.message).toBe('Le compte Compte courant est ajouté.');
    expect((await fabien.act('bank', '', 'addAccount', { ...account, name: 'Encore' })).notice?.message).toContain('Compte courant');
    await fabien.act('bank', '', 'addAccount', { ...account, name: 'Livret', iban: savings });
    const kept = await db.bankAccount.findFirstOrThrow({ where: { name: 'Compte courant' } });
    expect(JSON.stringify(kept)).not.toContain(ours);
    expect(decryptIban(secret, kept.ibanEncrypted)).toBe(ours);
    expect((await read(file)).notice?.message).toBe('Relevés lus : 1. Lignes nouvelles : 1, déjà connues : 0, avec une proposition : 0.');
    expect(JSON.stringify(await db.auditEvent.findMany({ where: { action: { startsWith: 'bank.' } } }))).not.toContain(ours);
  });

  it('the same file twice, another file of the same days, and days out of order keep each movement once', async () => {
    const entry = (name: string, bookedOn: string, cents: number, reference?: string) => ({ cents, bookedOn, reference, transfers: [{ name, remittance: ['abonnement'] }] });
    const monday = { id: 'LUN', iban: ours, openingCents: 0, openingOn: '2026-11-09', closingOn: '2026-11-09', entries: [entry('Ana', '2026-11-09', 500, 'R1'), entry('Bo', '2026-11-09', 700), entry('Bo', '2026-11-09', 700)] };
    const tuesday = { id: 'MAR', iban: ours, openingCents: 1_900, openingOn: '2026-11-10', closingOn: '2026-11-10', entries: [entry('Bo', '2026-11-10', 700)] };
    const week = { id: 'SEM', iban: ours, openingCents: 0, openingOn: '2026-11-09', closingOn: '2026-11-15', entries: [...monday.entries, ...tuesday.entries, entry('Cleo', '2026-11-12', 40)] };
    const later = await read(camtFile('02', [tuesday]));
    expect(later.notice?.message).toContain('nouvelles : 1, déjà connues : 0');
    const first = camtFile('02', [monday]);
    expect((await read(first)).notice?.message).toContain('nouvelles : 3, déjà connues : 0');
    expect((await read(first)).notice?.message).toMatch(/^Ce fichier a déjà été lu par Fabien/);
    // The same statement, written once more by the bank: other bytes, nothing new.
    expect((await read(first.replace('22:15:00', '23:15:00'))).notice?.message).toContain('nouvelles : 0, déjà connues : 3');
    expect((await read(camtFile('08', [week]))).notice?.message).toContain('nouvelles : 1, déjà connues : 4');
    expect((await db.bankLine.findMany({ where: { remittance: 'abonnement' }, orderBy: [{ bookedOn: 'asc' }, { amountCents: 'asc' }] })).map(({ counterpartyName, amountCents }) => `${counterpartyName} ${amountCents}`)).toEqual(['Ana 500', 'Bo 700', 'Bo 700', 'Bo 700', 'Cleo 40']);
    // What looks alike on another hour of the same day is another movement: its statement covers other hours.
    const half = (id: string, from: string, to: string, openingCents: number) => camtFile('08', [{ id, iban: ours, from: `2026-11-16T${from}Z`, to: `2026-11-16T${to}Z`, openingCents, openingOn: '2026-11-16', closingOn: '2026-11-16', entries: [entry('Dan', '2026-11-16', 9)] }]);
    await read(half('MATIN', '00:00:00', '11:59:59', 0));
    expect((await read(half('SOIR', '12:00:00', '23:59:59', 9))).notice?.message).toContain('nouvelles : 1');
  });

  it('several accounts in one file, each line in its own; a statement that is missing shows', async () => {
    const one = (iban: string, id: string, openingCents: number, day: string) => ({ id, iban, openingCents, openingOn: day, closingOn: day, entries: [{ cents: 300, bookedOn: day, transfers: [{ name: `Sur ${id}` }] }] });
    await read(camtFile('08', [one(savings, 'L1', 10_000, '2026-10-01'), one(ours, 'C1', 5_000, '2026-10-01')]));
    await read(camtFile('08', [one(savings, 'L3', 20_000, '2026-10-03'), one(savings, 'L2', 10_300, '2026-10-02')]));
    const accounts = await db.bankLine.findMany({ where: { counterpartyName: { startsWith: 'Sur ' } }, include: { account: true }, orderBy: { counterpartyName: 'asc' } });
    expect(accounts.map((line) => `${line.counterpartyName} ${line.account.name}`)).toEqual(['Sur C1 Compte courant', 'Sur L1 Livret', 'Sur L2 Livret', 'Sur L3 Livret']);
    const page = await fabien.open('bank');
    const gaps = table(page, 'Derniers relevés').filter(([name]) => textOf(name) === 'Livret').map(([, statement, , balance]) => [textOf(statement), typeof balance === 'string' ? undefined : balance?.detail]);
    expect(gaps).toEqual([['L3', 'il manque un relevé avant celui-ci'], ['L2', undefined], ['L1', undefined]]);
    expect(JSON.stringify([page, await fabien.open('bank', 'lang=en')])).not.toMatch(untranslated);
  });

  it('a file that is none, cut short or does not add up says so and keeps nothing', async () => {
    const before = await db.bankStatement.count();
    const good = dayOf(ours, [{ cents: 1_000, bookedOn: '2026-11-03' }]);
    for (const [file, said] of [['date;montant', 'n’est pas un relevé'], [good.slice(0, -60), 'incomplet'], [good.replace('>10.00<', '>11.00<'), 'ne tombe pas juste']] as const) {
      expect((await read(file)).notice).toMatchObject({ type: 'error', message: expect.stringContaining(said) as string });
    }
    expect(await db.bankStatement.count()).toBe(before);
    expect((await fabien.act('bank', '', 'importFile', {})).notice?.type).toBe('error');
  });

  it('S5: finance and administrators only', async () => {
    expect((await manager.open('bank')).title).toBe('Page réservée');
    expect((await manager.open('transfers')).title).toBe('Page réservée');
    await left();
  });
});

describe('I11 lines are matched, and staff confirm', () => {
  it('C10, I7: by its reference, with its reasons; confirmed by two people at once it is one payment, and members are owed theirs', async () => {
    const { refs: [ref = ''], company } = await issuedInvoices(deps, [83_000]);
    const invoice = await invoiceNamed(ref);
    await read(dayOf(ours, [{ cents: invoice.totalCents, bookedOn: '2026-11-03', transfers: [{ name: company.name.toUpperCase(), iban: frenchIban(77), remittance: [`REGLT FACT ${invoice.number?.replaceAll('-', ' ')}`] }] }]));
    const line = await lineNamed(company.name.toUpperCase());
    expect(line).toMatchObject({ state: 'matched', counterpartyLast4: frenchIban(77).slice(-4), matches: [{ kind: 'payment', clientInvoiceId: invoice.id, cents: invoice.totalCents, confidence: 'sure', reasons: ['reference', 'amount', 'name'] }] });
    const page = await fabien.open('bank');
    const [, , , what] = table(page, 'Lignes').find(([, , who]) => textOf(who) === company.name.toUpperCase()) ?? [];
    expect(what).toMatchObject({ text: expect.stringContaining(invoice.number ?? '') as string, detail: 'Sûr : le numéro de facture est écrit, le montant exact, le nom' });
    expect(JSON.stringify(page)).not.toContain(frenchIban(77));
    expect((await manager.act('bank', '', 'confirm', { lineIds: [line.id] })).notice).toBeUndefined(); // the page is refused to them
    const answers = await Promise.all([fabien, flore, fabien].map((hand) => hand.act('bank', '', 'confirm', { lineIds: [line.id] })));
    expect(answers.some(({ notice }) => notice?.type === 'success')).toBe(true);
    const again = await flore.act('bank', '', 'confirm', { lineIds: [line.id] });
    expect(again.notice?.type).toBe('success');
    expect(await db.payment.findMany({ where: { clientInvoiceId: invoice.id } })).toMatchObject([{ amountCents: invoice.totalCents, bankMatchId: line.matches[0]?.id, receivedOn: new Date('2026-11-03') }]);
    expect(await invoiceNamed(ref)).toMatchObject({ state: 'paid', paidCents: invoice.totalCents });
    expect(await db.payout.count({ where: { payment: { clientInvoiceId: invoice.id } } })).toBe(1);
    expect(await lineNamed(company.name.toUpperCase())).toMatchObject({ state: 'confirmed' });
    expect(await db.auditEvent.count({ where: { action: 'bank.lineConfirmed', data: { path: ['lineId'], equals: line.id } } })).toBe(1);
    // What is confirmed stays.
    for (const act of ['unmatch', 'ignore', 'takeBack', 'split']) expect((await fabien.act('bank', '', act, { id: line.id, reason: 'Erreur', invoices: [], payouts: [] })).notice?.type).toBe('error');
    await expect(db.bankLine.update({ where: { id: line.id }, data: { state: 'new' } })).rejects.toThrow(/stays confirmed/);
    await expect(db.bankLine.update({ where: { id: line.id }, data: { amountCents: 1 } })).rejects.toThrow(/never changes/);
  });

  it('a combined transfer pays two invoices; several sure lines are confirmed together, and one that is refused holds no other back', async () => {
    const { refs, company } = await issuedInvoices(deps, [20_000, 30_000, 40_000]);
    const [first, second, third] = await Promise.all(refs.map(invoiceNamed));
    if (!first || !second || !third) throw new Error('three invoices');
    await read(dayOf(ours, [
      { cents: first.totalCents + second.totalCents, bookedOn: '2026-11-04', transfers: [{ name: `${company.name} A`, remittance: [`${first.number} ${second.number}`] }] },
      { cents: third.totalCents, bookedOn: '2026-11-04', transfers: [{ name: `${company.name} B`, remittance: [`${third.number}`] }] },
    ], { closingOn: '2026-11-04' }));
    const [a, b] = [await lineNamed(`${company.name} A`), await lineNamed(`${company.name} B`)];
    expect(a.matches.map(({ cents }) => cents).sort()).toEqual([first.totalCents, second.totalCents].sort());
    // The third is paid by hand meanwhile: its line is refused, with what is wrong.
    const { story } = await issuedInvoices(deps, [1_000]);
    await story.pay(third.ref, third.totalCents);
    const done = await fabien.act('bank', '', 'confirm', { lineIds: [a.id, b.id] });
    expect(done.notice?.message).toBe('Confirmées : 1. Refusées : 1, voyez pourquoi ci-dessous.');
    expect((await Promise.all([first, second].map(({ ref }) => invoiceNamed(ref)))).map(({ state }) => state)).toEqual(['paid', 'paid']);
    expect(await lineNamed(`${company.name} B`)).toMatchObject({ state: 'matched' });
    // Looked at again, it pays nothing any more; it is left aside with its reason, taken back, and left again.
    await fabien.act('bank', '', 'rematch', {});
    expect((await lineNamed(`${company.name} B`)).state).toBe('new');
    expect((await fabien.act('bank', '', 'ignore', { id: b.id, reason: ' ' })).notice?.type).toBe('error');
    await fabien.act('bank', '', 'ignore', { id: b.id, reason: 'Déjà enregistré à la main' });
    expect(await db.bankLine.findUniqueOrThrow({ where: { id: b.id } })).toMatchObject({ state: 'ignored', reason: 'Déjà enregistré à la main', decidedBy: 'Fabien' });
    expect((await fabien.act('bank', '', 'confirm', { lineIds: [b.id] })).notice?.type).toBe('error');
    await fabien.act('bank', '', 'takeBack', { id: b.id });
    expect((await lineNamed(`${company.name} B`)).state).toBe('new');
    await left();
  });

  it('split by hand over invoices found by their number, within the line and within what is due; the rest has a reason', async () => {
    const { refs } = await issuedInvoices(deps, [20_000, 30_000]);
    const [first, second] = await Promise.all(refs.map(invoiceNamed));
    if (!first || !second) throw new Error('two invoices');
    const amount = first.totalCents + 5_000;
    await read(dayOf(ours, [{ cents: amount, bookedOn: '2026-11-05', transfers: [{ name: 'Inconnu Split' }] }], { closingOn: '2026-11-05' }));
    const line = await lineNamed('Inconnu Split');
    const split = (rows: readonly (readonly [string | null, string])[], payouts: string[] = []) => fabien.act('bank', `line=${line.id}`, 'split', { id: line.id, invoices: rows.map(([invoice, text]) => ({ invoice, amount: text })), payouts });
    const euros = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');
    for (const [rows, said] of [
      [[[first.number, euros(first.totalCents)], [second.number, euros(5_001)]], 'dépasse la ligne de'],
      [[[first.number, euros(first.totalCents + 1)]], first.number], [[['OW-1999-00001', '5']], 'OW-1999-00001'], [[[first.number, 'beaucoup']], ''], [[], 'Dites d’abord'],
    ] as const) expect((await split(rows)).notice).toMatchObject({ type: 'error', message: expect.stringContaining(said ?? '') as string });
    expect((await split([[first.number?.toLowerCase() ?? '', euros(first.totalCents)], [second.number, euros(3_000)]])).notice?.type).toBe('success');
    expect(await lineNamed('Inconnu Split')).toMatchObject({ state: 'matched', matches: [{ confidence: 'by_hand', proposedBy: 'Fabien' }, { reasons: ['by_hand'] }] });
    await fabien.act('bank', '', 'rematch', {}); // what a person chose stays
    expect((await lineNamed('Inconnu Split')).matches).toHaveLength(2);
    expect((await fabien.act('bank', '', 'confirm', { lineIds: [line.id] })).notice?.message).toContain(money(2_000));
    expect(await db.payment.count({ where: { clientInvoiceId: first.id } })).toBe(0); // nothing before the reason is given
    const shown = await fabien.open('bank', `line=${line.id}`);
    expect(allBlocks(shown.blocks).some(({ act, fields }) => act === 'confirm' && fields?.some(({ name }) => name === 'leftReason'))).toBe(true);
    expect((await fabien.act('bank', `line=${line.id}`, 'confirm', { lineIds: [line.id], leftReason: 'Trop-perçu à rendre' })).notice?.type).toBe('success');
    expect(await lineNamed('Inconnu Split')).toMatchObject({ state: 'confirmed', reason: 'Trop-perçu à rendre' });
    expect([await invoiceNamed(first.ref), await invoiceNamed(second.ref)].map(({ paidCents, state }) => [paidCents, state])).toEqual([[first.totalCents, 'paid'], [3_000, 'part_paid']]);
    expect(JSON.stringify([shown, await fabien.open('bank', `line=${line.id}&lang=en`), await fabien.open('bank', 'view=confirmed'), await fabien.open('bank', 'view=ignored&words=Déjà')])).not.toMatch(untranslated);
    expect((await fabien.open('bank', 'line=nothing')).title).toBe('Introuvable');
  });

  it('I12: what a line brings above what is due is kept as the client’s credit, said before it is confirmed, once', async () => {
    const { refs, company } = await issuedInvoices(deps, [25_000, 26_000]);
    const [first, second] = await Promise.all(refs.map(invoiceNamed));
    if (!first || !second) throw new Error('two invoices');
    await read(dayOf(ours, [{ cents: first.totalCents + 7_700, bookedOn: '2026-11-07', transfers: [{ name: 'Généreux', remittance: [first.number ?? ''] }] }], { closingOn: '2026-11-07' }));
    const line = await lineNamed('Généreux');
    const confirm = (excess: string, leftReason = '') => fabien.act('bank', `line=${line.id}`, 'confirm', { lineIds: [line.id], excess, leftReason });
    const split = (rows: readonly (readonly [string | null, number])[]) => fabien.act('bank', `line=${line.id}`, 'split', { id: line.id, payouts: [], invoices: rows.map(([invoice, cents]) => ({ invoice, amount: (cents / 100).toFixed(2) })) });
    // While an invoice of the line would still be due, nothing is too much.
    await split([[first.number, first.totalCents], [second.number, 1_000]]);
    expect((await confirm('keep')).notice?.message).toContain('solder les factures d’un seul client');
    await split([[first.number, first.totalCents]]);
    expect((await confirm('leave')).notice?.message).toContain(money(7_700));
    const form = allBlocks((await fabien.open('bank', `line=${line.id}`)).blocks).find(({ act }) => act === 'confirm');
    expect(form?.fields?.map(({ name }) => name)).toEqual(['lineIds', 'excess', 'leftReason']);
    expect(form?.consequence).toContain(`${money(7_700)} de plus que ce qui est dû sur ${first.number}`);
    expect((await Promise.all([confirm('keep'), confirm('keep')])).map(({ notice }) => notice?.type)).toContain('success');
    expect((await confirm('keep')).notice?.type).toBe('success');
    expect(await lineNamed('Généreux')).toMatchObject({ state: 'confirmed', reason: '', matches: [{ cents: first.totalCents + 7_700, keptCents: 7_700 }] });
    expect(await invoiceNamed(first.ref)).toMatchObject({ state: 'paid', paidCents: first.totalCents, keptCents: 7_700 });
    expect(await db.clientCredit.findMany({ where: { companyId: company.id } })).toMatchObject([{ kind: 'kept', amountCents: 7_700 }]);
    expect(await db.payment.count({ where: { clientInvoiceId: first.id } })).toBe(1);
    const pages = JSON.stringify([await fabien.open('bank', `line=${line.id}`), await fabien.open('bank', `line=${line.id}&lang=en`)]);
    expect(pages).toContain('gardés en crédit');
    expect(pages).not.toMatch(untranslated);
  });

  it('a confirmation that was interrupted is finished by confirming again, by whoever; meanwhile nothing of the line is undone', async () => {
    const { refs } = await issuedInvoices(deps, [11_000, 12_000]);
    const [first, second] = await Promise.all(refs.map(invoiceNamed));
    if (!first || !second) throw new Error('two invoices');
    await read(dayOf(ours, [{ cents: first.totalCents + second.totalCents, bookedOn: '2026-11-06', transfers: [{ name: 'Interrompu', remittance: [`${first.number} ${second.number}`] }] }], { closingOn: '2026-11-06' }));
    const line = await lineNamed('Interrompu');
    const match = line.matches.find(({ clientInvoiceId }) => clientInvoiceId === first.id);
    const { story } = await issuedInvoices(deps, [1_000]);
    const person = { kind: 'staff' as const, id: flore.id };
    const payload = { amountCents: first.totalCents, receivedOn: '2026-11-06', reference: 'VIR', bankMatchId: match?.id };
    await expect(story.ask(recordPayment, { ...payload, amountCents: first.totalCents - 1 }, person, `client-invoice/${first.ref}`)).rejects.toMatchObject({ code: 'stage_changed' });
    await story.ask(recordPayment, payload, person, `client-invoice/${first.ref}`);
    await expect(story.ask(recordPayment, payload, person, `client-invoice/${first.ref}`, randomUUID())).rejects.toMatchObject({ code: expect.stringMatching(/already_applied|stage_changed/) as string });
    expect((await fabien.act('bank', '', 'unmatch', { id: line.id })).notice?.message).toContain('déjà enregistré');
    await fabien.act('bank', '', 'rematch', {});
    expect((await fabien.act('bank', '', 'confirm', { lineIds: [line.id] })).notice?.type).toBe('success');
    expect((await db.payment.findMany({ where: { bankMatch: { lineId: line.id } } })).map(({ amountCents }) => amountCents).sort()).toEqual([first.totalCents, second.totalCents].sort());
    expect(await lineNamed('Interrompu')).toMatchObject({ state: 'confirmed', decidedBy: 'Fabien' });
  });

  it('I9: after all of it the books fit to the cent', async () => {
    expect((await verifyLedger(db)).misfits.map(ledgerMisfitInWords)).toEqual([]);
  });
});
