import { isChased } from '../../domain/dunning-letter.ts';
import { waitingFor, type Waiting } from '../../domain/waiting-for.ts';

/** A project as its own page reads it. */
interface Standing {
  readonly stage: string;
  readonly nextDeadlineAt: Date | null;
  readonly applications: readonly { readonly state: string }[];
  readonly invitations: readonly { readonly state: string }[];
  readonly rounds: readonly { readonly state: string; readonly clientQuotes: readonly { readonly validUntil: Date | null }[] }[];
  readonly clientInvoices: readonly { readonly state: string; readonly dueAt: Date | null }[];
}

/** C1, C3: whose turn it is, in the words of the list of projects. */
export function turnOf({ stage, nextDeadlineAt, applications, invitations, rounds, clientInvoices }: Standing): Waiting {
  const round = rounds.at(-1);
  const unpaid = clientInvoices.filter(({ state }) => isChased(state)).sort((a, b) => (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity));
  return waitingFor({
    stage, deadlineAt: nextDeadlineAt, candidates: applications.filter(({ state }) => state === 'received').length, unanswered: invitations.filter(({ state }) => state === 'sent').length,
    round: round ? { state: round.state, validUntil: round.clientQuotes[0]?.validUntil ?? null } : null, unpaid: unpaid[0] ?? null,
  });
}
