const day = 86_400_000;

/** M2, C6: how long the link to confirm another address opens, in ms. */
export const confirmEmailWithin = 3 * day;
/** How long after it the former address may take the change back, in ms; nobody else is given that address meanwhile. */
export const stopEmailWithin = 14 * day;
/** Changes somebody may ask for in a day: each writes to an address that may be anybody's. */
export const emailChangesADay = 5;

/** How long one that came to nothing is kept once it is over, in ms: the address may be anybody's. Until then its links say what became of it. */
const keptOver = 30 * day;
/** How long one that was confirmed is kept, in ms: meanwhile the former address is told when another bank account is given (M3). */
const keptConfirmed = 365 * day;

/** M2, C6 (GDPR 5.1.e): what was over, or confirmed, before these days is forgotten. `now` in ms. */
export function emailChangesForgotten(now: number): { readonly overBefore: Date; readonly confirmedBefore: Date } {
  return { overBefore: new Date(now - keptOver), confirmedBefore: new Date(now - keptConfirmed) };
}

/** `now` in ms. */
export function mayStopEmail({ state, confirmedAt }: { readonly state: string; readonly confirmedAt: Date | null }, now: number): boolean {
  return state === 'asked' || (state === 'confirmed' && confirmedAt !== null && now - confirmedAt.getTime() < stopEmailWithin);
}
