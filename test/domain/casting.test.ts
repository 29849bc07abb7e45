import { describe, expect, it } from 'vitest';
import { monthsFrom, wrongPeriod } from '../../domain/availability-calendar.ts';
import { availabilityOn, stateOfDay, type Period, type PeriodKind } from '../../domain/availability.ts';
import { castingOpen } from '../../domain/casting/casting-open.ts';
import { typedWords } from '../../domain/casting/typed-words.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';

describe('C4 what is typed', () => {
  it.each([
    ['Une illustratrice pour l’été', ['illustratrice', 'ete']], ['C++ et C#, Node.js', ['cplus', 'csharp', 'node', 'js']], ['design SON, IA, 3D', ['design', 'son', 'ia', '3d']], ['Œuvre ŒUVRE œuvre', ['oeuvre']],
    ['de la à l’', []], ['  ', []], ['!!! +++ ###', []], ['photo,film;web', ['photo', 'film', 'web']],
  ])('C4: %j', (typed, words) => {
    expect(typedWords(typed).map(({ plain }) => plain)).toEqual(words);
  });

  it('C4: at most ten words, whatever is pasted, each as it was written', () => {
    expect(typedWords(Array.from({ length: 500 }, (_, index) => `mot${index}`).join(' ')).length).toBe(10);
    expect(typedWords('Écran')).toEqual([{ written: 'Écran', plain: 'ecran' }]);
  });
});

describe('C4, M2 availability', () => {
  it.each([
    ['now', null, 'now'], ['soon', null, 'soon'], ['soon', '2026-03-02', 'soon'], ['soon', '2026-03-01', 'now'], ['busy', '2026-02-27', 'now'], ['busy', null, 'busy'], ['now', '2026-05-01', 'now'], ['?', null, 'busy'],
  ])('C4: said %s until %s, on 1 March it is %s', (said, from, is) => {
    expect(availabilityOn('2026-03-01', { availability: said, availableFrom: from === null ? null : new Date(from) }).is).toBe(is);
  });
});

describe('M2 a calendar', () => {
  const until = (kind: PeriodKind, from: string, to: string): Period => ({ kind, from, to });
  const [taken, free, partly] = [until('taken', '2026-03-01', '2026-03-10'), until('free', '2026-03-05', '2026-03-20'), until('partly', '2026-02-20', '2026-03-01')];
  it.each([
    ['now', null, [taken], 'busy', '2026-03-11'], ['busy', null, [taken], 'busy', null], ['soon', '2026-03-15', [taken], 'busy', '2026-03-15'], ['now', null, [taken, until('taken', '2026-03-11', '2026-03-12')], 'busy', '2026-03-13'],
    ['busy', null, [free], 'busy', '2026-03-05'], ['soon', null, [free], 'soon', '2026-03-05'], ['busy', null, [partly], 'partly', null], ['busy', '2026-06-01', [until('free', '2026-03-01', '2026-03-01')], 'now', null], ['now', null, [until('taken', '2026-02-01', '2026-02-28')], 'now', null],
  ] as const)('M2: said %s until %s, with %j, 1 March is %s and the next free day %s', (availability, from, calendar, is, next) => {
    expect(availabilityOn('2026-03-01', { availability, availableFrom: from === null ? null : new Date(from) }, calendar)).toEqual({ is, from: next === null ? null : new Date(next) });
  });

  it.each([['now', null, 'free', 'free'], ['busy', '2026-03-09', 'taken', 'free'], ['soon', null, 'unsaid', 'unsaid']] as const)('M2: days it does not tell follow the word: %s until %s', (availability, from, before, later) => {
    const said = { availability, availableFrom: from === null ? null : new Date(from) };
    expect(['2026-03-08', '2026-03-09'].map((day) => stateOfDay(day, said, []))).toEqual([before, later]);
  });

  it('M2: months have every day once, from Monday to Sunday, over the end of a year too', () => {
    const [december, january] = monthsFrom('2027-12-15', 2, (day) => (day === '2028-01-01' ? 'taken' : 'free'));
    expect([december?.first, january?.first]).toEqual(['2027-12-01', '2028-01-01']);
    expect(january?.weeks[0]?.map((cell) => cell?.number ?? null)).toEqual([null, null, null, null, null, 1, 2]);
    for (const month of [december, january]) expect(month?.weeks.flat().flatMap((cell) => (cell ? [cell.number] : []))).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    expect([december?.weeks.flat().find((cell) => cell?.today)?.day, december?.weeks.flat().find((cell) => cell?.day === '2027-12-14')?.past, january?.weeks[0]?.[5]?.state]).toEqual(['2027-12-15', true, 'taken']);
  });

  it.each([['2026-03-01', '2026-03-01', []], ['2026-02-28', '2026-03-02', ['from']], ['2026-03-05', '2026-03-04', ['to']], ['2026-02-01', '2026-01-01', ['from', 'to']], ['2026-03-01', '2028-03-31', []], ['2026-03-01', '2028-04-01', ['to']]])('M2: from %s to %s, given on 1 March 2026: wrong %j', (from, to, wrong) => {
    expect(wrongPeriod({ from, to }, '2026-03-01')).toEqual(wrong);
  });

  it.each([['2026-02-20', '2026-03-01', []], ['2026-02-20', '2026-02-28', ['to']], ['2026-02-21', '2026-03-04', ['from']], ['2026-03-02', '2026-03-04', []]])('M2: one that began on 20 February, changed on 1 March to %s – %s: wrong %j', (from, to, wrong) => {
    expect(wrongPeriod({ from, to }, '2026-03-01', '2026-02-20')).toEqual(wrong);
  });
});

describe('C5 until when people are looked for', () => {
  it('C5: before the contract, and no longer', () => {
    expect(projectLifecycle.states.filter(castingOpen)).toEqual(['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent']);
  });
});
