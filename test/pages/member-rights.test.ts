import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../documents/store.ts';
import { signedInRouter } from '../../web/signed-in-router.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
// A project whose team is chosen: whoever is not in it has no business there any more.
const { story } = await issuedInvoices(deps, [40_000], { company: 'Les Membres' });
const { ref } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
const { memberId } = await db.teamMember.findFirstOrThrow({ where: { projectId: story.projectId } });
await db.member.update({ where: { id: memberId }, data: { name: 'Ombeline Secrète', presentation: 'Ma vie à moi' } });
const file = await db.memberFile.create({ data: { memberId, name: 'kbis.pdf', type: 'application/pdf', size: 1, sha256: 'x', bytes: new Uint8Array([1]) } });
const picture = await db.storedFile.create({ data: { ownerKind: 'member', ownerId: memberId, name: 'moi.webp', type: 'image/webp', size: 1, sha256: 'y', bytes: new Uint8Array([1]) } });
const reference = await db.memberReference.create({ data: { memberId, title: 'Une œuvre', pictureId: picture.id } });
const joined = await db.storedFile.create({ data: { ownerKind: 'member', ownerId: memberId, name: 'planning.pdf', type: 'application/pdf', size: 1, sha256: 'z', bytes: new Uint8Array([1]) } });
const lead = await db.lead.create({ data: { key: 'lead', memberId, state: 'declared', company: 'Société Secrète', companyKey: 'SECRETE', contactName: 'Ombeline', contactEmail: 'x@secrete.test', need: 'Rien', wishedLevel: 'full_lead' } });
const statement = await db.document.create({ data: { key: `referral-statement/${memberId}/1`, kind: 'referral_statement', title: 'Relevé', html: '<p>Ombeline</p>', sha256: sha256Of('<p>Ombeline</p>') } });
const round = await db.quoteRound.findFirstOrThrow({ where: { projectId: story.projectId } });
await db.quoteFile.create({ data: { roundId: round.id, memberId, fileId: joined.id } });
await db.billingEntity.update({ where: { memberId }, data: { legalName: 'Ombeline et Cie' } });
const invoice = await db.memberInvoice.findFirstOrThrow({ where: { projectId: story.projectId } });
const application = await db.application.findFirstOrThrow({ where: { projectId: story.projectId } });
// Somebody was asked into it, and said no: their page is theirs alone.
const asked = await addMember(db, 'Invitée');
await db.teamInvitation.create({ data: { applicationId: application.id, memberId: asked.id, state: 'declined', answer: 'Secrète réponse' } });
await story.pay(`${ref}-C1`, 10_000);
await story.sendPayouts(`${ref}-C1`);
const { documentId: advice } = await db.payoutAdvice.findFirstOrThrow({ where: { memberId } });
const talk = await db.conversation.findFirstOrThrow({ where: { projectId: story.projectId } });

const owner = await signInToPages(house, { kind: 'member', id: memberId });
const other = await signInToPages(house, await addMember(db, 'Indiscret'));
const ownClient = await signInToPages(house, story.client);
const otherClient = await signInToPages(house, (await beginStory(deps, { company: 'Ailleurs' })).client);
const nobody = withCookie(url);

/** Every address of the signed-in pages, read from the router itself: a new one cannot be forgotten. */
function addresses(): { method: 'get' | 'post'; path: string }[] {
  interface Layer { readonly route?: { readonly path: string; readonly methods: Record<string, boolean> }; readonly handle?: { readonly stack?: Layer[] } }
  const walk = (layers: readonly Layer[]): { method: 'get' | 'post'; path: string }[] =>
    layers.flatMap(({ route, handle }) => (route ? (['get', 'post'] as const).filter((method) => route.methods[method]).map((method) => ({ method, path: route.path })) : walk(handle?.stack ?? [])));
  return walk((signedInRouter(deps) as unknown as { stack: Layer[] }).stack);
}

const all = addresses();
const subjects = [['brief', story.projectId], ['quote', round.id], ['invoicing', story.projectId], ['preview', invoice.id], ['conversation', talk.id], ['team', application.id]] as const;
const act: Readonly<Record<string, string>> = { brief: 'apply', quote: 'submitQuote', invoicing: 'enterAmount', preview: 'reportAnomaly', conversation: 'say', team: 'answerTeamInvitation' };
const projectAddresses = [...new Set(all.filter(({ path }) => path.startsWith('/projects/:ref')).flatMap(({ method, path }) =>
  (path.includes(':subject') ? subjects : [subjects[0]]).map(([page, subject]) =>
    `${method} ${path.replace(':ref', ref).replace(':page', page).replace(':subject', subject).replace(':act', act[page] ?? 'x').replace(':handle', 'indiscret').replace(':id', invoice.documentId ?? 'none')}`)))];
/** A member's own: what stands in the address is Ombeline's. */
const own = ['/profile', '/profile/preview', `/profile/references/${reference.id}`, `/profile/picture/${picture.id}`, '/my-data', '/my-data/export.json', '/alerts', '/my-documents', `/my-documents/file/${file.id}`, '/billing', `/my-quote-files/${joined.id}`, '/payouts', `/payouts/document/${advice}`, '/my-invoices', '/my-invoices/summary.csv', '/leads', '/leads/new', `/leads/${lead.id}`, '/leads/statement.csv', `/leads/statement/${statement.id}`];
const forMembers = all.filter(({ path }) => /^\/(profile|my-data|alerts|my-documents|billing|my-quote-files|my-invoices|leads|payouts)/.test(path));

describe('M2 every member, every address', () => {
  it('M2: none of a member’s own addresses is left out of this file', () => {
    expect(forMembers.filter(({ method }) => method === 'get').map(({ path }) => path.replace(/:id/g, '*')).sort()).toEqual(own.map((path) => path.replace(/[^/]{36}$/, '*')).sort());
    expect(projectAddresses.length).toBeGreaterThan(10);
  });

  it.each(own)('M2: %s shows its member what is theirs, a client and nobody nothing, another member nothing of it', async (path) => {
    expect((await owner.get(path)).status).toBe(200);
    for (const client of [ownClient, otherClient]) expect((await client.get(path)).status).toBe(404);
    expect((await nobody.get(path)).to).toMatch(/^\/sign-in/);
    const { status, html } = await other.get(path);
    expect(status).toBe(/[^/]{36}$/.test(path) ? 404 : 200);
    for (const secret of ['Ombeline', 'Ma vie à moi', 'Une œuvre', 'kbis.pdf', memberId]) expect(html).not.toContain(secret);
  });

  it.each(forMembers.filter(({ method }) => method === 'post').map(({ path }) => path.replace(':id', path.startsWith('/leads') ? lead.id : reference.id)))('M2: %s is closed to clients, to nobody, and changes nothing of another member', async (path) => {
    const mine = async () => JSON.stringify([await db.member.findUnique({ where: { id: memberId } }), await db.memberReference.findMany({ where: { memberId } }), await db.memberTheme.findMany({ where: { memberId } }), await db.lead.findMany({ where: { memberId } }), await db.billingEntity.findUnique({ where: { memberId } }), await db.accountChange.findMany({ where: { memberId } })]);
    const before = await mine();
    for (const name of ['saveProfile', 'saveThemes', 'removeFace', 'moveReference', 'removeReference', 'saveReference', 'saveAlerts', 'stopAlerts', 'eraseMember', 'createBilling', 'saveBilling', 'acceptMandate', 'endMandate', 'askAccount', 'giveUpAccount', 'stopAccount', 'withdrawLead', 'declareLead', 'drawStatement']) {
      const at = path.replace(':act', name);
      for (const client of [ownClient, otherClient]) expect((await client.post(at, { referenceId: reference.id, memberId })).status).toBe(404);
      expect((await nobody.post(at)).to).toMatch(/^\/sign-in/);
      await other.post(at, { referenceId: reference.id, memberId, title: 'À moi', way: 'down' });
    }
    expect(await mine()).toBe(before);
  });

  it.each(projectAddresses)('M6: closed to a member who is not in the project, and to nobody signed in: %s', async (address) => {
    const [method, path = ''] = address.split(' ') as ['get' | 'post', string];
    expect((await other[method](path)).status).toBe(404);
    expect((await nobody[method](path)).to).toMatch(/^\/sign-in/);
  });

  it('M2: their own pages show a member nothing of another', async () => {
    for (const { path } of all.filter(({ method, path: at }) => method === 'get' && !at.includes(':'))) {
      const { html } = await other.get(path);
      for (const secret of ['Ombeline', ref, 'Ma vie à moi']) expect(html, path).not.toContain(secret);
    }
  });
});
