/** M5: what briefs announce, in bands a member looks through. The database writes the band of each project by the same rule (migration 0039_profile). */
export const budgetBands = ['under5', 'from5', 'from15', 'from50', 'unknown'] as const;
export type BudgetBand = (typeof budgetBands)[number];

/** Where each band begins, in cents. */
const begins: readonly (readonly [BudgetBand, number])[] = [['from50', 5_000_000], ['from15', 1_500_000], ['from5', 500_000]];

/** The band of a budget in cents; null: unknown. */
export function bandOf(cents: number | null): BudgetBand {
  if (cents === null) return 'unknown';
  return begins.find(([, from]) => cents >= from)?.[0] ?? 'under5';
}
