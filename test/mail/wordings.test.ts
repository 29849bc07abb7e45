import { describe, expect, it } from 'vitest';
import { checkWording } from '../../mail/studio/check.ts';
import { builtInWording, type Wording } from '../../mail/wording.ts';
import { mailTemplates } from '../../templates/mail/variables.ts';

describe('S4 a wording is checked before it is published', () => {
  it.each(mailTemplates)('the built-in %s passes, in both languages', async (template) => {
    for (const locale of ['fr', 'en'] as const) expect(await checkWording(template, locale, builtInWording(template, locale))).toEqual([]);
  });

  const good = builtInWording('dunning_formal_notice', 'fr');
  const line = (text: string): number => good.source.slice(0, good.source.indexOf(text)).split('\n').length;
  const swap = (from: string | RegExp, to: string): Wording => {
    expect(good.source).toMatch(from);
    return { ...good, source: good.source.replace(from, to) };
  };
  const title = line('Mise en demeure</h1>');
  const words = line('La facture {{number}}');

  it.each<[string, Wording, { code: string; line: number; part?: string; details?: object }]>([
    ['a tag never closed', swap('</h1>', ''), { code: 'tagNotClosed', line: title, details: { tag: 'h1' } }],
    ['an MJML tag never closed', swap('<h1>Mise en demeure</h1></mj-text>', '<h1>Mise en demeure</h1>'), { code: 'tagNotClosed', line: title, details: { tag: 'mj-text' } }],
    ['a tag never opened', swap('<h1>Mise', 'Mise'), { code: 'tagNotClosed', line: title, details: { tag: 'mj-text' } }],
    ['an unknown MJML element', swap(/<mj-text>(<p>La.*?<\/p>)<\/mj-text>/s, '<mj-foo>$1</mj-foo>'), { code: 'mjmlElementUnknown', line: words, details: { tag: 'mj-foo' } }],
    ['an unknown attribute', swap('<mj-text><p>La', '<mj-text colour="red"><p>La'), { code: 'mjmlAttributeUnknown', line: words, details: { attribute: 'colour', tag: 'mj-text' } }],
    ['a wrong value', swap('<mj-text><p>La', '<mj-text font-size="big"><p>La'), { code: 'mjmlValueWrong', line: words }],
    ['an element in the wrong place', swap('<mj-column>', '<mj-text>Ici</mj-text><mj-column>'), { code: 'mjmlMisplaced', line: line('<mj-column>') }],
    ['a file of somewhere else', swap('../footer.mjml', '../../../package.json'), { code: 'includeUnknown', line: line('../footer') }],
    ['a script', swap('<h1>', '<h1 onclick="x()">'), { code: 'script', line: title }],
    ['the other language', swap('lang="fr"', 'lang="en"'), { code: 'langWrong', line: 1 }],
    ['not MJML', { ...good, source: 'Bonjour' }, { code: 'notMjml', line: 1 }],
    ['an expression between two tags', swap(/(<mj-table.*<\/mj-table>)/, '{{#if daysLate}}$1{{/if}}'), { code: 'expressionLost', line: line('<mj-table') }],
    ['an unknown variable', swap('{{number}}, échue', '{{numbre}}, échue'), { code: 'variableUnknown', line: words, details: { variable: 'numbre', near: 'number' } }],
    ['a variable of another mail', swap('{{number}}, échue', '{{ibanLast4}}, échue'), { code: 'variableUnknown', line: words }],
    ['an unknown property', swap('{{number}}, échue', '{{project.budget}}, échue'), { code: 'variableUnknown', line: words }],
    ['an unknown partial', swap('{{> hello}}', '{{> salut}}'), { code: 'partialUnknown', line: line('{{> hello}}') }],
    ['a partial that wants what the mail has not', swap('{{> hello}}', '{{> quote-figures}}'), { code: 'inPartial', line: line('{{> hello}}') }],
    ['an unknown helper', swap('{{day dueAt}}', '{{date dueAt}}'), { code: 'helperUnknown', line: words }],
    ['a helper on the wrong thing', swap('{{day dueAt}}', '{{day number}}'), { code: 'helperMisused', line: words }],
    ['an amount in bare cents', swap('{{day dueAt}}', '{{remainingCents}}'), { code: 'needsHelper', line: words, details: { variable: 'remainingCents', helper: 'money' } }],
    ['a block never closed', swap('{{number}}, échue', '{{#if number}}{{number}}, échue'), { code: 'blockNotClosed', line: good.source.split('\n').length }],
    ['a block closed by another', swap('{{number}}, échue', '{{#if number}}{{number}}{{/each}}, échue'), { code: 'blockUnmatched', line: words }],
    ['an expression cut short', swap('{{number}}, échue', '{{number, échue'), { code: 'expressionUnreadable', line: words }],
    ['text put in unescaped', swap('{{number}}, échue', '{{{number}}}, échue'), { code: 'unescaped', line: words }],
    ['no subject', { ...good, subject: ' ' }, { code: 'subjectMissing', line: 1, part: 'subject' }],
    ['a subject with a link', { ...good, subject: 'Ici : {{link}}' }, { code: 'linkInSubject', line: 1, part: 'subject' }],
    ['a subject with an unknown variable', { ...good, subject: '{{nope}}' }, { code: 'variableUnknown', line: 1, part: 'subject' }],
    ['a subject empty for some', { ...good, subject: '{{number}}' }, { code: 'subjectEmptySometimes', line: 1, part: 'subject' }],
    ['its link gone', swap('href="{{link}}"', 'href="https://off-works.example"'), { code: 'linkMissing', line: 0, details: { words: 'Voir la facture' } }],
    ['the amounts gone', swap('{{> late-figures}}', '<tr><td>…</td></tr>'), { code: 'variableMissing', line: 0 }],
  ])('%s', async (_what, wording, finding) => {
    const [first] = await checkWording('dunning_formal_notice', 'fr', wording);
    expect(first).toMatchObject(finding);
  });

  it('a choice is compared with its own words only', async () => {
    const wording = builtInWording('payout_due', 'fr');
    const found = await checkWording('payout_due', 'fr', { ...wording, source: wording.source.replace('"referral"', '"referal"') });
    expect(found.map(({ code }) => code)).toContain('choiceUnknown');
  });

  it('team mates’ own links stay, each with its name', async () => {
    const wording = builtInWording('quote_accepted', 'fr');
    const without = await checkWording('quote_accepted', 'fr', { ...wording, source: wording.source.replace('<a href="{{link}}">son lien</a>', '{{name}}') });
    expect(without).toMatchObject([{ code: 'linkMissing' }]);
  });
});
