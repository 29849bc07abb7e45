import type { Delay } from './calendar.ts';
import type { Terms } from './terms.ts';

const seconds = (count: number): Delay => ({ unit: 'seconds', count });
const hours = (count: number): Delay => ({ unit: 'hours', count });
const days = (count: number): Delay => ({ unit: 'days', count });

/** What is promised unless a setting says otherwise. The 24 h, 48 h and 30 days are the help centre's; the cadences are ours. */
export const defaultTerms: Terms = {
  feeRateBp: 1_700,
  feeBasis: 'of_final_amount',
  briefReviewReminders: [hours(4), hours(20)],
  briefChangesReminders: [days(3), days(10)],
  briefChangesLimit: days(45),
  distributionReminders: [days(3), days(10)],
  selectionReminders: [days(5), days(12)],
  dormancyLimit: days(90),
  memberQuoteReminders: [days(2), days(5)],
  quoteValidation: hours(24),
  quoteValidationReminders: [hours(12), hours(20)],
  escalationEvery: hours(12),
  escalationTimes: 6,
  clientQuoteReminders: [days(4), days(12), days(25)],
  clientQuoteValidity: days(30),
  anomalyWindow: hours(48),
  anomalyReminders: [hours(24), hours(72)],
  approvalReminders: [hours(48), days(5)],
  teamWaitLimit: hours(72),
  paymentTerm: days(30),
  depositTerm: days(0),
  memberLegalTerm: days(60),
  dunning: [
    { level: 1, after: days(-7), tone: 'before_due' },
    { level: 2, after: days(0), tone: 'due' },
    { level: 3, after: days(7), tone: 'reminder' },
    { level: 4, after: days(15), tone: 'firm' },
    { level: 5, after: days(30), tone: 'formal_notice' },
  ],
  // ECB rate and ten points; the setting is dated because the rate changes twice a year.
  lateRateBp: 1_215,
  indemnityCents: 4_000,
  payoutReminders: [days(1), days(3)],
  vatRateBp: 2_000,
};

/** The same story in seconds, for a demonstration. */
export const hurriedTerms: Terms = {
  ...defaultTerms,
  anomalyWindow: seconds(6),
  teamWaitLimit: seconds(10),
  quoteValidation: seconds(60),
  quoteValidationReminders: [seconds(30)],
  escalationEvery: seconds(60),
  paymentTerm: seconds(12),
  dunning: [
    { level: 1, after: seconds(-6), tone: 'before_due' },
    { level: 2, after: seconds(0), tone: 'due' },
    { level: 3, after: seconds(6), tone: 'reminder' },
    { level: 4, after: seconds(3_600), tone: 'firm' },
  ],
  payoutReminders: [seconds(600)],
};
