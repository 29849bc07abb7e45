import { describe, expect, it } from 'vitest';
import { averageOf, overallOf } from '../../domain/scorecard.ts';

const scores = (experience: number | null, references: number | null, creativity: number | null, expertise: number | null) => ({ experience, references, creativity, expertise });

describe('M1 the scorecard of a candidature', () => {
  it('is the mean of what was noted: what is left open counts for nothing, a zero counts', () => {
    expect(averageOf([])).toBeNull();
    expect(averageOf([null, null])).toBeNull();
    expect(averageOf([4, null, 5, null])).toBe(4.5);
    expect(averageOf([0, 5])).toBe(2.5);
    expect(averageOf([5, 5, 4])).toBe(4.67);
  });

  it('weighs every reader the same, however much they noted', () => {
    expect(overallOf([scores(5, 5, 5, 5), scores(1, null, null, null)])).toBe(3);
    expect(overallOf([scores(null, null, null, null), scores(2, 4, null, null)])).toBe(3);
    expect(overallOf([])).toBeNull();
  });
});
