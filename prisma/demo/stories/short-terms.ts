import type { Terms } from '../../../domain/terms.ts';

const seconds = (count: number) => ({ unit: 'seconds' as const, count });

/** The 48 h window and the wait for team mates pass in seconds; everything after is as promised to everybody. */
export const quickWindows: Partial<Terms> = { anomalyWindow: seconds(2), teamWaitLimit: seconds(2) };

/** The invoice is also late at once: due in seconds, its first reminders behind it, the firm ones still days away. */
export const lateAtOnce: Partial<Terms> = {
  ...quickWindows,
  paymentTerm: seconds(3),
  dunning: [
    { level: 1, after: seconds(-1), tone: 'before_due' },
    { level: 2, after: seconds(1), tone: 'due' },
    { level: 3, after: { unit: 'days', count: 7 }, tone: 'reminder' },
    { level: 4, after: { unit: 'days', count: 15 }, tone: 'firm', letter: true },
    { level: 5, after: { unit: 'days', count: 30 }, tone: 'formal_notice' },
  ],
};

/** The 24 h of the global quote are over before anybody looks. */
export const lateQuote: Partial<Terms> = { quoteValidation: seconds(4), quoteValidationReminders: [seconds(2)] };

/** The client has seconds to answer, and does not. */
export const quickExpiry: Partial<Terms> = { clientQuoteValidity: seconds(4), clientQuoteReminders: [seconds(2)] };
