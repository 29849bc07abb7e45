import { describe, expect, it } from 'vitest';
import { availabilityOn } from '../../domain/availability.ts';
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

describe('C5 until when people are looked for', () => {
  it('C5: before the contract, and no longer', () => {
    expect(projectLifecycle.states.filter(castingOpen)).toEqual(['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent']);
  });
});
