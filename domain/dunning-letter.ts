import { afterDelay } from './calendar.ts';
import { lateFees, lateFeeSettled, lateFeesStillOwed, type DecidedLateFee } from './late-fees.ts';
import type { DunningLevel, Terms } from './terms.ts';

/** I6: is an invoice in this state chased at all? */
export function isChased(state: string): boolean {
  return state === 'issued' || state === 'part_paid';
}

export interface ChasedInvoice {
  /** Including tax. */
  readonly totalCents: number;
  readonly paidCents: number;
  /** Including tax: what credit notes took off it. */
  readonly creditedCents: number;
  readonly dueAt: Date;
  readonly payments: readonly { readonly amountCents: number; readonly receivedOn: Date }[];
  /** Of a first delay, when it is due again (I12). */
  readonly lateFee: DecidedLateFee | null;
}

export interface DunningFigures {
  readonly totalCents: number;
  readonly remainingCents: number;
  readonly dueAt: string;
  readonly daysLate: number;
  readonly interestCents: number;
  readonly indemnityCents: number;
}

/**
 * I6: the figures a reminder leaving at `at` tells the client: what is left, interest so far and the fixed indemnity, in cents. What a credit note
 * took off was never due, and bears no interest (I12); what was settled of an earlier delay is not asked for again. Sending and dry run both ask here.
 */
export function dunningFigures({ totalCents: invoicedCents, paidCents, creditedCents, dueAt, payments, lateFee }: ChasedInvoice, terms: Pick<Terms, 'lateRateBp' | 'indemnityCents'>, at: Date): DunningFigures {
  const totalCents = invoicedCents - creditedCents;
  const gathered = lateFees({ totalCents, dueAt, at, rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents, payments: payments.map(({ amountCents, receivedOn }) => ({ amountCents, receivedAt: receivedOn })) });
  return { totalCents, remainingCents: totalCents - paidCents, dueAt: dueAt.toISOString(), daysLate: gathered.daysLate, ...lateFeesStillOwed(gathered, lateFee ? lateFeeSettled(lateFee) : 0) };
}

/** I12: an invoice that is due again is chased anew, each level once more. The part of a reminder's key that says so. */
export function dunningWave(reopened: number): string {
  return reopened === 0 ? 'dun' : `dun-${reopened}`;
}

/** The part of a reminder's key that tells it from the same level of another wave, or sent after another pause. `since` in ms: when the pause that held it ended. */
export function dunningKey(reopened: number, since?: number): string {
  return since === undefined ? dunningWave(reopened) : `${dunningWave(reopened)}-after/${since}`;
}

/** The e-mail of a tone. */
export function dunningTemplate<Tone extends DunningLevel['tone']>(tone: Tone): `dunning_${Tone}` {
  return `dunning_${tone}`;
}

/** Who reads a level: the billing contacts unless the terms say otherwise. */
export function readersOf(terms: Pick<Terms, 'dunning'>, level: number): NonNullable<DunningLevel['to']> {
  return terms.dunning.find((one) => one.level === level)?.to ?? 'billing';
}

/** The tones a letter can have: before the due date and on it, an e-mail is enough. */
export type LetterTone = Exclude<DunningLevel['tone'], 'before_due' | 'due'>;

/** Does a letter go with the e-mail of this level? Unless the terms say otherwise, with the formal notice alone. */
export function hasLetter({ tone, letter = tone === 'formal_notice' }: Pick<DunningLevel, 'tone' | 'letter'>): boolean {
  return letter && tone !== 'before_due' && tone !== 'due';
}

/** The tone of the letter of a level of these terms, or null where there is none. */
export function letterToneOf(terms: Pick<Terms, 'dunning'>, level: number): LetterTone | null {
  const found = terms.dunning.find((one) => one.level === level);
  return found && hasLetter(found) ? (found.tone as LetterTone) : null;
}

/** The last day a letter leaves to pay before OFF-WORKS goes further; a first reminder sets none. */
export function payBy(tone: LetterTone, sentAt: Date): Date | null {
  return tone === 'reminder' ? null : afterDelay(sentAt, { unit: 'days', count: 8 });
}

/** A level that fell during a pause leaves after it, unless it speaks of a due date to come or of today: that day is gone. */
export function isSentAfterPause(tone: DunningLevel['tone']): boolean {
  return tone !== 'before_due' && tone !== 'due';
}
