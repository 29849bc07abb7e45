const day = 86_400_000;

/** M2, C6: how long the link to confirm another address opens, in ms. */
export const confirmEmailWithin = 3 * day;
/** How long after it the former address may take the change back, in ms; nobody else is given that address meanwhile. */
export const stopEmailWithin = 14 * day;
/** Changes somebody may ask for in a day: each writes to an address that may be anybody's. */
export const emailChangesADay = 5;

/** `now` in ms. */
export function mayStopEmail({ state, confirmedAt }: { readonly state: string; readonly confirmedAt: Date | null }, now: number): boolean {
  return state === 'asked' || (state === 'confirmed' && confirmedAt !== null && now - confirmedAt.getTime() < stopEmailWithin);
}
