import { grantedRoles } from '../../domain/client-rights.ts';
import { referralLevelNames } from '../../domain/referral.ts';
import type { MailData, MailTemplate } from './catalogue.ts';

/**
 * What each variable of each e-mail is, so that the studio (S4) can list them, make samples and refuse what would not print:
 * cents need {{money …}}, rates {{percent …}}, moments {{day …}} or {{moment …}}, names {{list …}}. A list of words is a choice, compared with {{#if (is …)}}.
 */
export type VariableKind = 'text' | 'cents' | 'optionalCents' | 'rate' | 'count' | 'moment' | 'flag' | 'names' | 'mates' | 'link' | 'documentKind' | readonly string[];

type KindOf<Value> = [Value] extends [boolean]
  ? 'flag'
  : [Value] extends [number]
    ? 'cents' | 'rate' | 'count'
    : [Value] extends [number | null]
      ? 'optionalCents'
      : [Value] extends [string]
        ? string extends Value
          ? 'text' | 'moment' | 'link' | 'documentKind' | readonly string[]
          : readonly Value[]
        : [Value] extends [string[]]
          ? 'names'
          : 'mates';

type VariablesOf<Template extends MailTemplate> = { readonly [Name in keyof MailData[Template]]: KindOf<MailData[Template][Name]> };

const quoteFigures = { membersTotalCents: 'cents', feeCents: 'cents', feeRateBp: 'rate', feeBasis: ['of_final_amount', 'of_members_total'], totalCents: 'cents', vatCents: 'cents', totalWithTaxCents: 'cents' } as const;
const invoiceFigures = { number: 'text', totalCents: 'cents', remainingCents: 'cents', dueAt: 'moment' } as const;
const dunningFigures = { ...invoiceFigures, daysLate: 'count', interestCents: 'cents', indemnityCents: 'cents' } as const;
const memberFigures = { amountCents: 'cents', vatCents: 'cents', totalCents: 'cents', invoiceRef: 'text' } as const;
const ruleReminder = { headline: 'text', message: 'text', object: 'text', stage: 'text', since: 'moment' } as const;
const messages = { count: 'count', excerpts: 'names', more: 'count' } as const;
const leadLevel = { referralLevel: referralLevelNames, rateBp: 'rate' } as const;
const payoutKind = ['services', 'referral'] as const;

const mailVariables: { readonly [Template in MailTemplate]: VariablesOf<Template> } = {
  brief_confirm: { title: 'text' },
  brief_received: {},
  brief_approved: {},
  brief_changes_requested: { remarks: 'text', points: 'count' },
  brief_changes_reminder: { remarks: 'text' },
  brief_rejected: { reason: 'text' },
  distribution_reminder: {},
  selection_reminder: { candidates: 'count' },
  application_received: { memberName: 'text', mateNames: 'names', message: 'text' },
  invitation_answered: { memberName: 'text', interested: 'flag', message: 'text' },
  project_withdrawn: { reason: 'text' },
  project_abandoned: { reason: 'text' },
  team_chosen: { memberNames: 'names' },
  client_quote_sent: { ...quoteFigures, version: 'count', number: 'text', validUntil: 'moment' },
  client_quote_reminder: { ...quoteFigures, number: 'text', validUntil: 'moment' },
  client_quote_expired: { number: 'text' },
  client_quote_change_received: { number: 'text', reason: 'text' },
  client_quote_declined: { number: 'text', reason: 'text' },
  client_quote_signed: { ...quoteFigures, number: 'text', signerName: 'text', signedAt: 'moment', sha256: 'text', memberNames: 'names' },
  client_invoice_issued: { ...invoiceFigures, immediate: 'flag' },
  dunning_before_due: dunningFigures,
  dunning_due: dunningFigures,
  dunning_reminder: { ...dunningFigures, letter: 'flag' },
  dunning_firm: { ...dunningFigures, letter: 'flag' },
  dunning_formal_notice: { ...dunningFigures, letter: 'flag' },
  payment_received: { ...invoiceFigures, amountCents: 'cents', keptCents: 'cents' },
  payment_taken_back: { number: 'text', amountCents: 'cents', remainingCents: 'cents', reason: 'text', dueAt: 'moment' },
  credit_note_issued: { number: 'text', invoiceNumber: 'text', reason: 'text', totalCents: 'cents', keptCents: 'cents', remainingCents: 'cents', dueAt: 'moment' },
  client_credit_used: { number: 'text', amountCents: 'cents', remainingCents: 'cents', dueAt: 'moment' },
  client_refunded: { number: 'text', amountCents: 'cents', reference: 'text', reason: 'text' },
  late_fees_claimed: { number: 'text', daysLate: 'count', interestCents: 'cents', indemnityCents: 'cents', amountCents: 'cents' },
  late_fees_waived: { number: 'text', amountCents: 'cents', reason: 'text' },
  invoice_dispute_settled: { number: 'text', reason: 'text', explanation: 'text', remainingCents: 'cents', dueAt: 'moment' },
  quote_question_answered: { number: 'text', line: 'text', question: 'text', explanation: 'text' },
  client_invitation: { companyName: 'text', inviterName: 'text', role: grantedRoles, expiresAt: 'moment' },
  client_ownership_offered: { companyName: 'text', ownerName: 'text' },
  email_change_confirm: { newEmail: 'text', formerEmail: 'text', expiresAt: 'moment' },
  email_change_notice: { newEmail: 'text', confirmed: 'flag', stopUntil: 'moment' },
  email_change_taken: {},
  company_namesake: { personName: 'text', personEmail: 'text' },
  client_messages: messages,
  client_rule_reminder: ruleReminder,
  project_closed: {},
  project_alert: { themes: 'names', problem: 'text', budgetCents: 'optionalCents', settingsLink: 'link' },
  alert_digest: { rhythm: ['daily', 'weekly'], count: 'count', themes: 'names', projects: 'mates', more: 'count', settingsLink: 'link' },
  casting_invitation: { message: 'text', problem: 'text' },
  casting_reminder: { message: 'text', problem: 'text' },
  application_sent: { message: 'text' },
  team_invitation: { leadName: 'text', message: 'text' },
  team_invitation_answered: { memberName: 'text', accepted: 'flag', message: 'text' },
  team_invitation_over: { leadName: 'text', withdrawn: 'flag' },
  project_shared: { memberName: 'text', message: 'text', title: 'text', problem: 'text', themes: 'names', settingsLink: 'link' },
  notice_posted: { body: 'text' },
  application_chosen: { message: 'text', mateNames: 'names' },
  application_not_chosen: { answer: 'text' },
  quote_reminder: {},
  billing_account_confirm: { ibanLast4: 'text', formerLast4: 'text', expiresAt: 'moment' },
  billing_account_changed: { ibanLast4: 'text', formerLast4: 'text', payableFrom: 'moment', stopped: 'flag' },
  staff_account_changed: { memberName: 'text', ibanLast4: 'text', payableFrom: 'moment', stopped: 'flag' },
  quote_received: { totalCents: 'cents', version: 'count', deadline: 'moment' },
  quote_sent_back: { remarks: 'text' },
  quote_change_asked: { reason: 'text' },
  quote_accepted: { acceptedCents: 'cents', mates: 'mates' },
  quote_lost: { reason: 'text' },
  amendment_opened: { purpose: 'text' },
  invoice_preview: { ...memberFigures, windowEndsAt: 'moment', mandate: 'flag', version: 'count', resolution: 'text' },
  invoice_approval_reminder: memberFigures,
  anomaly_received: { reason: 'text' },
  invoice_final: { ...memberFigures, number: 'text' },
  invoice_cancelled: { reason: 'text' },
  payout_due: { amountCents: 'cents', kind: payoutKind, clientInvoiceNumber: 'text' },
  payout_held: { amountCents: 'cents', kind: payoutKind, clientInvoiceNumber: 'text', registration: 'flag', urssaf: 'flag' },
  payouts_held_again: { kind: 'documentKind', amountCents: 'cents' },
  payouts_released: { amountCents: 'cents' },
  payout_sent: { amountCents: 'cents', kind: payoutKind, ibanLast4: 'text', advice: 'text' },
  payout_returned: { amountCents: 'cents', ibanLast4: 'text' },
  payout_suspended: { amountCents: 'cents', clientInvoiceNumber: 'text' },
  member_credit_note_issued: { number: 'text', invoiceNumber: 'text', reason: 'text', amountCents: 'cents', vatCents: 'cents', totalCents: 'cents', givesBack: 'flag', toRepayCents: 'cents' },
  recovery_received: { amountCents: 'cents', clientInvoiceNumber: 'text' },
  candidature_confirm: {},
  candidature_received: { expectedAt: 'moment' },
  candidature_accepted: { message: 'text', completePercent: 'count' },
  candidature_refused: { reason: 'text' },
  candidature_outcome: { candidateName: 'text', accepted: 'flag' },
  recommendation: { memberName: 'text', message: 'text', settingsLink: 'link' },
  document_expiring: { kind: 'documentKind', expiresOn: 'moment' },
  document_accepted: { kind: 'documentKind' },
  document_refused: { kind: 'documentKind', reason: 'text' },
  document_expired: { kind: 'documentKind', expiresOn: 'moment' },
  member_blocked: { reason: 'text' },
  member_unblocked: { reason: 'text' },
  member_messages: messages,
  member_rule_reminder: ruleReminder,
  lead_received: { companyName: 'text' },
  lead_accepted: { ...leadLevel, companyName: 'text', otherLevel: 'flag', message: 'text' },
  lead_refused: { companyName: 'text', reason: 'text' },
  lead_withdrawn: { companyName: 'text' },
  lead_won: { ...leadLevel, companyName: 'text' },
  sign_in: {},
  staff_brief_submitted: { again: 'flag' },
  staff_brief_waiting: { since: 'moment' },
  staff_project_stopped: { how: ['withdrawn', 'abandoned'], reason: 'text' },
  staff_quote_received: { memberName: 'text', totalCents: 'cents', deadline: 'moment' },
  staff_quote_clock_reminder: { deadline: 'moment' },
  staff_quote_clock_escalation: { deadline: 'moment', times: 'count' },
  staff_client_quote_answered: { number: 'text', answer: ['signed', 'declined', 'change', 'expired'], reason: 'text' },
  staff_anomaly_reported: { memberName: 'text', invoiceRef: 'text', reason: 'text' },
  staff_anomaly_reminder: { memberName: 'text', invoiceRef: 'text' },
  staff_quote_question: { number: 'text', authorName: 'text', line: 'text', question: 'text' },
  staff_invoice_disputed: { number: 'text', authorName: 'text', reason: 'text', remainingCents: 'cents' },
  staff_invoice_corrected: { number: 'text', how: ['credited', 'written_off', 'taken_back'], reason: 'text', amountCents: 'cents' },
  staff_transfer_declared: { number: 'text', reference: 'text' },
  staff_dunning_sent: { number: 'text', level: 'count', remainingCents: 'cents' },
  staff_payouts_waiting: { count: 'count', amountCents: 'cents' },
  staff_transfers_waiting: { ref: 'text', count: 'count', amountCents: 'cents', toApprove: 'flag', toTake: 'flag' },
  staff_member_legal_due: { memberName: 'text', invoiceRef: 'text', legalDueAt: 'moment' },
  staff_candidature_received: { memberName: 'text' },
  staff_candidature_waiting: { memberName: 'text', since: 'moment' },
  staff_document_received: { memberName: 'text', kind: 'documentKind' },
  staff_override_ended: { memberName: 'text', kind: 'documentKind', reason: 'text', amountCents: 'cents' },
  staff_document_expired: { memberName: 'text', kind: 'documentKind', expiresOn: 'moment' },
  staff_lead_received: { memberName: 'text', companyName: 'text' },
  staff_lead_withdrawn: { memberName: 'text', companyName: 'text' },
  staff_messages: messages,
  staff_rule_reminder: ruleReminder,
  staff_invited: { expiresAt: 'moment' },
  staff_password_link: { expiresAt: 'moment' },
};

export const mailTemplates = Object.keys(mailVariables) as readonly MailTemplate[];

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(mailVariables, name);
}

/** The variables of one e-mail, besides what all of them have. */
export function variablesOf(template: MailTemplate): Readonly<Record<string, VariableKind>> {
  return mailVariables[template];
}

/** Who reads it, by the catalogue's order: clients' first, then members', then staff's. */
export function audienceOf(template: MailTemplate): 'client' | 'member' | 'staff' | 'everyone' {
  if (template === 'sign_in') return 'everyone';
  if (template.startsWith('staff_')) return 'staff';
  return mailTemplates.indexOf(template) <= mailTemplates.indexOf('project_closed') ? 'client' : 'member';
}

/** What a wording may never leave out: the figures and names that the law or the promise of the mail rests on (Q7, I2, I6). Links it had must stay too. */
const kept: Partial<Record<MailTemplate, readonly string[]>> = {
  client_quote_sent: ['number', 'validUntil', 'totalWithTaxCents', 'feeCents'],
  client_quote_reminder: ['number', 'validUntil'],
  client_quote_signed: ['number', 'sha256', 'totalWithTaxCents'],
  client_invoice_issued: ['number', 'totalCents', 'dueAt'],
  dunning_before_due: ['number', 'remainingCents', 'dueAt'],
  dunning_due: ['number', 'remainingCents'],
  dunning_reminder: ['number', 'remainingCents', 'interestCents', 'indemnityCents'],
  dunning_firm: ['number', 'remainingCents', 'interestCents', 'indemnityCents'],
  dunning_formal_notice: ['number', 'dueAt', 'remainingCents', 'interestCents', 'indemnityCents'],
  payment_received: ['number', 'amountCents'],
  payment_taken_back: ['number', 'amountCents', 'remainingCents'],
  credit_note_issued: ['number', 'invoiceNumber', 'totalCents', 'keptCents'],
  client_credit_used: ['number', 'amountCents'],
  client_refunded: ['amountCents', 'reference'],
  member_credit_note_issued: ['number', 'invoiceNumber', 'totalCents', 'toRepayCents'],
  late_fees_claimed: ['number', 'interestCents', 'indemnityCents', 'amountCents'],
  invoice_dispute_settled: ['number', 'explanation'],
  quote_question_answered: ['number', 'explanation'],
  staff_quote_question: ['number', 'question'],
  staff_invoice_disputed: ['number', 'reason'],
  quote_accepted: ['acceptedCents', 'mates'],
  alert_digest: ['projects'],
  invoice_preview: ['invoiceRef', 'totalCents', 'windowEndsAt'],
  invoice_final: ['number', 'totalCents'],
  payout_sent: ['amountCents', 'ibanLast4'],
  payout_returned: ['amountCents', 'ibanLast4'],
  document_refused: ['reason'],
  staff_rule_reminder: ['headline', 'message'],
  client_rule_reminder: ['headline', 'message'],
  member_rule_reminder: ['headline', 'message'],
  payout_held: ['amountCents', 'registration', 'urssaf'],
  lead_accepted: ['companyName', 'rateBp'],
  lead_refused: ['companyName', 'reason'],
  lead_won: ['companyName', 'rateBp'],
};

export function keptVariables(template: MailTemplate): readonly string[] {
  return kept[template] ?? [];
}
