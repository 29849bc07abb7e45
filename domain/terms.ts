import type { Delay } from './calendar.ts';
import type { FeeBasis } from './fees.ts';

/** One level of dunning: when it leaves, counted from the due date (negative: before), and how it speaks. */
export interface DunningLevel {
  readonly level: number;
  readonly after: Delay;
  readonly tone: 'before_due' | 'due' | 'reminder' | 'firm' | 'formal_notice';
  /** Who reads it; absent: the billing contacts. */
  readonly to?: 'billing' | 'owner' | 'both';
  /** A letter goes with the e-mail; absent: with the formal notice alone. */
  readonly letter?: boolean;
}

/** What was promised when a project started. A copy travels with it: later changes of the settings do not reach it (S4). */
export interface Terms {
  readonly feeRateBp: number;
  readonly feeBasis: FeeBasis;
  /** C2: staff are reminded of a brief to check. */
  readonly briefReviewReminders: readonly Delay[];
  /** The client is reminded of changes asked, then the project is abandoned. */
  readonly briefChangesReminders: readonly Delay[];
  readonly briefChangesLimit: Delay;
  /** The client is reminded to choose between casting and publication, then to choose a team. */
  readonly distributionReminders: readonly Delay[];
  readonly selectionReminders: readonly Delay[];
  /** A project nobody moves is abandoned after this long in one stage before quotes. */
  readonly dormancyLimit: Delay;
  /** Members of the team who have not quoted yet are reminded. */
  readonly memberQuoteReminders: readonly Delay[];
  /** Q4: 24 h, with reminders to staff before, and repeated escalation after. */
  readonly quoteValidation: Delay;
  readonly quoteValidationReminders: readonly Delay[];
  readonly escalationEvery: Delay;
  readonly escalationTimes: number;
  /** Q7 */
  readonly clientQuoteReminders: readonly Delay[];
  readonly clientQuoteValidity: Delay;
  /** I2: 48 h. */
  readonly anomalyWindow: Delay;
  readonly anomalyReminders: readonly Delay[];
  /** Without a mandate the member is reminded to approve. */
  readonly approvalReminders: readonly Delay[];
  /** I3: how long a final amount waits for team mates' windows. */
  readonly teamWaitLimit: Delay;
  /** I5 */
  readonly paymentTerm: Delay;
  readonly depositTerm: Delay;
  /** What the law grants the member from the date of their own invoice. */
  readonly memberLegalTerm: Delay;
  readonly dunning: readonly DunningLevel[];
  /** I6: interest per year on the amount including tax, and the fixed indemnity. */
  readonly lateRateBp: number;
  readonly indemnityCents: number;
  /** Staff are reminded of payouts left to send. */
  readonly payoutReminders: readonly Delay[];
  readonly vatRateBp: number;
  /** C7: how long messages wait before whoever is away is told of them, all together. Absent in the terms of projects begun before it was one of them. */
  readonly awayMailDelay?: Delay;
}
