import type { PostingLine } from './ledger.ts';

/** What one account of one party should have moved by, and did: cents, debits less credits. */
export interface LineDifference {
  readonly account: string;
  readonly party: string | null;
  readonly expectedCents: number;
  readonly foundCents: number;
}

interface FoundLine {
  readonly account: string;
  readonly party: string | null;
  readonly debitCents: number;
  readonly creditCents: number;
}

/** Where two postings of one movement differ, whatever the order of their lines; empty when they say the same. */
export function differencesOf(expected: readonly PostingLine[], found: readonly FoundLine[]): LineDifference[] {
  const [wanted, had] = [movements(expected), movements(found)];
  return [...new Set([...wanted.keys(), ...had.keys()])]
    .map((key) => {
      const [account = '', party = ''] = key.split('\u0000');
      return { account, party: party || null, expectedCents: wanted.get(key) ?? 0, foundCents: had.get(key) ?? 0 };
    })
    .filter(({ expectedCents, foundCents }) => expectedCents !== foundCents);
}

function movements(lines: readonly { account: string; party?: string | null; debitCents: number; creditCents: number }[]): Map<string, number> {
  const moved = new Map<string, number>();
  for (const { account, party, debitCents, creditCents } of lines) {
    const key = `${account}\u0000${party ?? ''}`;
    moved.set(key, (moved.get(key) ?? 0) + debitCents - creditCents);
  }
  return moved;
}
