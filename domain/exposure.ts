/**
 * I5: two clocks. A client pays at the end of their terms, and members are paid then; the law lets what is owed to a member fall due before, whatever
 * the client does. What OFF-WORKS would have to advance between the two is its exposure.
 */
export interface OwedToMember {
  /** Of the member's invoice, including tax, what has not left for them. */
  readonly owedCents: number;
  /** Of that, what the client has paid already: it is in hand, and nothing is advanced for it. */
  readonly inHandCents: number;
  /** The day the law lets it fall due, 2027-01-31. */
  readonly legalDueOn: string;
  /** The day the client is to have paid; null when that day is gone, or nobody has been invoiced yet: then nobody knows. */
  readonly clientDueOn: string | null;
}

export interface Receivable { readonly leftCents: number; readonly dueOn: string }

export interface ExposureDay {
  readonly on: string;
  /** What falls due to members that day; on the first day, also what was due before. */
  readonly dueToMembersCents: number;
  /** What clients are to pay that day. */
  readonly expectedCents: number;
  /** Falls due to members and the client is not to have paid before: to advance that day. */
  readonly toAdvanceCents: number;
  /** Advanced before, and the client is to pay it that day. */
  readonly comesBackCents: number;
  /** Advanced and not come back, at the end of that day. */
  readonly exposureCents: number;
}

/** What is to come of a member's invoice, in cents: never under nothing. */
const toCome = ({ owedCents, inHandCents }: OwedToMember): number => Math.max(0, owedCents - inHandCents);

/**
 * Day by day, for each of `days` (in order, each once): what falls due to members, what clients are to pay, what OFF-WORKS would advance and when it
 * comes back, and what is advanced by then. A client who is late is not counted on. What is due to members before the first day counts on it.
 */
export function exposureByDay(days: readonly string[], owed: readonly OwedToMember[], receivables: readonly Receivable[]): ExposureDay[] {
  const [first = ''] = days;
  let exposureCents = 0;
  return days.map((on): ExposureDay => {
    const falling = owed.filter(({ legalDueOn }) => (on === first ? legalDueOn <= on : legalDueOn === on));
    const advanced = (one: OwedToMember): boolean => one.clientDueOn === null || one.clientDueOn > (one.legalDueOn < first ? first : one.legalDueOn);
    const toAdvanceCents = sumOf(falling.filter(advanced), toCome);
    const comesBackCents = sumOf(owed.filter((one) => one.clientDueOn === on && advanced(one)), toCome);
    exposureCents += toAdvanceCents - comesBackCents;
    return { on, dueToMembersCents: sumOf(falling, ({ owedCents }) => owedCents), expectedCents: sumOf(receivables.filter(({ dueOn }) => dueOn === on), ({ leftCents }) => leftCents), toAdvanceCents, comesBackCents, exposureCents };
  });
}

const sumOf = <Item>(items: readonly Item[], cents: (item: Item) => number): number => items.reduce((total, item) => total + cents(item), 0);
