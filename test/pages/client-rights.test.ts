import { describe, expect, it } from 'vitest';
import { clientActs, clientMay, clientRoles, type ClientAct } from '../../domain/client-rights.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie, type WebPerson } from '../support/web-person.ts';
import { signedInRouter } from '../../web/signed-in-router.ts';

const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
const { story, refs: [invoiceRef = ''] } = await issuedInvoices(deps, [40_000], { company: 'Les Droits' });
const { companyId, ref } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
const round = await db.quoteRound.findFirstOrThrow({ where: { projectId: story.projectId } });
const invoice = await db.clientInvoice.findUniqueOrThrow({ where: { ref: invoiceRef } });
const project = `/projects/${ref}`;
const quote = `${project}/p/quote/${round.id}`;
const bill = `${project}/p/invoice/${invoice.id}`;

const { handle: someone } = await db.member.findFirstOrThrow({ where: { state: 'active' } });
const files = `${project}/p/files/${story.projectId}`;
const candidates = `${project}/p/candidates/${story.projectId}`;
const talk = await db.conversation.findFirstOrThrow({ where: { projectId: story.projectId } });
const conversation = `${project}/p/conversation/${talk.id}`;
const conversations = `${project}/p/conversations/${story.projectId}`;

/** Where each act is done; what is posted says too little to be carried out, so that a right is all that is tried. */
const places: Readonly<Record<ClientAct, readonly ['get' | 'post', string][]>> = {
  readProject: [['get', '/home'], ['get', project], ['get', `${project}/shortlist`]],
  readQuote: [['get', quote]],
  searchMembers: [['get', `${project}/casting`], ['get', `${project}/members/${someone}`]],
  shortlist: [['post', `${project}/casting/do/addToShortlist`], ['post', `${project}/shortlist/do/removeFromShortlist`]],
  noteCandidates: [['post', `${project}/shortlist/do/addNote`], ['post', `${project}/shortlist/do/removeNote`], ['post', `${candidates}/do/addNote`], ['post', `${candidates}/do/removeNote`], ['post', `${candidates}/do/markCandidate`]],
  readInvoices: [['get', bill], ['get', '/invoices'], ['get', '/invoices/statement.csv'], ['get', '/invoices/statement.pdf']],
  attachFiles: [['post', `${files}/do/attachFiles`], ['post', `${files}/do/removeFile`]],
  writeBrief: [['post', `${project}/do/resubmitBrief`], ['post', `${project}/do/duplicateBrief`], ['get', '/brief'], ['post', '/brief/do/save']],
  answerRemarks: [['post', `${project}/do/answerRemarks`]],
  readConversations: [['get', '/conversations'], ['get', conversation], ['get', conversations], ['post', `${conversation}/do/read`]],
  converse: [['post', `${conversation}/do/say`], ['post', `${conversations}/do/begin`]],
  publish: [['post', `${project}/do/startCasting`], ['post', `${project}/do/publish`]],
  inviteMembers: [['post', `${project}/casting/do/inviteMember`], ['post', `${project}/shortlist/do/inviteMember`]],
  postNotice: [['post', `${candidates}/do/postNotice`]],
  chooseTeam: [['post', `${candidates}/do/selectTeam`]],
  withdrawProject: [['post', `${project}/do/withdraw`]],
  askAboutQuote: [['post', `${quote}/do/askQuestion`]],
  askQuoteChange: [['post', `${quote}/do/askQuoteChange`]],
  declineQuote: [['post', `${quote}/do/declineQuote`]],
  signQuote: [['post', `${quote}/do/signQuote`]],
  declareTransfer: [['post', `${bill}/do/declareTransfer`], ['post', `${project}/do/setOrderNumber`]],
  disputeInvoice: [['post', `${bill}/do/dispute`]],
  editCompany: [['post', '/company/do/saveCompany'], ['post', '/company/do/setBillingReaders'], ['post', '/company/do/addBillingContact'], ['post', '/company/do/dropBillingContact']],
  inviteCollaborators: [['post', '/collaborators/do/inviteCollaborator'], ['post', '/collaborators/do/resendInvitation'], ['post', '/collaborators/do/revokeInvitation']],
  changeCollaborators: [['post', '/collaborators/do/changeCollaborator'], ['post', '/collaborators/do/removeCollaborator']],
  transferOwnership: [['post', '/collaborators/do/offerOwnership'], ['post', '/collaborators/do/withdrawOffer']],
};

const people = new Map<string, WebPerson>([['owner', await signInToPages(house, story.client)]]);
for (const role of clientRoles.filter((one) => one !== 'owner')) {
  const { id } = await db.clientUser.create({ data: { companyId, email: `${role}@droits.test`, name: role, role, confirmedAt: new Date() } });
  people.set(role, await signInToPages(house, { kind: 'client', id }));
}
const written = async () => [await db.submission.count(), await db.auditEvent.count(), await db.mail.count()];

describe('C6 every role, every act', () => {
  it.each(clientActs.flatMap((act) => clientRoles.map((role) => [role, clientMay(role, act) ? 'may' : 'may not', act] as const)))('C6: %s %s %s', async (role, may, act) => {
    expect(places[act].length).toBeGreaterThan(0);
    for (const [way, path] of places[act]) {
      const before = await written();
      const { status } = await (people.get(role) as WebPerson)[way](path);
      if (may === 'may') expect([path, way === 'get' ? status : status === 403]).toEqual([path, way === 'get' ? 200 : false]);
      else {
        expect([path, status]).toEqual([path, 403]);
        expect(await written()).toEqual(before);
      }
    }
  });

  it('C6: what one may not do is not offered', async () => {
    const reader = people.get('read_only') as WebPerson;
    for (const path of [project, quote, bill, files, conversation, conversations, '/conversations', `${project}/casting`, `${project}/shortlist`, '/company', '/collaborators']) expect((await reader.get(path)).html, path).not.toMatch(/\/do\/(?!leaveCompany)/);
    expect((await (people.get('owner') as WebPerson).get(bill)).html).toContain('/do/declareTransfer');
  });
});

/** Every address of the signed-in pages, read from the router itself: a new one cannot be forgotten. */
function addresses(): { method: 'get' | 'post'; path: string }[] {
  interface Layer { readonly route?: { readonly path: string; readonly methods: Record<string, boolean> }; readonly handle?: { readonly stack?: Layer[] } }
  const walk = (layers: readonly Layer[]): { method: 'get' | 'post'; path: string }[] =>
    layers.flatMap(({ route, handle }) => (route ? (['get', 'post'] as const).filter((method) => route.methods[method]).map((method) => ({ method, path: route.path })) : walk(handle?.stack ?? [])));
  return walk((signedInRouter(deps) as unknown as { stack: Layer[] }).stack);
}

/** What stands in an address, from our company. */
const document = await db.clientQuote.findFirstOrThrow({ where: { roundId: round.id } });
const filled = (path: string, page: string, subject: string): string =>
  path.replace(':ref', ref).replace(':page', page).replace(':subject', subject).replace(':act', 'withdraw').replace(/:(\w+)/g, () => document.documentId ?? 'none');

describe('C6 another company sees nothing', async () => {
  const other = await beginStory(deps, { company: 'Les Voisins' });
  const stranger = await signInToPages(house, other.client);
  const nobody = withCookie(url);
  const all = addresses();
  const subjects = [['project', story.projectId], ['quote', round.id], ['invoice', invoice.id], ['files', story.projectId], ['candidates', story.projectId], ['conversation', talk.id], ['conversations', story.projectId]] as const;
  const ours = [...new Set(all.filter(({ path }) => path.includes(':')).flatMap(({ method, path }) => (path.includes(':subject') ? subjects : [subjects[0]]).map(([page, subject]) => `${method} ${filled(path, page, subject)}`)))];

  it('C6: there are addresses to try', () => {
    expect(ours.length).toBeGreaterThan(8);
    expect(ours.some((one) => one.includes('/document/'))).toBe(true);
  });

  it.each(ours)('C6: closed to another company, and to nobody signed in: %s', async (address) => {
    const [method, path = ''] = address.split(' ') as ['get' | 'post', string];
    expect((await stranger[method](path)).status).toBe(404);
    const { status, to } = await nobody[method](path);
    expect([status, to.startsWith('/sign-in')]).toEqual([303, true]);
  });

  it('C6: the pages of one’s own company show nothing of another', async () => {
    for (const { path } of all.filter(({ method, path }) => method === 'get' && !path.includes(':'))) {
      const { html } = await stranger.get(path);
      expect(html, path).not.toContain('Les Droits');
      expect(html, path).not.toContain(ref);
    }
  });
});
