import { describe, expect, it } from 'vitest';
import { forgetOldShares } from '../../database/project-shares.ts';
import { shareLimits } from '../../domain/share-limits.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import * as projectSteps from '../../steps/project-steps.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url, mailbox } = house;
const { db, secret } = deps;
await addStaff(db);

const named = async (name: string) => {
  const person = await addMember(db, name);
  const member = await db.member.findUniqueOrThrow({ where: { id: person.id } });
  return { ...person, ...member, person, web: await signInToPages(house, person) };
};
const [lia, max, zoe] = [await named('Lia'), await named('Max'), await named('Zoé')];
const message = 'Je refais des sites d’artisans depuis dix ans, et le vôtre me parle.';

const published = async (): Promise<Story> => {
  const story = await beginStory(deps);
  await story.approve();
  await story.publish();
  return story;
};
const mailTo = (id: string, template: string) => db.mail.findMany({ where: { toId: id, template }, orderBy: { createdAt: 'asc' } });
const linkOf = (mail: { data: unknown }): string => linkPath(linkToken(secret, (mail.data as { linkId: string }).linkId));
const applicationOf = (story: Story) => db.application.findFirstOrThrow({ where: { projectId: story.projectId }, include: { members: true, asked: true } });

describe('M6 the first message, alone or as a team', () => {
  it('M6: a message that says nothing is refused beside its field, with what lacks, and kept', async () => {
    const story = await published();
    for (const [typed, lacking] of [['Bonjour !', '31 caractères'], ['.......... .......... .......... ..........', '36 caractères']] as const) {
      const answer = await lia.web.post(`/projects/${story.ref}/do/apply`, { message: typed });
      expect(answer.status).toBe(422);
      expect(answer.html).toContain(lacking);
      expect(answer.html).toContain(typed);
      expect(answer.html).toMatch(/id="apply-message-why"/);
    }
    expect(await db.application.count({ where: { projectId: story.projectId } })).toBe(0);
  });

  it('M6: mates named by handle, name or e-mail are invited, and count only once they have accepted', async () => {
    const story = await published();
    const sent = await lia.web.post(`/projects/${story.ref}/do/apply`, { message, mates: `${max.handle}, zoé ` });
    expect(sent.status).toBe(303);
    expect((await applicationOf(story)).members.map(({ memberId }) => memberId)).toEqual([lia.id]);
    expect(await mailTo(max.id, 'team_invitation')).toHaveLength(1);

    // Behind the link of the mail, without a session: a GET changes nothing, the form answers.
    const path = linkOf((await mailTo(max.id, 'team_invitation'))[0] ?? { data: {} });
    const page = await withCookie(url).get(path);
    expect(page.html).toContain(message);
    expect(page.html).toContain('Lia');
    expect((await withCookie(url).post(`${path}/do/answerTeamInvitation`, { answer: 'accept', message: 'Partant !' })).status).toBe(303);
    expect((await applicationOf(story)).members.map(({ memberId }) => memberId).sort()).toEqual([lia.id, max.id].sort());
    expect(await mailTo(lia.id, 'team_invitation_answered')).toHaveLength(1);

    // Signed in, from the home page; declining keeps them out.
    const { id } = await applicationOf(story);
    expect((await zoe.web.get('/home')).html).toContain(`/projects/${story.ref}/p/team/${id}`);
    expect((await zoe.web.post(`/projects/${story.ref}/p/team/${id}/do/answerTeamInvitation`, { answer: 'decline', message: 'Déjà prise.' })).status).toBe(303);
    const { html } = await lia.web.get(`/projects/${story.ref}`);
    for (const shown of ['Dans l’équipe', 'A décliné', 'Déjà prise.', 'Partant !']) expect(html).toContain(shown);

    await story.chooseAll();
    expect((await db.teamMember.findMany({ where: { projectId: story.projectId } })).map(({ memberId }) => memberId).sort()).toEqual([lia.id, max.id].sort());
  });

  it('M6: an answer is given once, and not by somebody else', async () => {
    const story = await published();
    await story.ask(projectSteps.apply, { message, mateIds: [max.id] }, lia.person);
    const { id } = await applicationOf(story);
    const at = `/projects/${story.ref}/p/team/${id}`;
    expect((await zoe.web.get(at)).status).toBe(404);
    expect((await zoe.web.post(`${at}/do/answerTeamInvitation`, { answer: 'accept' })).status).toBe(404);
    expect((await withCookie(url).get(at)).to).toMatch(/^\/sign-in/);
    const key = crypto.randomUUID();
    for (const time of [1, 2]) expect([time, (await max.web.post(`${at}/do/answerTeamInvitation`, { answer: 'accept' }, key)).status]).toEqual([time, 303]);
    expect(await db.applicationMember.count({ where: { applicationId: id } })).toBe(2);
    expect((await mailTo(lia.id, 'team_invitation_answered')).filter(({ projectId }) => projectId === story.projectId)).toHaveLength(1);
    expect((await max.web.post(`${at}/do/answerTeamInvitation`, { answer: 'accept' })).status).toBe(422);
  });

  it('M6: whoever leads invites later, takes out, and withdraws: each is told, and an unanswered invitation ends with the choice', async () => {
    const story = await published();
    const post = (act: string, body: Record<string, string>) => lia.web.post(`/projects/${story.ref}/do/${act}`, body);
    const told = async (id: string, template: string) => (await mailTo(id, template)).filter(({ projectId }) => projectId === story.projectId).length;
    await post('apply', { message });
    const unknown = await post('inviteMates', { mates: 'Personne Inconnue' });
    expect([unknown.status, unknown.html.includes('« Personne Inconnue »')]).toEqual([422, true]);
    expect((await post('inviteMates', { mates: max.email })).status).toBe(303);
    await post('inviteMates', { mates: max.email });
    expect(await told(max.id, 'team_invitation')).toBe(1);
    const { id } = await applicationOf(story);
    await max.web.post(`/projects/${story.ref}/p/team/${id}/do/answerTeamInvitation`, { answer: 'accept' });
    expect((await post('dropMate', { memberId: max.id })).status).toBe(303);
    expect((await applicationOf(story)).members).toHaveLength(1);
    expect(await told(max.id, 'team_invitation_over')).toBe(1);
    await post('inviteMates', { mates: `${max.handle} ${zoe.handle}` });
    expect(await told(max.id, 'team_invitation')).toBe(2);
    await post('withdrawApplication', {});
    expect([await told(max.id, 'team_invitation_over'), await told(zoe.id, 'team_invitation_over')]).toEqual([2, 1]);
    await post('apply', { message, mates: zoe.handle });
    await story.chooseAll();
    expect(await db.teamMember.count({ where: { projectId: story.projectId } })).toBe(1);
    expect((await zoe.web.get(`/projects/${story.ref}/p/team/${id}`)).html).toContain('n’est plus en cours');
  });

  it('M6: a private casting stays private but for whoever a candidate asks', async () => {
    const story = await beginStory(deps);
    await story.approve();
    await story.ask(projectSteps.startCasting, {}, story.client);
    await story.ask(projectSteps.inviteMember, { memberIds: [lia.id], message: 'Pour vous.' }, story.client);
    expect((await max.web.get(`/projects/${story.ref}`)).status).toBe(404);
    await lia.web.post(`/projects/${story.ref}/do/answerInvitation`, { answer: 'interested', message, mates: max.handle });
    expect((await max.web.get(`/projects/${story.ref}`)).status).toBe(200);
    expect((await zoe.web.get(`/projects/${story.ref}`)).status).toBe(404);
    expect((await max.web.post(`/projects/${story.ref}/do/share`, { email: 'ami@ailleurs.test' })).status).toBe(422);
    const { id } = await applicationOf(story);
    await max.web.post(`/projects/${story.ref}/p/team/${id}/do/answerTeamInvitation`, { answer: 'decline' });
    expect((await max.web.get(`/projects/${story.ref}`)).status).toBe(404);
  });

  it('M6: several members of one name are told apart, never guessed', async () => {
    await addMember(db, 'Camille Roux');
    await addMember(db, 'Camille Roux');
    const story = await published();
    const { status, html } = await lia.web.post(`/projects/${story.ref}/do/apply`, { message, mates: 'Camille Roux' });
    expect(status).toBe(422);
    expect(html).toContain('Plusieurs membres');
    expect(await db.application.count({ where: { projectId: story.projectId } })).toBe(0);
  });
});

describe('M8 the sentence to paste', () => {
  it('M8: a known budget begins the calculation, and both sentences are there to paste', async () => {
    const story = await published();
    await db.project.update({ where: { id: story.projectId }, data: { budgetCents: 100_000 } });
    const begun = (await lia.web.get(`/projects/${story.ref}`)).html;
    expect(begun).toMatch(/830,00 € \+ frais 170,00 €/);
    const asked = (await lia.web.get(`/projects/${story.ref}?price=415&way=price`)).html;
    expect(asked).toContain('500,00 € HT, frais OFF-WORKS compris : 415,00 € de prestation et 85,00 € de frais, soit 17 % du montant final.');
    expect(asked).toContain('hors frais OFF-WORKS, qui représentent 17 % du montant final');
  });
});

describe('M12 « Partager aux copains »', () => {
  const share = (story: Story, email: string, more: Record<string, string> = {}, by = lia) => by.web.post(`/projects/${story.ref}/do/share`, { email, name: '', note: '', ...more });

  it('M12: sends the public part to somebody, whose candidature remembers who recommended them', async () => {
    const story = await published();
    const owner = await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id }, include: { company: true } });
    await db.project.update({ where: { id: story.projectId }, data: { context: 'Un secret de fabrique' } });
    const email = 'copine@ailleurs.test';
    expect((await share(story, 'Copine@Ailleurs.test', { name: 'Ada', note: 'C’est pour toi.' })).to).toContain('done=shared');
    await eventually(() => expect(mailbox.to(email)).toHaveLength(1));
    const [mail] = mailbox.to(email);
    expect(JSON.stringify(mail?.headers.get('list'))).toContain('unsubscribe');
    expect(mail?.subject).toContain('Lia');
    const kept = await db.mail.findFirstOrThrow({ where: { toEmail: email } });
    const path = linkOf(kept);
    const { html } = await withCookie(url).get(path);
    expect(html).toContain('C’est pour toi.');
    expect(html).toContain('Le site ne dit plus qui nous sommes.');
    for (const secretOf of [owner.company.name, owner.name, owner.email, 'Un secret de fabrique', story.ref]) expect(html).not.toContain(secretOf);

    const token = path.replace('/l/', '');
    const form = await withCookie(url).get(`/candidature?share=${token}`);
    expect(form.html).toContain('Vous venez de la part de Lia');
    expect(form.html).toContain(`value="${email}"`);
    const posted = await withCookie(url).post('/candidature', { share: token, structure: 'freelance', name: 'Ada Prune', email, headline: 'Graphiste', experience: 'Dix ans de métier.', reference1: 'Affiches', link1: '' });
    expect(posted.to).toBe('/candidature?done=candidatureKept');
    const confirm = linkOf(await db.mail.findFirstOrThrow({ where: { template: 'candidature_confirm', toEmail: email } }));
    expect((await withCookie(url).post(confirm)).to).toContain('candidatureSent');
    const candidate = await db.member.findUniqueOrThrow({ where: { email } });
    expect(candidate.recommendedBy).toBe(lia.handle);
    expect((await lia.web.get(`/projects/${story.ref}`)).html).toContain('a déposé sa candidature');
  });

  it('M12: sent twice it leaves once; a form that comes back wrong keeps what was typed', async () => {
    const story = await published();
    const key = crypto.randomUUID();
    for (let time = 0; time < 2; time += 1) await lia.web.post(`/projects/${story.ref}/do/share`, { email: 'deux@ailleurs.test' }, key);
    await share(story, 'deux@ailleurs.test');
    expect(await db.mail.count({ where: { toEmail: 'deux@ailleurs.test' } })).toBe(1);
    const wrong = await share(story, 'pas une adresse', { note: 'Un mot gardé' });
    expect([wrong.status, wrong.html.includes('Un mot gardé'), wrong.html.includes('Vérifiez cette adresse')]).toEqual([422, true, true]);
    for (const note of ['Va voir https://ailleurs.example', 'va sur truc.com vite']) expect((await share(story, 'trois@ailleurs.test', { note })).status).toBe(422);
    expect((await share(story, lia.email)).status).toBe(422);
    expect(await db.projectShare.count({ where: { projectId: story.projectId } })).toBe(1);
  });

  it('M12: cannot be used to write to strangers: so many a day, so few an address, none to who refused', async () => {
    const sender = await named('Bavard');
    const story = await published();
    for (let n = 0; n < shareLimits.perMemberADay; n += 1) expect((await share(story, `n${n}@ailleurs.test`, {}, sender)).status).toBe(303);
    expect((await share(story, 'trop@ailleurs.test', {}, sender)).status).toBe(422);

    const email = 'tranquille@ailleurs.test';
    for (let n = 0; n <= shareLimits.perAddressAWeek; n += 1) await share(await published(), email, {}, zoe);
    expect(await db.mail.count({ where: { toEmail: email } })).toBe(shareLimits.perAddressAWeek);

    await share(story, 'calme@ailleurs.test', {}, max);
    const path = linkOf(await db.mail.findFirstOrThrow({ where: { toEmail: 'calme@ailleurs.test' } }));
    expect((await withCookie(url).get(`${path}/unsubscribe`)).status).toBe(303);
    expect(await db.shareRefusal.count()).toBe(0); // a mail scanner looked
    expect((await withCookie(url).post(`${path}/unsubscribe`)).status).toBe(200);
    await share(await published(), 'calme@ailleurs.test', {}, max);
    expect(await db.mail.count({ where: { toEmail: 'calme@ailleurs.test' } })).toBe(1);
  });

  it('M12: addresses are forgotten with their links', async () => {
    const story = await published();
    await share(story, 'oubli@ailleurs.test', {}, max);
    const path = linkOf(await db.mail.findFirstOrThrow({ where: { toEmail: 'oubli@ailleurs.test' } }));
    await eventually(() => expect(mailbox.to('oubli@ailleurs.test')).toHaveLength(1));
    await eventually(async () => expect((await db.mail.findFirstOrThrow({ where: { toEmail: 'oubli@ailleurs.test' } })).state).toBe('sent'));
    await forgetOldShares(db, Date.now() + 91 * 86_400_000);
    expect(await db.projectShare.count({ where: { projectId: story.projectId } })).toBe(0);
    expect(await db.mail.count({ where: { toEmail: 'oubli@ailleurs.test' } })).toBe(0);
    expect((await withCookie(url).get(path)).status).toBe(404);
  });
});

describe('M5, M9, M11 the home page of a member says whose turn it is', () => {
  it('M5: from the application to the transfer, what waits for them first, in both languages; and every page of a project leads back to it', async () => {
    const [ada, ben, out] = [await named('Adèle'), await named('Benoît'), await named('Oscar')];
    const story = await published();
    const own = async (who: typeof ada, more = ''): Promise<string> => new RegExp(`<article class="card row turn[^"]*" id="own-${story.ref}">[^]*?</article>`).exec((await who.web.get(`/home${more}`)).html)?.[0] ?? '';
    for (const who of [ada, ben, out]) await story.apply(who.person);
    expect(await own(ada)).toMatch(/Au client[^]*Le client lit les candidatures/);
    const applications = await db.application.findMany({ where: { projectId: story.projectId, leadId: { in: [ada.id, ben.id] } } });
    await story.ask(projectSteps.selectTeam, { applicationIds: applications.map(({ id }) => id), message: 'Bienvenue', answerToOthers: 'Une autre fois.' }, story.client);
    expect(await own(ada)).toMatch(/turn client[^]*À vous[^]*Envoyez votre devis/);
    expect(await own(ada, '?lang=en')).toMatch(/Your turn[^]*Send your quote/);
    await ada.web.get('/home?lang=fr');
    const home = (await out.web.get('/home')).html;
    expect(home).toMatch(new RegExp(`<details class="over-projects"><summary>Terminés ou sans suite \\(1\\)</summary>[^]*own-${story.ref}[^]*Candidature non retenue[^]*</details>`));
    expect(home).not.toContain('On vous attend');

    await story.quote(ada.person);
    expect([await own(ada), await own(ben)]).toEqual([expect.stringMatching(/À OFF-WORKS[^]*Nous vérifions votre devis[^]*d’ici au/), expect.stringContaining('Envoyez votre devis')]);
    await story.quote(ben.person);
    await story.sendQuote();
    expect(await own(ben)).toMatch(/Au client[^]*Le client lit le devis[^]*d’ici au/);
    await story.sign();
    expect((await own(ada)).replace(/[\u00a0\u202f]/g, ' ')).toContain('Reste à facturer : 830,00 €');
    await story.enterAmount(ada.person, 40_000);
    expect(await own(ada)).toMatch(/À vous[^]*Relisez l’aperçu de votre facture[^]*d’ici au/);

    const round = await db.quoteRound.findFirstOrThrow({ where: { projectId: story.projectId } });
    const invoice = await db.memberInvoice.findFirstOrThrow({ where: { projectId: story.projectId } });
    for (const page of [`quote/${round.id}`, `invoicing/${story.projectId}`, `preview/${invoice.id}`]) expect((await ada.web.get(`/projects/${story.ref}/p/${page}`)).html, page).toContain(`<a href="/projects/${story.ref}">${story.ref} · Refonte du site</a>`);
    const answer = await ada.web.post(`/projects/${story.ref}/p/invoicing/${story.projectId}/do/enterAmount`, { quoteId: invoice.quoteId, how: 'percent', amount: '120', kind: 'progress' });
    expect([answer.status, answer.html.includes('Saisissez un pourcentage du devis, 100 au plus'), answer.html.includes('value="120"')]).toEqual([422, true, true]);
  });
});

describe('M13 downloads', () => {
  it('M13: with nothing from the staff, a member reads of the presentations made for them, and not that there is nothing', async () => {
    const { html } = await lia.web.get('/downloads');
    expect([html.includes('/downloads/presentation-fr.pptx'), html.includes('class="empty"'), /[^a-z]dl\.\w/.test(html)]).toEqual([true, false, false]);
  });
});
