/** One dated value of a setting. */
export interface DatedValue {
  readonly id: string;
  readonly value: unknown;
  readonly effectiveFrom: Date;
  readonly createdAt: Date;
  readonly cancelledAt: Date | null;
}
export type DatedState = 'in_force' | 'coming' | 'past' | 'cancelled';

/** From the first to hold to the last, as `termsInForce` reads them: of two that begin together, the one written last holds. */
export function inOrder<Row extends DatedValue>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime() || a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** S4: what each dated value of one setting is at a moment (ms). At most one is in force; none: what is built in holds. */
export function statesAt<Row extends DatedValue>(rows: readonly Row[], at: number): { readonly row: Row; readonly state: DatedState }[] {
  const ordered = inOrder(rows);
  const holding = ordered.findLast(({ cancelledAt, effectiveFrom }) => cancelledAt === null && effectiveFrom.getTime() <= at);
  return ordered.map((row) => {
    if (row.cancelledAt !== null) return { row, state: 'cancelled' };
    if (row.effectiveFrom.getTime() > at) return { row, state: 'coming' };
    return { row, state: row === holding ? 'in_force' : 'past' };
  });
}

/** Changes whenever a value is added or cancelled: whoever changes a setting says which of its states they saw. */
export function historyMark(rows: readonly DatedValue[]): string {
  const cancelled = rows.filter(({ cancelledAt }) => cancelledAt !== null).length;
  return `${rows.length}.${cancelled}`;
}
