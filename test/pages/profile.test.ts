import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../domain/availability.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { mostReferences } from '../../domain/profile-fields.ts';
import { pdfFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, withCookie } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url } = house;
const { db } = deps;
await addStaff(db);
const themes = await Promise.all(['Illustration', 'Édition'].map((nameFr, position) => db.theme.create({ data: { slug: nameFr.toLowerCase(), nameFr, nameEn: nameFr, position } })));
const [drawing = themes[0], publishing = themes[1]] = themes;
const iris = await addMember(db, 'Iris');
const web = await signInToPages(house, iris);
const story = await beginStory(deps, { company: 'Maison Réglisse' });
const client = await signInToPages(house, story.client);
const me = () => db.member.findUniqueOrThrow({ where: { id: iris.id }, include: { portfolio: { orderBy: { position: 'asc' } }, themes: true } });
const said = { headline: 'Illustratrice', presentation: 'Je dessine pour la presse.', city: 'Nantes', structure: 'studio', skills: 'gouache, Gouache,  carnets de voyage', dayRate: '450', availability: 'soon', availableFrom: '2099-03-01' };
const picture = async (colour: string, width = 900): Promise<File> => new File([new Uint8Array(await sharp({ create: { width, height: 600, channels: 3, background: colour } }).jpeg().toBuffer())], 'image.jpg');
const titles = async () => (await me()).portfolio.map(({ title }) => title);
const files = () => db.storedFile.count({ where: { ownerId: iris.id } });

describe('M2 the words of a profile', () => {
  it('M2: what a member says of themself is kept, and found by clients at once', async () => {
    expect(await web.post('/profile/do/saveProfile', said)).toMatchObject({ status: 303, to: '/profile?done=profileSaved' });
    expect(await me()).toMatchObject({ headline: 'Illustratrice', city: 'Nantes', structure: 'studio', skills: ['gouache', 'carnets de voyage'], dayRateCents: 45_000, availability: 'soon', availableFrom: new Date('2099-03-01') });
    expect((await client.get(`/projects/${story.ref}/casting?q=gouache+nantes`)).html).toContain('Iris');
    const { html } = await web.get('/profile');
    for (const text of ['value="Illustratrice"', 'gouache, carnets de voyage', '450,00', '2099-03-01', 'aria-current="page">Mon profil']) expect(html).toContain(text);
  });

  it.each([
    ['dayRate', 'pas cher', 'Un montant en chiffres'], ['dayRate', '20000', 'Un montant en chiffres'], ['availableFrom', '2020-01-01', 'Une date à venir'], ['availableFrom', 'bientôt', 'Une date à venir'],
    ['headline', 'x'.repeat(121), '120 signes au plus'], ['presentation', 'x'.repeat(4_001), '4 000 signes'], ['skills', Array.from({ length: 31 }, (_, index) => `art${index}`).join(','), '30 compétences au plus'], ['skills', 'y'.repeat(41), '40 signes'],
  ])('M2: %s %j is refused in words, and nothing typed is lost', async (field, value, why) => {
    const before = await me();
    const answer = await web.post('/profile/do/saveProfile', { ...said, city: 'Ville à garder', availability: 'busy', [field]: value });
    expect(answer.status).toBe(422);
    for (const text of [value, 'Ville à garder', why, 'value="busy" required checked']) expect(answer.html).toContain(text);
    expect(await me()).toEqual(before);
  });

  it('M2: what a person posts beside the form changes nothing', async () => {
    await web.post('/profile/do/saveProfile', { ...said, state: 'candidate', email: 'autre@membres.test', id: 'x', handle: 'x', pictureId: 'x' });
    expect(await me()).toMatchObject({ state: 'active', id: iris.id, pictureId: null });
    expect((await web.post('/profile/do/saveProfile', { ...said, structure: 'agency' })).status).toBe(422);
  });

  it('M2: free now, a date is forgotten; the day once come, the form says free', async () => {
    await web.post('/profile/do/saveProfile', { ...said, availability: 'now' });
    expect(await me()).toMatchObject({ availability: 'now', availableFrom: null });
    await db.member.update({ where: { id: iris.id }, data: { availability: 'busy', availableFrom: new Date('2020-01-01') } });
    expect((await web.get('/profile')).html).toMatch(/value="now" required checked/);
  });

  it('M2, M7: themes practised and themes followed are two things', async () => {
    await web.post('/profile/do/saveThemes', { practised: [drawing?.id ?? ''], subscribed: [publishing?.id ?? '', 'inconnue'] });
    expect((await me()).themes.map(({ themeId, practised, subscribed }) => [themeId === drawing?.id, practised, subscribed]).sort()).toEqual([[false, false, true], [true, true, false]]);
    expect((await client.get(`/projects/${story.ref}/members/${(await me()).handle}`)).html).not.toContain('Édition');
    await web.post('/profile/do/saveThemes', { practised: [drawing?.id ?? ''] });
    expect((await me()).themes).toHaveLength(1);
  });
});

describe('M2 the calendar of a profile', () => {
  const day = (ahead: number): string => dayOf(new Date(Date.parse(parisDay(Date.now())) + ahead * 86_400_000));
  const add = (from: string, to: string, more: Record<string, string> = {}, key?: string) => web.post('/profile/do/addPeriod', { from, to, kind: 'taken', note: '', ...more }, key);
  const periods = async () => (await db.availabilityPeriod.findMany({ where: { memberId: iris.id }, orderBy: { fromOn: 'asc' } })).map(({ fromOn, toOn, kind, note }) => [dayOf(fromOn), dayOf(toOn), kind, note]);
  const cell = (html: string, of: string): string => new RegExp(`<td class="([^"]*)"[^>]*><time datetime="${of}">`).exec(html)?.[1] ?? '';

  it('M2: a period is kept once, however often it is posted; the member reads its note, clients only what each day is', async () => {
    await db.member.update({ where: { id: iris.id }, data: { availability: 'now', availableFrom: null } });
    const key = randomUUID();
    for (let times = 0; times < 2; times += 1) expect(await add(day(2), day(4), { note: 'Fresque du lycée' }, key)).toMatchObject({ status: 303, to: '/profile?done=periodAdded' });
    await add(day(6), '', { kind: 'partly' });
    expect(await periods()).toEqual([[day(2), day(4), 'taken', 'Fresque du lycée'], [day(6), day(6), 'partly', '']]);
    const { handle } = await me();
    const [own, preview, seen] = [(await web.get('/profile')).html, (await web.get('/profile/preview')).html, (await client.get(`/projects/${story.ref}/members/${handle}`)).html];
    for (const html of [own, preview, seen]) {
      expect([2, 3, 4, 5, 6, 7].map((ahead) => cell(html, day(ahead)))).toEqual(['taken', 'taken', 'taken', 'free', 'partly', 'free']);
      expect([...html.matchAll(/<table class="month"><caption>/g)]).toHaveLength(6);
      expect(html).toMatch(new RegExp(`<time datetime="${day(2)}">\\d+</time><span class="hidden"> pris</span>`));
    }
    expect([own.includes('Fresque du lycée'), preview.includes('Fresque'), seen.includes('Fresque')]).toEqual([true, false, false]);
  });

  it.each([
    ['a day gone by', day(-1), day(3), 'Aujourd’hui ou un jour à venir'], ['an end before its beginning', day(12), day(11), 'Le jour du début ou un jour suivant'], ['no day at all', '', '', 'Aujourd’hui ou un jour à venir'], ['no day of any calendar', '2030-02-30', '2030-03-02', 'Aujourd’hui ou un jour à venir'],
    ['too far', day(10), day(900), 'dans les deux ans'], ['days that are told already', day(4), day(8), 'touchent une période'], ['days around one', day(1), day(30), 'touchent une période'],
  ])('M2: %s is refused in words, and what was typed stays', async (_what, from, to, why) => {
    const before = await periods();
    const answer = await add(from, to, { note: 'À garder', kind: 'free' });
    expect(answer.status).toBe(422);
    for (const text of [why, `value="${from}"`, `value="${to}"`, 'value="À garder"', 'value="free" required checked']) expect(answer.html).toContain(text);
    expect(await periods()).toEqual(before);
  });

  it('M2: of two posted at once over the same days, one is kept', async () => {
    const answers = await Promise.all([add(day(40), day(50)), add(day(45), day(55))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    expect(await periods()).toHaveLength(3);
  });

  it('M2: today follows the calendar, then the word; a period removed twice is removed once, and nobody removes another’s', async () => {
    await add(day(0), day(1));
    expect((await web.get('/profile/preview')).html).toContain('Pris jusqu’au');
    expect((await client.get(`/projects/${story.ref}/casting?q=iris&available=now`)).html).not.toContain('>Iris<');
    const [first] = await db.availabilityPeriod.findMany({ where: { memberId: iris.id }, orderBy: { fromOn: 'asc' } });
    const other = await signInToPages(house, await addMember(db, 'Ismaël'));
    await other.post('/profile/do/removePeriod', { periodId: first?.id ?? '' });
    expect(await periods()).toHaveLength(4);
    for (let times = 0; times < 2; times += 1) expect(await web.post('/profile/do/removePeriod', { periodId: first?.id ?? '' })).toMatchObject({ status: 303 });
    expect(await periods()).toHaveLength(3);
    expect((await client.get(`/projects/${story.ref}/casting?q=iris&available=now`)).html).toContain('>Iris<');
  });

  describe('M2: a period changed in place', () => {
    const change = (periodId: string, from: string, to: string, more: Record<string, string> = {}, key?: string) => web.post('/profile/do/changePeriod', { periodId, from, to, kind: 'partly', note: '', ...more }, key);
    const row = (fromAhead: number) => db.availabilityPeriod.findFirstOrThrow({ where: { memberId: iris.id, fromOn: new Date(day(fromAhead)) } });

    it('M2: days, kind and note, once however often it is posted; clients see it at once, and the list offers it filled in', async () => {
      await add(day(100), day(104), { note: 'Salon' });
      const { id } = await row(100);
      expect((await web.get('/profile')).html).toMatch(new RegExp(`changePeriod#period-${id}"[^]*?value="taken" required checked[^]*?value="${day(100)}"[^]*?value="${day(104)}"[^]*?value="Salon"`));
      const key = randomUUID();
      for (let times = 0; times < 2; times += 1) expect(await change(id, day(102), day(110), { note: 'Salon, à mi-temps' }, key)).toMatchObject({ status: 303, to: '/profile?done=periodChanged' });
      expect((await periods()).at(-1)).toEqual([day(102), day(110), 'partly', 'Salon, à mi-temps']);
      await change(id, day(103), '', { kind: 'free' });
      await change(id, day(102), day(110), { note: 'Salon, à mi-temps' }, key); // an old post that comes again does not undo it
      expect((await periods()).at(-1)).toEqual([day(103), day(103), 'free', '']);
      expect(cell((await client.get(`/projects/${story.ref}/members/${(await me()).handle}`)).html, day(103))).toBe('free');
    });

    it.each([
      ['a day gone by', day(-1), day(110), {}, 'Aujourd’hui ou un jour à venir'], ['an end before its beginning', day(112), day(111), {}, 'Le jour du début ou un jour suivant'], ['no day', '', '', {}, 'Aujourd’hui ou un jour à venir'],
      ['another period’s days', day(4), day(103), {}, 'touchent une période'], ['an endless note', day(103), day(104), { note: 'n'.repeat(201) }, '200 signes au plus'], ['a kind there is none of', day(103), day(104), { kind: 'absent' }, 'Libre, en partie libre ou pris'],
    ])('M2: %s is refused in words, beside the period, and what was typed stays there alone', async (_what, from, to, more, why) => {
      const before = await periods();
      const { id } = await row(103);
      const answer = await change(id, from, to, { note: 'À garder', ...more });
      expect(answer.status).toBe(422);
      const own = new RegExp(`<li id="period-${id}">[^]*?</li>`).exec(answer.html)?.[0] ?? '';
      for (const text of [why, '<details class="period-change" open>', `name="from" type="date"`, `value="${from}"`, `value="${to}"`, `value="${'note' in more ? more.note : 'À garder'}"`]) expect(own).toContain(text);
      expect(answer.html.match(/class="period-change" open/g)).toHaveLength(1);
      expect(answer.html.match(/value="À garder"/g)?.length ?? 0).toBe('note' in more ? 0 : 1);
      expect(new Set(answer.html.match(/ id="[^"]*"/g)).size).toBe(answer.html.match(/ id="[^"]*"/g)?.length);
      expect(await periods()).toEqual(before);
    });

    it('M2: one that has begun keeps its first day, may end today, and begins on no other day gone by', async () => {
      const begun = await db.availabilityPeriod.create({ data: { memberId: iris.id, fromOn: new Date(day(-9)), toOn: new Date(day(1)), kind: 'taken', note: 'Chantier' } });
      expect((await change(begun.id, day(-8), day(1))).status).toBe(422);
      expect((await change(begun.id, day(-9), day(-1))).html).toContain('Le jour du début ou un jour suivant');
      expect((await change(begun.id, day(-9), day(0), { note: 'Chantier' })).status).toBe(303);
      expect((await periods())[0]).toEqual([day(-9), day(0), 'partly', 'Chantier']);
      await web.post('/profile/do/removePeriod', { periodId: begun.id });
    });

    it('M2: nobody changes another’s; one removed meanwhile may be added again with what was typed', async () => {
      const { id } = await row(103);
      const other = await signInToPages(house, await addMember(db, 'Ismérie'));
      expect((await other.post('/profile/do/changePeriod', { periodId: id, from: day(103), to: day(103), kind: 'taken', note: '' })).status).toBe(422);
      await web.post('/profile/do/removePeriod', { periodId: id });
      const answer = await change(id, day(120), day(121), { note: 'À garder' });
      expect([answer.status, answer.html.includes('n’est plus dans votre calendrier'), new RegExp(`addPeriod#calendar"[^]*?value="${day(120)}"[^]*?value="À garder"`).test(answer.html)]).toEqual([422, true, true]);
      expect((await periods()).every(([from]) => from !== day(120))).toBe(true);
    });
  });

  it('M2: what has gone by is forgotten with the next period', async () => {
    await db.availabilityPeriod.create({ data: { memberId: iris.id, fromOn: new Date('2020-01-01'), toOn: new Date('2020-01-09'), kind: 'taken' } });
    await add(day(70), day(71));
    expect((await periods())[0]?.[0]).toBe(day(2));
  });
});

describe('M2 pictures and references', () => {
  it('M2: a face is cropped, cleaned and kept once, however often it is posted; another takes its place', async () => {
    const [key, face] = [randomUUID(), await picture('red')];
    for (let times = 0; times < 2; times += 1) expect((await web.send('/profile/do/saveFace', [face], {}, key, 'picture')).status).toBe(303);
    const { pictureId } = await me();
    const kept = await db.storedFile.findUniqueOrThrow({ where: { id: pictureId ?? '' } });
    expect([await files(), kept.type, (await sharp(kept.bytes).metadata()).width, kept.size]).toEqual([1, 'image/webp', 400, kept.bytes.length]);
    await web.send('/profile/do/saveFace', [await picture('blue')], {}, randomUUID(), 'picture');
    expect([await files(), (await me()).pictureId === pictureId]).toEqual([1, false]);
    expect((await web.get(`/profile/picture/${(await me()).pictureId ?? ''}`)).headers.get('content-type')).toBe('image/webp');
  });

  it('M2: what is no picture is refused in words; taken away, nothing of it is left', async () => {
    for (const [file, why] of [[new File([Buffer.from(pdfFile())], 'moi.png'), 'PNG, JPEG ou WebP'], [new File(['<svg/>'], 'moi.svg'), 'PNG, JPEG ou WebP'], [new File([new Uint8Array(10_600_000)], 'grand.jpg'), '10']] as const) {
      const answer = await web.send('/profile/do/saveFace', [file], {}, randomUUID(), 'picture');
      expect(answer.status).toBe(422);
      expect(answer.html).toContain(why);
    }
    expect((await web.post('/profile/do/saveFace', {})).status).toBe(422);
    await web.post('/profile/do/removeFace');
    expect([await files(), (await me()).pictureId]).toEqual([0, null]);
  });

  it('M2: a reference is written once, with its picture; bad input loses nothing typed', async () => {
    const bad = await web.send('/profile/references/new/do/saveReference', [await picture('green')], { title: 'Nova', client: 'Ville de Brest', year: '25', text: 'Deux phrases.', url: 'javascript:alert(1)' }, randomUUID(), 'picture');
    expect(bad.status).toBe(422);
    for (const text of ['value="Ville de Brest"', 'value="25"', 'Une année en quatre chiffres', 'Une adresse du web', 'Choisissez de nouveau votre image']) expect(bad.html).toContain(text);
    expect([await titles(), await files()]).toEqual([[], 0]);
    const key = randomUUID();
    for (let times = 0; times < 2; times += 1) await web.send('/profile/references/new/do/saveReference', [await picture('green', 3_000)], { title: 'Nova', client: 'Ville de Brest', year: '2025', text: 'Deux phrases.', url: 'nova.example' }, key, 'picture');
    const [one] = (await me()).portfolio;
    expect([await titles(), await files(), one?.url, one?.year]).toEqual([['Nova'], 1, 'https://nova.example/', 2025]);
    expect((await client.get(`/projects/${story.ref}/members/${(await me()).handle}`)).html).toMatch(/Nova[^]*Ville de Brest · 2025[^]*Deux phrases\.[^]*nova\.example/);
  });

  it('M2: changed, its picture stays unless it is taken away', async () => {
    const [one] = (await me()).portfolio;
    const at = `/profile/references/${one?.id ?? ''}`;
    expect((await web.get(at)).html).toContain('value="Nova"');
    await web.post(`${at}/do/saveReference`, { title: 'Festival Nova' });
    expect([await titles(), await files()]).toEqual([['Festival Nova'], 1]);
    await web.post(`${at}/do/saveReference`, { title: 'Festival Nova', removePicture: 'yes' });
    expect([await files(), (await me()).portfolio[0]?.pictureId]).toEqual([0, null]);
  });

  it('M2: moved one place, posted twice; removed twice is once', async () => {
    for (const title of ['Deux', 'Trois']) await web.post('/profile/references/new/do/saveReference', { title });
    expect(await titles()).toEqual(['Festival Nova', 'Deux', 'Trois']);
    const [, , last] = (await me()).portfolio;
    const key = randomUUID();
    await Promise.all([1, 2].map(() => web.post('/profile/do/moveReference', { referenceId: last?.id ?? '', way: 'up' }, key)));
    expect(await titles()).toEqual(['Festival Nova', 'Trois', 'Deux']);
    for (let times = 0; times < 2; times += 1) expect((await web.post('/profile/do/removeReference', { referenceId: last?.id ?? '' })).status).toBe(303);
    expect(await titles()).toEqual(['Festival Nova', 'Deux']);
  });

  it('M2: more than fit are refused in words', async () => {
    await db.memberReference.createMany({ data: Array.from({ length: mostReferences }, (_, index) => ({ memberId: iris.id, title: `Œuvre ${index}`, position: index + 10 })) });
    const answer = await web.post('/profile/references/new/do/saveReference', { title: 'De trop' });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(`déjà ${mostReferences} références`);
    await db.memberReference.deleteMany({ where: { memberId: iris.id, title: { startsWith: 'Œuvre' } } });
  });
});

describe('M2 the meter and the preview', () => {
  it('M2: the meter says how far one is and what to do next', async () => {
    const { html } = await web.get('/profile');
    expect(html).toMatch(/Profil complet à \d+ %<[^]*<meter min="0" max="100" value="\d+"[^]*plus maintenant : <a href="#\w+">/);
    const { id } = await addMember(db, 'Neuve');
    expect((await (await signInToPages(house, { kind: 'member', id })).get('/profile')).html).toMatch(/complet à 0 %[^]*href="#references">montrez trois références/);
  });

  it('M2: the preview shows what clients see, word for word', async () => {
    await web.send('/profile/do/saveFace', [await picture('pink')], {}, randomUUID(), 'picture');
    const { handle, pictureId } = await me();
    const words = (html: string): string => html.slice(html.indexOf('<div class="profile-head"'), html.indexOf('</main>')).replace(/<section class="notes[^]*|<div class="notes[^]*|<form[^]*?<\/form>|<details[^]*?<\/details>/g, '').replace(/<[^>]+>|Inviter \w+/g, ' ').replace(/\s+/g, ' ').trim();
    const [mine, theirs] = [await web.get('/profile/preview'), await client.get(`/projects/${story.ref}/members/${handle}`)];
    expect(mine.html).toContain(`/profile/picture/${pictureId ?? ''}`);
    expect(words(mine.html)).toContain('Festival Nova');
    expect(words(theirs.html)).toContain(words(mine.html));
    expect(mine.html).not.toContain('/do/addNote');
  });
});

describe('M2 nobody else', () => {
  it('M2: another member, a client and nobody reach none of it', async () => {
    const other = await signInToPages(house, await addMember(db, 'Jeanne'));
    const before = await me();
    const [reference] = before.portfolio;
    for (const [method, path] of [['get', `/profile/references/${reference?.id ?? ''}`], ['post', `/profile/references/${reference?.id ?? ''}/do/saveReference`], ['get', `/profile/picture/${before.pictureId ?? ''}`]] as const) {
      expect([path, (await other[method](path, { title: 'À moi' })).status]).toEqual([path, 404]);
      expect([path, (await client[method](path)).status]).toEqual([path, 404]);
      expect([path, (await withCookie(url)[method](path)).status]).toEqual([path, 303]);
    }
    for (const act of ['moveReference', 'removeReference']) await other.post(`/profile/do/${act}`, { referenceId: reference?.id ?? '', way: 'down' });
    expect(await me()).toEqual(before);
  });
});
