/** The figures of a client's invoice that say what is left of it, in cents including tax. */
export interface DueFigures {
  readonly totalCents: number;
  readonly paidCents: number;
  readonly creditedCents: number;
  readonly writtenOffCents: number;
}

/** I12: what the client has still to pay: what was invoiced, less credit notes, less what was given up, less what was paid. */
export function leftToPay({ totalCents, paidCents, creditedCents, writtenOffCents }: DueFigures): number {
  return totalCents - creditedCents - writtenOffCents - paidCents;
}
