/** P1: what staff may do. Administrators may do everything; read-only staff may look. */
export type Role = 'administrator' | 'account_manager' | 'administrative' | 'finance' | 'read_only';

export const roles: readonly Role[] = ['administrator', 'account_manager', 'administrative', 'finance', 'read_only'];

const projectWork = [
  'approveBrief', 'askBriefChanges', 'rejectBrief', 'startCasting', 'publish', 'inviteMember', 'postNotice', 'selectTeam', 'withdraw', 'abandon', 'assignManager',
  'openAmendment', 'closeProject', 'sendBackQuote', 'sendClientQuote', 'reopenQuote', 'resolveAnomaly', 'cancelInvoice', 'setReferral', 'moveDeadline',
];
const memberWork = ['acceptCandidature', 'refuseCandidature', 'sendDocument', 'acceptDocument', 'refuseDocument', 'overrideDocument', 'scoreCandidature', 'blockMember', 'unblockMember'];
const moneyWork = ['recordPayment', 'pauseDunning', 'resumeDunning', 'sendPayout', 'resolveAnomaly', 'cancelInvoice'];
const mailWork = ['sendAgain', 'markSent', 'drop'];
/** S4: writing and trying is open to more people than putting in use. */
const wordingWork = ['draftMail'];
/** M13. */
const downloadWork = ['keepDownloads'];
/** S4 */
const ruleWork = ['keepReminderRules'];

const allowed: Record<Exclude<Role, 'administrator'>, ReadonlySet<string>> = {
  account_manager: new Set([...projectWork, 'scoreCandidature', ...mailWork, ...wordingWork, ...downloadWork, ...ruleWork, 'pauseDunning', 'resumeDunning']),
  administrative: new Set([...projectWork, ...memberWork, ...mailWork, ...wordingWork, ...downloadWork, ...ruleWork, 'publishMail', 'pauseDunning', 'resumeDunning']),
  finance: new Set([...moneyWork, ...mailWork]),
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
  nextSteps: everyone,
  handover: office,
  invoicesByAge: everyone,
  dunningPlan: ['finance', ...office],
  waterfall: everyone,
  payouts: ['finance'],
  bank: ['finance'],
  margin: ['finance', ...office],
  exports: ['finance'],
  candidatures: [...office, 'read_only'],
  compliance: [...office, 'finance', 'read_only'],
  terms: ['read_only'],
  feeRates: ['finance', 'read_only'],
  cadences: ['read_only'],
  themes: [...office, 'read_only'],
  mailStudio: office,
  reminderRules: office,
  downloads: office,
  security: everyone,
  staffSessions: [],
  trail: everyone,
  reminderQueue: everyone,
  bulk: [...office, 'finance'],
} as const satisfies Record<string, readonly Role[]>;

export type ConsolePageName = keyof typeof pageReaders;

/** May staff of this role open this page? What an act of the page changes asks `mayDo` besides. */
export function maySee(role: string, page: ConsolePageName): boolean {
  return role === 'administrator' || (pageReaders[page] as readonly string[]).includes(role);
}
