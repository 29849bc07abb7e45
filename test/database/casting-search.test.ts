import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nearestWords } from '../../database/casting/nearest-words.ts';
import { searchMembers, type MemberSearchAsked } from '../../database/casting/search-members.ts';
import { availabilityOn, stateOfDay, type Period } from '../../domain/availability.ts';
import { freshDatabase } from '../support/database.ts';
import { addMember } from '../support/story.ts';

const { db } = await freshDatabase();
const nothing: MemberSearchAsked = { words: '', themeIds: [], skills: '', place: '', rateFromCents: null, rateToCents: null, available: '', between: null, page: 1 };
const names = async (asked: Partial<MemberSearchAsked>): Promise<string[]> => {
  const { members, instead, some } = await searchMembers(db, 'none', { ...nothing, ...asked }, '2026-10-10');
  return instead.length > 0 || some ? [] : members.map(({ name }) => name);
};
const counted = async (word: string): Promise<number> => (await db.memberWord.findUnique({ where: { word } }))?.members ?? 0;
const member = async (name: string, data: Record<string, unknown> = {}) => {
  const { id } = await addMember(db, name, { billing: false });
  return db.member.update({ where: { id }, data });
};
const theme = (nameFr: string, nameEn: string) => db.theme.create({ data: { slug: randomUUID(), nameFr, nameEn } });

describe('C4 what is searched follows the profile', () => {
  it('C4: texts, skills, town, rate and availability, as soon as they change', async () => {
    const { id } = await member('Ondine', { headline: 'Relieuse', presentation: 'Papiers marbrés' });
    expect([await names({ words: 'relieuse' }), await names({ words: 'marbré' })]).toEqual([['Ondine'], ['Ondine']]);
    await db.member.update({ where: { id }, data: { headline: 'Doreuse', presentation: '', skills: ['tranchefile'], city: 'Rodez', dayRateCents: 30_000, availability: 'busy' } });
    expect([await names({ words: 'relieuse' }), await names({ words: 'marbré' }), await names({ words: 'doreuse' }), await names({ words: 'rodez' })]).toEqual([[], [], ['Ondine'], ['Ondine']]);
    expect([await names({ skills: 'Tranchefiles' }), await names({ place: 'rodez' }), await names({ rateToCents: 30_000 }), await names({ rateToCents: 29_999 })]).toEqual([['Ondine'], ['Ondine'], ['Ondine'], []]);
    expect([await names({ words: 'doreuse', available: 'soon' })]).toEqual([[]]);
    await db.member.update({ where: { id }, data: { availableFrom: new Date('2026-10-11') } });
    expect([await names({ words: 'doreuse', available: 'now' })]).toEqual([[]]);
    await db.member.update({ where: { id }, data: { availableFrom: new Date('2026-10-10') } });
    expect([await names({ words: 'doreuse', available: 'now' })]).toEqual([['Ondine']]);
  });

  it('C4: themes that are practised, by the names they have now', async () => {
    const [paper, other] = [await theme('Papeterie', 'Stationery'), await theme('Signalétique', 'Wayfinding')];
    const { id } = await member('Pacôme');
    await db.memberTheme.create({ data: { memberId: id, themeId: paper.id } });
    await db.memberTheme.create({ data: { memberId: id, themeId: other.id, practised: false } });
    expect([await names({ words: 'papeterie' }), await names({ words: 'stationery' }), await names({ themeIds: [paper.id] }), await names({ words: 'signalétique' }), await names({ themeIds: [other.id] })]).toEqual([['Pacôme'], ['Pacôme'], ['Pacôme'], [], []]);
    await db.theme.update({ where: { id: paper.id }, data: { nameFr: 'Carterie' } });
    expect([await names({ words: 'carterie' }), await names({ words: 'papeterie' })]).toEqual([['Pacôme'], []]);
    await db.memberTheme.updateMany({ where: { memberId: id, themeId: other.id }, data: { practised: true } });
    await db.memberTheme.deleteMany({ where: { memberId: id, themeId: paper.id } });
    expect([await names({ words: 'carterie' }), await names({ words: 'signaletique' })]).toEqual([[], ['Pacôme']]);
  });

  it('C4: references, written, changed and taken away', async () => {
    const { id } = await member('Quitterie');
    const reference = await db.memberReference.create({ data: { memberId: id, title: 'Affiches du carnaval', client: 'Ville de Dunkerque' } });
    expect([await names({ words: 'carnaval' }), await names({ words: 'dunkerque' })]).toEqual([['Quitterie'], ['Quitterie']]);
    await db.memberReference.update({ where: { id: reference.id }, data: { title: 'Affiches de la braderie' } });
    expect([await names({ words: 'carnaval' }), await names({ words: 'braderie' })]).toEqual([[], ['Quitterie']]);
    await db.memberReference.delete({ where: { id: reference.id } });
    expect([await names({ words: 'braderie' }), await counted('braderie')]).toEqual([[], 0]);
  });

  it('C4: nobody but active members, from the moment they are until they are not', async () => {
    const { id } = await addMember(db, 'Radegonde', { billing: false, state: 'candidate' });
    expect([await names({ words: 'radegonde' }), await counted('radegonde')]).toEqual([[], 0]);
    for (const [state, found] of [['active', ['Radegonde']], ['blocked', []], ['active', ['Radegonde']]] as const) {
      await db.member.update({ where: { id }, data: { state } });
      expect([await names({ words: 'radegonde' }), await counted('radegonde')]).toEqual([found, found.length]);
    }
    await db.member.delete({ where: { id } });
    expect([await names({ words: 'radegonde' }), await counted('radegonde'), await db.memberSearch.count({ where: { memberId: id } })]).toEqual([[], 0, 0]);
  });

  it('C4: whoever has a word in their trade comes before whoever mentions it', async () => {
    await member('Mentionne', { presentation: 'J’ai une sœur xylographe.', city: 'Albi', dayRateCents: 40_000 });
    await member('Exerce', { headline: 'Xylographe' });
    expect(await names({ words: 'xylographe' })).toEqual(['Exerce', 'Mentionne']);
  });
});

describe('C4 free between two dates', () => {
  const period = (memberId: string, kind: string, from: string, to: string) => db.availabilityPeriod.create({ data: { memberId, kind, fromOn: new Date(from), toOn: new Date(to) } });

  it('M2: the database refuses days told twice, in disorder, or of no known kind', async () => {
    const [one, other] = [await member('Wandrille'), await member('Xiste')];
    await period(one.id, 'taken', '2026-11-01', '2026-11-10');
    await expect(period(one.id, 'free', '2026-11-10', '2026-11-12')).rejects.toThrow(/AvailabilityPeriod_apart/);
    await expect(period(one.id, 'free', '2026-12-10', '2026-12-09')).rejects.toThrow(/AvailabilityPeriod_in_order|range lower bound/);
    await expect(period(one.id, 'perhaps', '2026-12-10', '2026-12-11')).rejects.toThrow(/AvailabilityPeriod_kind/);
    await period(one.id, 'free', '2026-11-11', '2026-11-12');
    await period(other.id, 'free', '2026-11-01', '2026-11-12');
  });

  it('C4: who is found is who the calendar says, day by day, whatever was said in a word', async () => {
    // The same figures each time.
    let seed = 7;
    const pick = <T>(list: readonly T[]): T => list[(seed = (seed * 16_807) % 2_147_483_647) % list.length] as T;
    const day = (at: number): string => new Date(Date.parse('2026-10-10') + at * 86_400_000).toISOString().slice(0, 10);
    const people = [];
    for (let index = 0; index < 18; index += 1) {
      const said = { availability: pick(['now', 'soon', 'busy']), availableFrom: pick([null, new Date(day(4)), new Date(day(9))]) };
      const { id, name } = await member(`Ysoline${index}`, { headline: 'Vitrailliste', ...said });
      const calendar = [];
      for (let at = pick([0, 1, 3]); at < 16; at += pick([1, 2, 4])) {
        const one: Period = { from: day(at), to: day((at += pick([0, 2, 5]))), kind: pick(['free', 'free', 'partly', 'taken']) };
        calendar.push(one);
        await period(id, one.kind, one.from, one.to);
      }
      people.push({ name, said, calendar });
    }
    const counts = new Set<number>();
    for (const [from, to] of [[0, 0], [0, 3], [2, 2], [3, 8], [5, 6], [8, 12], [0, 30], [20, 25]] as const) {
      const days = Array.from({ length: to - from + 1 }, (_, index) => day(from + index));
      const free = people.filter(({ said, calendar }) => days.every((one) => stateOfDay(one, said, calendar) === 'free')).map(({ name }) => name);
      expect((await names({ words: 'vitrailliste', between: { from: day(from), to: day(to) } })).sort()).toEqual(free.sort());
      counts.add(free.length);
    }
    expect(counts.size).toBeGreaterThan(3);
    const free = people.filter(({ said, calendar }) => availabilityOn(day(0), said, calendar).is === 'now').map(({ name }) => name);
    expect((await names({ words: 'vitrailliste', available: 'now' })).sort()).toEqual(free.sort());
  });

  it('C4: days follow the calendar as it changes, and somebody found for the first time brings theirs', async () => {
    const { id } = await member('Zacharie', { headline: 'Campaniste', state: 'blocked' });
    const between = { from: '2026-11-02', to: '2026-11-03' };
    const { id: taken } = await period(id, 'taken', '2026-11-03', '2026-11-09');
    await db.member.update({ where: { id }, data: { state: 'active' } });
    expect([await names({ words: 'campaniste' }), await names({ words: 'campaniste', between })]).toEqual([['Zacharie'], []]);
    await db.member.update({ where: { id }, data: { presentation: 'Cloches et carillons' } });
    expect(await names({ words: 'carillons', between })).toEqual([]);
    await db.availabilityPeriod.update({ where: { id: taken }, data: { fromOn: new Date('2026-11-04') } });
    expect(await names({ words: 'campaniste', between })).toEqual(['Zacharie']);
    await db.availabilityPeriod.update({ where: { id: taken }, data: { fromOn: new Date('2026-11-01') } });
    await db.availabilityPeriod.delete({ where: { id: taken } });
    expect(await names({ words: 'campaniste', between })).toEqual(['Zacharie']);
  });
});

describe('C4 the words members use', () => {
  it('C4: each is counted by the members who write it, however often, and forgotten with the last of them', async () => {
    const [one, other] = [await member('Sidoine', { presentation: 'Guillochage, guillochage et GUILLOCHAGE' }), await member('Tancrède', { headline: 'Guillochage' })];
    expect(await counted('guillochage')).toBe(2);
    await db.member.update({ where: { id: one.id }, data: { presentation: '' } });
    await db.member.update({ where: { id: other.id }, data: { state: 'blocked' } });
    expect(await counted('guillochage')).toBe(0);
  });

  it('C4: many at once, in any order, are all counted', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, (_, index) => member(`Urbain${index}`)));
    await Promise.all(people.map(({ id }, index) => db.member.update({ where: { id }, data: { presentation: index % 2 ? 'mosaïste verrier' : 'verrier mosaïste' } })));
    expect([await counted('mosaïste'), await counted('verrier')]).toEqual([12, 12]);
  });

  it('C4: a word nobody uses is near those people use, accents kept; one that is used, or resembles none, is not corrected', async () => {
    await member('Violette', { headline: 'Éclairagiste' });
    await theme('Ébénisterie', 'Cabinetmaking');
    const near = await nearestWords(db, ['eclairagsite', 'eclairagiste', 'ebenistrie', 'zzzzzz']);
    expect([...near].map(([typed, words]) => [typed, words[0]?.word])).toEqual([['ebenistrie', 'ébénisterie'], ['eclairagsite', 'éclairagiste']]);
  });
});
