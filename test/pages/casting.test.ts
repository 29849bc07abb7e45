import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepFile } from '../../database/stored-files.ts';
import { answerInvitation } from '../../steps/project-steps.ts';
import { pdfFile, pngFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, type WebPerson } from '../support/web-person.ts';

const house = await openHouse();
const { deps } = house;
const { db } = deps;
await addStaff(db);
const story = await beginStory(deps, { company: 'Maison Tilleul' });
const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
const owner = await signInToPages(house, story.client);
const collaborator = async (role: string, name = role): Promise<WebPerson> =>
  signInToPages(house, { kind: 'client', id: (await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@tilleul.test`, name, role, confirmedAt: new Date() } })).id });
const root = `/projects/${story.ref}`;

const glass = await db.theme.create({ data: { slug: 'verre', nameFr: 'Arts du verre', nameEn: 'Glass' } });
const member = async (name: string, data: Record<string, unknown> = {}, state = 'active') => {
  const { id } = await addMember(db, name, { state });
  return db.member.update({ where: { id }, data: { headline: '', ...data } });
};
const zelie = await member('Zélie', { headline: 'Céramiste et scénographe d’expositions', city: 'Saint-Étienne', skills: ['émaillage', 'C++'], dayRateCents: 45_000, presentation: 'J’enseigne la calligraphie.' });
const basile = await member('Basile', { headline: 'Céramiste', city: 'Vallauris', dayRateCents: 70_000, availability: 'busy', themes: { create: { themeId: glass.id } } });
const corentin = await member('Corentin', { headline: 'Illustrateur', city: 'Nantes', skills: ['aquarelle'], availability: 'soon', availableFrom: new Date('2099-03-01') });

const search = async (query: Record<string, string>, who = owner) => (await who.get(`${root}/casting?${new URLSearchParams(query).toString()}`)).html;
const found = async (query: Record<string, string>): Promise<string[]> => {
  const html = await search(query);
  return [zelie, basile, corentin].filter(({ handle }) => html.includes(`id="m-${handle}"`)).map(({ name }) => name);
};

describe('C4 searching members', () => {
  it.each([
    [{ q: 'ceramiste' }, ['Zélie', 'Basile']], [{ q: 'CÉRAMISTES' }, ['Zélie', 'Basile']], [{ q: 'scenographe saint etienne' }, ['Zélie']], [{ q: 'calligraphie' }, ['Zélie']], [{ q: 'c++' }, ['Zélie']],
    [{ q: 'verre' }, ['Basile']], [{ q: 'une illustratrice pour Nantes' }, ['Corentin']], [{ q: 'Zelie' }, ['Zélie']],
  ])('C4: by words, accents, plurals, themes and towns: %j', async (query, names) => {
    expect(await found(query)).toEqual(names);
  });

  it('C4: a mistyped word is searched as those people write, and the page says so', async () => {
    const html = await search({ q: 'ilustrateur' });
    expect(html).toContain(`id="m-${corentin.handle}"`);
    expect(html).toMatch(/Personne n’écrit « ilustrateur » : nous avons cherché illustrateur/);
    expect(await found({ q: 'ceramsite' })).toEqual(['Zélie', 'Basile']);
  });

  it('C4: where nobody has all the words, those who have some are shown as such', async () => {
    const html = await search({ q: 'céramiste aquarelle' });
    expect(html).toContain('Aucun talent ne réunit tous ces mots');
    expect(await found({ q: 'céramiste aquarelle' })).toEqual(['Zélie', 'Basile', 'Corentin']);
    expect(await search({ q: 'xqzwv' })).toContain('Personne ne correspond.');
  });

  it.each([
    [{ theme: glass.id }, ['Basile']], [{ skills: 'emaillage' }, ['Zélie']], [{ place: 'vallauris, nantes' }, ['Basile', 'Corentin']], [{ place: 'SAINT ETIENNE' }, ['Zélie']], [{ place: 'valauris' }, ['Basile']], [{ skills: 'acquarelle' }, ['Corentin']],
    [{ from: '500', to: '800' }, ['Basile']], [{ to: '450,00' }, ['Zélie']], [{ q: 'céramiste', available: 'now' }, ['Zélie']], [{ q: 'illustrateur', available: 'now' }, []], [{ q: 'illustrateur', available: 'soon' }, ['Corentin']],
    [{ q: 'céramiste', place: 'vallauris', to: '500' }, []],
  ])('C4: narrowed by %j', async (query: Record<string, string>, names) => {
    expect(await found(query)).toEqual(names);
  });

  it('C4: an amount that cannot be read is shown again with what is wrong', async () => {
    const html = await search({ q: 'céramiste', from: 'pas cher' });
    expect(html).toContain('value="pas cher"');
    expect(html).toContain('Saisissez un montant en chiffres');
  });

  it('C4: free between two dates, as their calendars say', async () => {
    await db.availabilityPeriod.create({ data: { memberId: zelie.id, kind: 'taken', fromOn: new Date('2027-05-10'), toOn: new Date('2027-05-14'), note: 'Four en panne' } });
    await db.availabilityPeriod.create({ data: { memberId: basile.id, kind: 'free', fromOn: new Date('2027-05-12'), toOn: new Date('2027-05-20') } });
    const q = 'céramiste';
    expect(await found({ q, freeFrom: '2027-05-01', freeTo: '2027-05-09' })).toEqual(['Zélie']);
    expect(await found({ q, freeFrom: '2027-05-14', freeTo: '2027-05-16' })).toEqual(['Basile']);
    expect(await found({ q, freeFrom: '2027-05-16' })).toEqual(['Zélie', 'Basile']);
    expect(await found({ q, freeTo: '2027-05-14' })).toEqual([]);
    expect(await search({ q })).not.toContain('Four en panne');
  });

  it.each([[{ freeFrom: '2020-01-01', freeTo: '2027-05-09' }], [{ freeFrom: '2027-05-09', freeTo: '2027-05-01' }], [{ freeFrom: 'demain' }]])('C4: dates %j are shown again with what is wrong, and ask nothing', async (dates: Record<string, string>) => {
    const html = await search({ q: 'céramiste', ...dates });
    for (const text of ['Deux dates à venir, dans l’ordre', `id="m-${zelie.handle}"`, ...Object.values(dates).map((value) => `value="${value}"`)]) expect(html).toContain(text);
  });

  it('C4: whoever is not an active member is not found and has no profile', async () => {
    for (const state of ['candidate', 'blocked', 'refused']) {
      const hidden = await member('Hildegarde', { headline: 'Céramiste cachée' }, state);
      expect(await search({ q: 'hildegarde' })).not.toContain(hidden.handle);
      expect((await owner.get(`${root}/members/${hidden.handle}`)).status).toBe(404);
    }
    await db.member.update({ where: { id: corentin.id }, data: { state: 'blocked' } });
    expect(await found({ q: 'illustrateur' })).toEqual([]);
    await db.member.update({ where: { id: corentin.id }, data: { state: 'active' } });
    expect(await found({ q: 'illustrateur' })).toEqual(['Corentin']);
  });

  it('C4: more than fit on a page are leafed through, each once', async () => {
    const handles = await Promise.all(Array.from({ length: 23 }, (_, index) => member(`Tisserand${index}`, { headline: 'Tisserande au métier' }).then(({ handle }) => handle)));
    const pages = [await search({ q: 'tisserande' }), await search({ q: 'tisserande', page: '2' })].map((html) => handles.filter((handle) => html.includes(`id="m-${handle}"`)));
    expect(pages.map(({ length }) => length)).toEqual([20, 3]);
    expect(new Set(pages.flat()).size).toBe(23);
  });

  it('C4: signs that mean something to a database are only words', async () => {
    for (const q of ['\'; DROP TABLE x; --', '%_\\', '(a & b | !c):*', '\u0000x', ':*'.repeat(400)]) expect((await owner.get(`${root}/casting?${new URLSearchParams({ q, skills: q, place: q, theme: q, page: '-3', available: q }).toString()}`)).status, q).toBe(200);
  });
});

describe('C4 a profile', async () => {
  const picture = (bytes: Uint8Array, name: string): Promise<string> => db.$transaction((tx) => keepFile(tx, { ownerKind: 'member', ownerId: zelie.id, name, bytes }));
  const [shown, kept] = [await picture(pngFile(), 'vase.png'), await picture(pngFile(), 'brouillon.png')];
  const contract = await picture(pdfFile('secret'), 'contrat.pdf');
  await db.memberReference.create({ data: { memberId: zelie.id, title: 'Vases de la villa Noailles', client: 'Villa Noailles', year: 2025, text: 'Douze pièces uniques.', url: 'https://zelie.example/vases', pictureId: shown } });
  await db.memberReference.create({ data: { memberId: zelie.id, title: 'Adresse douteuse', url: 'javascript:alert(1)', pictureId: contract } });
  await db.member.update({ where: { id: zelie.id }, data: { candidature: { experience: 'Ma candidature secrète' }, recommendedBy: 'Tante Agathe' } });

  it('C4: shows what the member does and did, with pictures, and nothing private', async () => {
    const { html } = await owner.get(`${root}/members/${zelie.handle}`);
    for (const text of ['J’enseigne la calligraphie.', 'Vases de la villa Noailles', 'Villa Noailles · 2025', 'Douze pièces uniques.', 'https://zelie.example/vases', 'émaillage', '450,00 € par jour', 'Disponible', `picture/${shown}`]) expect(html).toContain(text);
    for (const secret of [zelie.email, '@membres.test', 'Ma candidature secrète', 'Tante Agathe', '0189', '73282932000074', 'rue des Essais', 'javascript:']) expect(html).not.toContain(secret);
  });

  it('C4: pictures they show can be opened, whatever else they sent cannot', async () => {
    const answer = await owner.get(`${root}/members/${zelie.handle}/picture/${shown}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    for (const id of [kept, contract, 'none']) expect((await owner.get(`${root}/members/${zelie.handle}/picture/${id}`)).status).toBe(404);
    expect((await owner.get(`${root}/members/${basile.handle}/picture/${shown}`)).status).toBe(404);
  });

  it('C6: closed to another company and to members', async () => {
    const other = await signInToPages(house, (await beginStory(deps, { company: 'Ailleurs' })).client);
    const one = await signInToPages(house, { kind: 'member', id: zelie.id });
    for (const path of ['casting', 'shortlist', `members/${zelie.handle}`, `members/${zelie.handle}/picture/${shown}`]) {
      expect((await other.get(`${root}/${path}`)).status).toBe(404);
      expect((await one.get(`${root}/${path}`)).status).toBe(404);
    }
  });
});

describe('C4 shortlist and notes', () => {
  it('C4: kept twice is once, from the search one comes back to, and taken out again', async () => {
    const add = () => owner.post(`${root}/casting/do/addToShortlist`, { memberId: basile.id, search: 'q=céramiste&page=1' });
    const first = await add();
    expect([first.status, first.to]).toEqual([303, `${root}/casting?q=c%C3%A9ramiste&done=shortlisted`]);
    await add();
    expect(await db.shortlistEntry.count({ where: { projectId: story.projectId } })).toBe(1);
    expect((await owner.get(`${root}/shortlist`)).html).toMatch(/Basile[^]*Gardé par Claire Delmas/);
    expect((await owner.get(`${root}/casting?q=basile`)).html).toContain('removeFromShortlist');
    await owner.post(`${root}/shortlist/do/removeFromShortlist`, { memberId: basile.id });
    expect((await owner.get(`${root}/shortlist`)).html).toContain('Personne pour l’instant');
  });

  it('C4: nobody who is not an active member is kept', async () => {
    const hidden = await member('Caché', {}, 'candidate');
    expect((await owner.post(`${root}/casting/do/addToShortlist`, { memberId: hidden.id })).status).toBe(422);
    expect((await owner.post(`${root}/casting/do/addNote`, { memberId: hidden.id, text: 'x' })).status).toBe(404);
  });

  it('C4: notes are shared among collaborators, written once, taken back by their author only', async () => {
    const ida = await collaborator('contributor', 'Ida Petit');
    await owner.post(`${root}/members/${zelie.handle}/do/addToShortlist`, { memberId: zelie.id });
    const key = randomUUID();
    for (let times = 0; times < 2; times += 1) await ida.post(`${root}/members/${zelie.handle}/do/addNote`, { memberId: zelie.id, text: 'Son émail nous plaît <3' }, key);
    const notes = await db.candidateNote.findMany({ where: { memberId: zelie.id } });
    expect(notes).toMatchObject([{ text: 'Son émail nous plaît <3' }]);
    for (const page of [await owner.get(`${root}/members/${zelie.handle}`), await owner.get(`${root}/shortlist`)]) expect(page.html).toMatch(/Son émail nous plaît &lt;3[^]*Ida Petit/);
    await owner.post(`${root}/shortlist/do/removeNote`, { noteId: notes[0]?.id ?? '' });
    expect(await db.candidateNote.count()).toBe(1);
    await ida.post(`${root}/shortlist/do/removeNote`, { noteId: notes[0]?.id ?? '' });
    expect(await db.candidateNote.count()).toBe(0);
  });

  it('C4: a note too long is refused and still there, in its own form only', async () => {
    await owner.post(`${root}/casting/do/addToShortlist`, { memberId: basile.id });
    const long = `Trop long ${'x'.repeat(2_000)}`;
    const { status, html } = await owner.post(`${root}/shortlist/do/addNote`, { memberId: basile.id, text: long });
    expect([status, html.split(long).length - 1]).toEqual([422, 1]);
  });

  it('C6: whoever may only read searches and reads, and is offered nothing else', async () => {
    const reader = await collaborator('read_only');
    for (const path of ['casting', 'shortlist', `members/${zelie.handle}`]) {
      const { status, html } = await reader.get(`${root}/${path}`);
      expect([status, html.includes('/do/')]).toEqual([200, false]);
    }
    for (const act of ['addToShortlist', 'removeFromShortlist', 'addNote', 'removeNote', 'inviteMember']) expect((await reader.post(`${root}/casting/do/${act}`, { memberId: basile.id, text: 'x' })).status).toBe(403);
    const contributor = await collaborator('contributor');
    expect((await contributor.post(`${root}/casting/do/inviteMember`, { memberIds: [basile.id], message: 'Bonjour' })).status).toBe(403);
  });

  it('C4: a restricted collaborator has the castings of their projects and no other', async () => {
    const { id } = await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@tilleul.test`, name: 'Rose', role: 'manager', restricted: true, confirmedAt: new Date() } });
    const rose = await signInToPages(house, { kind: 'client', id });
    expect((await rose.get(`${root}/casting`)).status).toBe(404);
    await db.clientProjectAccess.create({ data: { clientUserId: id, projectId: story.projectId } });
    expect((await rose.get(`${root}/casting`)).status).toBe(200);
  });
});

describe('C3, C5 inviting', () => {
  it('C3: before the casting is open one keeps people in mind, and is told when one may invite', async () => {
    const { html } = await owner.get(`${root}/casting`);
    expect(html).toContain('une fois le casting ouvert');
    expect(html).not.toContain('do/inviteMember');
    expect((await owner.post(`${root}/casting/do/inviteMember`, { memberIds: [zelie.id], message: 'Bonjour' })).status).toBe(409);
  });

  it('C5: several at once with a personal message; their answers and reasons are shown', async () => {
    await story.approve();
    await owner.post(`${root}/do/startCasting`);
    expect((await owner.get(root)).html).toContain(`${root}/casting`);
    const nobody = await owner.post(`${root}/casting/do/inviteMember`, { message: 'Un mot à ne pas perdre', search: 'q=céramiste' });
    expect([nobody.status, nobody.html.includes('Cochez d’abord'), nobody.html.includes('Un mot à ne pas perdre'), nobody.html.includes(`id="m-${zelie.handle}"`), nobody.html.includes(`id="m-${corentin.handle}"`)]).toEqual([422, true, true, true, false]);
    const silent = await owner.post(`${root}/casting/do/inviteMember`, { memberIds: [zelie.id], message: '', search: 'q=céramiste' });
    expect([silent.status, silent.html.includes(`value="${zelie.id}" checked`)]).toEqual([422, true]);
    const sent = await owner.post(`${root}/casting/do/inviteMember`, { memberIds: [zelie.id, basile.id], message: 'Vos vases nous ont arrêtés.', search: 'q=céramiste' });
    expect([sent.status, sent.to]).toEqual([303, `${root}/casting?q=c%C3%A9ramiste&done=invited`]);
    expect(await db.mail.count({ where: { template: 'casting_invitation', projectId: story.projectId } })).toBe(2);
    expect((await search({ q: 'zélie' })).includes('Invitation envoyée')).toBe(true);

    // The member answers on their own page: not available, and why.
    const basileHere = await signInToPages(house, { kind: 'member', id: basile.id });
    expect((await basileHere.get(root)).html).toContain('Pas disponible : dites pourquoi');
    expect((await basileHere.post(`${root}/do/answerInvitation`, { answer: 'unavailable', message: 'Je suis à Sèvres jusqu’en mai.' })).status).toBe(303);
    expect((await basileHere.get(root)).html).toContain('Je suis à Sèvres jusqu’en mai.');
    await story.ask(answerInvitation, { interested: true, message: 'Avec joie : la terre de Saint-Étienne est la mienne.', mateIds: [] }, { kind: 'member', id: zelie.id });
    const { html } = await owner.get(`${root}/shortlist`);
    expect(html).toMatch(/Basile[^]*Je suis à Sèvres jusqu’en mai\./);
    expect(html).toMatch(/Avec joie : la terre de Saint-Étienne est la mienne\./);
    expect((await owner.get(`${root}/members/${basile.handle}`)).html).toContain('Je suis à Sèvres jusqu’en mai.');
    expect((await owner.get(root)).html).toContain('2 invités, dont un intéressé');
  });

  it('C4: once the casting is over, what was kept is read and no longer changed', async () => {
    await db.project.update({ where: { id: story.projectId }, data: { stage: 'running' } });
    expect((await owner.post(`${root}/shortlist/do/addToShortlist`, { memberId: corentin.id })).status).toBe(409);
    const { status, html } = await owner.get(`${root}/shortlist`);
    expect([status, html.includes('Basile'), html.includes('/do/')]).toEqual([200, true, false]);
  });
});
