import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from '../../bank/read-xml.ts';
import { endToEndIdOf, transferFile, transferVersions, type Transfer, type TransferFile } from '../../domain/bank/pain001.ts';
import { sepaText } from '../../domain/bank/sepa-text.ts';
import { isTargetDay, targetDayFrom } from '../../domain/bank/target-days.ts';
import { ibanChangeWait, transferHold } from '../../domain/bank/transfer-holds.ts';
import { all, at, textAt } from '../../domain/bank/xml-node.ts';
import { Problem } from '../../domain/problem.ts';
import { faultsBySchema } from '../support/official-schema.ts';

const iban = 'FR7630006000011234567890189';
const transfer = (more: Partial<Transfer> = {}): Transfer => ({ endToEndId: 'a1', cents: 49_800, executeOn: '2026-11-27', creditor: { name: 'Maud Œuvrard', iban, bic: null }, remittance: 'OW-2026-00042', ...more });
const file = (more: Partial<TransferFile> = {}): TransferFile => ({ version: '09', messageId: 'VIR-2026-0001', createdAt: Date.parse('2026-11-26T10:00:00Z'), debtor: { name: 'OFF-WORKS', iban, bic: 'AGRIFRPPXXX' }, transfers: [transfer()], ...more });
const codeOf = (act: () => unknown): string => {
  try { act(); } catch (cause) { if (cause instanceof Problem) return cause.code; throw cause; }
  return 'taken';
};

describe.each(transferVersions)('I11: a file of transfers in pain.001.001.%s', (version) => {
  it('is valid by the official schema, with one group an execution date, its count and its sum', () => {
    const transfers = [transfer(), transfer({ endToEndId: 'a2', cents: 1, executeOn: '2026-11-30', creditor: { name: 'Bo & Cie', iban: 'BE68539007547034', bic: 'GKCCBEBB' }, remittance: '' }), transfer({ endToEndId: 'a3', cents: 250_000 })];
    const xml = transferFile(file({ version, transfers }));
    expect(faultsBySchema(`pain.001.001.${version}`, xml)).toEqual([]);
    const message = at(readXml(Buffer.from(xml)), 'CstmrCdtTrfInitn');
    expect([textAt(message, 'GrpHdr', 'NbOfTxs'), textAt(message, 'GrpHdr', 'CtrlSum')]).toEqual(['3', '2998.01']);
    expect(all(message, 'PmtInf').map((group) => [textAt(group, 'PmtInfId'), textAt(group, 'ReqdExctnDt', ...(version === '09' ? ['Dt'] : [])), textAt(group, 'NbOfTxs'), textAt(group, 'CtrlSum'), all(group, 'CdtTrfTxInf').map((one) => textAt(one, 'PmtId', 'EndToEndId')).join()]))
      .toEqual([['VIR-2026-0001-1', '2026-11-27', '2', '2998.00', 'a1,a3'], ['VIR-2026-0001-2', '2026-11-30', '1', '0.01', 'a2']]);
    expect(transferFile(file({ version, transfers: [...transfers].reverse() }))).toBe(xml);
  });
  it('whatever the names, the words and the amounts, it is valid and adds up', () => {
    const some = fc.array(fc.record({ cents: fc.integer({ min: 1, max: 99_999_999 }), name: fc.string({ unit: 'grapheme', maxLength: 120 }), words: fc.string({ unit: 'grapheme', maxLength: 300 }), bic: fc.constantFrom(null, 'AGRIFRPP', 'no bic', 'agrifrpp'), executeOn: fc.constantFrom('2026-11-27', '2026-11-30', '2026-12-01') }), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(some, fc.string({ unit: 'grapheme', maxLength: 90 }), (given, debtorName) => {
      const transfers = given.map((one, index) => transfer({ endToEndId: `t${index}`, cents: one.cents, executeOn: one.executeOn, remittance: one.words, creditor: { name: one.name, iban, bic: one.bic } }));
      const xml = transferFile(file({ version, transfers, debtor: { name: debtorName, iban, bic: null } }));
      expect(faultsBySchema(`pain.001.001.${version}`, xml)).toEqual([]);
      expect(textAt(readXml(Buffer.from(xml)), 'CstmrCdtTrfInitn', 'GrpHdr', 'CtrlSum')).toBe((given.reduce((sum, { cents }) => sum + cents, 0) / 100).toFixed(2));
    }), { numRuns: 100 });
  });
});

describe('I11: what no file may hold', () => {
  it.each([
    ['nothing', { transfers: [] }, 'transfers_none'],
    ['an IBAN whose key is wrong', { transfers: [transfer({ creditor: { name: 'X', iban: 'FR7630006000011234567890188', bic: null } })] }, 'iban_invalid'],
    ['an account of ours that is none', { debtor: { name: 'OFF-WORKS', iban: '', bic: null } }, 'iban_invalid'],
    ['an account outside the area', { transfers: [transfer({ creditor: { name: 'X', iban: 'TN5910006035183598478831', bic: null } })] }, 'outside_sepa'],
    ['nothing to pay', { transfers: [transfer({ cents: 0 })] }, 'amount_invalid'],
    ['half a cent', { transfers: [transfer({ cents: 1.5 })] }, 'amount_invalid'],
    ['a Sunday', { transfers: [transfer({ executeOn: '2026-11-29' })] }, 'execution_day_closed'],
    ['the same transfer twice', { transfers: [transfer(), transfer()] }, 'transfer_twice'],
  ])('%s', (_what, more, code) => {
    expect(codeOf(() => transferFile(file(more)))).toBe(code);
  });
  it('names keep to the signs every bank takes', () => {
    expect(sepaText('Zoé Œuvrard & Fils « l’Atelier » n°3_b', 70)).toBe("Zoe OEuvrard + Fils l'Atelier n.3-b");
    expect(sepaText('/ab//cd/', 70)).toBe('ab/cd');
    expect(sepaText('漢字 <x>', 70)).toBe('x');
    expect(sepaText('a'.repeat(200), 140)).toHaveLength(140);
    expect(endToEndIdOf('0197f0a2-1111-7222-8333-444455556666', 1)).toBe('0197f0a21111722283334444 55556666'.replace(' ', ''));
    expect(endToEndIdOf('0197f0a2-1111-7222-8333-444455556666', 3)).toHaveLength(34);
  });
});

describe('I11: the days on which transfers are settled', () => {
  it.each([
    ['2026-11-27', '2026-11-27'], ['2026-11-28', '2026-11-30'], ['2026-12-25', '2026-12-28'], ['2027-01-01', '2027-01-04'], ['2027-03-26', '2027-03-30'], ['2026-05-01', '2026-05-04'], ['2026-07-14', '2026-07-14'],
  ])('from %s it is %s', (from, day) => {
    expect(targetDayFrom(from)).toBe(day);
    expect(isTargetDay(day)).toBe(true);
  });
});

describe('I11: what holds a transfer back', () => {
  const now = Date.parse('2026-11-26T10:00:00Z');
  const where = { iban, ibanChangedAt: null, lastReturn: null };
  it('no account, one that is none, one outside the area, one changed less than 48 h ago, one the bank refused', () => {
    expect(transferHold(where, now)).toBeNull();
    expect(transferHold({ ...where, iban: null }, now)).toEqual({ why: 'no_account' });
    expect(transferHold({ ...where, iban: 'kept elsewhere' }, now)).toEqual({ why: 'iban_invalid' });
    expect(transferHold({ ...where, iban: 'TN5910006035183598478831' }, now)).toEqual({ why: 'outside_sepa' });
    expect(transferHold({ ...where, ibanChangedAt: now - ibanChangeWait + 1 }, now)).toEqual({ why: 'iban_changed', until: now + 1 });
    expect(transferHold({ ...where, ibanChangedAt: now - ibanChangeWait }, now)).toBeNull();
    const back = { at: now - 1_000_000, code: 'AC04' };
    expect(transferHold({ ...where, lastReturn: back }, now)).toEqual({ why: 'account_refused', code: 'AC04' });
    expect(transferHold({ ...where, lastReturn: { ...back, code: 'MS03' } }, now)).toBeNull();
    expect(transferHold({ ...where, lastReturn: back, ibanChangedAt: back.at + 1 }, now)).toMatchObject({ why: 'iban_changed' });
    expect(transferHold({ ...where, lastReturn: { ...back, at: now - 2 * ibanChangeWait }, ibanChangedAt: now - ibanChangeWait - 1 }, now)).toBeNull();
  });
});
