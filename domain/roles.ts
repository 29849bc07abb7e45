/** P1: what staff may do. Administrators may do everything; read-only staff may look. */
export type Role = 'administrator' | 'account_manager' | 'administrative' | 'finance' | 'read_only';

export const roles: readonly Role[] = ['administrator', 'account_manager', 'administrative', 'finance', 'read_only'];

const projectWork = [
  'approveBrief', 'askBriefChanges', 'rejectBrief', 'startCasting', 'publish', 'inviteMember', 'postNotice', 'selectTeam', 'withdraw', 'abandon', 'assignManager',
  'openAmendment', 'closeProject', 'sendBackQuote', 'sendClientQuote', 'reopenQuote', 'resolveAnomaly', 'cancelInvoice', 'setReferral', 'moveDeadline', 'remindNow', 'remindInvited', 'joinConversations',
];
const memberWork = ['acceptCandidature', 'refuseCandidature', 'sendDocument', 'acceptDocument', 'refuseDocument', 'overrideDocument', 'scoreCandidature', 'blockMember', 'unblockMember'];
const moneyWork = ['recordPayment', 'chaseNow', 'claimLateFee', 'waiveLateFee', 'receiveLateFee', 'pauseDunning', 'resumeDunning', 'settleDispute', 'sendPayout', 'resolveAnomaly', 'cancelInvoice'];
/** I12: what corrects an issued invoice. */
const correctionWork = ['creditInvoice', 'cancelClientInvoice', 'writeOff', 'reviveDebt', 'takeBackPayment', 'useClientCredit', 'refundClient', 'recordRecovery'];
/** I11: statements, and files of transfers; whoever makes a file does not approve it, whatever their role. */
const bankWork = ['keepBankAccount', 'importStatement', 'matchLine', 'confirmLine', 'prepareExport', 'approveExport', 'takeExport', 'cancelExport'];
const mailWork = ['sendAgain', 'markSent', 'drop'];
/** C9, C10: what a client asks about a quote, or disputes of an invoice. */
const answerWork = ['answerQuoteQuestion', 'settleDispute'];
/** S4: writing and trying is open to more people than putting in use. */
const wordingWork = ['draftMail'];
/** M14: what members bring. */
const leadWork = ['acceptLead', 'refuseLead', 'knowClient', 'linkLead', 'leadToBrief'];
/** M13. */
const downloadWork = ['keepDownloads'];
/** S4 */
const ruleWork = ['keepReminderRules'];

const allowed: Record<Exclude<Role, 'administrator'>, ReadonlySet<string>> = {
  account_manager: new Set([...projectWork, 'scoreCandidature', ...mailWork, ...wordingWork, ...downloadWork, ...ruleWork, ...answerWork, ...leadWork, 'chaseNow', 'pauseDunning', 'resumeDunning']),
  administrative: new Set([...projectWork, ...memberWork, ...mailWork, ...wordingWork, ...downloadWork, ...ruleWork, ...answerWork, ...leadWork, 'publishMail', 'chaseNow', 'pauseDunning', 'resumeDunning']),
  finance: new Set([...moneyWork, ...correctionWork, ...bankWork, ...mailWork]),
  read_only: new Set(),
};

/** May staff of this role take this action? (S5) */
export function mayDo(role: string, action: string): boolean {
  if (role === 'administrator') return true;
  return allowed[role as Exclude<Role, 'administrator'>]?.has(action) ?? false;
}

const everyone = roles;
const office = ['account_manager', 'administrative'] as const;

/** S5: who may open each page of the console, administrators apart, who open all. */
const pageReaders = {
  search: everyone,
  figures: everyone,
  workbench: office,
  conversations: office,
  quoteQuestions: [...office, 'read_only'],
  nextSteps: everyone,
  handover: office,
  invoicesByAge: everyone,
  dunningPlan: ['finance', ...office],
  lateFees: ['finance', ...office],
  exposure: ['finance'],
  waterfall: everyone,
  payouts: ['finance'],
  bank: ['finance'],
  transfers: ['finance'],
  margin: ['finance', ...office],
  exports: ['finance'],
  candidatures: [...office, 'read_only'],
  leads: [...office, 'finance', 'read_only'],
  compliance: [...office, 'finance', 'read_only'],
  terms: ['read_only'],
  feeRates: ['finance', 'read_only'],
  cadences: ['read_only'],
  themes: [...office, 'read_only'],
  mailStudio: office,
  reminderRules: office,
  downloads: office,
  card: everyone,
  security: everyone,
  wordings: [],
  staff: [],
  staffSessions: [],
  trail: everyone,
  reminderQueue: everyone,
  failing: everyone,
  bulk: [...office, 'finance'],
} as const satisfies Record<string, readonly Role[]>;

export type ConsolePageName = keyof typeof pageReaders;

/** May staff of this role open this page? What an act of the page changes asks `mayDo` besides. */
export function maySee(role: string, page: ConsolePageName): boolean {
  return role === 'administrator' || (pageReaders[page] as readonly string[]).includes(role);
}

/** S5: who may list, open and search each object of the domain, administrators apart; an object that is not here is theirs alone. */
const resourceReaders = {
  Project: everyone,
  QuoteRound: everyone,
  MemberQuote: everyone,
  ClientQuote: everyone,
  Application: [...office, 'read_only'],
  TeamInvitation: [...office, 'read_only'],
  Lead: [...office, 'finance', 'read_only'],
  ProjectShare: [...office, 'read_only'],
  Recommendation: [...office, 'read_only'],
  Company: everyone,
  ClientUser: everyone,
  Member: everyone,
  BillingEntity: everyone,
  MemberDocument: everyone,
  MemberInvoice: everyone,
  ClientInvoice: everyone,
  CreditNote: everyone,
  MemberCreditNote: everyone,
  ClientCredit: everyone,
  Payment: everyone,
  Payout: everyone,
  DunningLetter: everyone,
  PayoutAdvice: ['administrative', 'finance'],
  Referral: everyone,
  LedgerEntry: ['finance'],
  LedgerLine: ['finance'],
  Staff: [],
  Theme: [...office, 'read_only'],
  SpecialFeeRate: ['finance', 'read_only'],
  Setting: ['read_only'],
  Mail: everyone,
  Document: everyone,
  Submission: [],
  AuditEvent: everyone,
} as const satisfies Record<string, readonly Role[]>;

export const resourceNames: readonly string[] = Object.keys(resourceReaders);

/** May staff of this role read this object? What its actions change asks `mayDo` besides. */
export function mayRead(role: string, resource: string): boolean {
  if (role === 'administrator') return true;
  return Object.hasOwn(resourceReaders, resource) && (resourceReaders[resource as keyof typeof resourceReaders] as readonly string[]).includes(role);
}

/** May staff of this role look it up by its name, to filter by it or choose it? They learn no more than names. */
export function mayFind(role: string, resource: string): boolean {
  return mayRead(role, resource) || (resource === 'Staff' && (roles as readonly string[]).includes(role));
}

/** Who pays, or keeps the papers of who is paid, needs the end of an IBAN; the others do not (S5). */
const billingReaders: readonly string[] = ['administrator', 'administrative', 'finance'];
const maskedFields: Readonly<Record<string, readonly string[]>> = { BillingEntity: ['ibanLast4', 'bic', 'address', 'postcode', 'vatNumber', 'mandateText'] };

export const maskedResources: readonly string[] = Object.keys(maskedFields);

/** The fields of an object that this role is shown as dots, and may not filter or sort by. */
export function maskedFor(role: string, resource: string): readonly string[] {
  return billingReaders.includes(role) ? [] : (maskedFields[resource] ?? []);
}

/** Documents that name the end of a member's account: their file cannot hide it, as their page does. */
const withAccounts: readonly string[] = ['member_invoice', 'preview', 'payout_advice'];

/** May staff of this role download the file of a document of this kind? (S5) */
export function mayReadFile(role: string, kind: string): boolean {
  return mayRead(role, 'Document') && (billingReaders.includes(role) || !withAccounts.includes(kind));
}

/** Columns that never leave the server, for nobody; of a mail also its wording, which is no object of the console. */
const secretFields: Readonly<Record<string, readonly string[]>> = { Staff: ['passwordHash'], BillingEntity: ['ibanEncrypted'], Submission: ['payload', 'context'], Mail: ['data', 'templateVersion'] };

export function secretFieldsOf(resource: string): readonly string[] {
  return secretFields[resource] ?? [];
}

/** Every act and page the table of rights knows, for docs/rights.md. */
export const actNames: readonly string[] = [...new Set(Object.values(allowed).flatMap((acts) => [...acts]))].sort();
export const pageNames = Object.keys(pageReaders) as readonly ConsolePageName[];
