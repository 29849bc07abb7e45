import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dropOldDrafts } from '../../database/briefs/drafts.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import * as projectSteps from '../../steps/project-steps.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db, secret } = deps;
await addStaff(db);
const story = await beginStory(deps, { company: 'Les Briefs' });
const client = await signInToPages(house, story.client);
const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
const pdf = (name: string, words: string): File => new File([`%PDF-1.7\n${words}\n%%EOF`], name);

async function begun(fields: Record<string, string> = { title: 'Une identité', problem: 'Personne ne nous reconnaît.' }) {
  const id = randomUUID();
  const answer = await withCookie(url).post('/brief/do/save', fields, id);
  return { id, answer, visitor: withCookie(url, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '') };
}
const you = (email: string) => ({ name: 'Anne Vasseur', email, companyName: 'Cave Vasseur', siren: '' });
const linksTo = async (email: string): Promise<string[]> => {
  const mails = await db.mail.findMany({ where: { template: 'brief_confirm', toEmail: email }, orderBy: { createdAt: 'asc' } });
  return mails.map(({ data }) => linkPath(linkToken(secret, (data as { linkId: string }).linkId)));
};

describe('C1 a brief is written by steps', () => {
  it('C1: each step keeps what was typed, right or wrong, and asks again for what it needs; one comes back to any', async () => {
    const { id, answer, visitor } = await begun();
    expect([answer.status, answer.to]).toEqual([303, `/brief/${id}/work`]);
    await visitor.post(`/brief/${id}/work/do/save`, { context: 'Trois générations.', deliverables: '', constraints: '', requirements: '' });
    const wrong = await visitor.post(`/brief/${id}/frame/do/save`, { timing: 'au printemps', budget: 'beaucoup' });
    expect([wrong.status, wrong.html.includes('value="beaucoup"'), wrong.html.includes('value="au printemps"')]).toEqual([422, true, true]);
    // Kept all the same, and told again before it is handed in.
    expect((await visitor.get(`/brief/${id}/frame`)).html).toContain('value="beaucoup"');
    const review = await visitor.get(`/brief/${id}/review`);
    expect(review.html).toContain('Trois générations.');
    expect(review.html).toContain(`href="/brief/${id}/frame#save-budget"`);
    expect(review.html).not.toContain('/do/send');
    expect((await visitor.post(`/brief/${id}/review/do/send`)).status).toBe(422);
    const back = await visitor.post(`/brief/${id}/frame/do/save`, { timing: 'au printemps', budget: '12 000', to: 'back' });
    expect(back.to).toBe(`/brief/${id}/work`);
    expect((await visitor.get(`/brief/${id}/work`)).html).toContain('Trois générations.');
  });

  it('C1: saved while one types, nothing judged; left for later, found again', async () => {
    const { id, visitor } = await begun();
    expect((await visitor.post(`/brief/${id}/autosave`, { step: 'frame', timing: 'av', budget: '1 2' })).status).toBe(204);
    await visitor.post(`/brief/${id}/autosave`, { step: 'work', context: 'Une cave' });
    expect((await visitor.get(`/brief/${id}/frame`)).html).toContain('value="1 2"');
    expect((await visitor.post(`/brief/${id}/work/do/save`, { context: 'Une cave', to: 'later' })).to).toBe('/brief?done=draftKept');
    const list = await visitor.get('/brief');
    expect(list.html).toContain(`/brief/${id}/need`);
    await visitor.post(`/brief/${id}/need/do/discard`);
    expect((await visitor.get(`/brief/${id}/need`)).status).toBe(404);
  });

  it('C1: a draft is its author’s: nobody else reads, changes or sends it', async () => {
    const { id } = await begun();
    const other = (await begun({ title: 'Autre chose', problem: 'Autre problème.' })).visitor;
    for (const person of [other, withCookie(url), client]) {
      expect((await person.get(`/brief/${id}/need`)).status).toBe(404);
      for (const act of ['save', 'attachFiles', 'removeFile', 'discard', 'send']) expect((await person.post(`/brief/${id}/need/do/${act}`)).status).toBe(404);
      expect((await person.post(`/brief/${id}/autosave`, { step: 'need', title: 'Volé' })).status).toBe(404);
    }
    expect((await db.briefDraft.findUniqueOrThrow({ where: { id } })).fields).toMatchObject({ title: 'Une identité' });
    // Nor by beginning one under its id.
    await other.post('/brief/do/save', { title: 'Volé', problem: 'Volé aussi.' }, id);
    expect((await db.briefDraft.findUniqueOrThrow({ where: { id } })).fields).toMatchObject({ title: 'Une identité' });
  });

  it('C1: a visitor confirms by the link sent to the address last given, and no other; the files become the project’s', async () => {
    const { id, visitor } = await begun({ title: 'Un film', problem: 'On ne nous voit pas.' });
    await visitor.send(`/brief/${id}/files/do/attachFiles`, [pdf('plan.pdf', 'un')]);
    await visitor.send(`/brief/${id}/files/do/attachFiles`, [pdf('plan.pdf', 'deux'), pdf('charte.pdf', 'charte')]);
    const [first, last] = [`${randomUUID()}@faux.test`, `${randomUUID()}@cave.test`];
    await visitor.post(`/brief/${id}/you/do/save`, you(first));
    for (let twice = 0; twice < 2; twice += 1) expect((await visitor.post(`/brief/${id}/review/do/send`)).to).toBe(`/brief/${id}/review?done=briefKept`);
    await visitor.post(`/brief/${id}/you/do/save`, you(last));
    await visitor.post(`/brief/${id}/review/do/send`);
    const [[wrong = '', ...noMore], [right = '']] = [await linksTo(first), await linksTo(last)];
    expect(noMore).toEqual([]);
    expect((await withCookie(url).post(wrong)).status).toBe(410);
    const confirmed = await withCookie(url).post(right);
    expect([confirmed.status, confirmed.to]).toEqual([303, expect.stringMatching(/^\/projects\/.*done=briefSent/)]);
    const user = await db.clientUser.findUniqueOrThrow({ where: { email: last }, include: { projects: true } });
    const files = await db.storedFile.findMany({ where: { projectId: user.projects[0]?.id ?? 'none' }, orderBy: { name: 'asc' } });
    expect(files.map(({ name, ownerKind, ownerId, bytes }) => [name, ownerKind, ownerId, /un|deux|charte/.exec(Buffer.from(bytes).toString())?.[0]])).toEqual([
      ['charte.pdf', 'client', user.id, 'charte'], ['plan.pdf', 'client', user.id, 'deux'],
    ]);
    expect(await db.clientUser.count({ where: { email: first } })).toBe(0);
    expect((await visitor.get(`/brief/${id}/need`)).status).toBe(404);
  });

  it('C1: once sent, the page says where the link went; it is sent again once a press, a few times an hour, and the last one opens', async () => {
    const { id, visitor } = await begun({ title: 'Une enseigne', problem: 'On ne nous trouve pas.' });
    const address = `${randomUUID()}@enseigne.test`;
    await visitor.post(`/brief/${id}/you/do/save`, you(address));
    await visitor.post(`/brief/${id}/review/do/send`);
    const kept = (await visitor.get(`/brief/${id}/review`)).html;
    expect([kept.includes(address), kept.includes('/do/sendAgain'), kept.includes('/do/send"')]).toEqual([true, true, false]);
    expect((await visitor.get('/brief')).html).toMatch(new RegExp(`/brief/${id}/review[\\s\\S]*à confirmer par e-mail`));
    const key = randomUUID();
    const twice = await Promise.all([visitor.post(`/brief/${id}/review/do/sendAgain`, {}, key), visitor.post(`/brief/${id}/review/do/sendAgain`, {}, key)]);
    expect(twice.map(({ to }) => to)).toEqual(Array(2).fill(`/brief/${id}/review?done=linkSentAgain`));
    const [first = '', second = '', ...more] = await linksTo(address);
    expect([more, (await withCookie(url).get(first)).status, (await withCookie(url).get(second)).status]).toEqual([[], 410, 200]);
    for (let count = 3; count <= 5; count += 1) await visitor.post(`/brief/${id}/review/do/sendAgain`);
    const enough = await visitor.post(`/brief/${id}/review/do/sendAgain`);
    expect([enough.status, enough.html.includes('Plusieurs liens sont partis'), (await linksTo(address)).length]).toEqual([422, true, 5]);
    // What is changed since is not confirmed unseen: it is sent again first.
    await visitor.post(`/brief/${id}/work/do/save`, { context: 'Une rue en pente.' });
    const changed = (await visitor.get(`/brief/${id}/review`)).html;
    expect([changed.includes('Vous avez changé quelque chose'), changed.includes('/do/send"')]).toEqual([true, true]);
    await visitor.post(`/brief/${id}/review/do/send`);
    expect((await withCookie(url).get((await linksTo(address)).at(-1) ?? '')).html).toContain('Une rue en pente.');
  });

  it('C1: a confirmation that comes too late is asked for again from the link itself, without showing anything', async () => {
    const { id, visitor } = await begun({ title: 'Un catalogue', problem: 'Il date.' });
    const address = `${randomUUID()}@catalogue.test`;
    await visitor.post(`/brief/${id}/you/do/save`, you(address));
    await visitor.post(`/brief/${id}/review/do/send`);
    const [old = ''] = await linksTo(address);
    await db.personalLink.updateMany({ where: { purpose: 'confirm_brief', ownerId: id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    const late = await withCookie(url).get(old);
    expect([late.status, late.html.includes('Recevoir un nouveau lien'), late.html.includes(address), late.html.includes('Un catalogue')]).toEqual([410, true, false, false]);
    expect((await withCookie(url).post(old)).status).toBe(410);
    const key = randomUUID();
    for (let twice = 0; twice < 2; twice += 1) expect((await withCookie(url).post(old, { again: 'yes' }, key)).to).toBe('/brief?done=linkSentAgain');
    const [, fresh = '', ...more] = await linksTo(address);
    expect(more).toEqual([]);
    expect((await withCookie(url).post(fresh)).to).toMatch(/^\/projects\//);
    expect((await withCookie(url).post(old, { again: 'yes' })).status).toBe(410);
    expect(await db.project.count({ where: { title: 'Un catalogue' } })).toBe(1);
  });

  it('C1: a client’s is a project at once, and one however often it is sent; a reader may not write', async () => {
    const id = randomUUID();
    await client.post('/brief/do/save', { title: 'Deuxième projet', problem: 'Le premier a plu.' }, id);
    const sent = await Promise.all([client.post(`/brief/${id}/review/do/send`), client.post(`/brief/${id}/review/do/send`)]);
    const again = await client.post(`/brief/${id}/review/do/send`);
    const projects = await db.project.findMany({ where: { companyId, title: 'Deuxième projet' } });
    expect(projects).toHaveLength(1);
    expect(new Set([...sent, again].map(({ to }) => to))).toEqual(new Set([`/projects/${projects[0]?.ref ?? ''}?done=briefSent`]));
    const { id: readerId } = await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@briefs.test`, name: 'Lecture', role: 'read_only', confirmedAt: new Date() } });
    const reader = await signInToPages(house, { kind: 'client', id: readerId });
    expect([(await reader.get('/brief')).status, (await reader.post('/brief/do/save', { title: 'Non', problem: 'Non plus' })).status]).toEqual([403, 403]);
  });

  it('C1: an old brief begins another, its words, themes and latest files with it', async () => {
    const old = await db.project.findFirstOrThrow({ where: { companyId, title: 'Deuxième projet' } });
    const theme = await db.theme.create({ data: { slug: randomUUID(), nameFr: 'Affiches', nameEn: 'Posters' } });
    await db.project.update({ where: { id: old.id }, data: { budgetCents: 1_234_550, timing: 'en mai', themes: { create: { themeId: theme.id } } } });
    for (const words of ['un', 'deux']) await client.send(`/projects/${old.ref}/p/files/${old.id}/do/attachFiles`, [pdf('plan.pdf', words)]);
    const key = randomUUID();
    const to = `/brief/${key}/need?done=briefCopied`;
    expect([(await client.post(`/projects/${old.ref}/do/duplicateBrief`, {}, key)).to, (await client.post(`/projects/${old.ref}/do/duplicateBrief`, {}, key)).to]).toEqual([to, to]);
    expect((await client.get(`/brief/${key}/frame`)).html).toMatch(/value="12345,50"[\s\S]*checked/);
    expect((await db.storedFile.findMany({ where: { ownerId: key } })).map(({ bytes }) => /un|deux/.exec(Buffer.from(bytes).toString())?.[0])).toEqual(['deux']);
    expect((await client.get('/home')).html).toContain(`/brief/${key}/need`);
    await client.post(`/brief/${key}/review/do/send`);
    const fresh = await db.project.findFirstOrThrow({ where: { companyId, title: 'Deuxième projet', id: { not: old.id } }, include: { themes: true, files: true } });
    expect([fresh.budgetCents, fresh.timing, fresh.themes.length, fresh.files.length]).toEqual([1_234_550, 'en mai', 1, 1]);
  });

  it('C1: drafts nobody touches are forgotten with their files', async () => {
    const { id, visitor } = await begun();
    await visitor.send(`/brief/${id}/files/do/attachFiles`, [pdf('plan.pdf', 'un')]);
    const kept = await begun();
    await db.briefDraft.update({ where: { id }, data: { updatedAt: new Date(Date.now() - 91 * 86_400_000) } });
    expect(await dropOldDrafts(db, Date.now())).toBe(1);
    expect([await db.briefDraft.count({ where: { id: { in: [id, kept.id] } } }), await db.storedFile.count({ where: { ownerId: id } })]).toEqual([1, 0]);
  });

  it('C1: as many files as a draft takes, and no more', async () => {
    const { id, visitor } = await begun();
    const many = Array.from({ length: 21 }, (_, index) => pdf(`${index}.pdf`, 'x'));
    const refused = await visitor.send(`/brief/${id}/files/do/attachFiles`, many);
    expect([refused.status, refused.html.includes('20 fichiers')]).toEqual([422, true]);
    expect(await db.storedFile.count({ where: { ownerId: id } })).toBe(0);
  });
});

describe('C2 remarks beside the text', () => {
  it('C2: asked about a text, answered beside it, kept when the brief is refused, and read by staff and client afterwards', async () => {
    const asked = await beginStory(deps, { company: 'Les Remarques' });
    const author = await signInToPages(house, asked.client);
    await asked.ask(projectSteps.askBriefChanges, { remarks: 'Presque.', points: [{ field: 'budget', text: 'Quel ordre de grandeur ?' }, { field: 'problem', text: 'Pour quel public ?' }] }, asked.staff);
    const project = `/projects/${asked.ref}`;
    const page = (await author.get(project)).html;
    expect(page.indexOf('Pour quel public ?')).toBeGreaterThan(page.indexOf('name="problem"'));
    expect(page.indexOf('Pour quel public ?')).toBeLessThan(page.indexOf('name="objectives"'));
    const [budget, problem] = await Promise.all(['budget', 'problem'].map((field) => db.briefRemark.findFirstOrThrow({ where: { projectId: asked.projectId, field } })));
    await author.post(`${project}/do/answerRemarks`, { [`answers[${budget?.id ?? ''}]`]: 'Entre cinq et dix mille euros.' });
    expect(await asked.stage()).toBe('changes_requested');
    const refused = await author.post(`${project}/do/resubmitBrief`, { title: '', problem: 'Le site vieillit.', [`answers[${problem?.id ?? ''}]`]: 'Les jeunes parents.' });
    expect([refused.status, refused.html.includes('Les jeunes parents.'), refused.html.includes('Entre cinq et dix mille euros.')]).toEqual([422, true, true]);
    expect((await author.post(`${project}/do/resubmitBrief`, { title: 'Refonte du site', problem: 'Le site vieillit.' })).status).toBe(303);
    expect(await db.briefRemark.findMany({ where: { projectId: asked.projectId }, orderBy: { field: 'asc' } })).toMatchObject([
      { field: 'budget', answer: 'Entre cinq et dix mille euros.', answeredBy: 'Claire Delmas', authorName: 'Nadia Ferrand', settledAt: expect.any(Date) as Date },
      { field: 'problem', answer: 'Les jeunes parents.', settledAt: expect.any(Date) as Date },
    ]);
    expect((await author.get(project)).html).toContain('Les jeunes parents.');
    // Settled: no longer to be changed.
    await author.post(`${project}/do/answerRemarks`, { [`answers[${budget?.id ?? ''}]`]: 'Autre chose' });
    expect((await db.briefRemark.findUniqueOrThrow({ where: { id: budget?.id ?? '' } })).answer).toContain('cinq');
    // Nor by another company, on a remark of ours.
    const open = await db.briefRemark.create({ data: { projectId: asked.projectId, field: 'timing', text: 'Quand ?', authorName: 'Nadia' } });
    await client.post(`/projects/${story.ref}/do/answerRemarks`, { [`answers[${open.id}]`]: 'Jamais' });
    expect((await db.briefRemark.findUniqueOrThrow({ where: { id: open.id } })).answer).toBe('');
    const mail = await db.mail.findFirstOrThrow({ where: { template: 'brief_changes_requested', projectId: asked.projectId } });
    expect(mail.data).toMatchObject({ points: 2 });
  });

  it('C2: a member never sees them', async () => {
    const asked = await beginStory(deps, { company: 'Les Discrets' });
    await asked.ask(projectSteps.askBriefChanges, { remarks: 'Presque.', points: [{ field: 'budget', text: 'Un secret entre nous ?' }] }, asked.staff);
    await asked.ask(projectSteps.resubmitBrief, { title: 'Refonte', problem: 'Le site vieillit.', themeIds: [] }, asked.client);
    await asked.approve();
    await asked.publish();
    const member = await signInToPages(house, await addMember(db, 'Lise'));
    const page = await member.get(`/projects/${asked.ref}`);
    expect([page.status, page.html.includes('Un secret entre nous')]).toEqual([200, false]);
  });
});
