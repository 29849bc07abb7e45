import { isOver } from './lifecycle/lifecycle.ts';
import { projectLifecycle } from './lifecycle/project.ts';

/** Where a project stands for one member, as far as telling whose turn it is needs it. */
export interface MemberStanding {
  readonly stage: string;
  /** Of the application they lead or joined: domain/lifecycle/application; null: none. */
  readonly application: string | null;
  /** The latest round of quotes this member was asked into. */
  readonly round: {
    readonly state: string;
    /** The 24 h of Q4, while it is checked; in another state it is nobody's to wait for. */
    readonly deadlineAt: Date | null;
    /** The global quote as the client has it. */
    readonly clientQuote: { readonly state: string; readonly validUntil: Date | null } | null;
    /** Their own latest quote of it. */
    readonly quote: string | null;
  } | null;
  /** Their invoices that are not paid out whole. */
  readonly invoices: readonly {
    readonly state: string;
    readonly mandate: boolean;
    readonly windowEndsAt: Date | null;
    /** When the client owes it; null: not asked for yet, or paid. */
    readonly clientDueAt: Date | null;
    /** The client paid: their own transfer is to leave. */
    readonly payable: boolean;
  }[];
  /** What is left of their accepted quotes. */
  readonly leftCents: number;
}

type Whose = 'you' | 'mates' | 'client' | 'agency' | 'nobody';
type What =
  | 'approval' | 'preview' | 'anomaly' | 'quote' | 'quoteBack' | 'quoteChange' | 'mates' | 'checking' | 'signature' | 'selection'
  | 'payment' | 'payout' | 'issuing' | 'toInvoice' | 'work' | 'notChosen' | 'withdrawn' | 'over';

/** M5, M9, M11: whose turn it is, for what, and until when if something rings then. */
export interface MemberTurn {
  readonly whose: Whose;
  readonly what: What;
  readonly until: Date | null;
}

const turn = (whose: Whose, what: What, until: Date | null = null): MemberTurn => ({ whose, what, until });

/** What a project waits for, as one of its members reads it: what they have to do before what others have. */
export function memberTurn({ stage, application, round, invoices, leftCents }: MemberStanding): MemberTurn {
  if (isOver(projectLifecycle, stage)) return turn('nobody', 'over');
  const preview = soonest(invoices.filter(({ state }) => state === 'preview'), 'windowEndsAt');
  if (preview) return turn('you', preview.mandate ? 'preview' : 'approval', preview.windowEndsAt);
  const quoting = round && quoteTurn(round);
  if (quoting?.whose === 'you') return quoting;
  if (invoices.some(({ state }) => state === 'anomaly')) return turn('agency', 'anomaly');
  if (quoting) return quoting;
  if (application === 'received') return turn('client', 'selection');
  if (application === 'not_chosen') return turn('nobody', 'notChosen');
  if (application === 'withdrawn') return turn('nobody', 'withdrawn');
  const due = soonest(invoices.filter(({ clientDueAt }) => clientDueAt !== null), 'clientDueAt');
  if (due) return turn('client', 'payment', due.clientDueAt);
  if (invoices.length > 0) return turn('agency', invoices.some(({ payable }) => payable) ? 'payout' : 'issuing');
  return turn('nobody', leftCents > 0 ? 'toInvoice' : 'work');
}

/** Of a round that is not answered; null once it is, or given up. */
function quoteTurn({ state, deadlineAt, clientQuote, quote }: NonNullable<MemberStanding['round']>): MemberTurn | null {
  if (state === 'sent') return turn('client', 'signature', clientQuote?.validUntil ?? null);
  if (state !== 'collecting' && state !== 'validating') return null;
  if (quote === 'sent_back') return turn('you', 'quoteBack');
  if (quote === null) return turn('you', 'quote');
  if (state === 'validating') return turn('agency', 'checking', deadlineAt);
  return clientQuote?.state === 'change_asked' ? turn('you', 'quoteChange') : turn('mates', 'mates');
}

function soonest<Key extends 'windowEndsAt' | 'clientDueAt', One extends Readonly<Record<Key, Date | null>>>(all: readonly One[], key: Key): One | null {
  return [...all].sort((a, b) => (a[key]?.getTime() ?? Infinity) - (b[key]?.getTime() ?? Infinity))[0] ?? null;
}
