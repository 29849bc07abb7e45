import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientVat } from '../../domain/vat.ts';
import { share, sum } from '../../domain/money.ts';
import { splitPayment } from '../../domain/payments.ts';
import { waterfall } from '../../domain/waterfall.ts';

describe('I9 the waterfall of an invoice', () => {
  const life = fc.record({
    members: fc.array(fc.record({ amountCents: fc.integer({ min: 100, max: 2_000_000 }), franchise: fc.boolean() }), { minLength: 1, maxLength: 5 }),
    referralRateBp: fc.constantFrom(null, 600, 1_400, 2_000), domestic: fc.boolean(), cuts: fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { maxLength: 4 }),
  });
  it('balances to the cent for each payment, and once paid everybody has exactly their invoice', () => {
    fc.assert(fc.property(life, ({ members, referralRateBp, domestic, cuts }) => {
      const memberInvoices = members.map(({ amountCents, franchise }, index) => ({ id: `m${index}`, amountCents, totalCents: amountCents + (franchise ? 0 : share(amountCents, 2_000)) }));
      const feeCents = share(sum(members.map(({ amountCents }) => amountCents)), 1_700);
      const net = feeCents + sum(members.map(({ amountCents }) => amountCents));
      const vatCents = clientVat({ amountCents: net, treatment: domestic ? 'domestic' : 'reverse_charge', rateBp: 2_000 });
      const totalCents = net + vatCents;
      const marks = [...new Set(cuts.map((cut) => Math.round(totalCents * cut)).concat(totalCents))].filter((mark) => mark > 0).sort((a, b) => a - b);
      const payments = marks.map((mark, index) => {
        const paidBeforeCents = marks[index - 1] ?? 0;
        const split = splitPayment({ invoiceTotalCents: totalCents, paidBeforeCents, paymentCents: mark - paidBeforeCents, memberInvoices, feeCents, referralRateBp });
        return { id: `p${index}`, amountCents: mark - paidBeforeCents, payouts: [...split.members.map(({ id, cents }) => ({ memberInvoiceId: id, amountCents: cents })), { memberInvoiceId: null, amountCents: split.referralCents }] };
      });
      const steps = waterfall({ totalCents, feeCents, vatCents, memberInvoices, payments });
      for (const step of steps) expect(step.differenceCents).toBe(0);
      for (const { id, amountCents, totalCents: owed } of memberInvoices) {
        const parts = steps.flatMap((step) => step.members.filter((one) => one.id === id));
        expect([sum(parts.map((one) => one.exclTaxCents)), sum(parts.map((one) => one.cents))]).toEqual([amountCents, owed]);
      }
      expect(sum(steps.map((step) => step.ownFeeCents + step.referralCents))).toBe(feeCents);
      expect(sum(steps.map((step) => step.vatDueCents))).toBe(vatCents);
    }), { numRuns: 60 });
  });

  it('shows by how much what was set aside is not what the rule says', () => {
    const [step] = waterfall({ totalCents: 1_170, feeCents: 170, vatCents: 0, memberInvoices: [{ id: 'm', amountCents: 1_000, totalCents: 1_000 }], payments: [{ id: 'p', amountCents: 1_170, payouts: [{ memberInvoiceId: 'm', amountCents: 990 }] }] });
    expect(step?.differenceCents).toBe(10);
  });
});
