/** M1: what staff look at in a candidature, each noted from 0 to 5. */
export const criteria = ['experience', 'references', 'creativity', 'expertise'] as const;
export type Criterion = (typeof criteria)[number];
export const bestNote = 5;

export type Scores = Readonly<Record<Criterion, number | null>>;

/** The mean of what has been noted, to two decimals; null while nothing is. A criterion left open counts for nothing. */
export function averageOf(notes: readonly (number | null)[]): number | null {
  const given = notes.filter((note): note is number => note !== null);
  return given.length === 0 ? null : Math.round((given.reduce((sum, note) => sum + note, 0) / given.length) * 100) / 100;
}

/** The mean of several readings: of each reader's own mean, so that a reader who noted less counts no less. */
export function overallOf(readings: readonly Scores[]): number | null {
  return averageOf(readings.map((scores) => averageOf(criteria.map((criterion) => scores[criterion]))));
}
