/** C6: what each collaborator of a company may do. A restricted one may do it on the projects they were given, and nowhere else. */
export const clientRoles = ['owner', 'manager', 'contributor', 'read_only'] as const;
export type ClientRole = (typeof clientRoles)[number];

/** What an owner may give; their own place changes hands by an offer. */
export const grantedRoles = ['manager', 'contributor', 'read_only'] as const;
export type GrantedRole = (typeof grantedRoles)[number];

/** How long an invitation waits, in days. */
export const invitationDays = 14;

const everyone: readonly ClientRole[] = clientRoles;
const working: readonly ClientRole[] = ['owner', 'manager', 'contributor'];
const deciding: readonly ClientRole[] = ['owner', 'manager'];
const owning: readonly ClientRole[] = ['owner'];

/** Each act, and the roles that may do it. */
export const clientRights = {
  readProject: everyone,
  readQuote: everyone,
  readInvoices: everyone,
  searchMembers: everyone,
  readConversations: everyone,
  writeBrief: working,
  answerRemarks: working,
  attachFiles: working,
  converse: working,
  shortlist: working,
  noteCandidates: working,
  askAboutQuote: working,
  inviteMembers: deciding,
  postNotice: deciding,
  chooseTeam: deciding,
  publish: deciding,
  withdrawProject: deciding,
  askQuoteChange: deciding,
  declineQuote: deciding,
  signQuote: deciding,
  declareTransfer: deciding,
  disputeInvoice: deciding,
  editCompany: deciding,
  inviteCollaborators: deciding,
  changeCollaborators: deciding,
  transferOwnership: owning,
} as const satisfies Record<string, readonly ClientRole[]>;

export type ClientAct = keyof typeof clientRights;
export const clientActs = Object.keys(clientRights) as ClientAct[];

/** May somebody of this role do this? An unknown role may do nothing. */
export function clientMay(role: string, act: ClientAct): boolean {
  return (clientRights[act] as readonly string[]).includes(role);
}
