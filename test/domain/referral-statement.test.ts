import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportion, share, sum } from '../../domain/money.ts';
import { splitPayment } from '../../domain/payments.ts';
import { referralLines, referralTotals, type ReferredInvoice, type ReferredProject } from '../../domain/referral-statement.ts';
import { referralLevelNames, referralRateBp, referralShare, referralStillToCome } from '../../domain/referral.ts';

const now = Date.parse('2026-06-15T10:00:00Z');
const soon = new Date(now + 86_400_000);
const invoice = (more: Partial<ReferredInvoice> = {}): ReferredInvoice => ({ id: 'i', name: 'F-1', state: 'issued', feeCents: 17_000, totalCents: 120_000, paidCents: 0, dueAt: soon, disputed: false, payouts: [], ...more });
const project = (invoices: readonly ReferredInvoice[], more: Partial<ReferredProject> = {}): ReferredProject => ({ projectId: 'p', ref: 'P', title: 'T', clientName: 'C', level: 'supported_lead', rateBp: 1_400, over: false, signedFeeCents: sum(invoices.map(({ feeCents }) => feeCents)), invoices, ...more });
const payout = (state: string, more = {}) => ({ amountCents: 2_380, state, heldFor: [], createdAt: new Date(now), sentAt: null, paidAt: null, ...more });
const whys = (one: ReferredProject, account: 'ready' | 'none' | 'held' = 'ready') => referralLines(one, account, now).map(({ state, why }) => [state, why]);

describe('I8 why a share is not due yet', () => {
  it.each([
    ['no quote is signed', project([], { signedFeeCents: null }), [['to_come', 'not_signed']]],
    ['signed and not invoiced', project([], { signedFeeCents: 50_000 }), [['to_come', 'not_invoiced']]],
    ['being gathered', project([invoice({ state: 'gathering', totalCents: 0, dueAt: null })]), [['to_come', 'not_issued']]],
    ['the client has time', project([invoice()]), [['to_come', 'client_has_time']]],
    ['the client is late', project([invoice({ dueAt: new Date(now - 1) })]), [['to_come', 'client_late']]],
    ['the client disputes', project([invoice({ disputed: true, dueAt: new Date(now - 1) })]), [['to_come', 'client_disputes']]],
    ['part is paid', project([invoice({ state: 'part_paid', paidCents: 60_000, payouts: [payout('to_send', { amountCents: 1_190 })] })]), [['due', 'next_transfers'], ['to_come', 'client_paid_part']]],
    ['a document is missing', project([invoice({ state: 'paid', paidCents: 120_000, payouts: [payout('held', { heldFor: ['urssaf'] })] })]), [['due', 'documents_missing']]],
    ['it has left', project([invoice({ state: 'settled', paidCents: 120_000, payouts: [payout('sent')] })]), [['sent', null]]],
    ['it has arrived', project([invoice({ state: 'settled', paidCents: 120_000, payouts: [payout('paid')] })]), [['paid', null]]],
    ['the project ended without a signature', project([], { signedFeeCents: null, over: true }), []],
  ] as const)('I8: %s', (_said, one, expected) => {
    expect(whys(one)).toEqual(expected);
  });

  it('I8: due, and nowhere to pay it, or an account that is being checked', () => {
    const paid = project([invoice({ state: 'paid', paidCents: 120_000, payouts: [payout('to_send')] })]);
    expect(whys(paid, 'none')).toEqual([['due', 'no_account']]);
    expect(whys(paid, 'held')).toEqual([['due', 'account_held']]);
  });
});

describe('I8, I9 the sums', () => {
  it('I8: 6, 14 and 20 % of the fee, whole', () => {
    expect(referralLevelNames.map((level) => [referralRateBp(level), referralShare(17_000, level)])).toEqual([[600, 1_020], [1_400, 2_380], [2_000, 3_400]]);
  });

  it('I9: whatever the payments, what fell due and what is still to come make the whole share, to the cent', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(...referralLevelNames), fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 6 }),
      (membersCents, feeCents, level, parts) => {
        const totalCents = membersCents + feeCents;
        const rateBp = referralRateBp(level);
        let paidCents = 0;
        const payouts = [];
        for (const part of parts) {
          const paymentCents = Math.min(totalCents - paidCents, Math.max(1, proportion(totalCents, part, 1_000)));
          if (paymentCents <= 0) break;
          const { referralCents } = splitPayment({ invoiceTotalCents: totalCents, paidBeforeCents: paidCents, paymentCents, memberInvoices: [{ id: 'm', totalCents: membersCents }], feeCents, referralRateBp: rateBp });
          paidCents += paymentCents;
          payouts.push(payout('sent', { amountCents: referralCents }));
        }
        const lines = referralLines(project([invoice({ feeCents, totalCents, paidCents, payouts })], { rateBp }), 'ready', now);
        const { leftCents, dueCents, toComeCents } = referralTotals(lines);
        expect(leftCents + dueCents + toComeCents).toBe(share(feeCents, rateBp));
        expect(referralStillToCome({ feeCents, totalCents, paidCents }, rateBp)).toBe(toComeCents);
      },
    ), { numRuns: 400 });
  });

  it('I8: what was paid before the project had a referrer is not promised', () => {
    expect(whys(project([invoice({ state: 'paid', paidCents: 120_000 })]))).toEqual([]);
  });
});
