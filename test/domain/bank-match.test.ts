import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchReasons, proposeMatches, type LineToMatch, type OpenInvoice, type SentPayout } from '../../domain/bank/match.ts';
import { nameKey } from '../../domain/bank/plain-words.ts';

const day = 86_400_000;
const invoice = (number: number, more: Partial<OpenInvoice> = {}): OpenInvoice => ({
  id: `i${number}`, number: `OW-2026-${String(number).padStart(5, '0')}`, references: [], declaredReference: '', orderNumber: '', companyId: 'c1', names: ['Atelier des Lumières'], leftCents: 120_000, dueAt: number * day, ...more,
});
const line = (more: Partial<LineToMatch> = {}): LineToMatch => ({ id: 'l1', bookedOn: '2026-11-03', amountCents: 120_000, counterpartyName: '', remittance: '', endToEndId: '', batchId: '', reversal: false, ...more });
const payout = (id: string, more: Partial<SentPayout> = {}): SentPayout => ({ id, state: 'sent', endToEndId: `e-${id}`, batchIds: [], names: ['Maud EI', 'Maud'], cents: 49_800, ...more });
const first = (lines: LineToMatch[], invoices: OpenInvoice[], payouts: SentPayout[] = []) => proposeMatches(lines, { invoices, payouts })[0];
const told = (found: ReturnType<typeof first>) => found && [found.parts.map(({ id, cents }) => `${id}:${cents}`).join(' '), found.reasons.join(' '), found.confidence];
const others = [invoice(1, { companyId: 'c2', names: ['Maison Brune'], leftCents: 120_000 }), invoice(3, { companyId: 'c3', names: ['Verrerie'], leftCents: 77_000 })];

describe('I11, I12: the bank takes a client’s payment back', () => {
  const received = [{ id: 'p1', cents: 120_000, references: ['OW-2026-00042', 'VIR LUMIERES'], names: ['Atelier des Lumières'] }];
  const back = (more: Partial<LineToMatch>, known = received) => told(proposeMatches([line({ amountCents: -120_000, reversal: true, ...more })], { invoices: [], payouts: [payout('x', { cents: 120_000 })], received: known })[0]);
  it('found by the invoice’s number, by what the transfer was called, or by amount and name', () => {
    expect(back({ remittance: 'RAPPEL OW 2026 00042' })).toEqual(['p1:120000', 'taken_back amount reference', 'sure']);
    expect(back({ remittance: 'rejet vir lumières' })).toEqual(['p1:120000', 'taken_back amount reference', 'sure']);
    expect(back({ counterpartyName: 'ATELIER DES LUMIERES SAS' })).toEqual(['p1:120000', 'taken_back amount name', 'likely']);
  });
  it('never for another amount, nor when two fit alike, nor by the amount alone', () => {
    expect(back({ remittance: 'OW-2026-00042', amountCents: -119_999 })).toBeUndefined();
    expect(back({ counterpartyName: 'Atelier des Lumières' }, [...received, { ...received[0]!, id: 'p2' }])).toBeUndefined();
    expect(back({})).toBeUndefined();
  });
});

describe('I11: a line is matched by what is written', () => {
  it.each(['OW-2026-00042', 'VIR FACT OW 2026 00042', 'ow202600042', 'FACTUREOW-2026-00042', 'OW-2026-42', 'facture n° 2026-00042', '/INV/OW-2026-00042/ Merci'])('“%s” is the invoice 42', (remittance) => {
    expect(told(first([line({ remittance })], [...others, invoice(42)]))).toEqual(['i42:120000', 'reference amount', 'sure']);
  });
  it.each(['OW-2026-00043', 'OW-2025-00042', '00042', '42', ''])('“%s” is not', (remittance) => {
    expect(told(first([line({ remittance, amountCents: 5 })], [...others, invoice(42)]))).toBeUndefined();
  });
  it('a reference in the identification of the transfer counts; a part is a part, more than is due stays apart', () => {
    expect(told(first([line({ endToEndId: 'OW-2026-00042' })], [invoice(42)]))).toEqual(['i42:120000', 'reference amount', 'sure']);
    expect(told(first([line({ remittance: 'OW-2026-00042', amountCents: 50_000 })], [invoice(42)]))).toEqual(['i42:50000', 'reference part', 'likely']);
    expect(told(first([line({ remittance: 'OW-2026-00042', amountCents: 50_000, counterpartyName: 'ATELIER DES LUMIERES SAS' })], [invoice(42)]))).toEqual(['i42:50000', 'reference name part', 'sure']);
    expect(told(first([line({ remittance: 'OW-2026-00042', amountCents: 130_000 })], [invoice(42)]))).toEqual(['i42:120000', 'reference more_than_due', 'likely']);
  });
  it('several references of one transfer are paid in the order they fell due', () => {
    const two = [invoice(42), invoice(41, { leftCents: 30_000 })];
    expect(told(first([line({ remittance: 'OW-2026-00042 et OW-2026-00041', amountCents: 150_000 })], two))).toEqual(['i41:30000 i42:120000', 'reference amount_sum', 'sure']);
    expect(told(first([line({ remittance: 'OW-2026-00042 + 41 OW-2026-00041', amountCents: 100_000 })], two))).toEqual(['i41:30000 i42:70000', 'reference part', 'likely']);
  });
  it('what a client declared, or their order number, counts with the amount or the name; alone it may be any word', () => {
    const declared = invoice(42, { declaredReference: 'VIR LUMIERES', orderNumber: 'BC-7781' });
    expect(told(first([line({ remittance: 'vir lumières' })], [...others, declared]))).toEqual(['i42:120000', 'declared_reference amount', 'sure']);
    expect(told(first([line({ remittance: 'commande BC 7781', amountCents: 60_000, counterpartyName: 'Atelier des Lumieres' })], [declared]))).toEqual(['i42:60000', 'order_number name part', 'likely']);
    expect(told(first([line({ remittance: 'vir lumières', amountCents: 1 })], [declared]))).toBeUndefined();
  });
});

describe('I11: a line without a reference is matched by amount and name', () => {
  const due = [invoice(40, { leftCents: 10_000 }), invoice(41, { leftCents: 20_000 }), invoice(42), invoice(43)];
  it('the amount and the name, the oldest of several alike, a run of the oldest, the name alone, the amount alone', () => {
    const named = { counterpartyName: 'SAS ATELIER DES LUMIERES' };
    expect(told(first([line({ ...named, amountCents: 20_000 })], due))).toEqual(['i41:20000', 'amount name', 'likely']);
    expect(told(first([line(named)], due))).toEqual(['i42:120000', 'amount name oldest', 'possible']);
    expect(told(first([line({ ...named, amountCents: 150_000 })], due))).toEqual(['i40:10000 i41:20000 i42:120000', 'amount_sum name oldest', 'likely']);
    expect(told(first([line({ ...named, amountCents: 12_000 })], due))).toEqual(['i40:10000 i41:2000', 'name oldest part', 'possible']);
    expect(told(first([line({ ...named, amountCents: 999_000 })], due))).toEqual(['i40:10000 i41:20000 i42:120000 i43:120000', 'name oldest more_than_due', 'possible']);
    expect(told(first([line({ counterpartyName: 'Inconnu', amountCents: 20_000 })], due))).toEqual(['i41:20000', 'amount', 'possible']);
    expect(told(first([line({ counterpartyName: 'Inconnu' })], due))).toBeUndefined(); // two are of that amount
  });
  it('names are compared without accents, capitals, kinds of company and order; a name the bank cut is enough', () => {
    expect(nameKey('Sté Dupont & Fils SARL')).toBe(nameKey('DUPONT ET FILS'));
    expect(nameKey('Mme Œuvrard Zoé')).toBe(nameKey('ZOE OEUVRARD'));
    const long = invoice(42, { names: ['Compagnie générale des verriers de la vallée'] });
    expect(told(first([line({ counterpartyName: 'COMPAGNIE GENERALE DES VERRIERS DE' })], [invoice(41, { companyId: 'c2', names: ['Verrerie'] }), long]))).toEqual(['i42:120000', 'amount name', 'likely']);
    expect(told(first([line({ counterpartyName: 'COMPAGNIE GENERALE DES EAUX', amountCents: 1 })], [long]))).toBeUndefined();
  });
  it('what is certain is decided first, whatever the order of the lines, and no guess takes from it', () => {
    const lines = [line({ id: 'guess', bookedOn: '2026-11-01', counterpartyName: 'Atelier des Lumières' }), line({ id: 'sure', bookedOn: '2026-11-09', remittance: 'OW-2026-00042' })];
    expect(proposeMatches(lines, { invoices: [invoice(42)], payouts: [] }).map(({ lineId }) => lineId)).toEqual(['sure']);
    const twice = [line({ id: 'a', remittance: 'OW-2026-00042', amountCents: 70_000 }), line({ id: 'b', remittance: 'OW-2026-00042', amountCents: 70_000 })];
    expect(proposeMatches(twice, { invoices: [invoice(42)], payouts: [] }).map(({ parts }) => parts[0]?.cents)).toEqual([70_000, 50_000]);
  });
  it('an amount that was one invoice’s is no longer once a part of it is given', () => {
    const lines = [line({ id: 'a', remittance: 'OW-2026-00042', amountCents: 20_000 }), line({ id: 'b', amountCents: 100_000, counterpartyName: 'Atelier des Lumières' }), line({ id: 'c' })];
    expect(proposeMatches(lines, { invoices: [invoice(42)], payouts: [] }).map((one) => [one.lineId, one.parts[0]?.cents])).toEqual([['a', 20_000], ['b', 100_000]]);
  });
});

describe('I11: money that goes out, and comes back', () => {
  it('a payout by the identification we gave it, by the group of its file, by amount and name, by the total of a file', () => {
    const out = { amountCents: -49_800 };
    expect(told(first([line({ ...out, endToEndId: 'e-p1' })], [], [payout('p1')]))).toEqual(['p1:49800', 'end_to_end amount', 'sure']);
    expect(told(first([line({ ...out, endToEndId: 'e-p1', amountCents: -1 })], [], [payout('p1')]))).toBeUndefined();
    const file = [payout('p1', { batchIds: ['V1', 'V1-1'] }), payout('p2', { batchIds: ['V1', 'V1-1'], cents: 200, names: ['Ana'] }), payout('p3', { batchIds: ['V1', 'V1-2'], cents: 77, names: ['Bo'] })];
    expect(told(first([line({ batchId: 'V1-1', amountCents: -50_000 })], [], file))).toEqual(['p1:49800 p2:200', 'batch amount_sum', 'sure']);
    expect(told(first([line({ amountCents: -50_000 })], [], file))).toEqual(['p1:49800 p2:200', 'amount_sum', 'possible']);
    expect(told(first([line({ ...out, counterpartyName: 'MAUD' })], [], [payout('p1', { endToEndId: '' })]))).toEqual(['p1:49800', 'amount name', 'likely']);
    expect(told(first([line({ amountCents: -50_000, counterpartyName: 'MAUD EI' })], [], [payout('p1'), payout('p2', { cents: 200 })]))).toEqual(['p1:49800 p2:200', 'amount_sum name', 'likely']);
    expect(told(first([line({ ...out, endToEndId: 'e-p1' })], [], [payout('p1', { state: 'paid' })]))).toBeUndefined();
  });
  it('a transfer that comes back is the payout it was, sent or shown as paid, and never a client’s payment', () => {
    for (const state of ['sent', 'paid'] as const) {
      expect(told(first([line({ amountCents: 49_800, endToEndId: 'e-p1', reversal: true })], [invoice(42, { leftCents: 49_800 })], [payout('p1', { state })]))).toEqual(['p1:49800', 'returned end_to_end', 'sure']);
    }
    expect(told(first([line({ amountCents: 49_800, counterpartyName: 'Maud', reversal: true })], [], [payout('p1')]))).toEqual(['p1:49800', 'returned amount name', 'likely']);
    expect(told(first([line({ amountCents: 49_800, reversal: true })], [invoice(42, { leftCents: 49_800 })], []))).toBeUndefined();
    expect(told(first([line({ amountCents: -49_800, reversal: true })], [], [payout('p1')]))).toBeUndefined(); // a client’s payment that the bank takes back
  });
  it('one file may show a transfer leave and come back', () => {
    const lines = [line({ id: 'out', amountCents: -49_800, endToEndId: 'e-p1' }), line({ id: 'back', bookedOn: '2026-11-05', amountCents: 49_800, endToEndId: 'e-p1', reversal: true })];
    expect(proposeMatches(lines, { invoices: [], payouts: [payout('p1')] }).map(({ lineId, parts }) => [lineId, parts[0]?.kind])).toEqual([['out', 'payout'], ['back', 'return']]);
  });
});

describe('I11: no proposal exceeds its line, and all of them together never what is due', () => {
  const words = ['OW-2026-00001', 'OW-2026-00002', 'OW202600003', 'facture', 'BC-1', 'vir lumières', 'OW-2026-00004 OW-2026-00005'];
  const names = ['Atelier des Lumières', 'SAS Verrerie', 'Maud EI', '', 'Inconnu'];
  const cents = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(100, 200, 300));
  const anInvoice = fc.record({ number: fc.integer({ min: 1, max: 6 }), companyId: fc.constantFrom('c1', 'c2'), leftCents: cents, declaredReference: fc.constantFrom('', 'vir lumières'), orderNumber: fc.constantFrom('', 'BC-1') });
  const aLine = fc.record({ amountCents: fc.tuple(cents, fc.constantFrom(1, -1)).map(([amount, sign]) => amount * sign), remittance: fc.constantFrom(...words), counterpartyName: fc.constantFrom(...names), reversal: fc.boolean(), endToEndId: fc.constantFrom('', 'e-p0', 'e-p1'), batchId: fc.constantFrom('', 'V1'), bookedOn: fc.constantFrom('2026-11-01', '2026-11-02') });
  const aPayout = fc.record({ cents, state: fc.constantFrom('sent' as const, 'paid' as const), batchIds: fc.constantFrom<string[]>([], ['V1']) });
  it('whatever the lines, the invoices and the payouts', () => {
    fc.assert(fc.property(fc.array(anInvoice, { maxLength: 8 }), fc.array(aLine, { maxLength: 10 }), fc.array(aPayout, { maxLength: 4 }), (someInvoices, someLines, somePayouts) => {
      const invoices = someInvoices.map((one, index) => invoice(one.number, { ...one, id: `i${index}`, number: `OW-2026-0000${one.number}`, names: [one.companyId === 'c1' ? 'Atelier des Lumières' : 'Verrerie'] }));
      const payouts = somePayouts.map((one, index) => payout(`p${index}`, one));
      const lines = someLines.map((one, index) => line({ ...one, id: `l${index}` }));
      const proposals = proposeMatches(lines, { invoices, payouts });
      const given = new Map<string, number>();
      expect(new Set(proposals.map(({ lineId }) => lineId)).size).toBe(proposals.length);
      for (const { lineId, parts, reasons } of proposals) {
        const amount = lines.find(({ id }) => id === lineId)?.amountCents ?? 0;
        expect(parts.reduce((sum, part) => sum + part.cents, 0)).toBeLessThanOrEqual(Math.abs(amount));
        expect(parts.every((part) => part.cents > 0 && (part.kind === 'payout') === amount < 0)).toBe(true);
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
        expect(reasons.length > 0 && reasons.every((reason) => matchReasons.includes(reason))).toBe(true);
        for (const { kind, id, cents: part } of parts) given.set(`${kind}/${id}`, (given.get(`${kind}/${id}`) ?? 0) + part);
      }
      for (const { id, leftCents } of invoices) expect(given.get(`payment/${id}`) ?? 0).toBeLessThanOrEqual(leftCents);
      for (const { id, cents: whole, state } of payouts) {
        expect([0, state === 'sent' ? whole : 0]).toContain(given.get(`payout/${id}`) ?? 0);
        expect([0, whole]).toContain(given.get(`return/${id}`) ?? 0);
      }
      // The same statement gives the same answer.
      expect(proposeMatches(lines, { invoices, payouts })).toEqual(proposals);
    }), { numRuns: 2_000 });
  });
});
