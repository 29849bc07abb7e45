import type { GrantedRole } from '../../domain/client-rights.ts';
import type { ReferralLevel } from '../../domain/referral.ts';

/**
 * Every e-mail of the product, with what its template may use besides what all of them have:
 * `recipient.name`, `project` (ref, title, clientName), `manager` (name, email, phone), `link` (the button's address).
 * Amounts are cents, moments are ISO strings: the templates format them in the reader's language.
 */
export interface MailData {
  // client
  brief_confirm: { title: string };
  brief_received: NoData;
  brief_approved: NoData;
  brief_changes_requested: { remarks: string; points: number };
  brief_changes_reminder: { remarks: string };
  brief_rejected: { reason: string };
  distribution_reminder: NoData;
  selection_reminder: { candidates: number };
  application_received: { memberName: string; mateNames: string[]; message: string };
  invitation_answered: { memberName: string; interested: boolean; message: string };
  project_withdrawn: { reason: string };
  project_abandoned: { reason: string };
  team_chosen: { memberNames: string[] };
  client_quote_sent: QuoteFigures & { version: number; number: string; validUntil: string };
  client_quote_reminder: QuoteFigures & { number: string; validUntil: string };
  client_quote_expired: { number: string };
  client_quote_change_received: { number: string; reason: string };
  client_quote_declined: { number: string; reason: string };
  client_quote_signed: QuoteFigures & { number: string; signerName: string; signedAt: string; sha256: string; memberNames: string[] };
  client_invoice_issued: InvoiceFigures & { immediate: boolean };
  dunning_before_due: DunningFigures;
  dunning_due: DunningFigures;
  dunning_reminder: DunningFigures & WithLetter;
  dunning_firm: DunningFigures & WithLetter;
  dunning_formal_notice: DunningFigures & WithLetter;
  payment_received: InvoiceFigures & { amountCents: number; keptCents: number };
  payment_taken_back: { number: string; amountCents: number; remainingCents: number; reason: string; dueAt: string };
  credit_note_issued: { number: string; invoiceNumber: string; reason: string; totalCents: number; keptCents: number; remainingCents: number; dueAt: string };
  client_credit_used: { number: string; amountCents: number; remainingCents: number; dueAt: string };
  client_refunded: { number: string; amountCents: number; reference: string; reason: string };
  late_fees_claimed: { number: string; daysLate: number; interestCents: number; indemnityCents: number; amountCents: number };
  late_fees_waived: { number: string; amountCents: number; reason: string };
  invoice_dispute_settled: { number: string; reason: string; explanation: string; remainingCents: number; dueAt: string };
  quote_question_answered: { number: string; line: string; question: string; explanation: string };
  client_invitation: { companyName: string; inviterName: string; role: GrantedRole; expiresAt: string };
  client_ownership_offered: { companyName: string; ownerName: string };
  company_namesake: { personName: string; personEmail: string };
  client_messages: Messages;
  client_rule_reminder: RuleReminder;
  project_closed: NoData;
  // client or member: `link` confirms from the new address, or stops from the former one
  email_change_confirm: { newEmail: string; formerEmail: string; expiresAt: string };
  email_change_notice: { newEmail: string; confirmed: boolean; stopUntil: string };
  email_change_taken: NoData;
  // member
  project_alert: { themes: string[]; problem: string; budgetCents: number | null; settingsLink: string };
  alert_digest: { rhythm: 'daily' | 'weekly'; count: number; themes: string[]; projects: { name: string; link: string }[]; more: number; settingsLink: string };
  casting_invitation: { message: string; problem: string };
  casting_reminder: { message: string; problem: string };
  application_sent: { message: string };
  team_invitation: { leadName: string; message: string };
  team_invitation_answered: { memberName: string; accepted: boolean; message: string };
  team_invitation_over: { leadName: string; withdrawn: boolean };
  project_shared: { memberName: string; message: string; title: string; problem: string; themes: string[]; settingsLink: string };
  notice_posted: { body: string };
  application_chosen: { message: string; mateNames: string[] };
  application_not_chosen: { answer: string };
  quote_reminder: NoData;
  quote_received: { totalCents: number; version: number; deadline: string };
  quote_sent_back: { remarks: string };
  quote_change_asked: { reason: string };
  quote_accepted: { acceptedCents: number; mates: { name: string; link: string }[] };
  quote_lost: { reason: string };
  amendment_opened: { purpose: string };
  invoice_preview: MemberInvoiceFigures & { windowEndsAt: string; mandate: boolean; version: number; resolution: string };
  invoice_approval_reminder: MemberInvoiceFigures;
  anomaly_received: { reason: string };
  invoice_final: MemberInvoiceFigures & { number: string };
  invoice_cancelled: { reason: string };
  payout_due: { amountCents: number; kind: 'services' | 'referral'; clientInvoiceNumber: string };
  payout_held: { amountCents: number; kind: 'services' | 'referral'; clientInvoiceNumber: string; registration: boolean; urssaf: boolean };
  payouts_held_again: { kind: string; amountCents: number };
  payouts_released: { amountCents: number };
  /** `advice`: the reference of the document that goes with it; empty when there is none. */
  payout_sent: { amountCents: number; kind: 'services' | 'referral'; ibanLast4: string; advice: string };
  payout_returned: { amountCents: number; ibanLast4: string };
  billing_account_confirm: { ibanLast4: string; formerLast4: string; expiresAt: string };
  billing_account_changed: { ibanLast4: string; formerLast4: string; payableFrom: string; stopped: boolean };
  payout_suspended: { amountCents: number; clientInvoiceNumber: string };
  member_credit_note_issued: { number: string; invoiceNumber: string; reason: string; amountCents: number; vatCents: number; totalCents: number; givesBack: boolean; toRepayCents: number };
  recovery_received: { amountCents: number; clientInvoiceNumber: string };
  candidature_confirm: NoData;
  candidature_received: { expectedAt: string };
  candidature_accepted: { message: string; completePercent: number };
  candidature_refused: { reason: string };
  candidature_outcome: { candidateName: string; accepted: boolean };
  recommendation: { memberName: string; message: string; settingsLink: string };
  document_expiring: { kind: string; expiresOn: string };
  document_accepted: { kind: string };
  document_refused: { kind: string; reason: string };
  document_expired: { kind: string; expiresOn: string };
  member_blocked: { reason: string };
  member_unblocked: { reason: string };
  member_messages: Messages;
  member_rule_reminder: RuleReminder;
  lead_received: { companyName: string };
  lead_accepted: LeadLevel & { companyName: string; otherLevel: boolean; message: string };
  lead_refused: { companyName: string; reason: string };
  lead_withdrawn: { companyName: string };
  lead_won: LeadLevel & { companyName: string };
  // both
  sign_in: NoData;
  // staff: `link` opens the object in the console
  staff_brief_submitted: { again: boolean };
  staff_brief_waiting: { since: string };
  staff_project_stopped: { how: 'withdrawn' | 'abandoned'; reason: string };
  staff_quote_received: { memberName: string; totalCents: number; deadline: string };
  staff_quote_clock_reminder: { deadline: string };
  staff_quote_clock_escalation: { deadline: string; times: number };
  staff_client_quote_answered: { number: string; answer: 'signed' | 'declined' | 'change' | 'expired'; reason: string };
  staff_anomaly_reported: { memberName: string; invoiceRef: string; reason: string };
  staff_anomaly_reminder: { memberName: string; invoiceRef: string };
  staff_quote_question: { number: string; authorName: string; line: string; question: string };
  staff_invoice_disputed: { number: string; authorName: string; reason: string; remainingCents: number };
  staff_invoice_corrected: { number: string; how: 'credited' | 'written_off' | 'taken_back'; reason: string; amountCents: number };
  staff_transfer_declared: { number: string; reference: string };
  staff_dunning_sent: { number: string; level: number; remainingCents: number };
  staff_payouts_waiting: { count: number; amountCents: number };
  staff_transfers_waiting: { ref: string; count: number; amountCents: number; toApprove: boolean; toTake: boolean };
  staff_member_legal_due: { memberName: string; invoiceRef: string; legalDueAt: string };
  staff_account_changed: { memberName: string; ibanLast4: string; payableFrom: string; stopped: boolean };
  staff_candidature_received: { memberName: string };
  staff_candidature_waiting: { memberName: string; since: string };
  staff_document_received: { memberName: string; kind: string };
  staff_override_ended: { memberName: string; kind: string; reason: string; amountCents: number };
  staff_document_expired: { memberName: string; kind: string; expiresOn: string };
  staff_lead_received: { memberName: string; companyName: string };
  staff_lead_withdrawn: { memberName: string; companyName: string };
  staff_messages: Messages;
  staff_rule_reminder: RuleReminder;
  // staff: `link` opens the page where they choose their password
  staff_invited: { expiresAt: string };
  staff_password_link: { expiresAt: string };
}

type NoData = Record<never, never>;
interface QuoteFigures { membersTotalCents: number; feeCents: number; feeRateBp: number; feeBasis: string; totalCents: number; vatCents: number; totalWithTaxCents: number }
interface InvoiceFigures { number: string; totalCents: number; remainingCents: number; dueAt: string }
interface DunningFigures extends InvoiceFigures { daysLate: number; interestCents: number; indemnityCents: number }
/** I6: a letter goes with the e-mail. */
interface WithLetter { letter: boolean }
/** S4: the words of a rule that staff wrote, filled in, and what it is about. */
interface RuleReminder { headline: string; message: string; object: string; stage: string; since: string }
/** C7: what somebody away has not read: how many messages, the latest of them, and how many are not repeated. */
interface Messages { count: number; excerpts: string[]; more: number }
/** M14: how much of the work a member does to bring it, and their part of the fee, in basis points. */
interface LeadLevel { referralLevel: ReferralLevel; rateBp: number }
interface MemberInvoiceFigures { amountCents: number; vatCents: number; totalCents: number; invoiceRef: string }

export type MailTemplate = keyof MailData;
