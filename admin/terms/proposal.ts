import { delayLength } from '../../domain/delay-length.ts';
import type { Delay } from '../../domain/calendar.ts';
import { beginning } from '../../domain/effective-date.ts';
import { Problem } from '../../domain/problem.ts';
import { inOrder, statesAt } from '../../domain/setting-history.ts';
import { builtIn, isTermKey, termKeys, termsCatalogue, type TermKey } from '../../domain/terms-catalogue.ts';
import { readTerm, termRefusal, type TypedTerm } from '../../domain/typed-term.ts';
import type { Db } from '../../database/open.ts';
import type { Speaker } from '../text.ts';
import { refusalWords, termWords } from './term-words.ts';

/** A change somebody is about to confirm. */
export interface Proposal {
  readonly key: TermKey;
  readonly value: unknown;
  /** As typed: 2026-12-01, or nothing for at once. */
  readonly day: string;
  /** ms; null: at once. */
  readonly from: number | null;
  readonly reason: string;
}

/** @throws Problem `not_found` */
export function termKeyOf(text: unknown): TermKey {
  if (typeof text !== 'string' || !isTermKey(text)) throw new Problem('not_found', `no setting ${String(text)}`);
  return text;
}

/**
 * What a form proposes, its value typed in fields or named in JSON (`value`), checked against its bounds, its neighbours and its date.
 * @throws Problem `term_refused`, `setting_same`, `setting_in_past`, `date_unclear`, `reason_missing`
 */
export async function proposalOf(
  db: Db, given: { key: TermKey; typed?: TypedTerm; value?: unknown; day: unknown; reason: unknown }, say: Speaker, at: number,
): Promise<Proposal> {
  const { key } = given;
  const { type } = termsCatalogue[key];
  const read = given.typed ? readTerm(type, given.typed) : { value: given.value };
  const refusal = 'refusal' in read ? read.refusal : termRefusal(type, read.value);
  if (refusal || 'refusal' in read) throw refused(key, refusal ? refusalWords(type, refusal, say) : '');
  const day = typeof given.day === 'string' ? given.day.trim() : '';
  const from = beginning(day, at);
  if (from === 'past') throw new Problem('setting_in_past', `${key} from ${day}`);
  if (from === 'unclear') throw new Problem('date_unclear', `${key} from ${day}`);
  const reason = typeof given.reason === 'string' ? given.reason.trim().slice(0, 500) : '';
  if (reason === '') throw new Problem('reason_missing', key);
  const then = await valuesAt(db, from ?? at);
  if (JSON.stringify(canonical(then[key])) === JSON.stringify(canonical(read.value))) throw new Problem('setting_same', key);
  checkNeighbours(key, { ...then, [key]: read.value }, say);
  return { key, value: read.value, day, from, reason };
}

const refused = (key: TermKey, sentence: string): Problem => new Problem('term_refused', `${key}: ${sentence}`, { sentence });

/** Every term as it is at a moment (ms), without any client's special rate. */
export async function valuesAt(db: Db, at: number): Promise<Record<TermKey, unknown>> {
  const rows = await db.setting.findMany({ where: { key: { in: termKeys }, cancelledAt: null, effectiveFrom: { lte: new Date(at) } } });
  return { ...builtIn, ...Object.fromEntries(inOrder(rows).map(({ key, value }) => [key, value])) };
}

/** The history of one setting, the newest first, each value with what it is now. */
export async function historyOf(db: Db, key: TermKey, at: number) {
  const rows = await db.setting.findMany({ where: { key } });
  return { rows, states: statesAt(rows, at).reverse() };
}

/** A reminder past the end of its wait would never leave. */
function checkNeighbours(key: TermKey, values: Record<TermKey, unknown>, say: Speaker): void {
  for (const other of termKeys) {
    const { type } = termsCatalogue[other];
    if (type.kind !== 'cadence' || !type.before || (other !== key && type.before !== key)) continue;
    const limit = values[type.before] as Delay;
    const last = (values[other] as Delay[]).at(-1);
    if (last && delayLength(last) >= delayLength(limit)) {
      throw refused(key, say.say('refused.before', {
        reminders: say.say(`term.${other}`), last: termWords(other, [last], say), limit: say.say(`term.${type.before}`), length: termWords(type.before, limit, say),
      }));
    }
  }
}

/** The same value, however its keys are ordered. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => [name, canonical(held)]));
}
