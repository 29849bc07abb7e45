import { describe, expect, it } from 'vitest';
import { choiceLabelled, formsOf, plainText } from '../../demo/page-forms.ts';
import { inWords, wordsFor } from '../../demo/words.ts';

const page = `<form method="get" action="/search"><input name="q"></form>
<form method="post" action="/l/abc/do/submit&#x3D;1"><input type="hidden" name="key" value="k&amp;1">
  <textarea name="why" rows="2" required>D&#39;accord &lt;ici&gt;</textarea><select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
  <label><input type="checkbox" name="ids" value="1" checked> Un</label><label><input type="checkbox" name="ids" value="2"><span>Deux&nbsp;fois</span></label>
  <label><input type="radio" name="way" value="x"> X</label><input name="gone" disabled value="no"><button name="do" value="add">+</button></form>`;

describe('W1 the tour reads pages as a browser does', () => {
  it('knows what a form would send as it stands, and what may be filled in', () => {
    const [search, form] = formsOf(page);
    expect(search?.action).toBe('/search');
    expect(form?.action).toBe('/l/abc/do/submit=1');
    expect(form?.values).toEqual([['key', 'k&1'], ['why', 'D\'accord <ici>'], ['kind', 'b'], ['ids', '1']]);
    expect([...(form?.fields ?? [])]).toEqual([
      ['why', { many: false, choices: null }], ['kind', { many: false, choices: ['a', 'b'] }], ['ids', { many: true, choices: ['1', '2'] }], ['way', { many: false, choices: ['x'] }], ['do', { many: false, choices: ['add'] }],
    ]);
  });

  it('finds a choice by what its label says', () => {
    expect(choiceLabelled(page, 'ids', 'Deux fois')).toBe('2');
    expect(() => choiceLabelled(page, 'ids', 'Trois')).toThrow('Trois');
    expect(plainText('<p>a&nbsp;<b>b</b></p>')).toBe('a b');
  });

  it('speaks English unless the shell speaks French, with a sentence for each step in both', () => {
    expect(wordsFor({ LANG: 'C.UTF-8' }).locale).toBe('en');
    expect(wordsFor({ LANG: 'fr_FR.UTF-8' }).locale).toBe('fr');
    expect(wordsFor({ LANG: 'en_GB.UTF-8', LC_ALL: 'fr_CA.UTF-8' }).locale).toBe('fr');
    const [english, french] = [wordsFor({}).words, wordsFor({ LANG: 'fr' }).words];
    const holes = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
    for (const key of Object.keys(english) as (keyof typeof english)[]) expect([key, holes(french[key])]).toEqual([key, holes(english[key])]);
    expect(inWords('{a} et {b}', { a: 1 })).toBe('1 et {b}');
  });
});

it('M6: a button that carries a value is a choice, sent only when it is pressed', () => {
  const [form] = formsOf('<form action="/x"><textarea name="message"></textarea><button name="answer" value="accept">Oui</button><button name="answer" value="decline">Non</button><button>Rien</button></form>');
  expect(form?.fields.get('answer')).toEqual({ many: false, choices: ['accept', 'decline'] });
  expect(form?.values).toEqual([['message', '']]);
});
