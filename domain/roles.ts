/** P1: what staff may do. Administrators may do everything; read-only staff may look. */
export type Role = 'administrator' | 'account_manager' | 'administrative' | 'finance' | 'read_only';

export const roles: readonly Role[] = ['administrator', 'account_manager', 'administrative', 'finance', 'read_only'];

const projectWork = [
  'approveBrief', 'askBriefChanges', 'rejectBrief', 'startCasting', 'publish', 'inviteMember', 'postNotice', 'selectTeam', 'withdraw', 'abandon', 'assignManager',
  'openAmendment', 'closeProject', 'sendBackQuote', 'sendClientQuote', 'reopenQuote', 'resolveAnomaly', 'cancelInvoice', 'setReferral',
];
const memberWork = ['acceptCandidature', 'refuseCandidature', 'sendDocument', 'acceptDocument', 'refuseDocument', 'blockMember', 'unblockMember'];
const moneyWork = ['recordPayment', 'pauseDunning', 'resumeDunning', 'sendPayout', 'resolveAnomaly', 'cancelInvoice'];
const mailWork = ['sendAgain', 'markSent', 'drop'];

const allowed: Record<Exclude<Role, 'administrator'>, ReadonlySet<string>> = {
  account_manager: new Set([...projectWork, ...mailWork, 'pauseDunning', 'resumeDunning']),
  administrative: new Set([...projectWork, ...memberWork, ...mailWork, 'pauseDunning', 'resumeDunning']),
  finance: new Set([...moneyWork, ...mailWork]),
  read_only: new Set(),
};

/** May staff of this role take this action? (S5) */
export function mayDo(role: string, action: string): boolean {
  if (role === 'administrator') return true;
  return allowed[role as Exclude<Role, 'administrator'>]?.has(action) ?? false;
}
