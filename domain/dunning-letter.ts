import { lateFees } from './late-fees.ts';
import type { DunningLevel, Terms } from './terms.ts';

/** I6: is an invoice in this state chased at all? */
export function isChased(state: string): boolean {
  return state === 'issued' || state === 'part_paid';
}

export interface ChasedInvoice {
  /** Including tax. */
  readonly totalCents: number;
  readonly paidCents: number;
  readonly dueAt: Date;
  readonly payments: readonly { readonly amountCents: number; readonly receivedOn: Date }[];
}

export interface DunningFigures {
  readonly totalCents: number;
  readonly remainingCents: number;
  readonly dueAt: string;
  readonly daysLate: number;
  readonly interestCents: number;
  readonly indemnityCents: number;
}

/** I6: the figures a reminder leaving at `at` tells the client: what is left, interest so far and the fixed indemnity, in cents. Sending and dry run both ask here. */
export function dunningFigures({ totalCents, paidCents, dueAt, payments }: ChasedInvoice, terms: Pick<Terms, 'lateRateBp' | 'indemnityCents'>, at: Date): DunningFigures {
  const late = lateFees({ totalCents, dueAt, at, rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents, payments: payments.map(({ amountCents, receivedOn }) => ({ amountCents, receivedAt: receivedOn })) });
  return { totalCents, remainingCents: totalCents - paidCents, dueAt: dueAt.toISOString(), ...late };
}

/** The e-mail of a tone. */
export function dunningTemplate<Tone extends DunningLevel['tone']>(tone: Tone): `dunning_${Tone}` {
  return `dunning_${tone}`;
}

/** Who reads a level: the billing contacts unless the terms say otherwise. */
export function readersOf(terms: Pick<Terms, 'dunning'>, level: number): NonNullable<DunningLevel['to']> {
  return terms.dunning.find((one) => one.level === level)?.to ?? 'billing';
}
