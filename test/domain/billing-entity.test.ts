import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountMistakes, entityMistakes, keptAccount, keptEntity, needsNewMandate, type TypedEntity } from '../../domain/billing-entity.ts';
import { isBic, isVatNumber } from '../../domain/identifiers.ts';
import { parseQuantity } from '../../domain/quantity-text.ts';
import { checkedSchedule } from '../../domain/quote-schedule.ts';

const entity: TypedEntity = { legalName: 'Iris Lambert EI', legalForm: 'EI', siret: '732 829 320 00074', vatNumber: '', vatRegime: 'standard', vatRateBp: 2_000, address: '3 rue des Ateliers', postcode: '44000', city: 'Nantes' };
const iban = 'FR76 3000 6000 0112 3456 7890 189';

describe('M3 numbers that are checked offline', () => {
  it.each(['FR44732829320', 'fr 44 732 829 320', 'DE123456789', 'BE0123456789', 'ESX1234567X', 'IE1234567WA', 'NL123456789B01', 'EL123456789', 'ATU12345678', 'XI123456789'])('M3: %s has the shape, or the key, of a VAT number', (text) => {
    expect(isVatNumber(text)).toBe(true);
  });
  it.each(['FR45732829320', 'FR732829320', 'DE12345678', 'GR123456789', 'GB123456789', 'US123456789', 'BE2123456789', ''])('M3: %j is no VAT number of the Union', (text) => {
    expect(isVatNumber(text)).toBe(false);
  });
  it.each([['AGRIFRPP', true], ['agri fr pp 888', true], ['AGRIFRP', false], ['AGRI1RPP', false], ['', false]])('M3: is %j a BIC? %s', (text, answer) => {
    expect(isBic(text)).toBe(answer);
  });
});

describe('M3 a billing entity', () => {
  it('M3: says every mistake at once, in the order of the form', () => {
    expect(entityMistakes({ ...entity, legalName: '', siret: '1', vatRegime: 'none', vatNumber: 'x', postcode: '', city: '' }).map(({ field, why }) => `${field} ${why}`)).toEqual([
      'legalName missing', 'siret siret', 'vatRegime regime', 'vatNumber vat_number', 'postcode postcode', 'city missing',
    ]);
    expect(entityMistakes(entity)).toEqual([]);
  });
  it('M3: a French VAT number must be the one of the SIRET; another country’s is taken by its shape', () => {
    expect(entityMistakes({ ...entity, vatNumber: 'FR40303265045' })).toEqual([{ field: 'vatNumber', why: 'vat_number_other' }]);
    expect(entityMistakes({ ...entity, vatNumber: 'DE123456789' })).toEqual([]);
  });
  it('M3: left out, the number of an enterprise that charges VAT is worked out; under the franchise there is none, and no rate', () => {
    expect(keptEntity(entity)).toMatchObject({ siret: '73282932000074', vatNumber: 'FR44732829320', vatRateBp: 2_000 });
    expect(keptEntity({ ...entity, vatRegime: 'franchise' })).toMatchObject({ vatNumber: null, vatRateBp: 0 });
  });
  it('M3: a mandate is of one name and one enterprise', () => {
    const given = { legalName: 'Iris', siret: '73282932000074' };
    expect([needsNewMandate(given, { ...given, siret: '732 829 320 00074', legalName: 'Iris ' }), needsNewMandate(given, { ...given, legalName: 'Iris SARL' }), needsNewMandate(given, { ...given, siret: '35600000000048' })]).toEqual([false, true, true]);
  });
});

describe('M3 an account', () => {
  it.each([
    [iban, '', []], [iban, 'AGRIFRPP', []], ['FR7630006000011234567890188', '', ['iban iban']], ['TR330006100519786457841326', '', ['iban iban_area']], [iban, 'AGRI', ['bic bic']], [iban, 'DEUTDEFF', ['bic bic_country']], [iban, 'SGBTMCMC', []],
  ])('M3: %s with the BIC %j: %j', (number, bic, mistakes) => {
    expect(accountMistakes({ iban: number, bic }).map(({ field, why }) => `${field} ${why}`)).toEqual(mistakes);
  });
  it('M3: is kept without spaces, known by its end', () => {
    expect(keptAccount({ iban, bic: 'agri fr pp' })).toEqual({ iban: 'FR7630006000011234567890189', ibanLast4: '0189', bic: 'AGRIFRPP' });
  });
});

describe('Q1 quantities as people type them', () => {
  it.each([['2', 2_000], ['2,5', 2_500], ['0.25', 250], ['1 200', 1_200_000], ['1\u202f200,125', 1_200_125], ['100000', 100_000_000]])('Q1: %j is %i thousandths', (text, milli) => {
    expect(parseQuantity(text)).toBe(milli);
  });
  it.each(['', '0', '-1', '+1', '1e3', '0x10', 'deux', '1.2345', '1,2,3', '12 34', '100001', 'Infinity', ' '])('Q1: %j is none', (text) => {
    expect(parseQuantity(text)).toBeNull();
  });
  it('Q1: whatever is written with three decimals at most is read as it was', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.constantFrom('.', ','), (milli, point) => {
      expect(parseQuantity((milli / 1_000).toFixed(3).replace('.', point))).toBe(milli);
    }));
  });
});

describe('Q3 a schedule', () => {
  it('Q3: keeps what goes with it, and nothing else', () => {
    const all = { depositBp: 3_000, instalments: 4 };
    expect(['end', 'deposit_balance', 'instalments'].map((paymentSchedule) => checkedSchedule({ paymentSchedule, ...all }))).toEqual([
      { paymentSchedule: 'end', depositBp: null, instalments: null }, { paymentSchedule: 'deposit_balance', depositBp: 3_000, instalments: null }, { paymentSchedule: 'instalments', depositBp: null, instalments: 4 },
    ]);
  });
  it.each([['deposit_balance', 99, null], ['deposit_balance', 9_901, null], ['instalments', null, 1], ['instalments', null, 25]])('Q3: refuses %s with %j and %j', (paymentSchedule, depositBp, instalments) => {
    expect(() => checkedSchedule({ paymentSchedule, depositBp, instalments })).toThrow(expect.objectContaining({ code: 'form_invalid' }) as Error);
  });
});
