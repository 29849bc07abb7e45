/** From a moment on and until another, excluded; null: without end. One that ends as it begins holds no moment. */
export interface Period { readonly from: Date; readonly until: Date | null }

const ends = ({ until }: Period): number => until?.getTime() ?? Infinity;

/** C11: do two periods share a moment? */
export function periodsMeet(a: Period, b: Period): boolean {
  return Math.max(a.from.getTime(), b.from.getTime()) < Math.min(ends(a), ends(b));
}

export type PeriodState = 'running' | 'coming' | 'over' | 'never';

/** What a period is at a moment (ms). */
export function periodState(period: Period, at: number): PeriodState {
  if (ends(period) <= period.from.getTime()) return 'never';
  if (period.from.getTime() > at) return 'coming';
  return ends(period) <= at ? 'over' : 'running';
}

/** The last moment a period holds, as ISO, for people who count the last day in; empty without end. */
export function lastMoment({ from, until }: Period): string {
  return until === null ? '' : new Date(Math.max(until.getTime() - 1, from.getTime())).toISOString();
}
