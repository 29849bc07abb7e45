import { describe, expect, it } from 'vitest';
import { bandOf, budgetBands } from '../../domain/budget-bands.ts';
import { feedCursorText, readFeedCursor } from '../../domain/feed-cursor.ts';

describe('M5 the feed', () => {
  it.each([[null, 'unknown'], [1, 'under5'], [499_999, 'under5'], [500_000, 'from5'], [1_499_999, 'from5'], [1_500_000, 'from15'], [4_999_999, 'from15'], [5_000_000, 'from50'], [2_000_000_000, 'from50']])('M5: a budget of %s cents is %s', (cents, band) => {
    expect(bandOf(cents)).toBe(band);
    expect(budgetBands).toContain(band);
  });

  it('M5: a place in the feed goes into an address and comes back; anything else is the beginning', () => {
    for (const followed of [true, false]) {
      const cursor = { followed, publishedAt: 1_790_000_000_123, projectId: '01a21a10-0cb5-71ac-a589-72ddc3502270' };
      expect(readFeedCursor(feedCursorText(cursor))).toEqual(cursor);
    }
    for (const text of ['', 'f', 'x.1.a', 'f.-1.a', 'f.1.', 'f.1.a b', 'f.1e5.a', 'f.99999999999999999.a', 'f.1.a\'--']) expect(readFeedCursor(text)).toBeNull();
  });
});
