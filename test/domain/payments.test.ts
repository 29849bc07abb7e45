import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../domain/money.ts';
import { splitPayment, type PaymentSplit, type ReceivedPayment } from '../../domain/payments.ts';
import { referralLevels, referralRateBp, referralShare, type ReferralLevel } from '../../domain/referral.ts';
import { clientVat, memberVat, type ClientVatTreatment, type MemberVatRegime } from '../../domain/vat.ts';
import { centsOf, rowsUnder } from './worked-examples.ts';

type Invoice = Omit<ReceivedPayment, 'paidBeforeCents' | 'paymentCents'>;

/** Plays payments one after another. */
function pay(invoice: Invoice, payments: readonly number[]): PaymentSplit[] {
  let paidBeforeCents = 0;
  return payments.map((paymentCents) => {
    const split = splitPayment({ ...invoice, paidBeforeCents, paymentCents });
    paidBeforeCents += paymentCents;
    return split;
  });
}

const whole = (splits: readonly PaymentSplit[]) => ({
  members: splits[0]?.members.map((_, index) => sum(splits.map(({ members }) => members[index]?.cents ?? 0))) ?? [],
  feeCents: sum(splits.map(({ feeCents }) => feeCents)),
  referralCents: sum(splits.map(({ referralCents }) => referralCents)),
  ownFeeCents: sum(splits.map(({ ownFeeCents }) => ownFeeCents)),
  netVatCents: sum(splits.map(({ netVatCents }) => netVatCents)),
});

const oneMember: Invoice = { invoiceTotalCents: 120_000, memberInvoices: [{ id: 'ines', totalCents: 99_600 }], feeCents: 17_000, referralRateBp: 2_000 };

/** Invoices as they come about: members with and without VAT, a fee, a client with and without VAT; and its payment in parts. */
const paidInvoice = fc
  .record({
    members: fc.array(
      fc.record({ amountCents: fc.integer({ min: 1, max: 5_000_000 }), regime: fc.constantFrom<MemberVatRegime>('standard', 'franchise'), rateBp: fc.constantFrom(2_000, 1_000, 850) }),
      { minLength: 1, maxLength: 6 },
    ),
    feeBp: fc.integer({ min: 0, max: 4_000 }),
    treatment: fc.constantFrom<ClientVatTreatment>('domestic', 'reverse_charge'),
    referralRateBp: fc.constantFrom(null, ...Object.values(referralLevels)),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
  })
  .map(({ members, feeBp, treatment, referralRateBp: rateBp, cuts }) => {
    const membersCents = sum(members.map(({ amountCents }) => amountCents));
    const feeCents = Math.round((membersCents * feeBp) / 10_000);
    const net = membersCents + feeCents;
    const memberInvoices = members.map((member, index) => ({ id: String(index), totalCents: member.amountCents + memberVat(member) }));
    const invoiceTotalCents = net + clientVat({ amountCents: net, treatment, rateBp: 2_000 });
    const marks = [...new Set([0, ...cuts.map((cut) => Math.floor(cut * invoiceTotalCents)), invoiceTotalCents])].sort((a, b) => a - b);
    const payments = marks.slice(1).map((mark, index) => mark - marks[index]!);
    const invoice: Invoice = { invoiceTotalCents, memberInvoices, feeCents, referralRateBp: rateBp };
    return { invoice, payments, treatment };
  });

describe('I7 part payments', () => {
  it('works out docs/fees.md', () => {
    const rows = rowsUnder('Who gets what').map((cells) => cells.map(centsOf));
    const splits = pay(oneMember, rows.slice(0, 2).map(([payment]) => payment!));
    const figures = splits.map(({ members, referralCents, ownFeeCents, netVatCents }) => [members[0]?.cents, referralCents, ownFeeCents, netVatCents]);
    expect(figures).toEqual(rows.slice(0, 2).map(([, ...rest]) => rest));
    const { members, referralCents, ownFeeCents, netVatCents } = whole(splits);
    expect([120_000, ...members, referralCents, ownFeeCents, netVatCents]).toEqual(rows[2]);
  });

  it('pays everybody pro rata, to half a cent of what is exact at every moment', () => {
    fc.assert(fc.property(paidInvoice, ({ invoice, payments }) => {
      let paid = 0;
      const received = invoice.memberInvoices.map(() => 0);
      pay(invoice, payments).forEach((split, step) => {
        paid += payments[step]!;
        split.members.forEach(({ cents }, index) => {
          received[index]! += cents;
          const exact = (invoice.memberInvoices[index]!.totalCents * paid) / invoice.invoiceTotalCents;
          expect(Math.abs(received[index]! - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
        });
      });
    }));
  });

  it('never takes anything back from anybody', () => {
    fc.assert(fc.property(paidInvoice, ({ invoice, payments }) => {
      for (const { members, feeCents, referralCents, ownFeeCents } of pay(invoice, payments)) {
        expect(Math.min(...members.map(({ cents }) => cents), feeCents, referralCents, ownFeeCents)).toBeGreaterThanOrEqual(0);
      }
    }));
  });

  it('settles each exactly once the invoice is paid, in whatever parts', () => {
    fc.assert(fc.property(paidInvoice, ({ invoice, payments }) => {
      const { members, feeCents } = whole(pay(invoice, payments));
      expect(members).toEqual(invoice.memberInvoices.map(({ totalCents }) => totalCents));
      expect(feeCents).toBe(invoice.feeCents);
      expect(whole(pay(invoice, payments))).toEqual(whole(pay(invoice, [invoice.invoiceTotalCents])));
    }));
  });

  it('refuses more than what is due, and says what that is', () => {
    expect(() => splitPayment({ ...oneMember, paidBeforeCents: 100_000, paymentCents: 20_001 })).toThrow(
      expect.objectContaining({ code: 'amount_above_due', details: { leftCents: 20_000 } }),
    );
    expect(splitPayment({ ...oneMember, paidBeforeCents: 100_000, paymentCents: 20_000 }).members).toEqual([{ id: 'ines', cents: 16_600 }]);
  });

  it.each([0, -1, 0.5, Number.NaN])('refuses a payment of %d cents', (paymentCents) => {
    expect(() => splitPayment({ ...oneMember, paidBeforeCents: 0, paymentCents })).toThrow(expect.objectContaining({ code: 'amount_invalid' }));
  });
});

describe('I9 a payment is shared out to the cent', () => {
  it('adds up at every payment', () => {
    fc.assert(fc.property(paidInvoice, ({ invoice, payments }) => {
      pay(invoice, payments).forEach((split, step) => {
        expect(sum(split.members.map(({ cents }) => cents)) + split.feeCents + split.netVatCents).toBe(payments[step]);
        expect(split.ownFeeCents + split.referralCents).toBe(split.feeCents);
      });
    }));
  });

  it('advances the VAT of members to a client under the reverse charge', () => {
    const split = splitPayment({ ...oneMember, invoiceTotalCents: 100_000, paidBeforeCents: 0, paymentCents: 100_000 });
    expect(split).toEqual({ members: [{ id: 'ines', cents: 99_600 }], feeCents: 17_000, referralCents: 3_400, ownFeeCents: 13_600, netVatCents: -16_600 });
  });

  it('keeps VAT for the State of a domestic client, but for the rounding of parts', () => {
    fc.assert(fc.property(paidInvoice.filter(({ treatment }) => treatment === 'domestic'), ({ invoice, payments }) => {
      let kept = 0;
      const halves = (invoice.memberInvoices.length + 1) / 2;
      for (const { netVatCents } of pay(invoice, payments)) {
        kept += netVatCents;
        expect(kept).toBeGreaterThanOrEqual(-halves - invoice.memberInvoices.length); // each VAT is rounded once too
      }
    }));
  });
});

describe('I8 referral', () => {
  it.each<[ReferralLevel, number, number]>([['introduction', 600, 1_020], ['supported_lead', 1_400, 2_380], ['full_lead', 2_000, 3_400]])(
    '%s is %i basis points of the fee: %i cents of 170.00 €',
    (level, rateBp, cents) => {
      expect(referralRateBp(level)).toBe(rateBp);
      expect(referralShare(17_000, level)).toBe(cents);
      expect(whole(pay({ ...oneMember, referralRateBp: rateBp }, [1, 59_999, 60_000])).referralCents).toBe(cents);
    },
  );

  it('comes out of OFF-WORKS’s fee and costs the members nothing', () => {
    const [brought] = pay(oneMember, [50_000]);
    const [alone] = pay({ ...oneMember, referralRateBp: null }, [50_000]);
    expect(brought?.members).toEqual(alone?.members);
    expect(brought?.netVatCents).toBe(alone?.netVatCents);
    expect(alone?.referralCents).toBe(0);
    expect((brought?.ownFeeCents ?? 0) + (brought?.referralCents ?? 0)).toBe(alone?.ownFeeCents);
  });

  it('never outgrows the fee it comes from, be the client paying cent by cent', () => {
    const small: Invoice = { invoiceTotalCents: 12, memberInvoices: [{ id: 'ines', totalCents: 8 }], feeCents: 4, referralRateBp: 2_000 };
    const splits = pay(small, Array.from({ length: 12 }, () => 1));
    expect(Math.min(...splits.map(({ ownFeeCents }) => ownFeeCents))).toBe(0);
    expect(whole(splits)).toMatchObject({ feeCents: 4, referralCents: 1, ownFeeCents: 3 });
  });

  it('is due only as far as the client has paid', () => {
    expect(pay(oneMember, [1_200])[0]?.referralCents).toBe(34);
  });
});
