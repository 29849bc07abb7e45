import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceOf } from '../../domain/ledger.ts';
import { sum } from '../../domain/money.ts';
import { referralLevels } from '../../domain/referral.ts';
import { ProjectLife, type Act, type ProjectPlan } from './project-life.ts';
import { line } from './quote-samples.ts';

const quoteOf = (index: number) =>
  fc
    .record({
      lines: fc.array(
        fc.record({
          kind: fc.constantFrom('days', 'flat', 'cost', 'rights'), quantityMilli: fc.integer({ min: 1, max: 40_000 }), unitCents: fc.integer({ min: 100, max: 120_000 }),
          optional: fc.boolean(), offered: fc.boolean(),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      firstCents: fc.integer({ min: 1, max: 2_000_000 }), discountPart: fc.integer({ min: 0, max: 999 }),
      regime: fc.constantFrom('standard' as const, 'franchise' as const), rateBp: fc.constantFrom(2_000, 1_000, 550),
    })
    .map(({ lines, firstCents, discountPart, regime, rateBp }) => ({
      quoteId: `m${index}`, memberName: `m${index}`, regime, rateBp,
      lines: [line({ id: `m${index}-first`, unitCents: firstCents }), ...lines.map((changed, place) => line({ id: `m${index}-${place}`, ...changed }))],
      discountCents: Math.floor((firstCents * discountPart) / 1_000),
    }));

const act: fc.Arbitrary<Act> = fc.record({ does: fc.constantFrom('invoice', 'invoice', 'cancel', 'issue', 'pay', 'pay', 'payOut'), whom: fc.nat(20), much: fc.integer({ min: 0, max: 1_000 }) });

const plans: fc.Arbitrary<ProjectPlan> = fc
  .integer({ min: 1, max: 5 })
  .chain((members) =>
    fc.record({
      members: fc.tuple(...Array.from({ length: members }, (_, index) => quoteOf(index))),
      feeRateBp: fc.oneof(fc.constant(1_700), fc.integer({ min: 0, max: 4_000 })),
      feeBasis: fc.constantFrom('of_final_amount' as const, 'of_members_total' as const),
      vatTreatment: fc.constantFrom('domestic' as const, 'reverse_charge' as const),
      tickedOptionIds: fc.subarray(['m0-0', 'm0-1', 'm1-0', 'm1-2', 'm2-3']),
      referralRateBp: fc.constantFrom(null, ...Object.values(referralLevels)),
      acts: fc.array(act, { maxLength: 60 }),
    }),
  );

describe('I9 money is never created or lost', () => {
  it('on any project, after every invoice, cancellation, payment and payout (I1, I7, I8), in both readings of the fee (Q6)', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const life = new ProjectLife(plan);
        life.playToTheEnd();
        const { ledger, quote, clientInvoices } = life;

        // Everything invoiced: the members' amounts and the fees are the signed quote's, to the cent.
        expect(sum(life.memberInvoices.filter(({ state }) => state === 'final').map(({ amountCents }) => amountCents))).toBe(quote.membersTotalCents);
        expect(balanceOf(ledger, 'fee_revenue')).toBe(quote.feeCents);

        // Everything paid: nobody owes or is owed anything.
        for (const account of ['client_receivable', 'member_payable', 'referral_payable', 'vat_pending', 'member_services'] as const) expect(balanceOf(ledger, account)).toBe(0);

        // Client paid = members + fee + VAT, and fee = OFF-WORKS + referral.
        const paid = sum(clientInvoices.map(({ paidCents }) => paidCents));
        const toMembers = sum(life.memberInvoices.map(({ paidCents }) => paidCents));
        const netVat = balanceOf(ledger, 'vat_collected') - balanceOf(ledger, 'vat_deductible');
        expect(toMembers + quote.feeCents + netVat).toBe(paid);
        expect(sum(clientInvoices.map(({ netVatCents }) => netVatCents))).toBe(netVat);
        expect(balanceOf(ledger, 'bank')).toBe(quote.feeCents - balanceOf(ledger, 'referral_expense') + netVat);
      }),
      { numRuns: 300 },
    );
  });

  it('on the project of docs/fees.md', () => {
    const life = new ProjectLife({
      members: [{ quoteId: 'ines', memberName: 'Inès', regime: 'standard', rateBp: 2_000, discountCents: 0, lines: [line({ unitCents: 83_000 })] }],
      feeRateBp: 1_700, feeBasis: 'of_final_amount', vatTreatment: 'domestic', tickedOptionIds: [], referralRateBp: 2_000,
      acts: [{ does: 'invoice', whom: 0, much: 1_000 }, { does: 'issue', whom: 0, much: 1_000 }, { does: 'pay', whom: 0, much: 333 }],
    });
    life.playToTheEnd();
    expect(life.clientInvoices.map(({ totalCents, paidCents, referredCents }) => [totalCents, paidCents, referredCents])).toEqual([[120_000, 120_000, 3_400]]);
    expect(balanceOf(life.ledger, 'bank')).toBe(13_600 + 3_400);
  });
});
