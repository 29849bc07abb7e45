import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultTerms } from '../../domain/default-terms.ts';
import { defaultMembershipTerms } from '../../domain/membership-terms.ts';
import { builtIn, termKeys, termsCatalogue } from '../../domain/terms-catalogue.ts';
import { readTerm, termRefusal, type TypedTerm } from '../../domain/typed-term.ts';

const texts = (locale: string) => JSON.parse(readFileSync(new URL(`../../locales/${locale}/console/terms.json`, import.meta.url), 'utf8')) as Record<string, string>;
const read = (key: keyof typeof termsCatalogue, typed: TypedTerm) => readTerm(termsCatalogue[key].type, typed);
const rows = (...counts: (string | number)[]) => ({ rows: counts.map((count) => ({ count: String(count), unit: 'days' })) });

describe('S4 the catalogue of terms', () => {
  it('covers every term of projects and memberships, and nothing else', () => {
    expect([...termKeys].sort()).toEqual([...Object.keys(defaultTerms), ...Object.keys(defaultMembershipTerms)].sort());
  });

  it.each(termKeys)('%s: what is built in is within its own bounds', (key) => {
    expect(termRefusal(termsCatalogue[key].type, builtIn[key])).toBeNull();
  });

  it.each(['fr', 'en'])('says every term, its explanation, its choices and every refusal (%s)', (locale) => {
    expect(existsSync(new URL(`../../locales/${locale}/console/terms.json`, import.meta.url))).toBe(true);
    const said = texts(locale);
    for (const key of termKeys) {
      expect(said[`term.${key}`], key).toBeTruthy();
      expect(said[`term.${key}.help`], key).toBeTruthy();
      const { type, group } = termsCatalogue[key];
      expect(said[`terms.group.${group}`]).toBeTruthy();
      if (type.kind === 'choice') for (const option of type.options) expect(said[`term.${key}.${option}`]).toBeTruthy();
    }
  });
});

describe('S4 each type is read as people type it', () => {
  it.each([
    ['17', 1_700], ['17,5', 1_750], ['17.25', 1_725], ['17,5 %', 1_750], ['0', 0], ['50', 5_000],
  ])('a percent: “%s”', (typed, value) => expect(read('feeRateBp', { value: typed })).toEqual({ value }));

  it.each(['', 'dix', '-3', '17,555', '1e1'])('not a percent: “%s”', (typed) => expect(read('feeRateBp', { value: typed })).toMatchObject({ refusal: { why: 'not_a_number' } }));

  it('a percent out of bounds says between which', () => {
    expect(read('feeRateBp', { value: '51' })).toEqual({ refusal: { why: 'bounds', least: 0, most: 5_000 } });
  });

  it('an amount in euros', () => {
    expect(read('indemnityCents', { value: '40,50' })).toEqual({ value: 4_050 });
    expect(read('indemnityCents', { value: '39,99' })).toMatchObject({ refusal: { why: 'bounds', least: 4_000 } });
    expect(read('indemnityCents', { value: 'quarante' })).toMatchObject({ refusal: { why: 'not_a_number' } });
  });

  it('a duration and its unit', () => {
    expect(read('clientQuoteValidity', { value: '45', unit: 'days' })).toEqual({ value: { unit: 'days', count: 45 } });
    expect(read('clientQuoteValidity', { value: '45', unit: 'seconds' })).toMatchObject({ refusal: { why: 'unit' } });
    expect(read('clientQuoteValidity', { value: '4,5', unit: 'days' })).toMatchObject({ refusal: { why: 'not_a_number' } });
    expect(read('paymentTerm', { value: '61', unit: 'days' })).toMatchObject({ refusal: { why: 'bounds', most: { unit: 'days', count: 60 } } });
    expect(read('quoteValidation', { value: '25', unit: 'hours' })).toMatchObject({ refusal: { why: 'bounds' } }); // Q4
    expect(read('anomalyWindow', { value: '47', unit: 'hours' })).toMatchObject({ refusal: { why: 'bounds' } }); // I2
  });

  it('a count, a choice', () => {
    expect(read('escalationTimes', { value: '6' })).toEqual({ value: 6 });
    expect(read('escalationTimes', { value: '0' })).toMatchObject({ refusal: { why: 'bounds' } });
    expect(read('feeBasis', { value: 'of_members_total' })).toEqual({ value: 'of_members_total' });
    expect(read('feeBasis', { value: 'of_nothing' })).toMatchObject({ refusal: { why: 'option' } });
  });

  it('a cadence, in order and without twice the same', () => {
    expect(read('clientQuoteReminders', rows(4, 12))).toEqual({ value: [{ unit: 'days', count: 4 }, { unit: 'days', count: 12 }] });
    expect(read('clientQuoteReminders', rows())).toEqual({ value: [] });
    expect(read('clientQuoteReminders', rows(12, 4))).toMatchObject({ refusal: { why: 'order', row: 2 } });
    expect(read('clientQuoteReminders', rows(4, 4))).toMatchObject({ refusal: { why: 'duplicate', row: 2 } });
    expect(read('clientQuoteReminders', { rows: [{ count: '1', unit: 'days' }, { count: '24', unit: 'hours' }] })).toMatchObject({ refusal: { why: 'duplicate', row: 2 } });
    expect(read('clientQuoteReminders', rows(4, ''))).toMatchObject({ refusal: { why: 'not_a_number', row: 2 } });
    expect(read('clientQuoteReminders', rows(...Array.from({ length: 13 }, (_, index) => index + 1)))).toMatchObject({ refusal: { why: 'too_many' } });
  });

  it('notices, the earliest first', () => {
    expect(read('expiryNoticeDays', rows(30, 7))).toEqual({ value: [30, 7] });
    expect(read('expiryNoticeDays', rows(7, 30))).toMatchObject({ refusal: { why: 'order', row: 2 } });
  });

  it('anything else in place of a value is refused, whatever it is', () => {
    for (const key of termKeys) {
      for (const value of [null, {}, 'x', -1, 1.5, [null], [{}], { unit: 'days' }, { unit: 'years', count: 1 }]) {
        expect(termRefusal(termsCatalogue[key].type, value), `${key} ${JSON.stringify(value)}`).not.toBeNull();
      }
    }
  });
});

describe('I6 dunning levels', () => {
  const levels = (...given: [string, string, string?][]) => read('dunning', { rows: given.map(([count, tone, to]) => ({ count, tone, to: to ?? 'billing' })) });

  it('are numbered in their order, and keep their readers', () => {
    expect(levels(['-7', 'before_due'], ['0', 'due', 'both'], ['7', 'reminder'])).toEqual({
      value: [
        { level: 1, after: { unit: 'days', count: -7 }, tone: 'before_due' },
        { level: 2, after: { unit: 'days', count: 0 }, tone: 'due', to: 'both' },
        { level: 3, after: { unit: 'days', count: 7 }, tone: 'reminder' },
      ],
    });
  });

  it.each([
    ['empty', []],
    ['order', [['7', 'reminder'], ['5', 'firm']]],
    ['duplicate', [['7', 'reminder'], ['7', 'firm']]],
    ['tone_moment', [['7', 'before_due']]],
    ['tone_moment', [['-1', 'formal_notice']]],
    ['tone_moment', [['1', 'due']]],
    ['tone_order', [['7', 'firm'], ['15', 'reminder']]],
    ['notice_twice', [['30', 'formal_notice'], ['45', 'formal_notice']]],
    ['bounds', [['-31', 'before_due']]],
    ['option', [['7', 'shouting']]],
  ] as [string, [string, string][]][])('%s', (why, given) => expect(levels(...given)).toMatchObject({ refusal: { why } }));
});
