import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standing } from '../../domain/invoice-account.ts';
import { sum } from '../../domain/money.ts';
import { referralLevels } from '../../domain/referral.ts';
import { deeds, ProjectLife, type Act, type ProjectPlan } from './project-life.ts';
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

const often = ['invoice', 'invoice', 'issue', 'pay', 'pay', 'payOut'] as const;
const act: fc.Arbitrary<Act> = fc.noBias(fc.record({ does: fc.constantFrom(...deeds, ...often), whom: fc.nat(20), much: fc.integer({ min: 0, max: 1_000 }) }));
/** A life begins with invoices on their way, so that what follows has something to happen to. */
const begun: readonly Act[] = [{ does: 'deposit', whom: 0, much: 300 }, { does: 'issue', whom: 0, much: 1_000 }, { does: 'invoice', whom: 1, much: 700 }, { does: 'issue', whom: 0, much: 1_000 }];

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
      acts: fc.tuple(fc.boolean(), fc.array(act, { minLength: 10, maxLength: 40, size: 'max' })).map(([early, acts]) => (early ? [...begun, ...acts] : acts)),
    }),
  );

/** How many lives the suite tries. */
const lives = 10_000;

describe('I9 money is never created or lost', () => {
  it(`I1, I5, I7, I8, I12: on ${lives} projects, after every invoice, deposit, payment, credit note, loss, refund and payout, in both readings of the fee (Q6)`, () => {
    const tried = { lives: 0, steps: 0, credited: 0, lost: 0, takenBack: 0, kept: 0, recovered: 0 };
    fc.assert(
      fc.property(plans, (plan) => {
        const life = new ProjectLife(plan);
        life.playToTheEnd();
        const { quote, clientInvoices } = life;

        // Everything invoiced: the members' amounts and the fees are the signed quote's, to the cent, however often they were given back and invoiced again.
        const final = life.memberInvoices.filter(({ state }) => state === 'final');
        expect(sum(final.map(({ amountCents, givenBackCents }) => amountCents - givenBackCents))).toBe(quote.membersTotalCents);
        expect(life.feesInvoiced()).toBe(quote.feeCents);

        // Everything paid or given up: nobody owes or is owed anything.
        for (const account of ['client_receivable', 'member_payable', 'referral_payable', 'vat_pending', 'member_services'] as const) expect(life.balance(account)).toBe(0);

        // Client paid = members + fee + VAT, less what was lost; fee = OFF-WORKS + referral; what is left in the bank is OFF-WORKS's and the State's.
        const paid = sum(clientInvoices.map(({ account }) => account.paidCents));
        const netVat = life.balance('vat_collected') - life.balance('vat_deductible');
        expect(paid).toBe(life.paidOut('services') + life.balance('fee_revenue') + netVat - life.balance('bad_debt'));
        expect(life.paidOut('referral')).toBe(life.balance('referral_expense'));
        expect(life.balance('bank')).toBe(life.balance('fee_revenue') - life.balance('referral_expense') - life.balance('bad_debt') + netVat + life.balance('client_credit'));

        tried.lives += 1;
        tried.steps += life.steps;
        if (clientInvoices.some(({ account }) => Object.keys(account.credited).length > 0)) tried.credited += 1;
        if (life.balance('bad_debt') > 0) tried.lost += 1;
        if (clientInvoices.some(({ payments }) => payments.some(({ takenBack }) => takenBack))) tried.takenBack += 1;
        if (clientInvoices.some(({ payments }) => payments.some(({ kind }) => kind === 'client_credit'))) tried.kept += 1;
        if (clientInvoices.some(({ payouts }) => payouts.some(({ state }) => state === 'recovered'))) tried.recovered += 1;
      }),
      { numRuns: lives },
    );
    console.info(`${tried.lives} project lives, ${tried.steps} movements: ${tried.credited} credited, ${tried.lost} with a loss, ${tried.takenBack} with a payment taken back, ${tried.kept} with a credit used, ${tried.recovered} with money given back`);
    // Every way is really taken.
    for (const ways of [tried.credited, tried.lost, tried.takenBack, tried.kept, tried.recovered]) expect(ways).toBeGreaterThan(lives / 100);
  }, 180_000);

  it('on the project of docs/fees.md', () => {
    const life = new ProjectLife({
      members: [{ quoteId: 'ines', memberName: 'Inès', regime: 'standard', rateBp: 2_000, discountCents: 0, lines: [line({ unitCents: 83_000 })] }],
      feeRateBp: 1_700, feeBasis: 'of_final_amount', vatTreatment: 'domestic', tickedOptionIds: [], referralRateBp: 2_000,
      acts: [{ does: 'invoice', whom: 0, much: 1_000 }, { does: 'issue', whom: 0, much: 1_000 }, { does: 'pay', whom: 0, much: 333 }],
    });
    life.playToTheEnd();
    expect(life.clientInvoices.map(({ account, referralCents }) => [standing(account).totalCents, account.paidCents, referralCents])).toEqual([[120_000, 120_000, 3_400]]);
    expect(life.balance('bank')).toBe(13_600 + 3_400);
  });
});
