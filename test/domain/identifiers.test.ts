import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact, frenchVatNumber, ibanLast4, isFrenchVatNumber, isIban, isSiren, isSiret, maskIban, sirenOf } from '../../domain/identifiers.ts';

describe('M3 SIREN and SIRET', () => {
  it.each(['732829320', '732 829 320', '732\u202f829\u202f320', '356000000', '552 100 554'])('accepts the SIREN %s', (text) => {
    expect(isSiren(text)).toBe(true);
  });
  it.each(['732829321', '73282932', '7328293200', '000000000', '', 'abcdefghi', '73282932A'])('refuses the SIREN %j', (text) => {
    expect(isSiren(text)).toBe(false);
  });
  it.each(['73282932000074', '732 829 320 00074', '35600000000048', '35600000049837'])('accepts the SIRET %s', (text) => {
    expect(isSiret(text)).toBe(true);
  });
  it.each([
    '73282932000075', '7328293200007', '732829320000741', '', '35600000049838', // La Poste, but no multiple of five
    '73282932100007', // the formula fits the whole, and not its SIREN
  ])('refuses the SIRET %j', (text) => {
    expect(isSiret(text)).toBe(false);
  });
  it('tells the enterprise of an establishment', () => {
    expect(sirenOf('732 829 320 00074')).toBe('732829320');
  });
  it('notices any single wrong digit', () => {
    fc.assert(fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, by) => {
      const digits = [...'732829320'];
      digits[place] = String((Number(digits[place]) + by) % 10);
      expect(isSiren(digits.join(''))).toBe(false);
    }));
  });
});

describe('M3 French VAT number', () => {
  it.each(['FR44732829320', 'fr 44 732 829 320', 'FR40303265045', 'FR83404833048', 'FRK7399859412', 'FR4Z123456782'])('accepts %s', (text) => {
    expect(isFrenchVatNumber(text)).toBe(true);
  });
  it.each(['FR45732829320', '44732829320', 'DE44732829320', 'FR44732829321', 'FRO4732829320', 'FRK8399859412', 'FR', ''])('refuses %j', (text) => {
    expect(isFrenchVatNumber(text)).toBe(false);
  });
  it('is worked out from the SIREN', () => {
    expect(frenchVatNumber('732 829 320')).toBe('FR44732829320');
    expect(isFrenchVatNumber(frenchVatNumber('356000000'))).toBe(true);
    expect(frenchVatNumber('303265045')).toBe('FR40303265045');
  });
});

describe('M3 IBAN', () => {
  it.each([
    'FR76 3000 6000 0112 3456 7890 189', 'FR1420041010050500013M02606', 'fr76 3000 6000 0112 3456 7890 189', 'DE89370400440532013000', 'BE68539007547034', 'GB82WEST12345698765432',
  ])('accepts %s', (text) => {
    expect(isIban(text)).toBe(true);
  });
  it.each([
    'FR7630006000011234567890188', 'FR763000600001123456789018', 'FR76300060000112345678901890', 'DE8937040044053201300', 'FR', '', 'FR76', 'not an account',
    'BE685390075470340', 'BE71 0961 2345 6760 00', // their own lengths
  ])('refuses %j', (text) => {
    expect(isIban(text)).toBe(false);
  });
  it('notices two digits changed places', () => {
    expect(isIban('FR7630006000011234567890198')).toBe(false);
  });
  it('shows only its ends', () => {
    expect(maskIban('FR76 3000 6000 0112 3456 7890 189')).toBe('FR76 •••• 0189');
    expect(maskIban('0189')).toBe('•••• 0189');
    expect(ibanLast4('FR76 3000 6000 0112 3456 7890 189')).toBe('0189');
    expect(compact(' fr76\u00a03000-6000.0112 ')).toBe('FR76300060000112');
  });
});
