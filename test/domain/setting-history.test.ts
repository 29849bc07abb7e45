import { describe, expect, it } from 'vitest';
import { beginning } from '../../domain/effective-date.ts';
import { historyMark, statesAt } from '../../domain/setting-history.ts';

const day = (date: string) => new Date(`${date}T00:00:00Z`);
const row = (id: string, from: string, created = from, cancelled: string | null = null) => ({ id, value: id, effectiveFrom: day(from), createdAt: day(created), cancelledAt: cancelled ? day(cancelled) : null });

describe('S4 the history of a setting', () => {
  const rows = [row('b', '2026-06-01', '2026-02-01'), row('a', '2026-01-01'), row('d', '2026-12-01', '2026-03-01'), row('c', '2026-09-01', '2026-02-02', '2026-02-03')];
  const told = (at: string) => statesAt(rows, day(at).getTime()).map(({ row: { id }, state }) => `${id} ${state}`);

  it('what comes is not in force before its date, what is cancelled never is', () => {
    expect(told('2026-05-01')).toEqual(['a in_force', 'b coming', 'c cancelled', 'd coming']);
    expect(told('2026-10-01')).toEqual(['a past', 'b in_force', 'c cancelled', 'd coming']);
    expect(told('2025-01-01')).toEqual(['a coming', 'b coming', 'c cancelled', 'd coming']);
  });

  it('of two that begin together, the one written last holds', () => {
    const both = [row('later', '2026-06-01', '2026-02-02'), row('earlier', '2026-06-01', '2026-02-01')];
    expect(statesAt(both, day('2026-06-01').getTime()).find(({ state }) => state === 'in_force')?.row.id).toBe('later');
  });

  it('its mark changes with every value added or cancelled', () => {
    expect(historyMark(rows)).not.toBe(historyMark(rows.slice(1)));
    expect(historyMark([row('a', '2026-06-01')])).not.toBe(historyMark([row('a', '2026-06-01', '2026-01-01', '2026-02-01')]));
  });
});

describe('S4 never retroactive', () => {
  const at = Date.parse('2026-06-10T22:30:00Z'); // 0:30 on the 11th in Paris
  it('the days of Paris decide', () => {
    expect(beginning('2026-06-10', at)).toBe('past');
    expect(beginning('2026-06-11', at)).toBeNull();
    expect(beginning('', at)).toBeNull();
    expect(beginning('2026-06-12', at)).toBe(Date.parse('2026-06-11T22:00:00Z'));
    expect(beginning('12/06/2026', at)).toBe('unclear');
    expect(beginning('2026-02-30', at)).toBe('unclear');
  });
});
