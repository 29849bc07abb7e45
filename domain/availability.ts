/** C4, M2: when a member may take something on. */
export const availabilities = ['now', 'soon', 'busy'] as const;
export type Availability = (typeof availabilities)[number];

/** What it is on a day, as YYYY-MM-DD: once the day it was said to end has come, it has. */
export function availabilityOn(day: string, said: string, from: Date | null): { readonly is: Availability; readonly from: Date | null } {
  const is = availabilities.find((one) => one === said) ?? 'busy';
  if (is === 'now' || from === null) return { is, from: null };
  return from.toISOString().slice(0, 10) <= day ? { is: 'now', from: null } : { is, from };
}
