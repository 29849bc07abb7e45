import { describe, expect, it } from 'vitest';
import { digestFrom, latestDigest } from '../../domain/alerts.ts';

const at = (iso: string): number => Date.parse(iso);

describe('M7 digests', () => {
  it.each([
    ['daily', '2026-03-31T06:00:00Z', '2026-03-31', '2026-03-30T06:00:00Z', '2026-03-31T06:00:00Z'], // eight in summer
    ['daily', '2026-03-31T05:59:59Z', '2026-03-30', '2026-03-29T06:00:00Z', '2026-03-30T06:00:00Z'],
    ['daily', '2026-03-29T06:00:00Z', '2026-03-29', '2026-03-28T07:00:00Z', '2026-03-29T06:00:00Z'], // the day the clocks change has 23 hours
    ['daily', '2026-01-15T23:30:00Z', '2026-01-15', '2026-01-14T07:00:00Z', '2026-01-15T07:00:00Z'], // already the 16th in Paris
    ['weekly', '2026-03-30T06:00:00Z', '2026-03-30', '2026-03-23T07:00:00Z', '2026-03-30T06:00:00Z'], // a Monday
    ['weekly', '2026-03-30T05:00:00Z', '2026-03-23', '2026-03-16T07:00:00Z', '2026-03-23T07:00:00Z'],
    ['weekly', '2026-04-05T22:30:00Z', '2026-03-30', '2026-03-23T07:00:00Z', '2026-03-30T06:00:00Z'], // Monday in Paris, before eight
  ] as const)('M7: the latest %s digest at %s is that of %s', (rhythm, now, day, from, until) => {
    expect(latestDigest(rhythm, at(now))).toEqual({ rhythm, day, from: at(from), until: at(until) });
  });

  it('M7: a member is told from where their last digest ended, a fortnight back at most', () => {
    const digest = latestDigest('daily', at('2026-03-31T09:00:00Z'));
    expect(digestFrom(digest, null)).toBe(digest.from);
    expect(digestFrom(digest, at('2026-03-27T06:00:00Z'))).toBe(at('2026-03-27T06:00:00Z'));
    expect(digestFrom(digest, at('2025-01-01T00:00:00Z'))).toBe(digest.until - 14 * 86_400_000);
  });
});
