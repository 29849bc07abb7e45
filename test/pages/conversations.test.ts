import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import * as steps from '../../steps/project-steps.ts';
import { startMissingConversationMails } from '../../steps/start-conversation-mails.ts';
import { consoleHand } from '../support/console-page.ts';
import { openEvents } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { pdfFile, pngFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie, type WebPerson } from '../support/web-person.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
await addStaff(db);

/** A published project with candidates, everybody signed in. */
async function casting(names: readonly string[]) {
  const story = await beginStory(deps);
  await story.approve();
  await story.publish();
  const members = [];
  for (const name of names) {
    const person = await addMember(db, name);
    await story.apply(person);
    const { id, handle } = await db.member.findUniqueOrThrow({ where: { id: person.id } });
    const talk = await db.conversation.findUniqueOrThrow({ where: { projectId_memberId: { projectId: story.projectId, memberId: id } } });
    members.push({ id, name, handle, person, web: await signInToPages(house, person), talk: talk.id, at: `/projects/${story.ref}/p/conversation/${talk.id}` });
  }
  const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
  return { story, companyId, owner: await signInToPages(house, story.client), begin: `/projects/${story.ref}/p/conversations/${story.projectId}`, members };
}
async function colleague(companyId: string, role: string, more: object = {}): Promise<WebPerson & { id: string }> {
  const { id } = await db.clientUser.create({ data: { companyId, email: `${randomUUID()}@societe.test`, name: `Col ${role}`, role, confirmedAt: new Date(), ...more } });
  return { ...(await signInToPages(house, { kind: 'client', id })), id };
}
const write = (who: WebPerson, at: string, text: string, key?: string) => who.send(`${at}/do/say`, [], { text }, key);
const said = (conversationId: string) => db.message.findMany({ where: { conversationId }, orderBy: { seq: 'asc' } });
const unreadIn = (html: string): number => Number(/href="\/conversations"[^>]*>[^<]*(?:<span class="unread-count">(\d+))?/.exec(html)?.[1] ?? 0);
const file = (bytes: Uint8Array, name: string) => new File([Buffer.from(bytes)], name);

describe('C7 one to one', () => {
  it('M6: an application is the first message of a conversation, and both sides go on in it', async () => {
    const { owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    expect((await owner.get(lea.at)).html).toContain('Vos refontes ressemblent');
    expect((await write(owner, lea.at, 'Bonjour Léa, <b>quand</b> êtes-vous libre ?')).to).toBe(`${lea.at}?done=said`);
    const page = await lea.web.get(lea.at);
    expect(page.html).toContain('&lt;b&gt;quand&lt;/b&gt;');
    await write(lea.web, lea.at, 'Dès lundi.');
    expect((await said(lea.talk)).map(({ seq, authorKind, text }) => [seq, authorKind, text.slice(0, 10)])).toEqual([[1, 'member', 'Vos refont'], [2, 'client', 'Bonjour Lé'], [3, 'member', 'Dès lundi.']]);
  });

  it('posted twice is said once; nothing said, or too much, is refused and what was typed stays', async () => {
    const { owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    const key = randomUUID();
    for (let time = 0; time < 3; time += 1) expect((await write(owner, lea.at, 'Une fois', key)).status).toBe(303);
    expect((await said(lea.talk)).filter(({ text }) => text === 'Une fois')).toHaveLength(1);
    expect((await write(owner, lea.at, '   ')).status).toBe(422);
    await expect(db.message.updateMany({ where: { conversationId: lea.talk }, data: { text: 'Autre chose' } })).rejects.toThrow('append-only');
    const long = await write(owner, lea.at, `Trop ${'long '.repeat(1_000)}`);
    expect([long.status, long.html.includes('Trop long long'), long.html.includes('5000')]).toEqual([422, true, true]);
    expect(await said(lea.talk)).toHaveLength(2);
  });

  it('M6: a member who reads the brief asks before applying, from the page and from a personal link; the company is told by e-mail later', async () => {
    const { story, owner } = await casting([]);
    const curious = await addMember(db, 'Curieuse');
    const web = await signInToPages(house, curious);
    expect((await web.get(`/projects/${story.ref}`)).html).toContain('/do/askQuestion');
    const asked = await web.post(`/projects/${story.ref}/do/askQuestion`, { text: 'Le site est-il multilingue ?' });
    expect(asked.to).toContain(`/projects/${story.ref}/p/conversation/`);
    expect((await owner.get(asked.to.split('?')[0] ?? '')).html).toContain('multilingue');
    const { waitingSince } = await db.conversation.findFirstOrThrow({ where: { projectId: story.projectId, memberId: curious.id } });
    expect(waitingSince).not.toBeNull();
    const other = await addMember(db, 'Autre');
    const id = await db.$transaction((tx) => createLink(tx, deps.secret, { purpose: 'member_project', ownerKind: 'member', ownerId: other.id, projectId: story.projectId, subjectId: story.projectId, at: Date.now() }));
    const link = linkPath(linkToken(deps.secret, id));
    const answer = await withCookie(url).post(`${link}/do/askQuestion`, { text: 'Et le calendrier ?' });
    expect([answer.status, answer.to.startsWith(`${link}/p/conversation/`)]).toEqual([303, true]);
    expect((await withCookie(url).get(answer.to)).html).toContain('Et le calendrier ?');
  });

  it('the company writes first to somebody it invited, and to nobody it does not know', async () => {
    const { story, owner, begin } = await casting([]);
    const [known, unknown] = [await addMember(db, 'Invitée'), await addMember(db, 'Inconnue')];
    await db.invitation.create({ data: { projectId: story.projectId, memberId: known.id, message: 'Venez' } });
    expect((await owner.get(`${begin}?with=${known.id}`)).html).toMatch(new RegExp(`value="${known.id}" checked`));
    const began = await owner.send(`${begin}/do/begin`, [], { memberIds: known.id, text: 'Une première question' });
    expect(began.to).toContain('/p/conversation/');
    expect((await (await signInToPages(house, known)).get('/conversations')).html).toContain('Une première question');
    const refused = await owner.send(`${begin}/do/begin`, [], { memberIds: unknown.id, text: 'Bonjour quand même' });
    expect([refused.status, refused.html.includes('Bonjour quand même')]).toEqual([422, true]);
    expect(await db.conversation.count({ where: { projectId: story.projectId } })).toBe(1);
  });
});

describe('C7 in a group', () => {
  it('the chosen team gets a conversation with the company; those not chosen are answered in theirs', async () => {
    const { story, owner, members } = await casting(['Ana', 'Bob', 'Cléo']);
    const [ana, bob, cleo] = members;
    if (!ana || !bob || !cleo) throw new Error('no candidates');
    const applications = await db.application.findMany({ where: { projectId: story.projectId, leadId: { in: [ana.id, bob.id] } } });
    const { id: refused } = await db.application.findFirstOrThrow({ where: { projectId: story.projectId, leadId: cleo.id } });
    const toBob = applications.find(({ leadId }) => leadId === bob.id)?.id ?? '';
    const answersTo = [{ applicationId: refused, text: 'Une autre fois, Cléo.' }, { applicationId: toBob, text: 'Bob, vos images nous ont convaincus.' }];
    await story.ask(steps.selectTeam, { applicationIds: applications.map(({ id }) => id), message: 'Bienvenue à deux', answerToOthers: 'Une autre fois.', answers: answersTo }, story.client);
    const team = await db.conversation.findUniqueOrThrow({ where: { key: `team/${story.projectId}` }, include: { members: true } });
    expect(team.members.map(({ memberId }) => memberId).sort()).toEqual([ana.id, bob.id].sort());
    const at = `/projects/${story.ref}/p/conversation/${team.id}`;
    await write(ana.web, at, 'Merci !');
    for (const who of [owner, bob.web]) expect((await who.get(at)).html).toMatch(/a choisi l’équipe[^]*Bienvenue à deux[^]*Merci !/);
    expect((await bob.web.get(bob.at)).html).toContain('Bob, vos images nous ont convaincus.');
    expect((await ana.web.get(at)).html).not.toContain('vos images');
    expect((await cleo.web.get(at)).status).toBe(404);
    expect((await cleo.web.get(cleo.at)).html).toMatch(/notice-said[^]*Une autre fois, Cléo\./);
  });

  it('the company begins others with whom it chooses, once a form', async () => {
    const { owner, begin, members: [ana, bob] } = await casting(['Ana', 'Bob']);
    if (!ana || !bob) throw new Error('no candidates');
    const key = randomUUID();
    const post = () => owner.post(`${begin}/do/begin`, { memberIds: [ana.id, bob.id], title: 'Images', text: 'Voyons les images' }, key);
    const [first, again] = [await post(), await post()];
    expect([first.to, again.to]).toEqual([again.to, first.to]);
    expect((await bob.web.get(first.to)).html).toMatch(/<h1>Images<\/h1>[^]*Voyons les images/);
    expect(await db.conversation.count({ where: { title: 'Images' } })).toBe(1);
  });
});

describe('C7 files', () => {
  it('are checked by their content, kept with the project, and read by those who take part', async () => {
    const { story, owner, members: [ana, bob] } = await casting(['Ana', 'Bob']);
    if (!ana || !bob) throw new Error('no candidates');
    const key = randomUUID();
    const send = (name: string, bytes: Uint8Array, formKey?: string) => ana.web.send(`${ana.at}/do/say`, [file(bytes, name)], { text: '' }, formKey);
    await send('pistes.pdf', pdfFile(), key);
    await send('pistes.pdf', pdfFile(), key);
    await send('rouge.png', pngFile());
    const bad = await send('innocent.pdf', new TextEncoder().encode('<script>alert(1)</script>'));
    expect([bad.status, bad.html.includes('innocent.pdf')]).toEqual([422, true]);
    const files = await db.storedFile.findMany({ where: { projectId: story.projectId }, orderBy: { createdAt: 'asc' } });
    expect(files.map(({ name, type, ownerKind }) => [name, type, ownerKind])).toEqual([['pistes.pdf', 'application/pdf', 'member'], ['rouge.png', 'image/png', 'member']]);
    const at = `/projects/${story.ref}/file/${files[0]?.id}`;
    for (const who of [owner, ana.web]) expect((await who.get(at)).headers.get('content-type')).toBe('application/pdf');
    expect((await bob.web.get(at)).status).toBe(404); // a candidate too, but not of this conversation
    expect((await bob.web.get(`/projects/${story.ref}`)).html).not.toContain('pistes.pdf');
    const page = (await owner.get(`/projects/${story.ref}/p/files/${story.projectId}`)).html;
    expect(page).toMatch(/pistes\.pdf[^]*joint par Ana[^]*<iframe class="preview"|<iframe class="preview"[^]*joint par Ana/);
    await owner.post(`/projects/${story.ref}/p/files/${story.projectId}/do/removeFile`, { fileId: files[0]?.id ?? '' });
    expect((await owner.get(at)).status).toBe(200); // what was said stays
    // The same name from somebody else is another file, not a version.
    await bob.web.send(`${bob.at}/do/say`, [file(pdfFile('de Bob'), 'pistes.pdf')], { text: 'La mienne' });
    expect((await owner.get(`/projects/${story.ref}/p/files/${story.projectId}`)).html).not.toContain('version 2');
  });
});

describe('C7 what is left to read', () => {
  it('is counted in the navigation, on the project and by conversation, until the page shows it; one’s own never counts', async () => {
    const { story, owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    await owner.get(lea.at);
    expect(unreadIn((await owner.get('/home')).html)).toBe(0);
    await write(lea.web, lea.at, 'Un');
    await write(lea.web, lea.at, 'Deux');
    expect(unreadIn((await lea.web.get('/home')).html)).toBe(0);
    const home = await owner.get('/home');
    expect(unreadIn(home.html)).toBe(2);
    for (const path of ['/conversations', `/projects/${story.ref}`]) expect((await owner.get(path)).html).toMatch(/class="talk unread"[^]*<span class="unread-count">2/);
    expect((await owner.get(lea.at)).html).toMatch(/class="fresh"[^]*Un[^]*Deux/);
    expect(unreadIn((await owner.get('/home')).html)).toBe(0);
  });

  it('a link opened by a mail program reads nothing; the page’s script does, and never backwards', async () => {
    const { story, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    const id = await db.$transaction((tx) => createLink(tx, deps.secret, { purpose: 'client_conversation', ownerKind: 'client', ownerId: story.client.id, projectId: story.projectId, subjectId: lea.talk, at: Date.now() }));
    const link = linkPath(linkToken(deps.secret, id));
    const visitor = withCookie(url);
    const readSeq = async () => (await db.conversationReader.findFirst({ where: { conversationId: lea.talk, personKind: 'client' } }))?.readSeq ?? 0;
    expect((await visitor.get(link)).html).toContain('Vos refontes');
    expect(await readSeq()).toBe(0);
    await visitor.post(`${link}/do/read`, { seq: '900' });
    expect(await readSeq()).toBe(1); // no further than what was said
    await visitor.post(`${link}/do/read`, { seq: '0' });
    expect(await readSeq()).toBe(1);
    expect((await visitor.send(`${link}/do/say`, [file(pngFile(), 'a.png')], { text: 'Répondu depuis le lien' })).status).toBe(303);
    const [stored] = await db.storedFile.findMany({ where: { projectId: story.projectId } });
    expect((await visitor.get(`${link}/file/${stored?.id}`)).headers.get('content-type')).toBe('image/png');
    const stream = await openEvents(`${url}${link}/stream?after=1`, {});
    await eventually(() => expect(stream.events.map(({ id: seq }) => seq)).toEqual([2]));
    stream.close();
  });
});

describe('C7 search', () => {
  it('finds words in what was said, accents and capitals aside, and only in one’s own conversations', async () => {
    const { owner, members: [lea, bob] } = await casting(['Léa', 'Bob']);
    if (!lea || !bob) throw new Error('no candidates');
    await write(lea.web, lea.at, 'J’ai préparé une MAQUETTE dépliée, 100 % recyclée.');
    const search = async (who: WebPerson, words: string) => (await who.get(`/conversations?q=${encodeURIComponent(words)}`)).html;
    for (const words of ['depliee maquette', 'Préparé', '100 %']) expect(await search(owner, words), words).toContain('MAQUETTE');
    expect(await search(owner, 'maquette introuvable')).not.toContain('MAQUETTE');
    expect(await search(owner, '100 _ recyclee')).not.toContain('MAQUETTE'); // signs are taken for themselves
    expect(await search(bob.web, 'maquette')).not.toContain('MAQUETTE');
    const stranger = await casting([]);
    expect(await search(stranger.owner, 'maquette')).not.toContain('MAQUETTE');
  });
});

describe('C6, C7 who may', () => {
  it('a read-only collaborator reads and does not write; a restricted one without the project, another company, another member see nothing', async () => {
    const { companyId, begin, members: [ana, bob] } = await casting(['Ana', 'Bob']);
    if (!ana || !bob) throw new Error('no candidates');
    const reader = await colleague(companyId, 'read_only');
    const page = await reader.get(ana.at);
    expect([page.status, page.html.includes('/do/say')]).toEqual([200, false]);
    expect((await write(reader, ana.at, 'Non')).status).toBe(403);
    expect((await reader.send(`${begin}/do/begin`, [], { memberIds: ana.id, text: 'Non' })).status).toBe(403);
    expect(await said(ana.talk)).toHaveLength(1);
    const strangers: [string, WebPerson][] = [
      ['restricted', await colleague(companyId, 'manager', { restricted: true })], ['another company', (await casting([])).owner], ['another candidate', bob.web], ['another member', await signInToPages(house, await addMember(db, 'Zoé'))],
    ];
    for (const [name, who] of strangers) {
      expect([name, (await who.get(ana.at)).status, (await who.get(`${ana.at}/stream`)).status, (await write(who, ana.at, 'Non')).status]).toEqual([name, 404, 404, 404]);
      expect((await who.get('/conversations')).html, name).not.toContain(ana.talk);
    }
    expect((await withCookie(url).get(`${ana.at}/stream`)).to).toContain('/sign-in');
  });
});

describe('C8 notices', () => {
  it('one message about the selection stands in every candidate’s conversation as OFF-WORKS’s, in the same transaction, once', async () => {
    const { story, owner, members } = await casting(['Ana', 'Bob', 'Cléo']);
    const key = randomUUID();
    const post = () => owner.post(`/projects/${story.ref}/p/candidates/${story.projectId}/do/postNotice`, { body: 'Nous répondrons vendredi.' }, key);
    await post();
    await post();
    const notice = await db.notice.findFirstOrThrow({ where: { projectId: story.projectId } });
    for (const { web, at, talk } of members) {
      expect((await said(talk)).filter(({ kind }) => kind === 'notice')).toMatchObject([{ authorKind: 'agency', noticeId: notice.id, text: 'Nous répondrons vendredi.' }]);
      expect((await web.get(at)).html).toMatch(/notice-said[^]*OFF-WORKS[^]*À tous les candidats[^]*Nous répondrons vendredi\./);
    }
    // It has an e-mail of its own: nobody is written to again for it.
    expect(await db.conversation.count({ where: { projectId: story.projectId, waitingSince: { not: null } } })).toBe(0);
  });
});

describe('C7 live', () => {
  it('20 people write at once: 20 numbers in a row, sent to each stream in order, and a stream that comes back has what it missed', async () => {
    const { owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    const streams = await Promise.all([owner, lea.web].map((who) => openEvents(`${url}${lea.at}/stream`, { cookie: who.cookie, 'last-event-id': '1' })));
    expect(streams.map(({ status, type }) => [status, type])).toEqual([[200, 'text/event-stream; charset=utf-8'], [200, 'text/event-stream; charset=utf-8']]);
    await Promise.all(Array.from({ length: 20 }, (_, index) => write(index % 2 ? owner : lea.web, lea.at, `Message ${index}`)));
    const numbers = Array.from({ length: 20 }, (_, index) => index + 2);
    expect((await said(lea.talk)).map(({ seq }) => seq)).toEqual([1, ...numbers]);
    for (const stream of streams) await eventually(() => expect(stream.events.map(({ id }) => id)).toEqual(numbers));
    const texts = (await said(lea.talk)).map(({ text }) => text);
    for (const { id, data } of streams[0]?.events ?? []) expect((JSON.parse(data) as { html: string }).html).toContain(`>${texts[id - 1]}<`);
    streams[0]?.close();
    await write(lea.web, lea.at, 'Pendant l’absence');
    const back = await openEvents(`${url}${lea.at}/stream?after=1`, { cookie: owner.cookie, 'last-event-id': '20' });
    await eventually(() => expect(back.events.map(({ id }) => id)).toEqual([21, 22]));
    for (const { close } of [...streams, back]) close();
  });

  it('loses nothing when the listening connection breaks, here or on another server', async () => {
    const { owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    const elsewhere = await house.another({});
    const here = await openEvents(`${url}${lea.at}/stream`, { cookie: owner.cookie });
    const there = await openEvents(`${elsewhere}${lea.at}/stream`, { cookie: lea.web.cookie });
    const cut = () => db.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'conversations' AND datname = current_database()`;
    for (let turn = 0; turn < 3; turn += 1) {
      await cut();
      await write(owner, lea.at, `Tour ${turn}`);
    }
    for (const { events } of [here, there]) await eventually(() => expect(events.map(({ id }) => id)).toEqual([2, 3, 4]));
    here.close();
    there.close();
  });

  it('a stream ends before it says anything to somebody signed out, or no longer of the company', async () => {
    const { companyId, owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    const [gone, leaves] = [await colleague(companyId, 'manager'), await colleague(companyId, 'manager')];
    const open = (who: WebPerson) => openEvents(`${url}${lea.at}/stream`, { cookie: who.cookie });
    const [first, second, stays] = [await open(gone), await open(leaves), await open(owner)];
    await gone.post('/sign-out');
    await db.clientUser.update({ where: { id: leaves.id }, data: { leftAt: new Date() } });
    await write(lea.web, lea.at, 'Confidentiel');
    await eventually(() => expect([first.ended(), second.ended(), stays.events.length]).toEqual([true, true, 1]));
    expect([...first.events, ...second.events]).toEqual([]);
    stays.close();
  });
});

describe('C7 OFF-WORKS in a conversation', () => {
  it('staff read a project’s conversations in the console; whoever joins is shown as present to everybody, writes, and leaves; all of it in the trail', async () => {
    const { story, owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    const nadia = await consoleHand(house, 'account_manager', 'Inès Carpentier');
    const address = `conversations?conversation=${lea.talk}`;
    expect(JSON.stringify(await nadia.open(`conversations?project=${story.projectId}`))).toContain(lea.talk);
    expect(JSON.stringify(await nadia.open(address))).toContain('Vos refontes');
    expect((await nadia.act(address, 'write', { text: 'Sans être là' })).notice?.type).toBe('error');
    await nadia.act(address, 'join', {});
    await nadia.act(address, 'join', {});
    await nadia.act(address, 'write', { text: 'Je reste à votre disposition.' });
    for (const who of [owner, lea.web]) expect((await who.get(lea.at)).html).toMatch(/class="present"[^]*Inès Carpentier[^]*a rejoint la conversation[^]*Je reste à votre disposition/);
    expect((await said(lea.talk)).map(({ kind }) => kind)).toEqual(['message', 'event', 'message']);
    await nadia.act(address, 'leave', {});
    expect((await owner.get(lea.at)).html).not.toContain('class="present"');
    expect((await db.auditEvent.findMany({ where: { projectId: story.projectId, action: { startsWith: 'conversation.' } }, orderBy: { at: 'asc' } })).map(({ action, actorName }) => [action, actorName])).toEqual([['conversation.joined', 'Inès Carpentier'], ['conversation.left', 'Inès Carpentier']]);
    const finance = await consoleHand(house, 'finance');
    expect(JSON.stringify(await finance.open(address))).not.toContain('Vos refontes');
  });
});

describe('C7 told by e-mail', () => {
  it('a message whose workflow never started is found', async () => {
    const { owner, members: [lea] } = await casting(['Léa']);
    if (!lea) throw new Error('no candidate');
    const away = await house.another({ temporal: { ...deps.temporal, withDeadline: () => Promise.reject(new Error('away')) } as never });
    const there = withCookie(away, owner.cookie);
    expect((await write(there, lea.at, 'Perdu ?')).status).toBe(303);
    const handle = deps.temporal.workflow.getHandle(`conversation-mails/${lea.talk}`);
    await expect(handle.describe()).rejects.toThrow();
    await startMissingConversationMails(deps, Date.now() + 60_000);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    expect(await startMissingConversationMails(deps, Date.now() + 60_000)).toBe(0);
  });
});
