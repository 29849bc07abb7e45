import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { exportMember } from '../../database/member/export.ts';
import { dropUnconfirmedCandidatures } from '../../database/drop-unconfirmed.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { signInAs } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { addMember } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const aicha = await signInAs(db, url, 'administrative', 'Aïcha');
const finance = await signInAs(db, url, 'finance', 'Fabien');

const pdf = (words: string) => new Blob([`%PDF-1.4\n${words}\n%%EOF\n`]);
const typed = (more: Record<string, string> = {}) => ({
  key: randomUUID(), structure: 'freelance', name: `Maël ${randomUUID().slice(0, 6)}`, email: `${randomUUID()}@membres.test`, headline: 'Relieur', experience: 'Douze ans d’atelier.', reference1: 'Carnets', link1: 'https://exemple.test', ...more,
});
const form = (fields: Record<string, string>, files: readonly [string, Blob][] = []): FormData | URLSearchParams => {
  if (files.length === 0) return new URLSearchParams(fields);
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const [name, blob] of files) data.append('files', blob, name);
  return data;
};
const post = (path: string, body: FormData | URLSearchParams, cookie?: string) => fetch(new URL(path, url), { method: 'POST', redirect: 'manual', body, headers: { 'accept-language': 'fr', origin: new URL(url).origin, ...(cookie ? { cookie } : {}) } });
const read = async (path: string) => (await fetch(new URL(path, url), { headers: { 'accept-language': 'fr' } })).text();
const pathOf = (linkId: string) => linkPath(linkToken(deps.secret, linkId));
const mailed = async (template: string, toEmail: string) => pathOf(((await db.mail.findFirstOrThrow({ where: { template, toEmail }, orderBy: { createdAt: 'desc' } })).data as { linkId: string }).linkId);

/** Applies, confirms the address, and answers the candidate's own page. */
async function apply(fields = typed(), files: readonly [string, Blob][] = []): Promise<{ own: string; memberId: string; handle: string; fields: typeof fields }> {
  expect((await post('/candidature', form(fields, files))).status).toBe(303);
  const confirmed = await post(await mailed('candidature_confirm', fields.email), form({}));
  const own = (confirmed.headers.get('location') ?? '').replace(/\?.*$/, '');
  const { id, handle } = await db.member.findUniqueOrThrow({ where: { email: fields.email } });
  return { own, memberId: id, handle, fields };
}

describe('M1 files of a candidature', () => {
  it('M1: are told from their content, kept while the form is mended, taken away on request, and read by the candidate and by staff alone', async () => {
    const fields = typed({ email: 'pas une adresse' });
    const first = await post('/candidature', form(fields, [['book.pdf', pdf('book')], ['etude.pdf', pdf('étude')], ['virus.pdf', new Blob(['MZ rien'])]]));
    expect(first.status).toBe(422);
    expect(await first.text()).toContain('ni un PDF, ni une image');
    const second = await post('/candidature', form(fields));
    expect(second.status).toBe(422);
    const page = await second.text();
    expect(page).toContain('book.pdf');
    expect(page).not.toContain('virus.pdf');
    const etude = await db.candidatureFile.findFirstOrThrow({ where: { formKey: fields.key, name: 'etude.pdf' } });
    const { own, memberId } = await apply({ ...fields, email: `${randomUUID()}@membres.test`, dropFile: etude.id } as never, [['book-copie.pdf', pdf('book')]]);
    const [kept, ...others] = await db.candidatureFile.findMany({ where: { memberId } });
    expect([kept?.name, others]).toEqual(['book.pdf', []]);
    expect(await read(own)).toContain(`${own}/file/${kept?.id}`);
    const file = await fetch(new URL(`${own}/file/${kept?.id}`, url));
    expect([file.status, file.headers.get('content-type'), file.headers.get('x-content-type-options')]).toEqual([200, 'application/pdf', 'nosniff']);
    const stranger = await apply();
    expect((await fetch(new URL(`${stranger.own}/file/${kept?.id}`, url))).status).toBe(404);
    expect(JSON.stringify(await aicha.open('candidatures', `member=${memberId}`))).toContain(`/console/candidature-files/${kept?.id}`);
    const asStaff = (cookie: string) => fetch(new URL(`/console/candidature-files/${kept?.id}`, url), { headers: { cookie }, redirect: 'manual' });
    expect((await asStaff(aicha.cookie)).status).toBe(200);
    expect((await asStaff(finance.cookie)).status).toBe(404);
    expect((await exportMember(db, memberId, Date.now())) as { member: object }).toMatchObject({ member: { candidatureFiles: [{ name: 'book.pdf' }] } });
  });

  it('M1: six at most; those of a form nobody confirmed are forgotten with it', async () => {
    const fields = typed();
    const many = Array.from({ length: 7 }, (_, index): [string, Blob] => [`${index}.pdf`, pdf(`page ${index}`)]);
    const answer = await post('/candidature', form(fields, many));
    expect([answer.status, (await answer.text()).includes('6 fichiers au plus')]).toEqual([422, true]);
    expect(await db.candidatureFile.count({ where: { formKey: fields.key } })).toBe(6);
    await dropUnconfirmedCandidatures(db, Date.now() + 9 * 86_400_000);
    expect(await db.candidatureFile.count({ where: { formKey: fields.key } })).toBe(0);
  });
});

describe('M1 a candidate’s own page', () => {
  it('M1: says where it stands and when an answer comes; what was sent may be corrected until staff begin, and a refusal of the form keeps what was typed', async () => {
    const { own, memberId, fields } = await apply();
    expect(await mailed('candidature_received', fields.email)).toBe(own);
    const page = await read(own);
    for (const told of ['attend d’être lue', 'Nous pensons vous répondre d’ici au', 'Douze ans d’atelier.', `${own}/p/change/${memberId}`]) expect(page).toContain(told);
    expect(page).not.toMatch(/>(c|cd|f)\.[a-zA-Z]/);
    const change = `${own}/p/change/${memberId}`;
    expect(await read(change)).toContain('value="Relieur"');
    const { email: _email, ...again } = { ...fields, headline: 'Relieur doreur', key: randomUUID() };
    const refused = await post(`${change}/do/changeCandidature`, form({ ...again, experience: '' }));
    expect([refused.status, (await refused.text()).includes('value="Relieur doreur"')]).toEqual([422, true]);
    for (let time = 0; time < 2; time += 1) expect((await post(`${change}/do/changeCandidature`, form(again, [['dorure.pdf', pdf('dorure')]]))).headers.get('location')).toBe(`${own}?done=candidatureChanged`);
    expect(await db.member.findUniqueOrThrow({ where: { id: memberId }, include: { candidatureFiles: true } })).toMatchObject({ headline: 'Relieur doreur', email: fields.email, candidatureFiles: [{ name: 'dorure.pdf' }] });
    expect(await db.auditEvent.count({ where: { action: 'membership.candidatureChanged', actorId: memberId } })).toBe(1);
    await aicha.act('candidatures', `member=${memberId}`, 'saveScores', { experience: '4', references: '', creativity: '', expertise: '', experienceNote: '', referencesNote: '', creativityNote: '', expertiseNote: '' });
    const late = await post(`${change}/do/changeCandidature`, form({ ...again, headline: 'Trop tard', key: randomUUID() }));
    expect([late.status, (await late.text()).includes('a commencé à lire')]).toEqual([422, true]);
    expect(await read(own)).toContain('Notre équipe la lit');
    const other = await apply();
    expect((await fetch(new URL(`${other.own}/p/change/${memberId}`, url))).status).toBe(404);
  });

  it('M1: withdrawn, everything sent is erased at once with the link; it asks twice, and doing it twice does it once', async () => {
    const { own, memberId, handle, fields } = await apply(typed(), [['book.pdf', pdf('retiré')]]);
    expect((await post(`${own}/do/withdrawCandidature`, form({ key: randomUUID() }))).status).toBe(422);
    const done = await post(`${own}/do/withdrawCandidature`, form({ key: randomUUID(), sure: 'yes' }));
    expect([done.status, done.headers.get('location'), await done.text()]).toEqual([303, '/candidature?done=candidatureWithdrawn', expect.anything()]);
    expect(await db.member.findUniqueOrThrow({ where: { id: memberId } })).toMatchObject({ state: 'erased', name: '—', candidature: {} });
    expect(await db.candidatureFile.count({ where: { memberId } })).toBe(0);
    expect((await fetch(new URL(own, url))).status).toBe(404);
    for (const table of ['Member', 'Mail', 'Submission', 'AppliedStep', 'CandidatureFile']) {
      const rows = await db.$queryRawUnsafe(`SELECT 1 FROM "${table}" t WHERE row_to_json(t)::text ~ $1`, `${fields.email}|${fields.name}`);
      expect([table, rows]).toEqual([table, []]);
    }
    expect((await db.auditEvent.findMany({ where: { subject: handle }, orderBy: { at: 'asc' } })).map(({ action }) => action)).toEqual(['membership.applied', 'membership.withdrawCandidature']);
    await apply({ ...fields, key: randomUUID() }); // and may come back
  });

  it('M1: the decision stands on it, with its reasons; an acceptance opens onto the first steps, until they are done', async () => {
    const refused = await apply();
    await aicha.act('candidatures', `member=${refused.memberId}`, 'refuse', { reason: 'Montrez-nous deux reliures récentes.' });
    const told = await read(refused.own);
    expect(told).toContain('Montrez-nous deux reliures récentes.');
    expect(told).toMatch(/sera effacé le \d/);
    expect(await mailed('candidature_refused', refused.fields.email)).toBe(refused.own);
    const taken = await apply();
    await aicha.act('candidatures', `member=${taken.memberId}`, 'accept', { message: 'Vos carnets nous ont ravis.' });
    expect(await read(taken.own)).toContain('Vos carnets nous ont ravis.');
    const them = await signInToPages(house, { kind: 'member', id: taken.memberId });
    const home = async () => (await them.get('/home')).html;
    expect(await home()).toContain('Encore 4 choses à faire.');
    const theme = await db.theme.create({ data: { slug: randomUUID(), nameFr: 'Reliure', nameEn: 'Binding' } });
    await db.memberTheme.create({ data: { memberId: taken.memberId, themeId: theme.id, subscribed: true, practised: true } });
    for (const kind of ['registration', 'urssaf']) await db.memberDocument.create({ data: { memberId: taken.memberId, kind, state: 'to_check', fileName: `${kind}.pdf` } });
    expect(await home()).toContain('Encore 2 choses à faire.');
  });
});

describe('M1 a member who recommends', () => {
  it('M1: gives a link of their own, or writes under the limits of shares; staff see how, and the recommender hears the outcome only if the candidate agrees', async () => {
    const sophie = await addMember(db, `Sophie ${randomUUID().slice(0, 4)}`);
    const { name, handle, email } = await db.member.findUniqueOrThrow({ where: { id: sophie.id } });
    const them = await signInToPages(house, { kind: 'member', id: sophie.id });
    const { cookie } = them;
    const own = async () => (await them.get('/recommend')).html;
    expect(await own()).not.toMatch(/readonly value=/);
    for (let time = 0; time < 2; time += 1) expect((await post('/recommend/do/makeLink', form({ key: randomUUID() }), cookie)).status).toBe(303);
    expect(await db.personalLink.count({ where: { purpose: 'recommendation', ownerId: sophie.id } })).toBe(1);
    const address = new URL(/readonly value="([^"]+)"/.exec(await own())?.[1] ?? '').pathname;
    const welcome = await read(address);
    expect(welcome).toContain(`${name} a pensé à vous.`);
    const share = /candidature\?share(?:=|&#x3D;)([\w-]+)/.exec(welcome)?.[1] ?? '';
    expect(await read(`/candidature?share=${share}`)).toContain(name);
    const linked = await apply(typed({ share, tellRecommender: 'yes' }));
    expect(await db.member.findUniqueOrThrow({ where: { id: linked.memberId } })).toMatchObject({ recommendedBy: handle, candidature: { recommendedThrough: 'link', tellRecommender: true } });
    expect(JSON.stringify(await aicha.open('candidatures', `member=${linked.memberId}`))).toContain('Lui a donné son lien');
    await aicha.act('candidatures', `member=${linked.memberId}`, 'accept', { message: '' });
    expect((await db.mail.findMany({ where: { template: 'candidature_outcome', toId: sophie.id } })).map(({ data }) => data)).toMatchObject([{ candidateName: linked.fields.name, accepted: true }]);

    const friend = `${randomUUID()}@ailleurs.test`;
    const key = randomUUID();
    for (let time = 0; time < 2; time += 1) expect((await post('/recommend/do/recommend', form({ key, email: friend, name: 'Luc', note: 'Tu y serais bien.' }), cookie)).headers.get('location')).toBe('/recommend?done=recommended');
    expect(await db.mail.count({ where: { template: 'recommendation', toEmail: friend } })).toBe(1);
    const spam = await post('/recommend/do/recommend', form({ key: randomUUID(), email: `${randomUUID()}@x.test`, name: '', note: 'Va sur www.spam.example' }), cookie);
    expect([spam.status, (await spam.text()).includes('www.spam.example')]).toEqual([422, true]);
    await post('/recommend/do/recommend', form({ key: randomUUID(), email, name: '', note: '' }), cookie);
    expect(await db.recommendation.count({ where: { memberId: sophie.id } })).toBe(1);
    const letter = await mailed('recommendation', friend);
    expect(await read(letter)).toContain('Tu y serais bien.');
    const told = await apply(typed({ email: friend, share: letter.replace('/l/', '') }));
    expect(JSON.stringify(await aicha.open('candidatures', `member=${told.memberId}`))).toContain('Tu y serais bien.');
    expect((await post(`${told.own}/do/agreeToTell`, form({ key: randomUUID(), tellRecommender: 'yes' }))).status).toBe(303);
    expect((await post(`${told.own}/do/agreeToTell`, form({ key: randomUUID(), tellRecommender: 'no' }))).status).toBe(303);
    await aicha.act('candidatures', `member=${told.memberId}`, 'refuse', { reason: 'Pas encore.' });
    expect(await db.mail.count({ where: { template: 'candidature_outcome', toId: sophie.id } })).toBe(1);
    expect(await own()).toContain('a déposé sa candidature');
  });

  it('M1: ten a day with shares; whoever refuses gets no more from anybody', async () => {
    const [one, two] = [await addMember(db, 'Rachid'), await addMember(db, 'Tess')];
    const write = async (member: { id: string }, email: string) => post('/recommend/do/recommend', form({ key: randomUUID(), email, name: '', note: '' }), (await signInToPages(house, { kind: 'member', id: member.id })).cookie);
    const friend = `${randomUUID()}@ailleurs.test`;
    expect((await write(one, friend)).status).toBe(303);
    const letter = await mailed('recommendation', friend);
    for (let time = 0; time < 2; time += 1) expect((await fetch(new URL(`${letter}/unsubscribe`, url), { method: 'POST' })).status).toBe(200);
    expect((await write(two, friend)).status).toBe(303); // nothing tells
    expect(await db.mail.count({ where: { template: 'recommendation', toEmail: friend } })).toBe(1);
    await db.recommendation.createMany({ data: Array.from({ length: 9 }, () => ({ memberId: one.id, email: `${randomUUID()}@x.test` })) });
    const eleventh = await write(one, `${randomUUID()}@x.test`);
    expect([eleventh.status, (await eleventh.text()).includes('10 au plus')]).toEqual([422, true]);
  });
});
