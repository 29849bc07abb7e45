import type { Db } from '../../database/open.ts';

export interface Related {
  readonly model: string;
  readonly list: readonly string[];
  /** Null: nothing to look for. */
  readonly where: (db: Db, id: string) => Promise<object | null> | object;
  /** The filter of the other list that gives them all. */
  readonly filter?: string;
  readonly sortBy?: string;
}

const by = (stored: string) => (_db: Db, id: string): object => ({ [stored]: id });

const lists = {
  Project: ['ref', 'title', 'stage', 'accountManager', 'createdAt'],
  ClientUser: ['name', 'email', 'role', 'billingContact'],
  ClientInvoice: ['number', 'state', 'totalCents', 'paidCents', 'dueAt'],
  MemberInvoice: ['ref', 'number', 'member', 'state', 'totalCents'],
  Payment: ['reference', 'kind', 'receivedOn', 'amountCents', 'recordedBy'],
  CreditNote: ['number', 'totalCents', 'cancels', 'issuedAt', 'issuedBy'],
  MemberCreditNote: ['number', 'memberInvoice', 'totalCents', 'issuedAt'],
  ClientCredit: ['kind', 'amountCents', 'happenedOn', 'createdBy'],
  Payout: ['member', 'kind', 'amountCents', 'state', 'sentAt'],
  DunningLetter: ['reference', 'tone', 'sentAt', 'document'],
  PayoutAdvice: ['reference', 'totalCents', 'sentAt', 'document'],
  SpecialFeeRate: ['rateBp', 'from', 'until', 'reason', 'createdBy'],
  MemberQuote: ['round', 'member', 'version', 'state', 'totalCents'],
  ClientQuote: ['number', 'state', 'totalCents', 'validUntil'],
  MemberDocument: ['kind', 'state', 'expiresOn', 'createdAt'],
  Application: ['project', 'state', 'createdAt'],
  LedgerEntry: ['what', 'projectId', 'postedAt'],
  LedgerLine: ['account', 'party', 'debitCents', 'creditCents'],
  Mail: ['subject', 'toName', 'state', 'createdAt'],
  BillingEntity: ['legalName', 'siret', 'vatRegime', 'ibanLast4'],
  Lead: ['company', 'state', 'wishedLevel', 'level', 'createdAt'],
  TeamInvitation: ['application', 'state', 'createdAt', 'answeredAt'],
  ProjectShare: ['project', 'email', 'candidate', 'createdAt'],
  Recommendation: ['email', 'candidate', 'createdAt'],
  Referral: ['project', 'level', 'rateBp', 'createdAt'],
} as const;

const projectMails = (project: string): Related => ({ model: 'Mail', list: lists.Mail, where: async (db, id) => {
  const found = await (db as unknown as Record<string, { findUnique(asked: object): Promise<{ projectId?: string | null } | null> }>)[project]?.findUnique({ where: { id }, select: { projectId: true } });
  return found?.projectId ? { projectId: found.projectId } : null;
} });

/** What a record's page tells besides its own facts. */
const related: Readonly<Record<string, readonly Related[]>> = {
  Company: [
    { model: 'ClientUser', list: lists.ClientUser, where: by('companyId'), filter: 'company' },
    { model: 'Project', list: lists.Project, where: by('companyId'), filter: 'company' },
    { model: 'ClientInvoice', list: lists.ClientInvoice, where: (_db, id) => ({ project: { companyId: id } }) },
    { model: 'ClientCredit', list: lists.ClientCredit, where: by('companyId'), filter: 'company' },
    { model: 'SpecialFeeRate', list: lists.SpecialFeeRate, where: by('companyId'), filter: 'company', sortBy: 'from' },
  ],
  ClientUser: [{ model: 'Project', list: lists.Project, where: by('ownerId') }, { model: 'Mail', list: lists.Mail, where: by('toId') }],
  Member: [
    { model: 'BillingEntity', list: lists.BillingEntity, where: by('memberId') },
    { model: 'MemberQuote', list: ['round', 'version', 'state', 'totalCents', 'createdAt'], where: by('memberId'), filter: 'member' },
    { model: 'MemberInvoice', list: ['ref', 'number', 'state', 'totalCents', 'legalDueAt'], where: by('memberId'), filter: 'member' },
    { model: 'Payout', list: ['kind', 'amountCents', 'state', 'createdAt', 'sentAt'], where: by('memberId'), filter: 'member' },
    { model: 'PayoutAdvice', list: lists.PayoutAdvice, where: by('memberId'), filter: 'member', sortBy: 'sentAt' },
    { model: 'MemberDocument', list: lists.MemberDocument, where: by('memberId'), filter: 'member' },
    { model: 'Application', list: lists.Application, where: (_db, id) => ({ members: { some: { memberId: id } } }), filter: 'leadId' },
    { model: 'TeamInvitation', list: lists.TeamInvitation, where: by('memberId'), filter: 'member' },
    { model: 'Lead', list: lists.Lead, where: by('memberId'), filter: 'member' },
    { model: 'Referral', list: lists.Referral, where: by('memberId'), filter: 'member' },
    { model: 'ProjectShare', list: lists.ProjectShare, where: by('memberId'), filter: 'member' },
    { model: 'Recommendation', list: lists.Recommendation, where: by('memberId'), filter: 'member' },
  ],
  ClientInvoice: [
    { model: 'MemberInvoice', list: lists.MemberInvoice, where: by('clientInvoiceId'), filter: 'clientInvoice' },
    { model: 'Payment', list: lists.Payment, where: by('clientInvoiceId'), filter: 'clientInvoice' },
    { model: 'CreditNote', list: lists.CreditNote, where: by('clientInvoiceId'), filter: 'clientInvoice' },
    { model: 'ClientCredit', list: lists.ClientCredit, where: by('clientInvoiceId'), filter: 'clientInvoice' },
    { model: 'DunningLetter', list: lists.DunningLetter, where: by('clientInvoiceId'), filter: 'clientInvoice', sortBy: 'sentAt' },
    { model: 'Payout', list: lists.Payout, where: (_db, id) => ({ payment: { clientInvoiceId: id } }) },
    { model: 'LedgerEntry', list: lists.LedgerEntry, where: (_db, id) => ({ lines: { some: { party: id } } }), sortBy: 'postedAt' },
    projectMails('clientInvoice'),
  ],
  MemberInvoice: [
    { model: 'Payout', list: lists.Payout, where: by('memberInvoiceId') },
    { model: 'MemberCreditNote', list: lists.MemberCreditNote, where: by('memberInvoiceId'), filter: 'memberInvoice' },
    { model: 'LedgerEntry', list: lists.LedgerEntry, where: (_db, id) => ({ key: `member-invoice/${id}` }), sortBy: 'postedAt' },
    projectMails('memberInvoice'),
  ],
  CreditNote: [{ model: 'MemberCreditNote', list: ['number', 'member', 'totalCents', 'issuedAt'], where: by('creditNoteId') }],
  QuoteRound: [
    { model: 'MemberQuote', list: ['member', 'version', 'state', 'totalCents', 'createdAt'], where: by('roundId'), filter: 'round' },
    { model: 'ClientQuote', list: lists.ClientQuote, where: by('roundId'), filter: 'round' },
    projectMails('quoteRound'),
  ],
  ClientQuote: [{ model: 'MemberQuote', list: lists.MemberQuote, where: async (db, id) => {
    const quote = await db.clientQuote.findUnique({ where: { id }, select: { roundId: true } });
    return quote && { roundId: quote.roundId };
  } }],
  Payment: [{ model: 'Payout', list: lists.Payout, where: by('paymentId') }, { model: 'LedgerEntry', list: lists.LedgerEntry, where: async (db, id) => {
    const payment = await db.payment.findUnique({ where: { id }, select: { clientInvoice: { select: { projectId: true } } } });
    return payment && { projectId: payment.clientInvoice.projectId };
  }, sortBy: 'postedAt' }],
  Payout: [{ model: 'PayoutAdvice', list: lists.PayoutAdvice, where: by('payoutId'), sortBy: 'sentAt' }],
  LedgerEntry: [{ model: 'LedgerLine', list: lists.LedgerLine, where: by('entryId'), sortBy: 'id' }],
  Staff: [{ model: 'Project', list: ['ref', 'title', 'stage', 'company', 'createdAt'], where: by('accountManagerId'), filter: 'accountManager' }],
};

export const relatedTo = (model: string): readonly Related[] => related[model] ?? [];
