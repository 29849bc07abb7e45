import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsOn, lastDayOf, needsVigilance, obligatoryKinds, standingOf, type KnownDocument } from '../../domain/vigilance.ts';

const day = '2026-11-24';
const urssaf = (state: string, expiresOn: string | null = null): KnownDocument => ({ kind: 'urssaf', state, expiresOn });
const registration = (state: string, expiresOn: string | null = null): KnownDocument => ({ kind: 'registration', state, expiresOn });

describe('M4 the duty of vigilance (C. trav. R8222-1, D8222-5)', () => {
  it('begins at 5 000 € excl. tax per contract', () => {
    expect([needsVigilance(499_999), needsVigilance(500_000)]).toEqual([false, true]);
    expect(holdsOn(499_999, [], [], day)).toEqual([]);
    expect(holdsOn(500_000, [], [], day)).toEqual([{ kind: 'registration', why: 'missing' }, { kind: 'urssaf', why: 'missing' }]);
  });

  it('is met by both documents, each through its last day', () => {
    const both = [registration('valid', '2027-01-31'), urssaf('valid', day)];
    expect(holdsOn(900_000, both, [], day)).toEqual([]);
    expect(holdsOn(900_000, both, [], '2026-11-25')).toEqual([{ kind: 'urssaf', why: 'expired' }]);
  });

  it.each([
    ['nothing', [], 'missing'],
    ['one to check', [urssaf('to_check')], 'to_check'],
    ['one refused', [urssaf('refused')], 'missing'],
    ['one replaced', [urssaf('replaced')], 'missing'],
    ['one expired', [urssaf('expired', '2026-01-31')], 'expired'],
    ['one expired and its renewal to check', [urssaf('expired'), urssaf('to_check')], 'to_check'],
    ['a valid one and its renewal to check', [urssaf('valid', day), urssaf('to_check')], 'valid'],
    ['another document', [registration('valid')], 'missing'],
  ] as const)('with %s of the URSSAF, it is %s', (_what, documents, expected) => {
    expect(standingOf('urssaf', documents, [], day)).toBe(expected);
  });

  it('staff may set it aside for one document until a day, that day included', () => {
    const overrides = [{ kind: 'urssaf', until: day }];
    const documents = [registration('valid')];
    expect(holdsOn(600_000, documents, overrides, day)).toEqual([]);
    expect(holdsOn(600_000, documents, overrides, '2026-11-25')).toEqual([{ kind: 'urssaf', why: 'missing' }]);
    expect(holdsOn(600_000, [], overrides, day)).toEqual([{ kind: 'registration', why: 'missing' }]);
  });

  it('an obligatory document counts six months from its check at most; an insurance as long as it says', () => {
    const checkedAt = Date.parse('2026-08-31T12:00:00Z');
    expect(lastDayOf('urssaf', null, checkedAt)).toBe('2027-02-28');
    expect(lastDayOf('urssaf', '2026-12-31', checkedAt)).toBe('2026-12-31');
    expect(lastDayOf('registration', '2029-12-31', checkedAt)).toBe('2027-02-28');
    expect(lastDayOf('insurance', '2029-12-31', checkedAt)).toBe('2029-12-31');
    expect(lastDayOf('insurance', null, checkedAt)).toBeNull();
  });

  it('a document more never holds more back, and an insurance changes nothing', () => {
    const state = fc.constantFrom('to_check', 'valid', 'refused', 'expired', 'replaced');
    const document = fc.record({ kind: fc.constantFrom<string>(...obligatoryKinds, 'insurance'), state, expiresOn: fc.constantFrom(null, '2026-01-01', day, '2027-01-01') });
    fc.assert(fc.property(fc.array(document, { maxLength: 6 }), document, fc.integer({ min: 0, max: 2_000_000 }), (documents, more, cents) => {
      const before = holdsOn(cents, documents, [], day).map(({ kind }) => kind);
      const after = holdsOn(cents, [...documents, more], [], day).map(({ kind }) => kind);
      expect(before).toEqual(expect.arrayContaining(after));
      if (more.kind === 'insurance') expect(after).toEqual(before);
    }));
  });
});
