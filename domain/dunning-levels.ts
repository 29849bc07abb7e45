import { delayLength } from './delay-length.ts';
import type { Delay } from './calendar.ts';
import type { DunningLevel } from './terms.ts';

/** I6: from a kind word before the due date to the formal notice, each firmer than the one before. */
export const dunningTones: readonly DunningLevel['tone'][] = ['before_due', 'due', 'reminder', 'firm', 'formal_notice'];

/** Who reads a level: the company's billing contacts (the project's owner when there are none), the owner, or all of them. */
export const dunningReaders: readonly NonNullable<DunningLevel['to']>[] = ['billing', 'owner', 'both'];

export const dunningOffsets = { least: { unit: 'days', count: -30 }, most: { unit: 'days', count: 120 } } as const satisfies Record<string, Delay>;

export type DunningFault = 'empty' | 'too_many' | 'bounds' | 'order' | 'duplicate' | 'tone_order' | 'tone_moment' | 'notice_twice' | 'letter_early';

/**
 * I6: what is wrong with a table of levels, or null: in order of their offset, none twice, never gentler than the one before, the formal
 * notice once and last, each tone at its own side of the due date, letters after it. `row` counts from 1.
 */
export function dunningFault(levels: readonly Omit<DunningLevel, 'level'>[], mostRows: number): { fault: DunningFault; row: number } | null {
  if (levels.length === 0) return { fault: 'empty', row: 1 };
  if (levels.length > mostRows) return { fault: 'too_many', row: levels.length };
  for (const [index, { after, tone, letter }] of levels.entries()) {
    const row = index + 1;
    const length = delayLength(after);
    const before = levels[index - 1];
    if (length < delayLength(dunningOffsets.least) || length > delayLength(dunningOffsets.most)) return { fault: 'bounds', row };
    if (tone === 'before_due' ? length >= 0 : tone === 'due' ? length !== 0 : length <= 0) return { fault: 'tone_moment', row };
    if (letter && length <= 0) return { fault: 'letter_early', row };
    if (!before) continue;
    if (delayLength(before.after) === length) return { fault: 'duplicate', row };
    if (delayLength(before.after) > length) return { fault: 'order', row };
    if (before.tone === 'formal_notice' && tone === 'formal_notice') return { fault: 'notice_twice', row };
    if (dunningTones.indexOf(before.tone) > dunningTones.indexOf(tone)) return { fault: 'tone_order', row };
  }
  return null;
}
