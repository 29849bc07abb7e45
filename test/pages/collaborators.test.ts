import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { linkPath, linkToken } from '../../links/token.ts';
import { approvePreview } from '../../steps/invoice-steps.ts';
import { depositBrief } from '../support/deposit-brief.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db, secret } = deps;
await addStaff(db);
const story = await beginStory(deps, { company: 'Maison Delmas' });
const owner = await signInToPages(house, story.client);
const { companyId } = await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } });

/** The button of the last mail to somebody. */
async function linkIn(template: string, toEmail: string): Promise<string> {
  const mail = await db.mail.findFirstOrThrow({ where: { template, toEmail }, orderBy: { createdAt: 'desc' } });
  return linkPath(linkToken(secret, (mail.data as { linkId: string }).linkId));
}

async function joined(role: string, more: Record<string, string | string[]> = {}) {
  const email = `${randomUUID()}@delmas.test`;
  expect((await owner.post('/collaborators/do/inviteCollaborator', { name: `Ida ${role}`, email, role, restricted: 'no', ...more })).status).toBe(303);
  const response = await withCookie(url).post(await linkIn('client_invitation', email));
  expect([response.status, response.to]).toEqual([303, '/home?done=joined']);
  const user = await db.clientUser.findUniqueOrThrow({ where: { email } });
  return { ...withCookie(url, response.headers.getSetCookie()[0]?.split(';')[0]), id: user.id, email };
}

describe('C6 collaborators', () => {
  it('C6: invited by e-mail, shown who invites and to what, in once the button is pressed; the link opens nothing afterwards', async () => {
    const email = `${randomUUID()}@delmas.test`;
    await owner.post('/collaborators/do/inviteCollaborator', { name: 'Jean Petit', email, role: 'contributor', restricted: 'no' });
    const link = await linkIn('client_invitation', email);
    const page = await withCookie(url).get(link);
    expect(page.html).toContain('Maison Delmas');
    expect(page.html).toContain('Claire Delmas');
    expect(await db.clientUser.count({ where: { email } })).toBe(0); // reading changes nothing
    const first = await withCookie(url).post(link);
    const again = await withCookie(url).post(link);
    expect([first.status, first.to, again.status, again.to]).toEqual([303, '/home?done=joined', 303, '/sign-in']);
    expect(await db.clientUser.findUnique({ where: { email } })).toMatchObject({ companyId, role: 'contributor', restricted: false });
    await eventually(async () => expect(await db.mail.findFirst({ where: { template: 'client_invitation', toEmail: email } })).toMatchObject({ state: 'sent' }));
  });

  it('C6: asked twice is one invitation, sent again; taken back, its link says so', async () => {
    const email = `${randomUUID()}@delmas.test`;
    const ask = (role: string) => owner.post('/collaborators/do/inviteCollaborator', { name: 'Rose', email, role, restricted: 'no' });
    await ask('contributor');
    await ask('manager');
    const invitations = await db.clientInvitation.findMany({ where: { email } });
    expect(invitations).toMatchObject([{ role: 'manager', sent: 2 }]);
    const link = await linkIn('client_invitation', email);
    await owner.post('/collaborators/do/revokeInvitation', { invitationId: invitations[0]?.id ?? '' });
    expect((await withCookie(url).get(link)).status).toBe(410);
    expect((await withCookie(url).post(link)).status).toBe(410);
    expect(await db.clientUser.count({ where: { email } })).toBe(0);
  });

  it('C6: bad input keeps what was typed; somebody here, or of another company, is refused in words', async () => {
    const bad = await owner.post('/collaborators/do/inviteCollaborator', { name: 'Marthe', email: 'pas une adresse', role: 'manager', restricted: 'no' });
    expect([bad.status, bad.html.includes('Marthe'), bad.html.includes('pas une adresse')]).toEqual([422, true, true]);
    const other = await beginStory(deps, { company: 'Ailleurs' });
    const { email } = await db.clientUser.findUniqueOrThrow({ where: { id: other.client.id } });
    expect((await owner.post('/collaborators/do/inviteCollaborator', { name: 'X', email, role: 'manager', restricted: 'no' })).html).toContain('autre entreprise');
    const here = await joined('read_only');
    expect((await owner.post('/collaborators/do/inviteCollaborator', { name: 'X', email: here.email, role: 'manager', restricted: 'no' })).html).toContain('déjà partie');
    expect((await owner.post('/collaborators/do/inviteCollaborator', { name: 'X', email: 'a@b.test', role: 'owner', restricted: 'no' })).status).toBe(422);
  });

  it('C6: a restricted one sees the projects given and no other, behind a link too', async () => {
    const { projectId, ref } = await db.project.create({
      data: { ref: `P99-${randomUUID().slice(0, 6)}`, title: 'Le projet caché', problem: 'x', stage: 'brief_review', companyId, ownerId: story.client.id, terms: {}, feeRateBp: 1700, feeBasis: 'of_final_amount' },
    }).then(({ id, ref: one }) => ({ projectId: id, ref: one }));
    const ida = await joined('manager', { restricted: 'yes', projectIds: [story.projectId] });
    expect((await ida.get('/home')).html).not.toContain('Le projet caché');
    expect((await ida.get(`/projects/${story.ref}`)).status).toBe(200);
    expect((await ida.get(`/projects/${ref}`)).status).toBe(404);
    await owner.post('/collaborators/do/changeCollaborator', { clientUserId: ida.id, role: 'manager', restricted: 'yes', projectIds: [projectId] });
    expect((await ida.get(`/projects/${story.ref}`)).status).toBe(404);
    expect((await ida.get(`/projects/${ref}`)).status).toBe(200);
    // Another company's project cannot be given.
    const other = await beginStory(deps, { company: 'Encore Ailleurs' });
    await owner.post('/collaborators/do/changeCollaborator', { clientUserId: ida.id, role: 'manager', restricted: 'yes', projectIds: [other.projectId] });
    expect(await db.clientProjectAccess.count({ where: { clientUserId: ida.id } })).toBe(0);
  });

  it('C6: removed, they lose sessions and links at once, and their projects go on under the owner', async () => {
    const gone = await joined('manager');
    await db.project.update({ where: { id: story.projectId }, data: { ownerId: gone.id } });
    await owner.post('/collaborators/do/removeCollaborator', { clientUserId: gone.id });
    expect((await gone.get('/home')).to).toContain('/sign-in');
    expect((await db.project.findUniqueOrThrow({ where: { id: story.projectId } })).ownerId).toBe(story.client.id);
    expect(await db.personalLink.count({ where: { ownerKind: 'client', ownerId: gone.id, revokedAt: null, usedAt: null } })).toBe(0);
    // Their address signs in no more, and may be invited again.
    await withCookie(url).post('/sign-in', { email: gone.email });
    expect(await db.mail.count({ where: { template: 'sign_in', toEmail: gone.email } })).toBe(0);
    await owner.post('/collaborators/do/inviteCollaborator', { name: 'Retour', email: gone.email, role: 'read_only', restricted: 'no' });
    await withCookie(url).post(await linkIn('client_invitation', gone.email));
    expect(await db.clientUser.findUnique({ where: { id: gone.id } })).toMatchObject({ leftAt: null, role: 'read_only' });
  });

  it('C6: the owner cannot leave or be changed; the place changes hands once accepted, and there is always one', async () => {
    expect((await owner.post('/collaborators/do/leaveCompany')).status).toBe(422);
    const heir = await joined('manager');
    await heir.post('/collaborators/do/changeCollaborator', { clientUserId: story.client.id, role: 'read_only', restricted: 'no' });
    expect((await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } })).role).toBe('owner');
    expect((await heir.post('/collaborators/do/offerOwnership', { clientUserId: heir.id })).status).toBe(403);
    expect((await heir.post('/collaborators/do/acceptOwnership')).html).toContain('plus valable');
    await owner.post('/collaborators/do/offerOwnership', { clientUserId: heir.id });
    const link = await linkIn('client_ownership_offered', heir.email);
    const accepts = await Promise.all([heir.post('/collaborators/do/acceptOwnership'), withCookie(url).post(`${link}/do/acceptOwnership`)]);
    expect(accepts.map(({ status }) => status)).toEqual([303, 303]);
    const owners = await db.clientUser.findMany({ where: { companyId, role: 'owner', leftAt: null } });
    expect(owners.map(({ id }) => id)).toEqual([heir.id]);
    // And back, so that the other tests have their owner.
    await heir.post('/collaborators/do/offerOwnership', { clientUserId: story.client.id });
    expect((await owner.post('/collaborators/do/acceptOwnership')).status).toBe(303);
    expect(await db.clientUser.findUnique({ where: { id: story.client.id } })).toMatchObject({ role: 'owner' });
    expect(await db.auditEvent.count({ where: { action: 'ownership.accepted', subject: `company/${companyId}` } })).toBe(2);
  });

  it('C6: the database itself takes no second owner', async () => {
    const one = await joined('manager');
    await expect(db.clientUser.update({ where: { id: one.id }, data: { role: 'owner' } })).rejects.toThrow();
  });
});

describe('C1 arriving', () => {
  it('C1: the page one wanted opens after the sign-in link, and nothing outside the site', async () => {
    const asked = await withCookie(url).get('/company');
    expect(asked.to).toBe('/sign-in?next=%2Fcompany');
    expect((await withCookie(url).get(asked.to)).html).toContain('value="/company"');
    const { email } = await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } });
    for (const [next, expected] of [['/company', '/company'], ['https://ailleurs.test', '/home'], ['//ailleurs.test', '/home'], ['/\\ailleurs', '/home']] as const) {
      await db.personalLink.deleteMany({ where: { purpose: 'sign_in', ownerId: story.client.id } });
      await withCookie(url).post('/sign-in', { email, next });
      expect((await withCookie(url).post(await linkIn('sign_in', email))).to).toBe(expected);
    }
  });

  it('C1: sessions are listed; one ended, or all the others, are over at once', async () => {
    const here = await signInToPages(house, story.client);
    const there = await signInToPages(house, story.client);
    const page = await here.get('/sessions');
    expect(page.html.match(/name="session"/g)?.length).toBeGreaterThan(0);
    expect((await there.get('/home')).status).toBe(200);
    await here.post('/sessions/do/endOthers');
    expect((await there.get('/home')).status).toBe(303);
    expect((await here.get('/home')).status).toBe(200);
    const third = await signInToPages(house, story.client);
    const handle = /name="session" value="([0-9a-f]{24})"/.exec((await here.get('/sessions')).html)?.[1] ?? '';
    await here.post('/sessions/do/endSession', { session: handle });
    expect((await third.get('/home')).status).toBe(303);
    // Nobody ends another's.
    const stranger = await signInToPages(house, (await beginStory(deps, { company: 'Tiers' })).client);
    const mine = (await db.webSession.findFirstOrThrow({ where: { personId: story.client.id, endedAt: null }, orderBy: { createdAt: 'desc' } })).id.slice(0, 24);
    await stranger.post('/sessions/do/endSession', { session: mine });
    expect((await here.get('/home')).status).toBe(200);
  });

  it('C1: a session in use goes on; one left aside for ninety days is over', async () => {
    const person = await signInToPages(house, story.client);
    const last = await db.webSession.findFirstOrThrow({ where: { personId: story.client.id, endedAt: null }, orderBy: { createdAt: 'desc' } });
    const old = new Date(Date.now() - 7_200_000);
    await db.webSession.update({ where: { id: last.id }, data: { lastSeenAt: old, expiresAt: new Date(Date.now() + 60_000) } });
    expect((await person.get('/home')).status).toBe(200);
    const kept = await db.webSession.findUniqueOrThrow({ where: { id: last.id } });
    expect(kept.expiresAt.getTime()).toBeGreaterThan(Date.now() + 89 * 86_400_000);
    await db.webSession.update({ where: { id: last.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await person.get('/home')).status).toBe(303);
  });

  it('C1: the company’s details are checked; what invoices lack is told on the project', async () => {
    const me = await signInToPages(house, story.client);
    expect((await me.get(`/projects/${story.ref}`)).html).toContain('Il manque, pour facturer');
    const details = { name: 'Maison Delmas SAS', siren: '732 829 320', vatNumber: 'FR44732829320', address: '3 quai Claude Bernard', postcode: '69007', city: 'Lyon', country: 'fr', orderNumberRequired: 'yes' };
    for (const [field, value, why] of [
      ['siren', '732829321', 'l’un de ses neuf chiffres est faux'], ['vatNumber', 'FR44732829321', 'Ce numéro ne va pas avec ce pays'], ['postcode', '6900', 'Cinq chiffres'], ['name', '', 'Une raison sociale'], ['name', 'x'.repeat(161), '160 signes'], ['city', 'x'.repeat(81), 'Quatre-vingts'],
      ['country', 'zz', 'Ce n’est le code d’aucun pays'],
    ] as const) {
      const refused = await me.post('/company/do/saveCompany', { ...details, [field]: value });
      expect([refused.status, refused.html.includes('3 quai Claude Bernard'), refused.html.includes(why)]).toEqual([422, true, true]);
    }
    expect((await me.post('/company/do/saveCompany', details)).status).toBe(303);
    expect(await db.company.findUnique({ where: { id: companyId } })).toMatchObject({ siren: '732829320', postcode: '69007', orderNumberRequired: true, country: 'FR' });
    expect((await me.get(`/projects/${story.ref}`)).html).not.toContain('Il manque, pour facturer');
  });

  it('C6: an invitation pressed twice is one mail; asked for again, another', async () => {
    const me = await signInToPages(house, story.client);
    const email = `${randomUUID()}@delmas.test`;
    const invite = (key: string) => me.post('/collaborators/do/inviteCollaborator', { name: 'Iris', email, role: 'read_only' }, key);
    const mails = () => db.mail.count({ where: { template: 'client_invitation', toEmail: email } });
    const key = randomUUID();
    expect((await Promise.all([invite(key), invite(key)])).map(({ status }) => status)).toEqual([303, 303]);
    expect([(await invite(key)).status, await mails()]).toEqual([303, 1]);
    await invite(randomUUID());
    expect(await mails()).toBe(2);
  });

  it('C1: somebody new under a known SIREN gets a workspace apart, and the owner is told once', async () => {
    const newcomer = `${randomUUID()}@delmas.test`;
    await depositBrief(url, { title: 'Un autre brief', problem: 'Nos étiquettes vieillissent.', name: 'Paul', email: newcomer, companyName: 'Delmas', siren: '732829320' });
    const link = await linkIn('brief_confirm', newcomer);
    expect((await withCookie(url).post(link)).status).toBe(303);
    const paul = await db.clientUser.findUniqueOrThrow({ where: { email: newcomer } });
    expect(paul.companyId).not.toBe(companyId);
    expect(await db.mail.findMany({ where: { template: 'company_namesake', toId: story.client.id } })).toHaveLength(1);
  });

  it('I6: invoices go to the people and addresses named, each once, and a contact’s link opens the invoice alone', async () => {
    const me = await signInToPages(house, story.client);
    await me.post('/company/do/setBillingReaders', { readerIds: [story.client.id] });
    expect((await me.post('/company/do/addBillingContact', { contactName: 'Compta', contactEmail: 'pas bon' })).status).toBe(422);
    await me.post('/company/do/addBillingContact', { contactName: 'Compta', contactEmail: 'compta@delmas.test' });
    await db.company.update({ where: { id: companyId }, data: { orderNumberRequired: false } });
    const member = await addMember(db, 'Noé', { mandate: false });
    await story.untilSigned([member], 83_000);
    const { ref } = await story.enterAmount(member, 83_000);
    await story.ask(approvePreview, {}, member, `member-invoice/${ref}`);
    await eventually(async () => expect(await db.mail.count({ where: { template: 'client_invoice_issued', projectId: story.projectId } })).toBe(2));
    const link = await linkIn('client_invoice_issued', 'compta@delmas.test');
    const page = await withCookie(url).get(link);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain('do/declareTransfer');
    expect((await withCookie(url).post(`${link}/do/declareTransfer`, { reference: 'x' })).status).toBe(403);
    expect((await withCookie(url).get(`${link}/p/project/${story.projectId}`)).status).toBe(404);
    const { id } = await db.billingContact.findFirstOrThrow({ where: { companyId } });
    await me.post('/company/do/dropBillingContact', { contactId: id });
    expect((await withCookie(url).get(link)).status).toBe(410);
  });

  it('P2: the language chosen is kept, and e-mails follow it', async () => {
    const person = await signInToPages(house, story.client);
    const french = await person.get('/home');
    expect(french.html).toContain('<html lang="fr">');
    const chosen = await person.post('/language', { locale: 'en', back: '/home' });
    expect([chosen.status, chosen.to]).toEqual([303, '/home']);
    expect((await person.get('/home')).html).toContain('<html lang="en">');
    expect((await person.post('/language', { locale: 'en', back: 'https://ailleurs.test' })).to).toBe('/');
    const { email } = await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } });
    await db.personalLink.deleteMany({ where: { purpose: 'sign_in', ownerId: story.client.id } });
    await withCookie(url).post('/sign-in', { email });
    expect(await db.mail.findFirst({ where: { template: 'sign_in', toEmail: email }, orderBy: { createdAt: 'desc' } })).toMatchObject({ locale: 'en' });
    await person.post('/language', { locale: 'fr', back: '/' });
  });
});
