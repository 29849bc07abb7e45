import { describe, expect, it } from 'vitest';
import { disputeOpen, pausedByDispute, requireDispute, requireNoDispute } from '../../domain/dispute.ts';

const at = new Date('2026-03-31T09:00:00Z');

describe('C10 a dispute', () => {
  it('C10: is open from when it is said until it is answered, and may be said again afterwards', () => {
    const [never, open, settled] = [{ disputedAt: null, disputeSettledAt: null }, { disputedAt: at, disputeSettledAt: null }, { disputedAt: at, disputeSettledAt: at }];
    expect([never, open, settled].map(disputeOpen)).toEqual([false, true, false]);
    expect(() => requireNoDispute(open)).toThrow(expect.objectContaining({ code: 'dispute_open' }));
    expect(() => { requireNoDispute(never); requireNoDispute(settled); requireDispute(open); }).not.toThrow();
    for (const one of [never, settled]) expect(() => requireDispute(one)).toThrow(expect.objectContaining({ code: 'no_dispute' }));
  });

  it('C10: ends the pause it began, and no other', () => {
    expect(pausedByDispute({ dunningPaused: true, dunningPauseReason: 'Trop.', disputeReason: 'Trop.' })).toBe(true);
    expect(pausedByDispute({ dunningPaused: true, dunningPauseReason: 'Accord.', disputeReason: 'Trop.' })).toBe(false);
    expect(pausedByDispute({ dunningPaused: false, dunningPauseReason: null, disputeReason: null })).toBe(false);
  });
});
