import { DateTime } from 'luxon';
import { parisZone } from './calendar.ts';

/** M7: how often a member is told of new projects on the themes they follow. */
export const alertRhythms = ['each', 'daily', 'weekly', 'none'] as const;
export type AlertRhythm = (typeof alertRhythms)[number];
export const digestRhythms = ['daily', 'weekly'] as const;
export type DigestRhythm = (typeof digestRhythms)[number];

export const isDigest = (rhythm: string): boolean => (digestRhythms as readonly string[]).includes(rhythm);

/** One digest of everybody of a rhythm. */
export interface Digest {
  readonly rhythm: DigestRhythm;
  /** The day it leaves, in Paris, as 2026-03-30: its name, so that it is sent once. */
  readonly day: string;
  /** What was published from then … in ms */
  readonly from: number;
  /** … until then, in ms. */
  readonly until: number;
}

/** The hour digests leave in Paris. */
const hour = 8;
const monday = 1;

/** The latest digest of a rhythm that should have left at a moment (ms): daily at eight in Paris, weekly on Mondays at eight. */
export function latestDigest(rhythm: DigestRhythm, now: number): Digest {
  const moment = DateTime.fromMillis(now, { zone: parisZone });
  const today = moment.startOf('day').set({ hour });
  let until = today <= moment ? today : today.minus({ days: 1 });
  if (rhythm === 'weekly') until = until.minus({ days: (until.weekday - monday + 7) % 7 });
  return { rhythm, day: until.toFormat('yyyy-MM-dd'), from: until.minus({ days: rhythm === 'daily' ? 1 : 7 }).toMillis(), until: until.toMillis() };
}

/** Digests that a long absence of ours left out are caught up with, this far back, in ms. */
const caughtUp = 14 * 86_400_000;

/** From when a member's digest tells, in ms: from where their last one ended, or the beginning of this one. */
export function digestFrom({ from, until }: Digest, digestedUntil: number | null): number {
  return digestedUntil === null ? from : Math.max(digestedUntil, until - caughtUp);
}
