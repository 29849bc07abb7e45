import type { Db } from '../../../database/open.ts';
import { settingsAt } from '../../../documents/dated-setting.ts';
import { builtInWording, wordingIn } from '../../../documents/legal.ts';
import { beginning } from '../../../domain/effective-date.ts';
import { isLegalWording, legalWordingNames, legalWordings, longestWording, typedWording, wordingRefusal, type LegalWording, type Wording } from '../../../domain/legal-wordings.ts';
import { Problem } from '../../../domain/problem.ts';
import type { Speaker } from '../../text.ts';

/** A change of a wording somebody is about to confirm. */
export interface WordingProposal {
  readonly wording: LegalWording;
  readonly value: Wording;
  /** As typed: 2026-12-01, or nothing for at once. */
  readonly day: string;
  /** ms; null: at once. */
  readonly from: number | null;
  readonly reason: string;
}

export const languages = ['fr', 'en'] as const;

export const addressOf = (query: Readonly<Record<string, string>> = {}): string => `/console/pages/wordings${Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''}`;

/** @throws Problem `not_found` */
export function wordingNamed(text: unknown): LegalWording {
  if (typeof text !== 'string' || !isLegalWording(text)) throw new Problem('not_found', `no wording ${String(text)}`);
  return text;
}

/** What each setting of a wording said at `at` (ms). */
export async function wordingSettingsAt(db: Db, at: number): Promise<(key: string) => unknown> {
  const settings = await settingsAt(db, legalWordingNames.map((name) => legalWordings[name].setting), at);
  return (key) => settings.get(key);
}

/** The two sentences in force, by these settings. */
export const wordingOf = (name: LegalWording, setting: (key: string) => unknown): Wording => wordingIn(setting(legalWordings[name].setting)) ?? builtInWording(name);

/**
 * What a form proposes, checked: nothing missing, no slot unknown, a date that is not past, a reason.
 * @throws Problem `term_refused`, `setting_same`, `setting_in_past`, `date_unclear`, `reason_missing`
 */
export async function wordingProposal(db: Db, given: { wording: LegalWording; fr: unknown; en: unknown; day: unknown; reason: unknown }, say: Speaker, at: number): Promise<WordingProposal> {
  const { wording } = given;
  const { setting, slots } = legalWordings[wording];
  const value: Wording = { fr: typedWording(given.fr), en: typedWording(given.en) };
  for (const language of languages) {
    const refusal = wordingRefusal(slots, value[language]);
    if (!refusal) continue;
    const sentence = say.say(`wordings.refused.${refusal.why}`, { slot: 'slot' in refusal ? refusal.slot : '', most: longestWording, known: slots.map((slot) => `{${slot}}`).join(', '), language: say.say(`wordings.in.${language}`) });
    throw new Problem('term_refused', `${setting}: ${sentence}`, { sentence });
  }
  const day = typeof given.day === 'string' ? given.day.trim() : '';
  const from = beginning(day, at);
  if (from === 'past') throw new Problem('setting_in_past', `${setting} from ${day}`);
  if (from === 'unclear') throw new Problem('date_unclear', `${setting} from ${day}`);
  const reason = typeof given.reason === 'string' ? given.reason.trim().slice(0, 500) : '';
  if (reason === '') throw new Problem('reason_missing', setting);
  const then = wordingOf(wording, await wordingSettingsAt(db, from ?? at));
  if (languages.every((language) => then[language] === value[language])) throw new Problem('setting_same', setting);
  return { wording, value, day, from, reason };
}
