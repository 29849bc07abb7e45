import type { Delay } from '../../domain/calendar.ts';
import { hasLetter } from '../../domain/dunning-letter.ts';
import type { DunningLevel } from '../../domain/terms.ts';
import type { TermRefusal } from '../../domain/typed-term.ts';
import { termsCatalogue, type TermKey, type TermType } from '../../domain/terms-catalogue.ts';
import type { ConsoleLocale, Speaker } from '../text.ts';

const units = { seconds: 'second', minutes: 'minute', hours: 'hour', days: 'day' } as const;
const tags: Record<ConsoleLocale, string> = { fr: 'fr-FR', en: 'en-GB' };

/** « 48 heures », « 5 jours ouvrés ». */
export function delayWords({ unit, count }: Delay, say: Speaker): string {
  const tag = tags[say.locale];
  if (unit !== 'working_days') return new Intl.NumberFormat(tag, { style: 'unit', unit: units[unit], unitDisplay: 'long' }).format(count);
  const size = new Intl.PluralRules(tag).select(count) === 'one' ? 'one' : 'other';
  return say.say(`unit.working_days.${size}`, { count: new Intl.NumberFormat(tag).format(count) });
}

/** A value of a setting as people read it; JSON when it is none of its type, as an old row might be. */
export function termWords(key: TermKey, value: unknown, say: Speaker): string {
  try {
    return wordsOf(key, termsCatalogue[key].type, value, say);
  } catch {
    return JSON.stringify(value) ?? '';
  }
}

function wordsOf(key: TermKey, type: TermType, value: unknown, say: Speaker): string {
  const list = (rows: readonly string[]): string => (rows.length === 0 ? say.say('terms.none') : rows.join(' · '));
  switch (type.kind) {
    case 'percent':
      return say.say('terms.percent', { rate: value });
    case 'cents':
      return say.money(value as number);
    case 'count':
      return new Intl.NumberFormat(tags[say.locale]).format(value as number);
    case 'choice':
      return say.say(`term.${key}.${String(value)}`);
    case 'duration':
      return (value as Delay).count === 0 ? say.say('terms.atOnce') : delayWords(value as Delay, say);
    case 'cadence':
      return list((value as Delay[]).map((delay) => delayWords(delay, say)));
    case 'notices':
      return list((value as number[]).map((count) => delayWords({ unit: 'days', count }, say)));
    case 'dunning':
      return list((value as DunningLevel[]).map((level) => levelWords(level, say)));
  }
}

/** « J+7 : Relance » for days, in words for anything else. */
function levelWords({ after, tone, to, letter }: DunningLevel, say: Speaker): string {
  const size = delayWords({ ...after, count: Math.abs(after.count) }, say);
  const sign = after.count === 0 ? 'onDue' : after.count < 0 ? 'beforeDue' : 'afterDue';
  const when = say.say(`terms.${sign}${after.unit === 'days' ? '.days' : ''}`, { size, days: Math.abs(after.count) });
  return `${when}${say.say('terms.colon')}${say.say(`dunning.tone.${tone}`)}${to && to !== 'billing' ? ` (${say.say(`dunning.to.${to}`)})` : ''}${hasLetter({ tone, letter }) ? say.say('terms.withLetter') : ''}`;
}

/** Why a value is refused, in one sentence that says what would be right. */
export function refusalWords(type: TermType, refusal: TermRefusal, say: Speaker): string {
  const bound = (held: Delay | number | undefined): string => {
    if (held === undefined) return '';
    if (typeof held === 'object') return delayWords(held, say);
    if (refusal.why === 'too_many') return String(held);
    if (type.kind === 'percent') return say.say('terms.percent', { rate: held });
    if (type.kind === 'cents') return say.money(held);
    return type.kind === 'notices' ? delayWords({ unit: 'days', count: held }, say) : String(held);
  };
  const sentence = say.say(`refused.${refusal.why}${refusal.why === 'not_a_number' ? `.${type.kind}` : ''}`, { least: bound(refusal.least), most: bound(refusal.most) });
  return refusal.row === undefined ? sentence : say.say('refused.row', { row: refusal.row, sentence });
}
