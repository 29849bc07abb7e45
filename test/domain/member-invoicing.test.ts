import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftToInvoice } from '../../domain/allowance.ts';
import { amountToInvoice } from '../../domain/amount-to-invoice.ts';
import { suggestInvoices } from '../../domain/invoice-suggestion.ts';
import { invoiceYears } from '../../domain/invoice-years.ts';
import { sum } from '../../domain/money.ts';
import { payoutOutlook, type OwnInvoice } from '../../domain/payout-outlook.ts';

describe('M10 an amount, a percentage, or what is left', () => {
  const of = (typed: string, how: 'amount' | 'percent' | 'left' = 'amount', acceptedCents = 83_000, leftCents = 83_000) => amountToInvoice({ typed, how, acceptedCents, leftCents });

  it('M10: reads each as people write them', () => {
    expect([of('1 234,50', 'amount', 200_000, 200_000), of('30', 'percent'), of('30 %'), of('33,33 %', 'amount', 100, 100), of('', 'left', 83_000, 41_500)]).toEqual([123_450, 24_900, 24_900, 33, 41_500]);
    expect([of('50 %', 'amount', 101, 101), of('50 %', 'amount', 101, 50)]).toEqual([51, 50]);
  });

  it('M10: says no to what is neither, and to more than is left', () => {
    for (const typed of ['beaucoup', '0', '-5', '']) expect(() => of(typed), typed).toThrow(expect.objectContaining({ code: 'amount_invalid' }));
    for (const [typed, how] of [['0', 'percent'], ['101', 'percent'], ['beaucoup', 'percent'], ['-5 %', 'amount'], ['', 'percent']] as const) expect(() => of(typed, how), typed).toThrow(expect.objectContaining({ code: 'percent_invalid' }));
    expect(() => of('', 'left', 100, 0)).toThrow(expect.objectContaining({ code: 'amount_invalid' }));
    expect(() => of('60 %', 'amount', 1_000, 500)).toThrow(expect.objectContaining({ code: 'amount_above_allowance', details: { leftCents: 500, fields: 'amount' } }));
  });
});

describe('I1 what the schedule suggests', () => {
  it('I1: a deposit then the balance; equal instalments; the same again where their number is not known', () => {
    const quote = { depositBp: 4_000, instalments: null, acceptedCents: 100_000 };
    const invoiced = [{ amountCents: 40_000, state: 'final' }, { amountCents: 10_000, state: 'cancelled' }];
    expect(suggestInvoices({ ...quote, schedule: 'deposit_balance', invoiced: [] })).toMatchObject([{ why: 'deposit', amountCents: 40_000 }, { why: 'balance', amountCents: 100_000 }]);
    expect(suggestInvoices({ ...quote, schedule: 'deposit_balance', invoiced })).toMatchObject([{ why: 'balance', amountCents: 60_000 }]);
    expect(suggestInvoices({ ...quote, schedule: 'instalments', instalments: 3, invoiced: [{ amountCents: 33_334, state: 'preview' }] })[0]).toMatchObject({ why: 'instalment', number: 2, of: 3, amountCents: 33_333 });
    expect(suggestInvoices({ ...quote, schedule: 'instalments', invoiced })).toMatchObject([{ why: 'same_again', amountCents: 40_000 }, { why: 'balance' }]);
    expect(suggestInvoices({ ...quote, schedule: 'end', invoiced: [] })).toMatchObject([{ why: 'balance', amountCents: 100_000 }]);
  });

  it('I9: following the first suggestion invoices what was accepted, to the cent, and ends', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 5_000_000 }), fc.constantFrom('end', 'deposit_balance', 'instalments'), fc.option(fc.integer({ min: 1, max: 9_999 })), fc.option(fc.integer({ min: 2, max: 24 })),
      (acceptedCents, schedule, depositBp, instalments) => {
        const invoiced: { amountCents: number; state: string }[] = [];
        for (let turn = 0; turn < 30; turn += 1) {
          const [next] = suggestInvoices({ acceptedCents, schedule, depositBp, instalments, invoiced });
          if (!next) break;
          expect(next.amountCents).toBeGreaterThan(0);
          invoiced.push({ amountCents: next.amountCents, state: 'final' });
        }
        expect(leftToInvoice({ acceptedCents, invoiced })).toBe(0);
        expect(sum(invoiced.map(({ amountCents }) => amountCents))).toBe(acceptedCents);
      },
    ));
  });
});

describe('M11 why the money has not come yet', () => {
  const now = Date.UTC(2026, 5, 15);
  const client = { state: 'issued', dueAt: new Date(now + 86_400_000), declaredAt: null, disputedAt: null, disputeSettledAt: null };
  const invoice: OwnInvoice = { state: 'final', totalCents: 12_000, creditedTotalCents: 0, mandate: true, windowEndsAt: new Date(now), clientInvoice: client, payouts: [] };
  const of = (change: Partial<OwnInvoice>, more: Partial<Parameters<typeof payoutOutlook>[1]> = {}) => payoutOutlook({ ...invoice, ...change }, { openMates: 0, account: null, now, ...more });
  const why = (change: Partial<OwnInvoice>, more?: Partial<Parameters<typeof payoutOutlook>[1]>) => of(change, more).waiting.map((one) => one.why);
  const payout = (state: string, amountCents: number, heldFor: string[] = []) => ({ state, amountCents, heldFor });

  it('M11: every stop of the way has its reason', () => {
    expect(why({ state: 'preview' })).toEqual(['window']);
    expect(why({ state: 'preview', mandate: false })).toEqual(['approval']);
    expect(why({ state: 'anomaly' })).toEqual(['anomaly']);
    expect(why({ clientInvoice: { ...client, state: 'gathering' } }, { openMates: 2 })).toEqual(['mates']);
    expect(why({ clientInvoice: { ...client, state: 'gathering' } })).toEqual(['issuing']);
    expect(why({})).toEqual(['client']);
    expect(why({ clientInvoice: { ...client, dueAt: new Date(now - 1) } })).toEqual(['client_late']);
    expect(why({ clientInvoice: { ...client, declaredAt: new Date(now) } })).toEqual(['client_announced']);
    expect(why({ clientInvoice: { ...client, disputedAt: new Date(now), declaredAt: new Date(now) } })).toEqual(['client_disputes']);
    expect(why({ payouts: [payout('held', 5_000, ['urssaf']), payout('to_send', 1_000)] })).toEqual(['documents', 'transfer', 'client']);
    expect(why({ payouts: [payout('to_send', 12_000)] }, { account: { why: 'iban_changed', until: now } })).toEqual(['account_changed']);
    expect(why({ payouts: [payout('to_send', 12_000)] }, { account: { why: 'account_refused', code: 'AC04' } })).toEqual(['account_wrong']);
    expect(of({ payouts: [payout('sent', 7_000), payout('paid', 5_000)] })).toEqual({ reached: 'paid_out', paidOutCents: 12_000, toRepayCents: 0, waiting: [] });
    // I12: what a credit note took back is waited for no longer, and given back when it had left already.
    expect(why({ creditedTotalCents: 12_000 })).toEqual([]);
    expect(of({ creditedTotalCents: 5_000, payouts: [payout('sent', 12_000), payout('to_recover', -5_000)] })).toEqual({ reached: 'paid_out', paidOutCents: 12_000, toRepayCents: 5_000, waiting: [] });
  });

  it('M11: what has left and what waits add up to the invoice, whatever was paid', () => {
    const states = fc.constantFrom('to_send', 'held', 'sent', 'paid');
    fc.assert(fc.property(fc.array(fc.tuple(states, fc.integer({ min: 1, max: 900 })), { maxLength: 10 }), fc.integer({ min: 0, max: 5_000 }), (parts, rest) => {
      const payouts = parts.map(([state, cents]) => payout(state, cents));
      const totalCents = sum(payouts.map(({ amountCents }) => amountCents)) + rest;
      const { paidOutCents, waiting } = of({ totalCents, payouts });
      expect(paidOutCents + sum(waiting.map(({ cents }) => cents))).toBe(totalCents);
    }));
  });

  it('M11: a year is Paris’s: an invoice of the last evening counts where its member lives it', () => {
    const invoiced = { state: 'final', amountCents: 10_000, vatCents: 2_000, totalCents: 12_000, creditedCents: 0, creditedTotalCents: 0 };
    const years = invoiceYears([
      { ...invoiced, finalAt: new Date('2025-12-31T23:30:00Z'), paid: [{ amountCents: 5_000, at: new Date('2026-02-01T10:00:00Z') }] },
      { ...invoiced, finalAt: new Date('2025-12-31T22:30:00Z'), paid: [{ amountCents: 12_000, at: new Date('2026-01-10T10:00:00Z') }] },
      { ...invoiced, state: 'preview', finalAt: null, paid: [] },
    ]);
    expect(years).toEqual([
      { year: 2026, count: 1, amountCents: 10_000, vatCents: 2_000, totalCents: 12_000, paidOutCents: 17_000, dueCents: 7_000 },
      { year: 2025, count: 1, amountCents: 10_000, vatCents: 2_000, totalCents: 12_000, paidOutCents: 0, dueCents: 0 },
    ]);
  });
});
