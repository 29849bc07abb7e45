import { defineSignal } from '@temporalio/workflow';
import type { Digest } from '../domain/alerts.ts';
import type { DunningAlarm } from '../domain/dunning-schedule.ts';
import type { LegalDueAlarm } from '../domain/legal-due.ts';
import type { ClientInvoiceState } from '../domain/lifecycle/client-invoice.ts';
import type { MembershipState } from '../domain/lifecycle/membership.ts';
import type { ProjectStage } from '../domain/lifecycle/project.ts';
import type { QuoteRoundState } from '../domain/lifecycle/quote-round.ts';
import type { WatchedDocument, WatchedOverride } from '../domain/membership-schedule.ts';
import type { MembershipTerms } from '../domain/membership-terms.ts';
import type { Terms } from '../domain/terms.ts';

/** What workflows of one project tell each other. Signals by id, not child results, so that a continued-as-new project still hears them. */

/** quote-review → project: the round moved; the database already says so. */
export interface RoundMoved {
  readonly round: number;
  readonly move: 'received' | 'sent_back' | 'sent' | 'signed' | 'declined' | 'expired' | 'abandoned';
  readonly nextDeadlineAt: number | null;
}
export const roundMoved = defineSignal<[RoundMoved]>('roundMoved');

/** member-invoice → project: its 48 h are over, one way or the other. */
export interface MemberInvoiceClosed {
  readonly ref: string;
  readonly outcome: 'final' | 'cancelled';
  /** The client invoice it joined, and whether it is the first to join it (the project then starts its workflow). */
  readonly clientInvoice: { readonly id: string; readonly ref: string; readonly created: boolean; readonly deposit?: boolean } | null;
  /** Nothing is left to invoice on any accepted quote: the project settles. */
  readonly settling: boolean;
}
export const memberInvoiceClosed = defineSignal<[MemberInvoiceClosed]>('memberInvoiceClosed');

/** client-invoice → project: paid, and everybody paid out. */
export interface ClientInvoiceSettled {
  readonly ref: string;
}
export const clientInvoiceSettled = defineSignal<[ClientInvoiceSettled]>('clientInvoiceSettled');

/** project → client-invoice: how many windows of the team are still open (I3). */
export const windowsChanged = defineSignal<[{ readonly open: number }]>('windowsChanged');

/**
 * membership → client-invoice: a document came or went, and payouts were let go of or held back (M4);
 * sepa-export, bank-line → client-invoice: payouts left, or came back (I11). `settled`: everybody is paid out.
 */
export const payoutsReviewed = defineSignal<[{ readonly payoutsToSend: number; readonly settled?: boolean }]>('payoutsReviewed');

/** invoice-correction, bank-line → client-invoice: credited, given up, paid otherwise, or due again (I12). */
export const invoiceCorrected = defineSignal<[StandingInvoice]>('invoiceCorrected');

/** Where an invoice stands, as the database says; times in ms. */
export interface StandingInvoice {
  readonly state: ClientInvoiceState;
  readonly dueAt: number | null;
  readonly payoutsToSend: number;
  readonly dunning: readonly DunningAlarm[];
  readonly legalDue: readonly LegalDueAlarm[];
  /** How often it has become due again. */
  readonly wave: number;
  /** Its project is closed: nobody there waits to hear that it is settled. */
  readonly projectOver?: boolean;
}

/** bank-line → sepa-export: the statement shows the last of its transfers (I11). */
export const exportCompleted = defineSignal('exportCompleted');

/** project → quote-review, member-invoice, client-invoice: somebody else accompanies the project (W3). */
export const managerChanged = defineSignal<[{ readonly managerHandle: string }]>('managerChanged');

/** project → quote-review: the project was withdrawn or abandoned. */
export const projectStopped = defineSignal<[{ readonly reason: 'withdrawn' | 'abandoned' }]>('projectStopped');

/** a message → conversation-mails: something waits for those who are away, until `dueAt` (ms). */
export const messagesWait = defineSignal<[{ readonly dueAt: number }]>('messagesWait');

// What each workflow is started with: ids, readable references and the terms promised.
export interface ProjectInput { readonly projectId: string; readonly ref: string; readonly terms: Terms; readonly clientHandle: string; readonly mailIds: readonly string[]; readonly carried?: CarriedProject }
export interface QuoteReviewInput { readonly projectId: string; readonly projectRef: string; readonly roundId: string; readonly ref: string; readonly number: number; readonly terms: Terms; readonly clientHandle: string; readonly managerHandle: string; readonly carried?: CarriedRound }
export interface MemberInvoiceInput { readonly memberInvoiceId: string; readonly ref: string; readonly projectId: string; readonly projectRef: string; readonly terms: Terms; readonly windowEndsAt: number; readonly mandate: boolean; readonly clientHandle: string; readonly managerHandle: string; readonly mailIds: readonly string[] }
export interface ClientInvoiceInput { readonly clientInvoiceId: string; readonly ref: string; readonly projectId: string; readonly projectRef: string; readonly terms: Terms; readonly openWindows: number; readonly clientHandle: string; readonly managerHandle: string;
  /** I12: issued long ago, and followed again. */
  readonly resumed?: StandingInvoice }
export interface InvoiceCorrectionInput { readonly clientInvoiceId: string; readonly ref: string }
export interface MembershipInput { readonly memberId: string; readonly handle: string; readonly terms: MembershipTerms; readonly mailIds: readonly string[]; readonly carried?: CarriedMembership }
/** How many are told at once, and how often a run begins anew; `silence`, in ms: how long a delivery may say nothing before another worker takes it over. */
export interface AlertPace { readonly batch: number; readonly batchesPerRun: number; readonly silence?: number }
/** `after` and `sent` are what a run that continues as new takes along; `pace` is for tests, which have no thousand members and no half minute. */
export interface AlertsInput { readonly projectId: string; readonly ref: string; readonly after?: string | null; readonly sent?: number; readonly pace?: AlertPace }
/** The same of a digest of everybody of a rhythm. */
export interface AlertDigestInput { readonly digest: Digest; readonly after?: string | null; readonly sent?: number; readonly pace?: { readonly batch: number; readonly batchesPerRun: number } }
/** `dueAt` in ms. */
export interface ReminderInput { readonly firingId: string; readonly ref: string; readonly stage: string; readonly dueAt: number }

/** I11: a file of transfers, and a line of a statement being confirmed. */
export interface SepaExportInput { readonly exportId: string; readonly ref: string }
export interface BankLineInput { readonly bankLineId: string }

/** `dueAt` in ms; `mails` is what a run that continues as new takes along. */
export interface ConversationMailsInput { readonly conversationId: string; readonly dueAt: number; readonly mails?: number }

/** What a project that continues as new takes along. */
export interface CarriedProject {
  readonly stage: ProjectStage;
  readonly since: number;
  readonly deadlineAt: number | null;
  readonly managerHandle: string | null;
  readonly openWindows: readonly string[];
  readonly openDeposits?: readonly string[];
  readonly gathering: string | null;
  readonly gatheringDeposit?: string | null;
  readonly openRounds: readonly string[];
  readonly moved?: { readonly shift: number; readonly from: number };
}

/** What a quote round that continues as new takes along. */
export interface CarriedRound {
  readonly state: QuoteRoundState;
  readonly since: number;
  readonly deadlineAt: number | null;
  /** ms; the validity of the quote sent, when it is not the one of the terms. */
  readonly validForMs?: number | null;
  readonly moved?: { readonly shift: number; readonly from: number };
}

/** What a membership that continues as new takes along. */
export interface CarriedMembership {
  readonly state: MembershipState;
  readonly since: number;
  readonly documents: readonly WatchedDocument[];
  readonly overrides?: readonly WatchedOverride[];
  readonly eraseAt?: number | null;
}
