import { nameKey, plainWords } from './plain-words.ts';

/** A client's transfer that was recorded, and that the bank may still take back. */
export interface ReceivedPayment {
  readonly id: string;
  /** What came in, the client's credit included. */
  readonly cents: number;
  /** The invoice's number, and what the transfer itself was called. */
  readonly references: readonly string[];
  readonly names: readonly string[];
}

/** Recorded payments to be looked up by what the bank says when it takes one back. Each is found once; two that fit alike are nobody's to guess. */
export interface ReceivedBook {
  byReference(written: string, cents: number): string | null;
  byName(name: string, cents: number): string | null;
}

export function receivedBook(payments: readonly ReceivedPayment[]): ReceivedBook {
  const byAmount = new Map<number, ReceivedPayment[]>();
  const gone = new Set<string>();
  for (const payment of payments) byAmount.set(payment.cents, [...(byAmount.get(payment.cents) ?? []), payment]);
  const only = (cents: number, fits: (payment: ReceivedPayment) => boolean): string | null => {
    const [one, another] = (byAmount.get(cents) ?? []).filter((payment) => !gone.has(payment.id) && fits(payment));
    if (!one || another) return null;
    gone.add(one.id);
    return one.id;
  };
  return {
    byReference(written, cents) {
      const said = plainWords(written).join('');
      return only(cents, ({ references }) => references.map((one) => plainWords(one).join('')).some((reference) => reference.length >= 4 && said.includes(reference)));
    },
    byName(name, cents) {
      const key = nameKey(name);
      return key === '' ? null : only(cents, ({ names }) => names.some((one) => nameKey(one) === key));
    },
  };
}
