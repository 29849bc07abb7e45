import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileCompleteness, profileSteps, type ProfileFacts } from '../../domain/profile-completeness.ts';
import { moved, skillsOf, webAddress } from '../../domain/profile-fields.ts';

const empty: ProfileFacts = { hasPicture: false, headline: '', presentation: '', city: '', skills: 0, themes: 0, dayRateCents: null, references: 0, shown: 0 };
const whole: ProfileFacts = { hasPicture: true, headline: 'Illustratrice', presentation: 'x'.repeat(300), city: 'Nantes', skills: 3, themes: 1, dayRateCents: 45_000, references: 3, shown: 3 };

describe('M2 completeness', () => {
  it('M2: nothing is 0 %, everything is 100 % and leaves nothing to do', () => {
    expect(profileCompleteness(empty)).toMatchObject({ percent: 0, next: 'references' });
    expect(profileCompleteness(whole)).toMatchObject({ percent: 100, next: null });
    expect(profileCompleteness(empty).steps.reduce((sum, { worth }) => sum + worth, 0)).toBe(100);
  });

  it.each([
    [{ references: 3 }, 'presentation'], [{ references: 3, presentation: 'x'.repeat(300) }, 'picture'], [{ references: 3, presentation: 'x'.repeat(80), hasPicture: true }, 'presentation'],
    [{ ...whole, city: '' }, 'city'], [{ ...whole, shown: 2 }, 'shown'], [{ ...whole, headline: ' ', city: '' }, 'headline'], [{ ...whole, references: 2, shown: 0 }, 'references'], [{ ...whole, dayRateCents: null, skills: 2 }, 'dayRate'],
  ] as [Partial<ProfileFacts>, string][])('M2: the next best step of %j is %s', (facts, next) => {
    expect(profileCompleteness({ ...empty, ...facts }).next).toBe(next);
  });

  it('M2: whatever the profile, taking the step it proposes raises it, and following them all ends at 100 %', () => {
    const facts = fc.record({
      hasPicture: fc.boolean(), headline: fc.constantFrom('', 'Graveuse'), presentation: fc.nat(400).map((length) => 'x'.repeat(length)), city: fc.constantFrom('', 'Brest'), skills: fc.nat(6), themes: fc.nat(3),
      dayRateCents: fc.option(fc.constant(40_000)), references: fc.nat(6), shown: fc.nat(6),
    });
    fc.assert(fc.property(facts, (begun) => {
      let now: ProfileFacts = { ...begun, shown: Math.min(begun.shown, begun.references) };
      for (const {} of profileSteps) {
        const { percent, next } = profileCompleteness(now);
        if (next === null) break;
        now = { ...now, ...{ references: { references: whole.references }, shown: { shown: whole.shown }, presentation: { presentation: whole.presentation }, picture: { hasPicture: true }, headline: { headline: whole.headline }, skills: { skills: 3 }, themes: { themes: 1 }, dayRate: { dayRateCents: 1 }, city: { city: whole.city } }[next] };
        expect(profileCompleteness(now).percent).toBeGreaterThan(percent);
      }
      expect(profileCompleteness(now)).toMatchObject({ percent: 100, next: null });
    }));
  });
});

describe('M2 what a profile takes', () => {
  it.each([
    ['typographie, storyboard', ['typographie', 'storyboard']], [' C++ ;  after   effects\nC++', ['C++', 'after effects']], ['Gravure, gravure, GRAVURE', ['Gravure']], ['', []], [' , ;\n', []],
  ])('M2: skills of %j', (typed, skills) => {
    expect(skillsOf(typed)).toEqual(skills);
  });

  it.each([
    ['https://lea.example/nova', 'https://lea.example/nova'], ['lea.example', 'https://lea.example/'], ['http://lea.example:8080/a?b#c', 'http://lea.example:8080/a?b#c'], ['LEA.example', 'https://lea.example/'],
    ['javascript:alert(1)', null], ['data:text/html,x', null], ['ftp://lea.example', null], ['pas une adresse', null], ['localhost', null], ['https://', null], ['https://banque.example@pirate.example', null], ['mailto:lea@lea.example', null],
  ])('M2: the web address in %j is %j', (typed, address) => {
    expect(webAddress(typed)).toBe(address);
  });

  it('M2: one place up or down, and no further than the ends', () => {
    expect([moved(['a', 'b', 'c'], 'c', 'up'), moved(['a', 'b', 'c'], 'a', 'down'), moved(['a', 'b'], 'a', 'up'), moved(['a', 'b'], 'b', 'down'), moved(['a', 'b'], 'x', 'up')]).toEqual([['a', 'c', 'b'], ['b', 'a', 'c'], ['a', 'b'], ['a', 'b'], ['a', 'b']]);
  });
});
