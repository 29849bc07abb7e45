import type { Delay } from './calendar.ts';
import type { Terms } from './terms.ts';

const seconds = (count: number): Delay => ({ unit: 'seconds', count });
const minutes = (count: number): Delay => ({ unit: 'minutes', count });
const hours = (count: number): Delay => ({ unit: 'hours', count });
const days = (count: number): Delay => ({ unit: 'days', count });

/**
 * What is promised unless a setting says otherwise (S4). 17 %, 24 h, 48 h and 30 days are the help centre's (Q6, Q4, I2, I5);
 * the cadences of reminders are OFF-WORKS's to choose, and stay within the law where it has a say.
 */
export const defaultTerms: Required<Terms> = {
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
  depositTerm: days(0), // immediate
  memberLegalTerm: days(60), // C. com. L441-10, I
  dunning: [
    { level: 1, after: days(-7), tone: 'before_due' },
    { level: 2, after: days(0), tone: 'due' },
    { level: 3, after: days(7), tone: 'reminder' },
    { level: 4, after: days(15), tone: 'firm', letter: true },
    { level: 5, after: days(30), tone: 'formal_notice' },
  ],
  lateRateBp: 1_215, // the ECB's 2.15 % and ten points (C. com. L441-10, II); a dated setting, for the rate moves twice a year
  indemnityCents: 4_000, // C. com. D441-5
  payoutReminders: [days(1), days(3)],
  vatRateBp: 2_000,
  awayMailDelay: minutes(10),
};

/**
 * The same promises and prices with the story told in seconds, for a demonstration: every reminder can be seen within a minute.
 * What would end a project in the teller's silence stays long enough to look around.
 */
export const hurriedTerms: Terms = {
  ...defaultTerms,
  briefReviewReminders: [seconds(15)],
  briefChangesReminders: [seconds(15)],
  briefChangesLimit: seconds(1_800),
  distributionReminders: [seconds(30)],
  selectionReminders: [seconds(30)],
  dormancyLimit: seconds(3_600),
  memberQuoteReminders: [seconds(30)],
  quoteValidation: seconds(20),
  quoteValidationReminders: [seconds(10), seconds(16)],
  escalationEvery: seconds(20),
  escalationTimes: 3,
  clientQuoteReminders: [seconds(20)],
  clientQuoteValidity: seconds(1_800),
  anomalyWindow: seconds(6),
  anomalyReminders: [seconds(20)],
  approvalReminders: [seconds(20)],
  teamWaitLimit: seconds(8),
  paymentTerm: seconds(10),
  depositTerm: seconds(0),
  memberLegalTerm: seconds(300),
  dunning: [
    { level: 1, after: seconds(-5), tone: 'before_due' },
    { level: 2, after: seconds(0), tone: 'due' },
    { level: 3, after: seconds(5), tone: 'reminder' },
    { level: 4, after: seconds(60), tone: 'firm', letter: true },
    { level: 5, after: seconds(600), tone: 'formal_notice' },
  ],
  payoutReminders: [seconds(30)],
  awayMailDelay: seconds(8),
};
