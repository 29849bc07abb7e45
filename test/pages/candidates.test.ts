import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const house = await openHouse();
const { deps } = house;
const { db } = deps;
await addStaff(db);
const story = await beginStory(deps, { company: 'Les Choix' });
const members = { ada: await addMember(db, 'Ada'), bob: await addMember(db, 'Bob'), cleo: await addMember(db, 'Cleo'), dino: await addMember(db, 'Dino') };
await db.member.update({ where: { id: members.ada.id }, data: { headline: 'Identité de marque', city: 'Lyon', dayRateCents: 52_000 } });
await story.approve();
await story.publish();
await story.apply(members.ada, [members.bob]);
await story.apply(members.cleo);
await story.apply(members.dino);
const owner = await signInToPages(house, story.client);
const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
const colleague = await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@choix.test`, name: 'Paule Aubry', role: 'contributor', confirmedAt: new Date() } });
const paule = await signInToPages(house, { kind: 'client', id: colleague.id });
const page = `/projects/${story.ref}/p/candidates/${story.projectId}`;
const of = (member: { id: string }) => db.application.findFirstOrThrow({ where: { projectId: story.projectId, leadId: member.id } });

describe('C5, C7 candidates side by side', () => {
  it('C5: alone or as a team, each with what helps to choose, and none of their private data', async () => {
    const { html } = await owner.get(page);
    expect(html.match(/<article class="card candidate/g)).toHaveLength(3);
    const ada = html.slice(html.indexOf('>Ada<'), html.indexOf('>Cleo<'));
    for (const said of ['Identité de marque', 'Lyon', '520,00 €', 'Équipe', '>Bob<', 'Vos refontes ressemblent']) expect(ada).toContain(said);
    expect(html.slice(html.indexOf('>Cleo<'))).toContain('Candidature individuelle');
    expect(html).not.toContain('@membres.test');
    expect((await owner.get(`/projects/${story.ref}`)).html).toContain('3 à lire');
  });

  it('C7: opinions and notes are shared among collaborators, and members read none of it', async () => {
    const ada = await of(members.ada);
    await paule.post(`${page}/do/markCandidate`, { applicationId: ada.id, mark: 'yes' });
    const key = randomUUID();
    for (let twice = 0; twice < 2; twice += 1) await paule.post(`${page}/do/addNote`, { memberId: members.ada.id, text: 'Son travail pour la cave est superbe.' }, key);
    const { html } = await owner.get(page);
    expect(html).toContain('class="card candidate yes"');
    expect(html.match(/Son travail pour la cave est superbe/g)).toHaveLength(1);
    expect(html).toContain('Paule Aubry');
    const yes = (await owner.get(`${page}?mark=yes`)).html;
    expect([yes.includes('>Ada<'), yes.includes('>Cleo<')]).toEqual([true, false]);
    expect((await owner.get(`/projects/${story.ref}`)).html).toContain('2 à lire');
    expect((await paule.post(`${page}/do/markCandidate`, { applicationId: ada.id, mark: 'parfait' })).status).toBe(422);
    const candidate = await signInToPages(house, members.ada);
    const seen = await candidate.get(`/projects/${story.ref}`);
    expect([seen.status, seen.html.includes('superbe'), (await candidate.get(page)).status]).toEqual([200, false, 404]);
  });

  it('C7: another company’s candidate cannot be marked from here', async () => {
    const other = await beginStory(deps, { company: 'Les Autres Choix' });
    await other.approve();
    await other.publish();
    await other.apply(members.dino);
    const theirs = await db.application.findFirstOrThrow({ where: { projectId: other.projectId } });
    expect((await owner.post(`${page}/do/markCandidate`, { applicationId: theirs.id, mark: 'no' })).status).toBe(409);
    expect((await db.application.findUniqueOrThrow({ where: { id: theirs.id } })).mark).toBe('');
  });
});

describe('C8 nobody is left without an answer', () => {
  it('C8: a choice refused keeps who was ticked and every word; a contributor does not choose', async () => {
    const [ada, cleo] = [await of(members.ada), await of(members.cleo)];
    const refused = await owner.post(`${page}/do/selectTeam`, { applicationIds: [ada.id], answerToOthers: '', [`answers[${cleo.id}]`]: 'Cleo, gardons le contact.' });
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(new RegExp(`value="${ada.id}" checked`));
    expect(refused.html).toContain('Cleo, gardons le contact.');
    expect((await paule.post(`${page}/do/selectTeam`, { applicationIds: [ada.id], answerToOthers: 'Merci.' })).status).toBe(403);
    expect(await story.stage()).toBe('published');
  });

  it('C8: each is answered: the team, the others, and those to whom a word of their own is written', async () => {
    const [ada, cleo, dino] = [await of(members.ada), await of(members.cleo), await of(members.dino)];
    const chosen = await owner.post(`${page}/do/selectTeam`, { applicationIds: [ada.id], message: 'À très vite !', answerToOthers: 'Merci, une autre fois.', [`answers[${cleo.id}]`]: 'Cleo, gardons le contact.' });
    expect(chosen.to).toBe(`/projects/${story.ref}?done=teamChosen`);
    expect((await Promise.all([ada, cleo, dino].map(({ id }) => db.application.findUniqueOrThrow({ where: { id } })))).map(({ state, answer }) => [state, answer])).toEqual([
      ['chosen', 'À très vite !'], ['not_chosen', 'Cleo, gardons le contact.'], ['not_chosen', 'Merci, une autre fois.'],
    ]);
    const told = async (member: { id: string }, template: string) => (await db.mail.findFirstOrThrow({ where: { template, toId: member.id, projectId: story.projectId } })).data;
    expect(await told(members.bob, 'application_chosen')).toMatchObject({ message: 'À très vite !' });
    expect(await told(members.cleo, 'application_not_chosen')).toMatchObject({ answer: 'Cleo, gardons le contact.' });
    expect(await told(members.dino, 'application_not_chosen')).toMatchObject({ answer: 'Merci, une autre fois.' });
    const after = await owner.get(page);
    expect(after.html).toContain('Cleo, gardons le contact.');
    expect(after.html).not.toContain('/do/selectTeam');
  });
});
