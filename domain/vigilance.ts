import { DateTime } from 'luxon';
import { parisZone } from './calendar.ts';

/**
 * M4: the duty of vigilance. Whoever has work done for 5 000 € excl. tax or more must hold, when the contract is concluded and every six
 * months until it ends, the other party's proof of registration and its URSSAF attestation (C. trav. L8222-1, R8222-1, D8222-5). While
 * one of them is missing or too old, what the member is owed on that contract waits.
 */
export const vigilanceThresholdCents = 500_000;

/** What D8222-5 asks for: 1° the URSSAF attestation, 2° the registration. An insurance is good to have and holds nothing back. */
export const obligatoryKinds = ['registration', 'urssaf'] as const;
export type ObligatoryKind = (typeof obligatoryKinds)[number];

/** Months for which an obligatory document counts from the day staff checked it, whatever later day stands on it (D8222-5: « tous les six mois »). */
const monthsBetweenChecks = 6;

export interface KnownDocument {
  readonly kind: string;
  readonly state: string;
  /** Its last day in Paris, as 2027-01-31. */
  readonly expiresOn: string | null;
}

/** Staff let a member be paid without a document until a day, the last one included. */
export interface KnownOverride {
  readonly kind: string;
  /** In Paris, as 2027-01-31. */
  readonly until: string;
}

export type Standing = 'valid' | 'overridden' | 'to_check' | 'expired' | 'missing';

export interface Hold {
  readonly kind: ObligatoryKind;
  readonly why: 'to_check' | 'expired' | 'missing';
}

/** Does a contract of this amount, in cents excl. tax, amendments included, need the documents of vigilance? */
export function needsVigilance(contractCents: number): boolean {
  return contractCents >= vigilanceThresholdCents;
}

/** Where one kind of document stands on a day (as 2027-01-31): what counts first, then what is on its way. */
export function standingOf(kind: string, documents: readonly KnownDocument[], overrides: readonly KnownOverride[], day: string): Standing {
  const mine = documents.filter((document) => document.kind === kind);
  const stillGood = ({ state, expiresOn }: KnownDocument): boolean => state === 'valid' && (expiresOn === null || expiresOn >= day);
  if (mine.some(stillGood)) return 'valid';
  if (overrides.some((override) => override.kind === kind && override.until >= day)) return 'overridden';
  if (mine.some(({ state }) => state === 'to_check')) return 'to_check';
  return mine.some(({ state }) => state === 'expired' || state === 'valid') ? 'expired' : 'missing';
}

/** What holds back the payouts of a contract on a day; empty: nothing. */
export function holdsOn(contractCents: number, documents: readonly KnownDocument[], overrides: readonly KnownOverride[], day: string): Hold[] {
  if (!needsVigilance(contractCents)) return [];
  return obligatoryKinds.flatMap((kind): Hold[] => {
    const why = standingOf(kind, documents, overrides, day);
    return why === 'valid' || why === 'overridden' ? [] : [{ kind, why }];
  });
}

/** The last day a document checked at `checkedAt` (ms) counts, as 2027-01-31: the one it bears, and for an obligatory one six months at most. */
export function lastDayOf(kind: string, announced: string | null, checkedAt: number): string | null {
  if (!(obligatoryKinds as readonly string[]).includes(kind)) return announced;
  const limit = DateTime.fromMillis(checkedAt, { zone: parisZone }).plus({ months: monthsBetweenChecks }).toFormat('yyyy-MM-dd');
  return announced && announced < limit ? announced : limit;
}
