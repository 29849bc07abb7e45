import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from '../../domain/money-text.ts';

const narrow = '\u202f';
const hard = '\u00a0';

describe('I1 an amount as people type it', () => {
  it.each([
    ['1 234,50', 123_450],
    ['1234.5', 123_450],
    ['1234,5', 123_450],
    ['1 234,50 €', 123_450],
    [`1${narrow}234,50${hard}€`, 123_450],
    [`1${hard}234,50${hard}€`, 123_450],
    ['1\u2009234,50', 123_450], // thin space
    ['1’234.50', 123_450],
    ['1,234.50', 123_450],
    ['€1,234.50', 123_450],
    ['1.234,50', 123_450],
    ['1,234,567', 123_456_700],
    ['1.234.567', 123_456_700],
    ['1 234', 123_400],
    ['9 999 999,99', 999_999_999],
    ['830', 83_000],
    ['  830 €  ', 83_000],
    ['830€', 83_000],
    ['830 euros', 83_000],
    ['830 EUR', 83_000],
    ['0,01', 1],
    ['0.10', 10],
    ['007,50', 750],
    ['10000000', 1_000_000_000],
    ['８３０', 83_000], // full-width digits
  ])('reads %j as %i cents', (text, cents) => {
    expect(parseAmount(text)).toBe(cents);
  });

  it.each([
    '', '   ', '€', 'mille euros', 'douze', '12 mille', '1e3', '0x10', 'NaN', 'Infinity',
    '0', '0,00', '-5', '−5', '–5', '+5', '(5)', '5-',
    '1,234', '1.234', '12.345', // a thousand, or one and some?
    '1,2345', '12,345', '0,001', '1 234,567', '1,234.567', '1.234,5678',
    '12 34,50', '1 2345', '1  234', '1 234.567,00', '1,23,456', '1,234.56.78', '12,34,56', '1234,', ',50', '.5', '5.', '1,,5', '1 ,5',
    '10 €50', '10 € 50', '€ 10 €x', '830 HT', '830 TTC', '830 $', '12%', '10000000,01', '12 345 678', '99999999999', '1 000 000 000 000',
  ])('refuses %j', (text) => {
    expect(parseAmount(text)).toBeNull();
  });

  it('is written as each language does', () => {
    expect(formatAmount(123_450, 'fr')).toBe(`1${narrow}234,50${hard}€`);
    expect(formatAmount(123_450, 'en')).toBe('€1,234.50');
    expect(formatAmount(5, 'fr')).toBe(`0,05${hard}€`);
    expect(formatAmount(0, 'fr')).toBe(`0,00${hard}€`);
    expect(formatAmount(-123_450, 'fr')).toBe(`-1${narrow}234,50${hard}€`);
    expect(formatAmount(1_000_000_000, 'fr')).toBe(`10${narrow}000${narrow}000,00${hard}€`);
  });

  it('reads back whatever it writes', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.constantFrom('fr' as const, 'en' as const), (cents, locale) => {
      expect(parseAmount(formatAmount(cents, locale))).toBe(cents);
    }));
  });

  it('never answers anything but null or a positive whole number of cents', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9 .,€]{0,14}$/)), (text) => {
      const cents = parseAmount(text);
      expect(cents === null || (Number.isInteger(cents) && cents > 0 && cents <= 1_000_000_000)).toBe(true);
    }));
  });
});
