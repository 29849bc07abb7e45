import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fecColumns, fecFileName, fecHeading, fecLine, letteringCode, type FecLine } from '../../domain/fec.ts';
import { checkFec } from '../../domain/fec-check.ts';

const line = (more: Partial<FecLine> = {}): FecLine => ({
  journal: { code: 'VE', label: 'Ventes' }, number: 1, date: new Date('2026-03-31T22:30:00Z'), account: { code: '411000', label: 'Clients' }, party: { code: 'ACME', label: 'Acme' },
  piece: { reference: 'OW-2026-00001', date: new Date('2026-03-31T22:30:00Z') }, label: 'Facture OW-2026-00001 Acme', debitCents: 120_005, creditCents: 0,
  lettering: null, validatedOn: new Date('2026-04-01T08:00:00Z'), ...more,
});
const other = line({ party: null, account: { code: '706000', label: 'Prestations' }, debitCents: 0, creditCents: 120_005 });
const file = (...lines: FecLine[]): string => fecHeading + lines.map(fecLine).join('');

describe('I10 the file of accounting entries', () => {
  it('I10: eighteen columns, days of Paris, commas, nothing that breaks a line', () => {
    const cells = fecLine(line({ label: 'Une\tligne\r\nà | casser' })).replace(/\r\n$/, '').split('\t');
    expect(cells).toHaveLength(fecColumns.length);
    expect(cells[3]).toBe('20260401');
    expect(cells[10]).toBe('Une ligne à casser');
    expect(cells[11]).toBe('1200,05');
    expect(fecFileName('123456782', 2026)).toBe('123456782FEC20261231.txt');
    expect([0, 25, 26, 675, 676].map(letteringCode)).toEqual(['AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });

  it('I10: the check takes a whole year, and adds it up', () => {
    expect(checkFec(file(line(), other), 2026)).toEqual({ faults: [], movements: 1, debitCents: 120_005, creditCents: 120_005 });
  });

  it.each([
    ['heading', file(line(), other).replace('JournalCode', 'Journal')],
    ['columns', file(line(), other).replace('\tVentes', '')],
    ['date', file(line(), other).replaceAll('20260401', '20260431')],
    ['amount', file(line(), other).replace('1200,05', '1200.05')],
    ['one_side', file(line({ creditCents: 5 }), other)],
    ['account', file(line({ account: { code: '41', label: 'Clients' } }), other)],
    ['empty', file(line({ label: '' }), other)],
    ['party', file(line({ party: { code: 'ACME', label: '' } }), other)],
    ['sequence', file(line(), other, line({ number: 3 }), { ...other, number: 3 })],
    ['balance', file(line(), { ...other, creditCents: 120_004 })],
    ['year', file(line({ date: new Date('2025-12-31T10:00:00Z') }), other)],
    ['lettering', file(line(), other).replace('1200,05\t0,00\t\t', '1200,05\t0,00\tAA\t')],
  ])('I10: the check says what is wrong: %s', (rule, text) => {
    expect(checkFec(text, 2026).faults.map((fault) => fault.rule)).toContain(rule);
  });

  it('I10: whatever stands in a name, a line stays one line of eighteen columns', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.nat(99_999_999), (name, label, cents) => {
      const text = fecLine(line({ party: { code: 'X', label: name }, label, debitCents: cents }));
      expect(text.split('\r\n')).toHaveLength(2);
      expect(text.split('\t')).toHaveLength(18);
      expect(text.split('\t')[11]).toBe(`${Math.trunc(cents / 100)},${String(cents % 100).padStart(2, '0')}`);
    }));
  });
});
