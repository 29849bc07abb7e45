import { describe, expect, it } from 'vitest';
import { afterDelay, type Delay } from '../../domain/calendar.ts';
import { defaultTerms, hurriedTerms } from '../../domain/default-terms.ts';
import { checkPaymentTerm } from '../../domain/payment-terms.ts';
import { roundAlarms } from '../../domain/round-schedule.ts';
import { stageAlarms } from '../../domain/stage-schedule.ts';
import type { Terms } from '../../domain/terms.ts';

const now = Date.parse('2026-06-10T08:00:00Z');
const lasts = (delay: Delay): number => afterDelay(new Date(now), delay).getTime() - now;

describe('S4 the terms promised by default', () => {
  it('Q4: 24 h to send the global quote, with reminders at 12 h and 20 h, then escalation', () => {
    const hours = roundAlarms('validating', defaultTerms, now).map(({ at, kind }) => [(at - now) / 3_600_000, kind]);
    expect(hours.slice(0, 4)).toEqual([[12, 'remind'], [20, 'remind'], [24, 'escalate'], [36, 'escalate']]);
  });

  it('I2: 48 h to report an anomaly; I5: 30 days to pay, a deposit at once; I6: 40.00 €', () => {
    expect(defaultTerms.anomalyWindow).toEqual({ unit: 'hours', count: 48 });
    expect(defaultTerms.paymentTerm).toEqual({ unit: 'days', count: 30 });
    expect(defaultTerms.depositTerm).toEqual({ unit: 'days', count: 0 });
    expect(defaultTerms.indemnityCents).toBe(4_000);
    expect(defaultTerms.dunning.map(({ after: { count } }) => count)).toEqual([-7, 0, 7, 15, 30]);
  });

  it('Q6: 17 % of the final amount', () => {
    expect([defaultTerms.feeRateBp, defaultTerms.feeBasis]).toEqual([1_700, 'of_final_amount']);
  });

  it('I5: stays within the legal ceiling, for the client and for the member', () => {
    for (const term of [defaultTerms.paymentTerm, defaultTerms.depositTerm, defaultTerms.memberLegalTerm]) {
      expect(() => checkPaymentTerm(term, { issuedAt: new Date(now) })).not.toThrow();
    }
  });

  describe.each([['default', defaultTerms], ['hurried', hurriedTerms]])('%s terms', (_, terms: Terms) => {
    it('remind before they give up, and in order', () => {
      for (const stage of ['brief_review', 'changes_requested', 'approved', 'casting', 'published'] as const) {
        const alarms = stageAlarms(stage, terms, now);
        expect(alarms[0]?.kind).toBe('remind');
        const limit = alarms.findIndex(({ kind }) => kind === 'limit');
        if (limit >= 0) expect(limit).toBe(alarms.length - 1);
      }
      for (const state of ['collecting', 'sent'] as const) expect(roundAlarms(state, terms, now).at(-1)?.kind).toBe('limit');
      expect(terms.quoteValidationReminders.every((delay) => lasts(delay) < lasts(terms.quoteValidation))).toBe(true);
    });

    it('I6: raise their tone level by level', () => {
      expect(terms.dunning.map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
      expect(terms.dunning.map(({ tone }) => tone)).toEqual(['before_due', 'due', 'reminder', 'firm', 'formal_notice']);
      const moments = terms.dunning.map(({ after }) => lasts(after));
      expect([...moments].sort((a, b) => a - b)).toEqual(moments);
      expect(-moments[0]!).toBeLessThan(lasts(terms.paymentTerm));
    });
  });

  it('W2: the hurried story fits in seconds, and costs what the real one does', () => {
    expect(lasts(hurriedTerms.quoteValidation)).toBe(20_000);
    expect(lasts(hurriedTerms.paymentTerm)).toBe(10_000);
    for (const window of [hurriedTerms.anomalyWindow, hurriedTerms.teamWaitLimit]) {
      expect(lasts(window)).toBeGreaterThanOrEqual(5_000);
      expect(lasts(window)).toBeLessThanOrEqual(8_000);
    }
    const { feeRateBp, feeBasis, lateRateBp, indemnityCents, vatRateBp } = defaultTerms;
    expect(hurriedTerms).toMatchObject({ feeRateBp, feeBasis, lateRateBp, indemnityCents, vatRateBp });
  });
});
