import { describe, expect, it } from 'vitest';
import { readStatements } from '../../bank/read-statements.ts';
import { Problem } from '../../domain/problem.ts';
import { camtFile, type SampleEntry, type SampleStatement } from '../support/camt.ts';
import { faultsBySchema } from '../support/official-schema.ts';

const ours = 'FR7630006000011234567890189';
const theirs = 'FR1420041010050500013M02606';
const entry: SampleEntry = { cents: 120_000, bookedOn: '2026-11-03', reference: 'B1', transfers: [{ name: 'Atelier Lumière SAS', iban: theirs, remittance: ['FACT OW-2026-00042'], endToEndId: 'E2E-1' }] };
const statement = (entries: readonly SampleEntry[], more: Partial<SampleStatement> = {}): SampleStatement => ({ id: 'S1', iban: ours, openingCents: 500_000, openingOn: '2026-11-02', closingOn: '2026-11-03', entries, ...more });
const read = (xml: string) => readStatements(Buffer.from(xml));
const linesOf = (version: '02' | '08', entries: readonly SampleEntry[]) => {
  const xml = camtFile(version, [statement(entries)]);
  expect(faultsBySchema(`camt.053.001.${version}`, xml)).toEqual([]); // the sample is what a bank may send
  return read(xml)[0]?.lines ?? [];
};
const refused = (xml: string | Uint8Array): Problem => {
  try {
    readStatements(typeof xml === 'string' ? Buffer.from(xml) : xml);
  } catch (cause) {
    if (cause instanceof Problem) return cause;
    throw cause;
  }
  throw new Error('it was taken');
};

describe.each(['02', '08'] as const)('I11: a statement in camt.053.001.%s', (version) => {
  it('gives each transfer with who, how much, when, and what they wrote', () => {
    expect(linesOf(version, [entry])).toEqual([{
      identity: 'reference\nB1\n2026-11-03\n120000', referenced: true, bookedOn: '2026-11-03', valuedOn: '2026-11-03', amountCents: 120_000, currency: 'EUR', counterpartyName: 'Atelier Lumière SAS',
      counterpartyIban: theirs, remittance: 'FACT OW-2026-00042', endToEndId: 'E2E-1', batchId: '', reversal: false, returnCode: '',
    }]);
  });
  it('money that goes out is negative, fees without details keep the words of the bank, days with their hour are days', () => {
    expect(linesOf(version, [
      { cents: -49_800, bookedOn: '2026-11-03', valuedOn: '2026-11-04', hours: true, transfers: [{ name: 'Maud EI', iban: theirs, endToEndId: 'p1' }] },
      { cents: -1_250, bookedOn: '2026-11-03', words: 'COTISATION MENSUELLE' },
    ]).map(({ amountCents, counterpartyName, remittance, valuedOn, endToEndId }) => [amountCents, counterpartyName, remittance, valuedOn, endToEndId])).toEqual([[-49_800, 'Maud EI', '', '2026-11-04', 'p1'], [-1_250, '', 'COTISATION MENSUELLE', '2026-11-03', '']]);
  });
  it('an entry of several transfers gives one line each when their amounts are told, and one line when they are not', () => {
    const batch = { messageId: 'VIR-2026-0001', groupId: 'VIR-2026-0001-1' };
    const told = linesOf(version, [{ cents: -30_000, bookedOn: '2026-11-03', reference: 'L9', batch, transfers: [{ cents: 10_000, name: 'Ana', endToEndId: 'p1' }, { cents: 20_000, name: 'Bo', endToEndId: 'p2' }] }]);
    expect(told.map(({ amountCents, counterpartyName, endToEndId, batchId }) => [amountCents, counterpartyName, endToEndId, batchId])).toEqual([[-10_000, 'Ana', 'p1', ''], [-20_000, 'Bo', 'p2', '']]);
    expect(new Set(told.map(({ identity }) => identity)).size).toBe(2);
    const one = linesOf(version, [{ cents: -30_000, bookedOn: '2026-11-03', reference: 'L9', batch, transfers: [{ name: 'Ana' }, { name: 'Bo' }] }]);
    expect(one.map(({ amountCents, batchId }) => [amountCents, batchId])).toEqual([[-30_000, 'VIR-2026-0001-1']]);
    const bare = linesOf(version, [{ cents: -30_000, bookedOn: '2026-11-03', batch }]);
    expect(bare).toMatchObject([{ amountCents: -30_000, batchId: 'VIR-2026-0001-1', endToEndId: '' }]);
    // Parts that do not add up to the entry are not believed.
    expect(linesOf(version, [{ cents: -30_000, bookedOn: '2026-11-03', transfers: [{ cents: 10_000 }, { cents: 19_999 }] }])).toHaveLength(1);
  });
  it('a transfer that comes back says so and why, and names the member, whichever way round the bank writes it', () => {
    for (const swapped of [false, true]) {
      expect(linesOf(version, [{ cents: 49_800, bookedOn: '2026-11-05', family: 'RRTN', transfers: [{ endToEndId: 'p1', name: 'Maud EI', iban: theirs, swapped, returned: 'AC04' }] }]))
        .toMatchObject([{ amountCents: 49_800, reversal: true, returnCode: 'AC04', endToEndId: 'p1', counterpartyName: 'Maud EI', counterpartyIban: theirs }]);
    }
    expect(linesOf(version, [{ cents: -120_000, bookedOn: '2026-11-05', reversal: true, transfers: [{ name: 'Atelier Lumière SAS' }] }])).toMatchObject([{ reversal: true, amountCents: -120_000 }]);
    expect(linesOf(version, [{ cents: 1, bookedOn: '2026-11-05', reversal: false, transfers: [{}] }])).toMatchObject([{ reversal: false }]);
  });
  it('references of documents and of creditors are read like words', () => {
    expect(linesOf(version, [{ cents: 5_000, bookedOn: '2026-11-03', transfers: [{ remittance: ['Solde', 'projet'], structured: { document: 'OW-2026-00007', creditorReference: 'RF18539007547034' } }] }])).toMatchObject([{ remittance: 'Solde projet OW-2026-00007 RF18539007547034' }]);
  });
  it('what is not booked yet does not count, nor in the balance', () => {
    expect(linesOf(version, [entry, { ...entry, cents: 7, reference: 'P', status: 'PDNG' }, { ...entry, cents: 8, reference: 'I', status: 'INFO' }])).toHaveLength(1);
  });
  it('says which account, which days and which balances; several accounts in one file; nothing that day', () => {
    const xml = camtFile(version, [
      statement([entry], { sequence: 214, from: '2026-11-03T00:00:00+01:00', to: '2026-11-03T23:59:59+01:00' }),
      statement([], { id: 'S2', iban: theirs, openingKind: 'PRCD', openingCents: -4_200 }),
    ]);
    expect(faultsBySchema(`camt.053.001.${version}`, xml)).toEqual([]);
    expect(read(xml)).toMatchObject([
      { id: 'S1', version, iban: ours, sequence: 214, from: Date.parse('2026-11-02T23:00:00Z'), to: Date.parse('2026-11-03T22:59:59Z'), openingCents: 500_000, closingCents: 620_000, closingOn: '2026-11-03' },
      { id: 'S2', iban: theirs, sequence: null, openingCents: -4_200, closingCents: -4_200, from: Date.parse('2026-11-03T00:00:00Z'), lines: [] },
    ]);
  });
  it('the same movement has one identity in whatever file it stands; without a reference of the bank it is everything it says', () => {
    const bare: SampleEntry = { cents: 5_000, bookedOn: '2026-11-03', transfers: [{ name: 'Ana', remittance: ['abonnement'] }] };
    const [a, b, c] = linesOf(version, [bare, bare, { ...bare, cents: 5_001 }]);
    const [again] = read(camtFile(version, [statement([bare], { id: 'MONTH', closingOn: '2026-11-30' })]))[0]?.lines ?? [];
    expect([a?.identity === b?.identity, a?.identity === c?.identity, again?.identity === a?.identity, a?.referenced]).toEqual([true, false, true, false]);
    const two = linesOf(version, [{ ...bare, reference: 'NONREF' }, { ...bare, reference: 'X1' }, { ...bare, cents: -5_000, reference: 'X1' }]);
    expect(two.map(({ referenced }) => referenced)).toEqual([false, true, true]);
    expect(two[1]?.identity).not.toBe(two[2]?.identity); // a return that bears the reference of what it undoes
  });
});

describe('I11: what is no statement, or not whole, is refused with what is wrong', () => {
  const good = camtFile('08', [statement([entry])]);
  it.each([
    ['a text', 'Date;Montant\n03/11;1200', 'statement_not_camt'],
    ['nothing', '', 'statement_cut_short'],
    ['a file cut short', good.slice(0, good.length - 400), 'statement_cut_short'],
    ['tags that cross', good.replace('</Acct>', '</Acctx>'), 'statement_not_camt'],
    ['another XML document', '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', 'statement_not_camt'],
    ['a file of transfers', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>', 'statement_not_camt'],
    ['an intraday report', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.02"/>', 'statement_version'],
    ['a version of tomorrow', good.replace('camt.053.001.08', 'camt.053.001.13'), 'statement_version'],
    ['a document type', good.replace('<Document', '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document'), 'statement_not_camt'],
    ['an entity nobody declared', good.replace('Atelier', '&x;Atelier'), 'statement_not_camt'],
    ['bytes that are not in its encoding', Buffer.from(good, 'latin1'), 'statement_not_camt'],
    ['an account in dollars', camtFile('08', [statement([entry], { currency: 'USD' })]), 'statement_not_euro'],
    ['an amount in francs', good.replaceAll('Ccy="EUR">1200', 'Ccy="CHF">1200'), 'statement_not_euro'],
    ['a balance that does not add up', camtFile('08', [statement([entry], { closingCents: 620_001 })]), 'statement_unbalanced'],
    ['no balance', good.replace(/<Bal>.*<\/Bal>/, ''), 'statement_no_balance'],
    ['an entry less than announced', camtFile('08', [statement([entry], { summary: 2 })]), 'statement_cut_short'],
    ['an amount in words', good.replace('>1200.00<', '>mille<'), 'statement_broken'],
    ['a third decimal', good.replace('>1200.00<', '>1200.005<'), 'statement_broken'],
    ['no day', good.replace(/<BookgDt>.*?<\/BookgDt><ValDt>.*?<\/ValDt>/, ''), 'statement_broken'],
    ['no account', good.replace(/<Acct>.*<\/Acct>/, ''), 'statement_broken'],
  ])('%s', (_what, xml, code) => {
    expect(refused(xml).code).toBe(code);
  });
  it('says by how much and which statement', () => {
    expect(refused(camtFile('02', [statement([entry], { closingCents: 619_900 })])).details).toEqual({ statement: 'S1', differenceCents: -100 });
  });
  it('reads Latin-1 and UTF-16 when the file says so', () => {
    const latin = Buffer.from(camtFile('02', [statement([entry])], 'ISO-8859-1'), 'latin1');
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(camtFile('02', [statement([entry])], 'UTF-16'), 'utf16le')]);
    for (const bytes of [latin, wide]) expect(readStatements(bytes)[0]?.lines[0]?.counterpartyName).toBe('Atelier Lumière SAS');
  });
});
