import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFeed, type FeedAsked } from '../../database/feed/read-feed.ts';
import { bandOf, type BudgetBand } from '../../domain/budget-bands.ts';
import type { FeedCursor } from '../../domain/feed-cursor.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const house = await openHouse();
const { deps } = house;
const { db } = deps;
await addStaff(db);
const story = await beginStory(deps, { company: 'Secret Industrie' });
const { companyId, ownerId, terms } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
const themes = await Promise.all(['Alpha', 'Bêta', 'Gamma', 'Delta'].map((nameFr, position) => db.theme.create({ data: { slug: nameFr.toLowerCase(), nameFr, nameEn: nameFr, position } })));
const themeId = (name: string): string => themes.find(({ nameFr }) => nameFr === name)?.id ?? '';
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);

const publish = async (title: string, names: readonly string[], at: number, more: { stage?: string; budgetCents?: number | null; problem?: string } = {}) =>
  db.project.create({
    data: {
      ref: `F-${randomUUID().slice(0, 8)}`, title, problem: 'Un besoin.', stage: 'published', companyId, ownerId, terms: terms as object, feeRateBp: 1700, feeBasis: 'of_final_amount', publishedAt: new Date(at),
      themes: { create: names.map((name) => ({ themeId: themeId(name) })) }, ...more,
    },
  });
const follower = async (name: string, ...followed: string[]) => {
  const who = await addMember(db, name);
  await db.memberTheme.createMany({ data: followed.map((one) => ({ memberId: who.id, themeId: themeId(one), subscribed: true, practised: false })) });
  return who;
};
const nothing: FeedAsked = { themeId: '', band: '', words: '', after: null };
const wholeFeed = async (memberId: string, asked: Partial<FeedAsked> = {}, between?: () => Promise<unknown>) => {
  const ids: string[] = [];
  for (let after: FeedCursor | null = null, pages = 0; pages < 90; pages += 1) {
    const page = await readFeed(db, memberId, { ...nothing, ...asked, after });
    ids.push(...page.projects.map(({ id }) => id));
    if (!page.next) return ids;
    after = page.next;
    await between?.();
  }
  throw new Error('the feed does not end');
};

const sets = [['Alpha'], ['Bêta'], ['Gamma'], ['Alpha', 'Bêta'], ['Bêta', 'Gamma'], [], ['Delta']];
const budgets = [null, 100_000, 700_000, 2_000_000, 9_000_000];
for (let index = 0; index < 90; index += 1) {
  // Several are published at the very same moment.
  await publish(`Projet ${index}${index % 9 === 0 ? ' de céramique' : ''}`, sets[index % sets.length] ?? [], start + Math.floor(index / 3) * day, { budgetCents: budgets[index % budgets.length] });
}
for (const stage of ['review', 'casting', 'quoting', 'closed']) await publish(`Pas public ${stage}`, ['Alpha'], start + 999 * day, { stage });

// More of one theme than is looked at one by one: the others stand far behind.
await db.$executeRaw`INSERT INTO "Project" ("id", "ref", "title", "problem", "stage", "companyId", "ownerId", "terms", "feeRateBp", "feeBasis", "publishedAt", "updatedAt")
  SELECT 'bulk-' || n, 'BULK-' || n, 'Série ' || n, 'Un besoin.', 'published', ${companyId}, ${ownerId}, '{}', 1700, 'of_final_amount', timestamp '2027-01-01' + n * interval '1 minute', now() FROM generate_series(1, 620) n`;
await db.$executeRaw`INSERT INTO "ProjectTheme" ("projectId", "themeId") SELECT 'bulk-' || n, ${themeId('Delta')} FROM generate_series(1, 620) n`;

/** The feed as a person would sort it by hand. */
const expected = async (followed: readonly string[], { themeId: theme = '', band = '', words = '' }: Partial<FeedAsked>) => {
  const all = await db.project.findMany({ where: { stage: 'published' }, include: { themes: true } });
  const ids = followed.map(themeId);
  return all
    .filter((one) => (!theme || one.themes.some((of) => of.themeId === theme)) && (!band || bandOf(one.budgetCents) === band) && (!words || one.title.includes(words)))
    .map((one) => ({ id: one.id, at: one.publishedAt?.getTime() ?? 0, first: one.themes.some((of) => ids.includes(of.themeId)) }))
    .sort((a, b) => Number(b.first) - Number(a.first) || b.at - a.at || (b.id > a.id ? 1 : -1))
    .map(({ id }) => id);
};

describe('M5 the order of the feed', () => {
  it.each([[[]], [['Alpha']], [['Gamma', 'Delta']], [['Alpha', 'Bêta', 'Gamma', 'Delta']]])('M5: subscribed themes (%j) first, then the others, newest first, each once, over every page', async (followed) => {
    const who = await follower('Nour', ...followed);
    expect(await wholeFeed(who.id)).toEqual(await expected(followed, {}));
  });

  it('M5: whatever is asked, it is what a sort by hand would give', async () => {
    const people = new Map<string, string>();
    for (const followed of [[], ['Alpha'], ['Bêta', 'Gamma'], ['Delta']]) people.set(followed.join(), (await follower('Zoé', ...followed)).id);
    const asked = fc.record({
      followed: fc.constantFrom('', 'Alpha', 'Bêta,Gamma', 'Delta'), themeId: fc.constantFrom('', ...themes.map(({ id }) => id), 'inconnue'),
      band: fc.constantFrom<BudgetBand | ''>('', 'unknown', 'under5', 'from5', 'from15', 'from50'), words: fc.constantFrom('', 'céramique', 'Projet'),
    });
    await fc.assert(fc.asyncProperty(asked, async ({ followed, ...wanted }) => {
      expect(await wholeFeed(people.get(followed) ?? '', wanted)).toEqual(await expected(followed.split(',').filter(Boolean), wanted));
    }), { numRuns: 40 });
  });

  it('M5: projects that arrive while one leafs through push nothing out and show nothing twice', async () => {
    const who = await follower('Lou', 'Alpha');
    const before = await expected(['Alpha'], {});
    let arrived = 0;
    const read = await wholeFeed(who.id, {}, async () => publish(`Tout neuf ${(arrived += 1)}`, arrived % 2 ? ['Alpha'] : ['Gamma'], start + (500 + arrived) * day));
    expect(arrived).toBeGreaterThan(3);
    expect(new Set(read).size).toBe(read.length);
    expect(read.filter((id) => before.includes(id))).toEqual(before);
    await db.project.updateMany({ where: { title: { startsWith: 'Tout neuf' } }, data: { stage: 'abandoned' } });
  });

  it('M5: a project leaves the feed with its stage, and follows its themes, its words and its budget', async () => {
    const who = await follower('Max', 'Delta');
    const one = await publish('Oriflamme', ['Alpha'], start + 2_000 * day, { budgetCents: 100 });
    const first = async (asked: Partial<FeedAsked> = {}) => (await readFeed(db, who.id, { ...nothing, ...asked })).projects[0];
    expect((await first({ words: 'oriflammes' }))?.id).toBe(one.id);
    expect((await first())?.id).not.toBe(one.id);
    await db.projectTheme.create({ data: { projectId: one.id, themeId: themeId('Delta') } });
    expect(await first()).toMatchObject({ id: one.id, followed: true });
    await db.project.update({ where: { id: one.id }, data: { title: 'Gonfalon', budgetCents: 9_000_000 } });
    expect([await first({ words: 'oriflamme' }), (await first({ words: 'gonfalon', band: 'from50' }))?.id]).toEqual([undefined, one.id]);
    await db.project.update({ where: { id: one.id }, data: { stage: 'quoting' } });
    expect([(await first())?.id === one.id, await db.feedEntry.count({ where: { projectId: one.id } })]).toEqual([false, 0]);
  });

  it('M5: the database puts budgets in the same bands as we do', async () => {
    for (const cents of [null, 1, 499_999, 500_000, 1_499_999, 1_500_000, 4_999_999, 5_000_000]) {
      const [row] = await db.$queryRaw<{ band: string }[]>`SELECT budget_band(${cents}::int) AS band`;
      expect([cents, row?.band]).toEqual([cents, bandOf(cents)]);
    }
  });
});

describe('M5 the page', async () => {
  const who = await follower('Sacha', 'Gamma');
  const web = await signInToPages(house, who);
  const shown = (html: string): string[] => [...html.matchAll(/id="f-([^"]+)"/g)].map(([, ref]) => ref ?? '');

  it('M5: every page leads to the next, filters with it, and the whole is read once', async () => {
    const refs: string[] = [];
    for (let path = '/home?q=projet&budget=unknown', pages = 0; path && pages < 20; pages += 1) {
      const { html, status } = await web.get(path);
      expect(status).toBe(200);
      refs.push(...shown(html));
      path = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replace(/&amp;/g, '&').replace(/&#x3D;/g, '=').replace('#feed', '') ?? '';
    }
    const wanted = await db.project.findMany({ where: { stage: 'published', budgetCents: null, title: { startsWith: 'Projet' } } });
    expect([...refs].sort()).toEqual(wanted.map(({ ref }) => ref).sort());
    expect(refs.length).toBeGreaterThan(15);
  });

  it('M5: what was opened is marked as read for that member, once, and what they applied to as such', async () => {
    const [ref = ''] = shown((await web.get('/home')).html);
    const card = async (person = web): Promise<string> => new RegExp(`id="f-${ref}"[^]*?</article>`).exec((await person.get('/home')).html)?.[0] ?? '';
    expect(await card()).toContain('Nouveau');
    for (let times = 0; times < 2; times += 1) expect((await web.get(`/projects/${ref}`)).status).toBe(200);
    expect(await card()).toContain('Déjà lu');
    const { id } = await db.project.findUniqueOrThrow({ where: { ref } });
    expect(await db.projectSeen.count({ where: { projectId: id } })).toBe(1);
    const application = await db.application.create({ data: { projectId: id, leadId: who.id, message: 'Moi.', members: { create: { memberId: who.id } } } });
    expect(await card()).toContain('Candidature envoyée');
    await db.application.update({ where: { id: application.id }, data: { state: 'withdrawn' } });
    expect(await card()).toContain('Déjà lu');
    expect(await card(await signInToPages(house, await follower('Autre', 'Gamma')))).toContain('Nouveau');
  });

  it('M5: no level of heading is jumped over, whether themes are followed or not', async () => {
    for (const who of [web, await signInToPages(house, await addMember(db, 'Sans thème'))]) {
      const levels = [...(await who.get('/home')).html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
      expect(levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
      expect(levels).toContain(4);
    }
  });

  it('M5: nothing of the client is told; a client has no feed', async () => {
    const { html } = await web.get('/home');
    expect(html).not.toContain('Secret Industrie');
    expect((await (await signInToPages(house, story.client)).get('/home')).html).not.toContain('id="feed"');
  });

  it('M5: addresses made up ask nothing and break nothing', async () => {
    for (const query of ['after=x', 'after=f.1.a%27--', 'theme=%27%3B', 'budget=beaucoup', `q=${encodeURIComponent('\'; DROP TABLE x; --')}`, `q=${'a'.repeat(2_000)}`, 'q=%00', 'q[]=a&theme[]=b']) expect((await web.get(`/home?${query}`)).status, query).toBe(200);
    expect((await web.get('/home?q=introuvable')).html).toContain('Aucun projet ne correspond');
  });
});
