import { fee, type FeeBasis } from '../../../domain/fees.ts';

/** Q6: the fee in words: what its rate is a rate of, on 100 € of that and on this very quote. Cents. */
export interface FeeExplained {
  readonly basis: FeeBasis;
  readonly rateBp: number;
  readonly feeOfHundredCents: number;
  /** Of 100 € paid, what goes to the team; of 100 € of work, what is paid. */
  readonly restOfHundredCents: number;
}

const hundred = 10_000;

export function feeExplained(rateBp: number, basis: string): FeeExplained {
  if (basis !== 'of_members_total') {
    const feeOfHundredCents = Math.round((hundred * rateBp) / 10_000);
    return { basis: 'of_final_amount', rateBp, feeOfHundredCents, restOfHundredCents: hundred - feeOfHundredCents };
  }
  const feeOfHundredCents = fee(hundred, rateBp, basis);
  return { basis, rateBp, feeOfHundredCents, restOfHundredCents: hundred + feeOfHundredCents };
}
