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
  brief_changes_requested: { remarks: string };
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
  dunning_reminder: DunningFigures;
  dunning_firm: DunningFigures;
  dunning_formal_notice: DunningFigures;
  payment_received: InvoiceFigures & { amountCents: number };
  client_rule_reminder: RuleReminder;
  project_closed: NoData;
  // member
  project_alert: { themes: string[]; problem: string; budgetCents: number | null; settingsLink: string };
  casting_invitation: { message: string; problem: string };
  application_sent: { message: string };
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
  payouts_released: { amountCents: number };
  payout_sent: { amountCents: number; kind: 'services' | 'referral'; ibanLast4: string };
  candidature_confirm: NoData;
  candidature_received: NoData;
  candidature_accepted: { message: string };
  candidature_refused: { reason: string };
  document_expiring: { kind: string; expiresOn: string };
  document_accepted: { kind: string };
  document_refused: { kind: string; reason: string };
  document_expired: { kind: string; expiresOn: string };
  member_blocked: { reason: string };
  member_unblocked: { reason: string };
  member_rule_reminder: RuleReminder;
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
  staff_transfer_declared: { number: string; reference: string };
  staff_dunning_sent: { number: string; level: number; remainingCents: number };
  staff_payouts_waiting: { count: number; amountCents: number };
  staff_member_legal_due: { memberName: string; invoiceRef: string; legalDueAt: string };
  staff_candidature_received: { memberName: string };
  staff_candidature_waiting: { memberName: string; since: string };
  staff_document_received: { memberName: string; kind: string };
  staff_document_expired: { memberName: string; kind: string; expiresOn: string };
  staff_rule_reminder: RuleReminder;
  // staff: `link` opens the page where they choose their password
  staff_invited: { expiresAt: string };
  staff_password_link: { expiresAt: string };
}

type NoData = Record<never, never>;
interface QuoteFigures { membersTotalCents: number; feeCents: number; feeRateBp: number; feeBasis: string; totalCents: number; vatCents: number; totalWithTaxCents: number }
interface InvoiceFigures { number: string; totalCents: number; remainingCents: number; dueAt: string }
interface DunningFigures extends InvoiceFigures { daysLate: number; interestCents: number; indemnityCents: number }
/** S4: the words of a rule that staff wrote, filled in, and what it is about. */
interface RuleReminder { headline: string; message: string; object: string; stage: string; since: string }
interface MemberInvoiceFigures { amountCents: number; vatCents: number; totalCents: number; invoiceRef: string }

export type MailTemplate = keyof MailData;
