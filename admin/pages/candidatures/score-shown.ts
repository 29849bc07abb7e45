import { bestNote } from '../../../domain/scorecard.ts';
import type { Speaker } from '../../text.ts';

/** A note out of five as people write it: 4,5 / 5; a dash while there is none. */
export function scoreShown(score: number | null, say: Speaker): string {
  if (score === null) return '—';
  return `${new Intl.NumberFormat(say.locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 1 }).format(score)}\u00a0/\u00a0${bestNote}`;
}
