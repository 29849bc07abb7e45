/** S5: how long the next try to sign in waits after failures, by account and by the address tries come from. Times in ms. */
export type TryKind = 'account' | 'address';

/** Several people may share an address: it is given more tries than an account. */
const rules: Readonly<Record<TryKind, { readonly free: number; readonly longest: number }>> = {
  account: { free: 5, longest: 15 * 60_000 },
  address: { free: 30, longest: 60 * 60_000 },
};
const shortest = 30_000;
/** Failures older than this count no more. */
export const forgottenAfter = 24 * 3_600_000;

export interface Tries { readonly tries: number; readonly lastAt: number; readonly openAt: number }

/** The wait after so many failures in a row: none for the first, then twice as long each time, up to a ceiling. */
export function waitAfter(kind: TryKind, tries: number): number {
  const { free, longest } = rules[kind];
  return tries < free ? 0 : Math.min(longest, shortest * 2 ** Math.min(tries - free, 20));
}

/** What is left to wait at a moment; 0 when a try may be taken. */
export function waitLeft(known: Tries | null, at: number): number {
  return known ? Math.max(0, known.openAt - at) : 0;
}

/** A try is counted before it is judged, so that a thousand at once are not a thousand free guesses. */
export function counted(kind: TryKind, known: Tries | null, at: number): Tries {
  const tries = (known && at - known.lastAt < forgottenAfter ? known.tries : 0) + 1;
  return { tries, lastAt: at, openAt: at + waitAfter(kind, tries) };
}

/** A wait in the unit people read: seconds, or minutes rounded up. */
export function waitShown(ms: number): { seconds: number; minutes: number } {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds <= 90 ? { seconds, minutes: 0 } : { seconds: 0, minutes: Math.ceil(seconds / 60) };
}
