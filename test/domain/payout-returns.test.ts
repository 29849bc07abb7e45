import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertBalanced, balanceOf, payoutKey, payoutPosting, payoutReturnPosting, referralPayoutPosting, type PostingLine } from '../../domain/ledger.ts';
import { after, allows } from '../../domain/lifecycle/lifecycle.ts';
import { hasLeft, payoutLifecycle, type PayoutState } from '../../domain/lifecycle/payout.ts';

it('I9, I11: whatever leaves, is shown paid, comes back and leaves again, the books balance and hold out what has left and nothing else', () => {
  const actions = Object.keys(payoutLifecycle.actions) as (keyof typeof payoutLifecycle.actions)[];
  const payout = fc.record({ kind: fc.constantFrom('services', 'referral'), memberId: fc.constantFrom('m1', 'm2'), amountCents: fc.integer({ min: 1, max: 10_000_000 }) });
  fc.assert(fc.property(fc.array(payout, { minLength: 1, maxLength: 4 }), fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...actions)), { maxLength: 40 }), (payouts, deeds) => {
    const ledger: PostingLine[] = [];
    const states: PayoutState[] = payouts.map(() => payoutLifecycle.initial);
    const keys = new Set<string>();
    const sendings = payouts.map(() => 0);
    for (const [which, action] of deeds) {
      const index = which % payouts.length;
      const one = payouts[index];
      const state = states[index];
      if (!one || !state || !allows(payoutLifecycle, state, action)) continue;
      states[index] = after(payoutLifecycle, state, action);
      const lines = action === 'sendPayout' ? (one.kind === 'referral' ? referralPayoutPosting(one) : payoutPosting(one)) : action === 'comeBack' ? payoutReturnPosting(one) : [];
      if (action === 'sendPayout') {
        const key = payoutKey(`p${index}`, (sendings[index] = (sendings[index] ?? 0) + 1));
        expect(keys.has(key)).toBe(false); // each sending has an entry of its own
        keys.add(key);
      }
      assertBalanced(lines);
      ledger.push(...lines);
      const gone = payouts.reduce((sum, { amountCents }, at) => (hasLeft(states[at] ?? '') ? sum + amountCents : sum), 0);
      expect(balanceOf(ledger, 'bank')).toBe(gone === 0 ? 0 : -gone);
      for (const [account, kind] of [['member_payable', 'services'], ['referral_payable', 'referral']] as const) {
        for (const memberId of ['m1', 'm2']) {
          const paid = payouts.reduce((sum, held, at) => (held.kind === kind && held.memberId === memberId && hasLeft(states[at] ?? '') ? sum + held.amountCents : sum), 0);
          expect(balanceOf(ledger, account, memberId)).toBe(paid === 0 ? 0 : -paid);
        }
      }
    }
  }), { numRuns: 1_000 });
});
