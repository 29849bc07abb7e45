import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientVat, memberVat, vatFallingDue } from '../../domain/vat.ts';

describe('I4 VAT of a member', () => {
  it('follows their rate, or is none under the franchise', () => {
    expect(memberVat({ amountCents: 83_000, regime: 'standard', rateBp: 2_000 })).toBe(16_600);
    expect(memberVat({ amountCents: 83_000, regime: 'standard', rateBp: 1_000 })).toBe(8_300);
    expect(memberVat({ amountCents: 83_000, regime: 'franchise', rateBp: 2_000 })).toBe(0);
  });

  it('rounds half a cent up', () => {
    expect(memberVat({ amountCents: 5, regime: 'standard', rateBp: 1_000 })).toBe(1);
    expect(memberVat({ amountCents: 1_003, regime: 'standard', rateBp: 550 })).toBe(55); // 55.165
  });
});

describe('I3 VAT of the client’s invoice', () => {
  it('is on the whole amount, or left to a client under the reverse charge', () => {
    expect(clientVat({ amountCents: 100_000, treatment: 'domestic', rateBp: 2_000 })).toBe(20_000);
    expect(clientVat({ amountCents: 100_000, treatment: 'reverse_charge', rateBp: 2_000 })).toBe(0);
  });
});

describe('I7 VAT falls due with the payments', () => {
  it('pro rata, and in whole once the invoice is paid', () => {
    const invoice = { invoiceVatCents: 20_000, invoiceTotalCents: 120_000 };
    expect(vatFallingDue({ ...invoice, paidBeforeCents: 0, paymentCents: 40_000 })).toBe(6_667);
    expect(vatFallingDue({ ...invoice, paidBeforeCents: 40_000, paymentCents: 40_000 })).toBe(6_666);
    expect(vatFallingDue({ ...invoice, paidBeforeCents: 80_000, paymentCents: 40_000 })).toBe(6_667);
  });

  it('adds up to the VAT of the invoice and is never taken back', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 15 }), fc.integer({ min: 0, max: 2_500 }), (payments, part) => {
      const invoiceTotalCents = payments.reduce((total, payment) => total + payment, 0);
      const invoiceVatCents = Math.floor((invoiceTotalCents * part) / 12_500);
      let paidBeforeCents = 0;
      let due = 0;
      for (const paymentCents of payments) {
        const falling = vatFallingDue({ invoiceVatCents, invoiceTotalCents, paidBeforeCents, paymentCents });
        expect(falling).toBeGreaterThanOrEqual(0);
        due += falling;
        paidBeforeCents += paymentCents;
      }
      expect(due).toBe(invoiceVatCents);
    }));
  });
});
