import { nameKey } from './plain-words.ts';

/** A payout that left, or that a statement has shown. */
export interface SentPayout {
  readonly id: string;
  readonly state: 'sent' | 'paid';
  /** What the transfer was called in our file; empty when it was made by hand. */
  readonly endToEndId: string;
  /** The file, and the group of it, by which the bank may book it with others. */
  readonly batchIds: readonly string[];
  readonly names: readonly string[];
  readonly cents: number;
}

interface Part { readonly id: string; readonly cents: number }

/** Payouts to be looked up by what the bank says of them. Each is found once as leaving and once as coming back. */
export interface PayoutBook {
  byEndToEnd(id: string, cents: number): string | null;
  byBatch(id: string, cents: number): readonly Part[] | null;
  byNameAndAmount(name: string, cents: number): readonly Part[] | null;
  byAmountOnly(cents: number): readonly Part[] | null;
  returned(endToEndId: string, cents: number): string | null;
  returnedByName(name: string, cents: number): string | null;
}

export function payoutBook(payouts: readonly SentPayout[]): PayoutBook {
  const gone = new Set(payouts.filter(({ state }) => state === 'paid').map(({ id }) => id));
  const back = new Set<string>();
  const byEnd = new Map<string, SentPayout>();
  const batches = new Map<string, SentPayout[]>();
  const byName = new Map<string, SentPayout[]>();
  const byAmount = new Map<number, SentPayout[]>();
  const totals = new Map<number, string[]>();
  for (const payout of payouts) {
    if (payout.endToEndId !== '') byEnd.set(payout.endToEndId, payout);
    for (const id of payout.batchIds) push(batches, id, payout);
    for (const key of new Set(payout.names.map(nameKey))) if (key !== '') push(byName, key, payout);
    push(byAmount, payout.cents, payout);
  }
  for (const [id, group] of batches) push(totals, total(group), id);
  const leaving = (some: readonly SentPayout[] | undefined): SentPayout[] => (some ?? []).filter(({ id }) => !gone.has(id));
  const take = (some: readonly SentPayout[]): Part[] => some.map(({ id, cents }) => { gone.add(id); return { id, cents }; });

  return {
    byEndToEnd(id, cents) {
      const one = byEnd.get(id);
      return one && one.cents === cents && !gone.has(one.id) ? (take([one])[0]?.id ?? null) : null;
    },
    byBatch(id, cents) {
      const group = leaving(batches.get(id));
      return group.length > 0 && total(group) === cents ? take(group) : null;
    },
    byNameAndAmount(name, cents) {
      const theirs = leaving(byName.get(nameKey(name)));
      const one = theirs.find((payout) => payout.cents === cents);
      if (one) return take([one]);
      return theirs.length > 1 && total(theirs) === cents ? take(theirs) : null;
    },
    byAmountOnly(cents) {
      // The groups of a file stand in the file too: the same payouts under two names are one answer.
      const groups = new Map((totals.get(cents) ?? []).map((id) => leaving(batches.get(id))).filter((group) => group.length > 1 && total(group) === cents).map((group) => [group.map(({ id }) => id).join(), group]));
      const [group, another] = [...groups.values()];
      if (group && !another) return take(group);
      const alike = leaving(byAmount.get(cents));
      return alike.length === 1 && !group ? take(alike) : null;
    },
    returned(endToEndId, cents) {
      const one = byEnd.get(endToEndId);
      if (!one || one.cents !== cents || back.has(one.id)) return null;
      back.add(one.id);
      return one.id;
    },
    returnedByName(name, cents) {
      const alike = (byName.get(nameKey(name)) ?? []).filter((payout) => payout.cents === cents && !back.has(payout.id));
      const [one] = alike;
      if (!one || alike.length > 1) return null;
      back.add(one.id);
      return one.id;
    },
  };
}

const total = (some: readonly SentPayout[]): number => some.reduce((sum, { cents }) => sum + cents, 0);

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
