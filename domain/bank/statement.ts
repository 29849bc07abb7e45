/** A statement of one account, whatever version of the message it came in. Days as 2027-01-31, cents signed: what comes in is positive. */
export interface Statement {
  /** The bank's own identification, with the page when it has several. */
  readonly id: string;
  readonly version: '02' | '08';
  readonly iban: string;
  readonly sequence: number | null;
  /** What it covers, in ms. */
  readonly from: number;
  readonly to: number;
  readonly openingCents: number;
  readonly openingOn: string;
  readonly closingCents: number;
  readonly closingOn: string;
  readonly lines: readonly StatementLine[];
}

export interface StatementLine {
  /** What the same movement says in whatever file it stands: the bank's reference of it, or everything it says. */
  readonly identity: string;
  /** The bank gave it a reference: no other movement has it. */
  readonly referenced: boolean;
  readonly bookedOn: string;
  readonly valuedOn: string;
  readonly amountCents: number;
  readonly currency: string;
  readonly counterpartyName: string;
  readonly counterpartyIban: string;
  readonly remittance: string;
  /** What whoever ordered the transfer called it; empty when they did not. */
  readonly endToEndId: string;
  /** The group of payments of our own file that was booked as one line. */
  readonly batchId: string;
  /** The bank undoes an earlier movement, or a transfer comes back. */
  readonly reversal: boolean;
  /** Why it comes back (ISO 20022, ExternalReturnReason1Code): AC04, MD07 … */
  readonly returnCode: string;
}
