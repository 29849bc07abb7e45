import type { Delay } from './calendar.ts';
import { defaultTerms } from './default-terms.ts';
import { defaultMembershipTerms, type MembershipTerms } from './membership-terms.ts';
import type { Terms } from './terms.ts';

/** What a setting holds, and within which bounds (included). Percents are in basis points, amounts in cents. */
export type TermType =
  | { readonly kind: 'duration'; readonly units: readonly Delay['unit'][]; readonly least: Delay; readonly most: Delay }
  | { readonly kind: 'percent'; readonly least: number; readonly most: number }
  | { readonly kind: 'cents'; readonly least: number; readonly most: number }
  | { readonly kind: 'count'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** Reminders counted from one event, in order; `before`: the term that ends the wait, past which a reminder says nothing. */
  | { readonly kind: 'cadence'; readonly units: readonly Delay['unit'][]; readonly least: Delay; readonly most: Delay; readonly rows: number; readonly before?: keyof Terms }
  /** Days before an event, the earliest notice first. */
  | { readonly kind: 'notices'; readonly least: number; readonly most: number; readonly rows: number }
  | { readonly kind: 'dunning'; readonly rows: number };

export type TermGroup = 'fee' | 'brief' | 'selection' | 'quotes' | 'memberInvoices' | 'payment' | 'late' | 'conversations' | 'members';
export type TermKey = keyof Terms | keyof MembershipTerms;

export interface CataloguedTerm {
  readonly group: TermGroup;
  readonly type: TermType;
  /** Whose copy travels: a project's, or a membership's. */
  readonly of: 'project' | 'membership';
}

const hours = (count: number): Delay => ({ unit: 'hours', count });
const days = (count: number): Delay => ({ unit: 'days', count });
const minutes = (count: number): Delay => ({ unit: 'minutes', count });
const anyUnit = ['minutes', 'hours', 'days', 'working_days'] as const;
const wholeDays = ['days', 'working_days'] as const;

const project = (group: TermGroup, type: TermType): CataloguedTerm => ({ group, type, of: 'project' });
const membership = (group: TermGroup, type: TermType): CataloguedTerm => ({ group, type, of: 'membership' });
const percent = (least: number, most: number): TermType => ({ kind: 'percent', least, most });
const duration = (least: Delay, most: Delay, units: readonly Delay['unit'][] = ['hours', 'days', 'working_days']): TermType => ({ kind: 'duration', units, least, most });
const cadence = (before?: keyof Terms): TermType => ({ kind: 'cadence', units: anyUnit, least: minutes(5), most: days(365), rows: 12, ...(before ? { before } : {}) });

/**
 * S4: every term that may be changed in the console, in the order of its page. Names and explanations are `term.KEY` and `term.KEY.help` in the
 * locale files. Bounds keep what the law and the help centre say: 60 days to pay (C. com. L441-10), 40 € at least (D441-5), 24 h and 48 h at least as good as promised.
 */
export const termsCatalogue: Readonly<Record<TermKey, CataloguedTerm>> = {
  feeRateBp: project('fee', percent(0, 5_000)),
  feeBasis: project('fee', { kind: 'choice', options: ['of_final_amount', 'of_members_total'] }),
  briefReviewReminders: project('brief', cadence()),
  briefChangesReminders: project('brief', cadence('briefChangesLimit')),
  briefChangesLimit: project('brief', duration(days(7), days(365))),
  distributionReminders: project('selection', cadence('dormancyLimit')),
  selectionReminders: project('selection', cadence('dormancyLimit')),
  dormancyLimit: project('selection', duration(days(14), days(730), wholeDays)),
  memberQuoteReminders: project('quotes', cadence('dormancyLimit')),
  quoteValidation: project('quotes', duration(hours(1), hours(24), ['hours'])), // Q4: the promise is 24 h, never more
  quoteValidationReminders: project('quotes', cadence('quoteValidation')),
  escalationEvery: project('quotes', duration(hours(1), days(7))),
  escalationTimes: project('quotes', { kind: 'count', least: 1, most: 20 }),
  clientQuoteReminders: project('quotes', cadence('clientQuoteValidity')),
  clientQuoteValidity: project('quotes', duration(days(7), days(180), wholeDays)),
  anomalyWindow: project('memberInvoices', duration(hours(48), days(15))), // I2: 48 h at least
  anomalyReminders: project('memberInvoices', cadence()),
  approvalReminders: project('memberInvoices', cadence()),
  teamWaitLimit: project('memberInvoices', duration(hours(1), days(30))),
  paymentTerm: project('payment', duration(days(0), days(60), ['days'])),
  depositTerm: project('payment', duration(days(0), days(60), ['days'])),
  memberLegalTerm: project('payment', duration(days(1), days(60), ['days'])),
  vatRateBp: project('payment', percent(0, 3_000)),
  payoutReminders: project('payment', cadence()),
  dunning: project('late', { kind: 'dunning', rows: 12 }),
  lateRateBp: project('late', percent(500, 3_000)),
  indemnityCents: project('late', { kind: 'cents', least: 4_000, most: 20_000 }),
  awayMailDelay: project('conversations', duration(minutes(1), hours(24), ['minutes', 'hours'])),
  studyReminders: membership('members', cadence()),
  expiryNoticeDays: membership('members', { kind: 'notices', least: 1, most: 180, rows: 6 }),
  refusedKeptMonths: membership('members', { kind: 'count', least: 1, most: 24 }), // the CNIL: two years at most
};

export const termKeys = Object.keys(termsCatalogue) as TermKey[];
export const isTermKey = (key: string): key is TermKey => Object.hasOwn(termsCatalogue, key);

/** Those whose rows are edited as a table, on a page of their own. */
export const isTabular = (key: TermKey): boolean => ['cadence', 'notices', 'dunning'].includes(termsCatalogue[key].type.kind);

/** What is promised while nobody has changed anything. */
export const builtIn: Readonly<Record<TermKey, unknown>> = { ...defaultTerms, ...defaultMembershipTerms };
