import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forgetOldEmailChanges } from '../../database/email-change/forget.ts';
import { emailChangesADay, stopEmailWithin } from '../../domain/email-change.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie, type WebPerson } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
const story = await beginStory(deps, { company: 'Maison Verveine' });

interface Somebody { readonly kind: 'client' | 'member'; readonly id: string; readonly email: string; readonly web: WebPerson; readonly now: () => Promise<string> }
const memberNamed = async (name: string): Promise<Somebody> => {
  const { id } = await addMember(db, name);
  const now = async () => (await db.member.findUniqueOrThrow({ where: { id } })).email;
  return { kind: 'member', id, email: await now(), web: await signInToPages(house, { kind: 'member', id }), now };
};
const collaborator = async (role: string): Promise<Somebody> => {
  const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
  const { id, email } = await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@verveine.test`, name: 'Colette', role, confirmedAt: new Date() } });
  return { kind: 'client', id, email, web: await signInToPages(house, { kind: 'client', id }), now: async () => (await db.clientUser.findUniqueOrThrow({ where: { id } })).email };
};
const fresh = (): string => `${randomUUID()}@nouvelle.test`;
const ask = (who: Somebody, email: string, key?: string) => who.web.post('/email/do/askEmail', { email }, key);
const mailsTo = (toEmail: string) => db.mail.findMany({ where: { toEmail }, orderBy: { createdAt: 'asc' } });
/** The link of the last mail of that kind to an address. */
const linkIn = async (template: string, toEmail: string): Promise<string> => {
  const mail = (await mailsTo(toEmail)).filter((one) => one.template === template).at(-1);
  return linkPath(linkToken(deps.secret, (mail?.data as { linkId: string }).linkId));
};
const confirm = async (email: string) => {
  const link = await linkIn('email_change_confirm', email);
  return { link, answer: await withCookie(url).post(`${link}/do/confirmEmail`) };
};

describe('M2, C6 another e-mail address', () => {
  it.each([['M2: a member', () => memberNamed('Aubin')], ['C6: a collaborator', () => collaborator('read_only')], ['C6: an owner', async (): Promise<Somebody> => {
    const { id } = story.client;
    const now = async () => (await db.clientUser.findUniqueOrThrow({ where: { id } })).email;
    return { kind: 'client', id, email: await now(), web: await signInToPages(house, story.client), now };
  }]])('%s asks for it, confirms it from the new one and stays signed in; posted twice, each is done once', async (_who, begin) => {
    const [who, email, key] = [await begin(), fresh(), randomUUID()];
    for (let times = 0; times < 2; times += 1) expect(await ask(who, email.toUpperCase(), key)).toMatchObject({ status: 303, to: '/email?done=emailAsked' });
    expect([(await mailsTo(email)).map(({ template }) => template), (await mailsTo(who.email)).map(({ template }) => template).filter((one) => one.startsWith('email_')), await who.now()]).toEqual([['email_change_confirm'], ['email_change_notice'], who.email]);
    expect((await who.web.get('/email')).html).toMatch(new RegExp(`${who.email}[^]*Un changement attend[^]*${email}`));
    const link = await linkIn('email_change_confirm', email);
    expect((await withCookie(url).get(link)).html).toContain('Confirmer mon adresse');
    expect(await who.now()).toBe(who.email); // reading it changes nothing
    const answers = await Promise.all([1, 2].map(() => withCookie(url).post(`${link}/do/confirmEmail`)));
    expect(answers.map(({ to }) => to)).toEqual(Array.from({ length: 2 }, () => `${link}?done=emailConfirmed`));
    expect(await withCookie(url).post(`${link}/do/confirmEmail`)).toMatchObject({ status: 303 });
    expect((await withCookie(url).get(link)).html).toContain(`Nous vous écrivons désormais à ${email}`);
    expect([await who.now(), (await who.web.get('/email')).html.includes(email)]).toEqual([email, true]);
    expect((await mailsTo(who.email)).filter(({ template }) => template === 'email_change_notice').map(({ data }) => (data as { confirmed: boolean }).confirmed)).toEqual([false, true]);
    // Signing in goes by the new address, and no longer by the former one.
    const signIns = async (to: string): Promise<number> => (await mailsTo(to)).filter(({ template }) => template === 'sign_in').length;
    for (const address of [who.email, email]) await withCookie(url).post('/sign-in', { email: address });
    expect([await signIns(who.email), await signIns(email)]).toEqual([0, 1]);
    expect((await db.auditEvent.findMany({ where: { actorId: who.id, action: { startsWith: 'email.' } }, orderBy: { at: 'asc' } })).map(({ action, data }) => [action, data])).toEqual([['email.asked', {}], ['email.confirmed', {}]]);
  });

  it('M2: what waits to leave for the former address leaves for the new one, the notice apart', async () => {
    const [who, email] = [await memberNamed('Bérénice'), fresh()];
    await ask(who, email);
    const waiting = await db.mail.create({ data: { key: randomUUID(), template: 'document_accepted', toEmail: who.email, toName: 'Bérénice', toKind: 'member', toId: who.id, data: {}, messageId: randomUUID() } });
    await confirm(email);
    expect((await db.mail.findUniqueOrThrow({ where: { id: waiting.id } })).toEmail).toBe(email);
    expect((await mailsTo(who.email)).map(({ template }) => template)).toEqual(['email_change_notice', 'email_change_notice']);
  });

  it('M2: an address that is somebody’s, of either workspace, is answered as any other; only they are told, and it is never given', async () => {
    const [who, other, client] = [await memberNamed('Cyprien'), await memberNamed('Dorine'), await collaborator('manager')];
    const seen = [];
    for (const email of [fresh(), other.email, client.email]) {
      const { status, to } = await ask(who, email);
      seen.push([status, to, (await who.web.get('/email')).html.replaceAll(email, '…').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').replace(/\d\d:\d\d/g, '')]);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    for (const { email } of [other, client]) expect((await mailsTo(email)).map(({ template, data }) => [template, (data as { linkId: unknown }).linkId])).toEqual([['email_change_taken', null]]);
    expect(await who.now()).toBe(who.email);
  });

  it('M2: taken by somebody else before it is confirmed, it is theirs', async () => {
    const [who, email] = [await memberNamed('Edmée'), fresh()];
    await ask(who, email);
    const { id } = await addMember(db, 'Fabien');
    await db.member.update({ where: { id }, data: { email } });
    const { answer } = await confirm(email);
    expect([answer.status, answer.html.includes('n’est plus à faire'), await who.now()]).toEqual([422, true, who.email]);
  });

  it.each([['', 'Une adresse complète'], ['pas une adresse', 'Une adresse complète'], [`${'x'.repeat(200)}@trop.test`, 'Une adresse complète'], ['self', 'C’est déjà votre adresse']])('M2: %j is refused in words, and what was typed stays', async (typed, why) => {
    const who = await memberNamed('Gatienne');
    const answer = await ask(who, typed === 'self' ? who.email : typed);
    expect(answer.status).toBe(422);
    for (const text of [why, `value="${typed === 'self' ? who.email : typed}"`]) expect(answer.html).toContain(text);
  });

  it('M2: another one asked for, or given up, the first is no longer to be confirmed; so is one too old; and there is a limit to asking', async () => {
    const [who, first, second, third] = [await memberNamed('Hilaire'), fresh(), fresh(), fresh()];
    await ask(who, first);
    await ask(who, second);
    expect((await confirm(first)).answer.status).toBe(422);
    const [asked] = await db.emailChange.findMany({ where: { personId: who.id, state: 'asked' } });
    for (let times = 0; times < 2; times += 1) expect((await who.web.post('/email/do/giveUpEmail', { changeId: asked?.id ?? '' })).to).toBe('/email?done=emailGivenUp');
    expect((await confirm(second)).answer.status).toBe(422);
    await ask(who, third);
    await db.emailChange.updateMany({ where: { personId: who.id, state: 'asked' }, data: { expiresAt: new Date(Date.now() - 1) } });
    const { link, answer } = await confirm(third);
    expect([answer.status, (await withCookie(url).get(link)).html.includes('Ce changement n’est plus à faire'), await who.now()]).toEqual([422, true, who.email]);
    for (let times = 3; times < emailChangesADay; times += 1) await ask(who, fresh());
    expect((await ask(who, fresh())).html).toContain('c’est le maximum');
  });

  it('M2: nobody gives up, confirms or stops another’s change', async () => {
    const [who, other, email] = [await memberNamed('Isaure'), await memberNamed('Jacinthe'), fresh()];
    await ask(who, email);
    const [asked] = await db.emailChange.findMany({ where: { personId: who.id } });
    expect((await other.web.post('/email/do/giveUpEmail', { changeId: asked?.id ?? '' })).status).toBe(404);
    expect((await withCookie(url).get('/email')).to).toContain('/sign-in');
    expect((await confirm(email)).answer.status).toBe(303);
  });
});

describe('M2, C6 “it was not me”', () => {
  it('M2: stopped before it is confirmed, it never is', async () => {
    const [who, email] = [await memberNamed('Katell'), fresh()];
    await ask(who, email);
    const link = await linkIn('email_change_notice', who.email);
    expect((await withCookie(url).get(link)).html).toContain('Annuler cette demande');
    for (let times = 0; times < 2; times += 1) expect(await withCookie(url).post(`${link}/do/stopEmail`)).toMatchObject({ status: 303, to: `${link}?done=emailStopped` });
    expect([(await confirm(email)).answer.status, await who.now(), (await who.web.get('/email')).status]).toEqual([422, who.email, 200]);
  });

  it.each([['M2: a member', () => memberNamed('Léontine')], ['C6: a collaborator', () => collaborator('contributor')]])('%s takes their address back: every session ends, and what was sent to the other address opens nothing', async (_who, begin) => {
    const [who, email, further] = [await begin(), fresh(), fresh()];
    await ask(who, email);
    await confirm(email);
    await withCookie(url).post('/sign-in', { email });
    const signIn = await linkIn('sign_in', email);
    // Whoever came in asks for more meanwhile.
    await ask(who, further);
    const link = await linkIn('email_change_notice', who.email);
    expect((await withCookie(url).get(link)).html).toContain('Reprendre mon adresse');
    for (let times = 0; times < 2; times += 1) expect((await withCookie(url).post(`${link}/do/stopEmail`)).status).toBe(303);
    expect((await withCookie(url).get(link)).html).toContain('Toutes les connexions sont fermées');
    expect([await who.now(), (await who.web.get('/home')).to.startsWith('/sign-in'), (await withCookie(url).post(signIn)).status]).toEqual([who.email, true, 410]);
    expect((await confirm(further)).answer.status).toBe(422);
  });

  it('M2: only for some days; meanwhile the former address is given to nobody else', async () => {
    const [who, other, email] = [await memberNamed('Maur'), await memberNamed('Noémie'), fresh()];
    await ask(who, email);
    await confirm(email);
    await ask(other, who.email);
    expect((await mailsTo(who.email)).map(({ template }) => template)).toEqual(['email_change_notice', 'email_change_notice']);
    await db.emailChange.updateMany({ where: { personId: who.id }, data: { confirmedAt: new Date(Date.now() - stopEmailWithin) } });
    const answer = await withCookie(url).post(`${await linkIn('email_change_notice', who.email)}/do/stopEmail`);
    expect([answer.status, answer.html.includes('n’est plus à faire'), await who.now()]).toEqual([422, true, email]);
  });

  it('M3: another bank account is told to the former address too', async () => {
    const [who, email] = [await memberNamed('Octavie'), fresh()];
    await ask(who, email);
    await confirm(email);
    await who.web.post('/billing/do/askAccount', { iban: 'FR7630006000011234567890189', bic: '' });
    const link = await linkIn('billing_account_confirm', email);
    expect((await withCookie(url).post(`${link}/do/confirmAccount`)).status).toBe(303);
    expect([(await mailsTo(who.email)).filter(({ template }) => template === 'billing_account_changed').length, (await mailsTo(email)).filter(({ template }) => template === 'billing_account_changed').length]).toEqual([1, 1]);
  });

  it.each([['M2: a member', () => memberNamed('Quitterie')], ['C6: a collaborator', () => collaborator('contributor')]])('%s: a change long over is forgotten, with its links and its mails; one that was made, a year after', async (_who, begin) => {
    const [who, replaced, stopped, made, waiting] = [await begin(), fresh(), fresh(), fresh(), fresh()];
    const day = 86_400_000;
    await ask(who, replaced);
    await ask(who, stopped);
    expect((await withCookie(url).post(`${await linkIn('email_change_notice', who.email)}/do/stopEmail`)).status).toBe(303);
    await ask(who, made);
    await confirm(made);
    await ask(who, waiting);
    const left = async () => (await db.emailChange.findMany({ where: { personId: who.id }, orderBy: { createdAt: 'asc' } })).map(({ email }) => email);
    const links = () => db.personalLink.count({ where: { ownerId: who.id, purpose: { in: ['email_confirm', 'email_stop'] } } });
    await forgetOldEmailChanges(db, Date.now() + 29 * day);
    expect([await left(), await links()]).toEqual([[replaced, stopped, made, waiting], 8]);
    // The one that waits is over three days from now, when its link ends.
    expect(await forgetOldEmailChanges(db, Date.now() + 31 * day)).toBeGreaterThanOrEqual(2);
    expect([await left(), await links(), await mailsTo(replaced), await mailsTo(stopped), (await mailsTo(made)).length]).toEqual([[made, waiting], 4, [], [], 2]);
    await forgetOldEmailChanges(db, Date.now() + 34 * day);
    expect([await left(), await mailsTo(waiting)]).toEqual([[made], []]);
    await forgetOldEmailChanges(db, Date.now() + 364 * day);
    expect([await left(), await who.now()]).toEqual([[made], made]);
    await forgetOldEmailChanges(db, Date.now() + 366 * day);
    expect([await left(), await links(), await db.mail.count({ where: { key: { startsWith: 'email-change/' }, toId: who.id, toEmail: { not: '' } } }), await who.now()]).toEqual([[], 0, 0, made]);
  });

  it('M2: it goes with the data they take away', async () => {
    const [who, email] = [await memberNamed('Philomène'), fresh()];
    await ask(who, email);
    const data = JSON.parse((await who.web.get('/my-data/export.json')).html) as { emailChanges: unknown[] };
    expect(data.emailChanges).toMatchObject([{ state: 'asked', formerEmail: who.email, email }]);
  });
});
