import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { offeredThemes } from '../../database/themes.ts';
import { roles } from '../../domain/roles.ts';
import { consoleHand, deedsOf, formOf, plain, tableOf } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { addMember, beginStory } from '../support/story.ts';
import { withCookie } from '../support/web-person.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const claire = await consoleHand(house, 'administrator', 'Claire');
const denis = await consoleHand(house, 'administrator', 'Denis');
const add = (nameFr: string, nameEn: string) => claire.act('themes', 'add', { nameFr, nameEn });
const named = (nameFr: string) => db.theme.findFirstOrThrow({ where: { nameFr } });
const offered = async () => tableOf(await claire.open('themes'), 'Proposées').map(([name]) => name);
const briefForm = async () => {
  const id = randomUUID();
  const begun = await withCookie(url).post('/brief/do/save', { title: 'Un brief', problem: 'Il en faut un.' }, id);
  return (await withCookie(url, begun.headers.getSetCookie()[0]?.split(';')[0]).get(`/brief/${id}/frame`)).html;
};

describe('S4 themes are changed in the console, with their history', () => {
  it('added, moved, renamed, and renamed back', async () => {
    await add('Identité', 'Identity');
    await add('Édition', 'Print');
    await add('Film', 'Film');
    expect(await offered()).toEqual(['Identité', 'Édition', 'Film']);
    expect((await named('Édition')).slug).toBe('edition');
    await claire.act('themes', 'up', { id: (await named('Film')).id });
    expect(await offered()).toEqual(['Identité', 'Film', 'Édition']);
    await claire.act('themes', 'down', { id: (await named('Identité')).id });
    expect(await offered()).toEqual(['Film', 'Identité', 'Édition']);
    expect((await claire.act('themes', 'up', { id: (await named('Film')).id })).notice?.type).toBe('error'); // the first already
    const { id } = await named('Film');
    const form = formOf(await claire.open(`themes?theme=${id}`), 'rename');
    expect((await claire.act(`themes?theme=${id}`, 'rename', { ...form?.values, nameFr: 'Film et vidéo', nameEn: 'Film and video' })).notice?.type).toBe('success');
    expect(await db.theme.findUniqueOrThrow({ where: { id } })).toMatchObject({ slug: 'film', nameFr: 'Film et vidéo', nameEn: 'Film and video' });
    const [back] = deedsOf(await claire.open('themes')).filter(({ act }) => act === 'rename');
    expect((await denis.act('themes', 'rename', back?.values ?? {})).notice?.type).toBe('success');
    expect((await db.theme.findUniqueOrThrow({ where: { id } })).nameFr).toBe('Film');
    const history = tableOf(await claire.open('themes'), 'Historique');
    expect(history.slice(0, 2).map((cells) => [cells[0], cells[2]])).toEqual([
      ['Thématique renommée | Film et vidéo → Film · Film and video → Film', 'Denis'],
      ['Thématique renommée | Film → Film et vidéo · Film → Film and video', 'Claire'],
    ]);
    expect(await db.auditEvent.count({ where: { subject: 'theme/film' } })).toBe(4);
  });

  it('retired: offered no more, kept by those who have it, offered again at the end', async () => {
    const theme = await named('Identité');
    const member = await addMember(db, 'Perle');
    const story = await beginStory(deps);
    await db.memberTheme.create({ data: { memberId: member.id, themeId: theme.id, subscribed: true } });
    await db.projectTheme.create({ data: { projectId: story.projectId, themeId: theme.id } });
    expect(await briefForm()).toContain('Identité');
    const retire = deedsOf(await claire.open('themes')).find(({ act, values }) => act === 'retire' && values.id === theme.id);
    expect(plain(retire?.confirm ?? '')).toMatch(/gardent : 1\..* : 1\./);
    await claire.act('themes', 'retire', retire?.values ?? {});
    expect(await briefForm()).not.toContain('Identité');
    expect((await offeredThemes(db, [theme.id])).map(({ id }) => id)).toContain(theme.id);
    expect(await db.memberTheme.count({ where: { themeId: theme.id, subscribed: true } })).toBe(1);
    expect(await db.projectTheme.count({ where: { themeId: theme.id } })).toBe(1);
    expect((await claire.act('themes', 'retire', { id: theme.id })).notice?.type).toBe('error');
    await claire.act('themes', 'restore', { id: theme.id });
    expect((await offered()).at(-1)).toBe('Identité');
  });

  it('a name missing or taken is refused in words', async () => {
    expect((await add('', 'Nothing')).notice?.type).toBe('error');
    expect((await add('FILM', 'Something else')).notice?.message).toContain('Film');
    expect((await add('Autre chose', 'print')).notice?.message).toContain('Édition');
  });

  it('two people at once: the second rename is told, and moves keep one place each', async () => {
    const { id, nameFr, nameEn } = await named('Édition');
    const rename = (who: typeof claire, to: string) => who.act('themes', 'rename', { id, seenFr: nameFr, seenEn: nameEn, nameFr: to, nameEn: `${to} (en)` });
    const answers = await Promise.all([rename(claire, 'Livres'), rename(denis, 'Papier')]);
    expect(answers.map(({ notice }) => notice?.type).sort()).toEqual(['error', 'success']);
    await Promise.all([claire.act('themes', 'down', { id: (await named('Film')).id }), denis.act('themes', 'up', { id })]);
    const positions = (await db.theme.findMany({ where: { retiredAt: null } })).map(({ position }) => position);
    expect(new Set(positions).size).toBe(positions.length);
  });
});

describe('S5 only administrators change themes', () => {
  it.each(roles)('%s', async (role) => {
    const hand = await consoleHand(house, role);
    expect((await hand.open('themes')).blocks.some(({ kind }) => kind === 'table')).toBe(role !== 'finance');
    const name = `Par ${role}`;
    await hand.act('themes', 'add', { nameFr: name, nameEn: name });
    expect(await db.theme.count({ where: { nameFr: name } })).toBe(role === 'administrator' ? 1 : 0);
  });
});
