import { parisDay } from '../../domain/membership-schedule.ts';
import { sum } from '../../domain/money.ts';
import { holdsOn, needsVigilance, obligatoryKinds, standingOf, type KnownDocument, type KnownOverride, type Standing } from '../../domain/vigilance.ts';
import type { Db } from '../open.ts';
import { contractsOf } from '../vigilance.ts';

/** M4: what one project asks of its member's documents, and what their absence holds back. Amounts in cents. */
export interface ProjectNeed {
  readonly ref: string;
  readonly title: string;
  /** What the member was given to do on it, excluding tax. */
  readonly cents: number;
  readonly needed: boolean;
  readonly documents: readonly { readonly kind: string; readonly standing: Standing; readonly good: boolean }[];
  readonly complete: boolean;
  /** Paid by the client, including tax, and waiting for a document. */
  readonly heldCents: number;
}

const running = ['running', 'settling'];

/** M4: every contract that goes on or holds something, those that lack a document first; and quotes on their way that would ask for some. `at` in ms. */
export async function documentNeeds(db: Db, memberId: string, known: { documents: readonly KnownDocument[]; overrides: readonly KnownOverride[] }, at: number) {
  const today = parisDay(at);
  const documents = obligatoryKinds.map((kind) => {
    const standing = standingOf(kind, known.documents, known.overrides, today);
    return { kind, standing, good: standing === 'valid' || standing === 'overridden' };
  });
  const held = await db.payout.findMany({ where: { memberId, state: 'held' }, select: { amountCents: true, kind: true, payment: { select: { clientInvoice: { select: { projectId: true } } } } } });
  const contracts = await contractsOf(db, [memberId]);
  const projects = contracts.map(({ projectId, ref, title, stage, cents }) => {
    const needed = needsVigilance(cents);
    const heldCents = sum(held.filter(({ kind, payment }) => kind === 'services' && payment.clientInvoice.projectId === projectId).map(({ amountCents }) => amountCents));
    return { ref, title, cents, needed, documents: needed ? documents : [], complete: holdsOn(cents, known.documents, known.overrides, today).length === 0, heldCents, goesOn: running.includes(stage) };
  }).filter(({ goesOn, heldCents }) => goesOn || heldCents > 0);
  const onTheirWay = await db.memberQuote.findMany({
    where: { memberId, state: { in: ['submitted', 'included'] }, round: { project: { closedAt: null } } }, select: { totalCents: true, optionsCents: true, round: { select: { projectId: true, project: { select: { ref: true, title: true } } } } },
  });
  const before = (projectId: string): number => contracts.find((contract) => contract.projectId === projectId)?.cents ?? 0;
  const coming = onTheirWay.filter(({ totalCents, optionsCents, round }) => needsVigilance(before(round.projectId) + totalCents + optionsCents) && !needsVigilance(before(round.projectId)))
    .map(({ totalCents, round }) => ({ ...round.project, cents: totalCents }));
  const rank = ({ complete, heldCents }: ProjectNeed): number => (heldCents > 0 ? 0 : complete ? 2 : 1);
  return {
    projects: projects.map(({ goesOn: _goesOn, ...need }): ProjectNeed => need).sort((a, b) => rank(a) - rank(b)), coming: documents.every(({ good }) => good) ? [] : coming,
    referralHeldCents: sum(held.filter(({ kind }) => kind === 'referral').map(({ amountCents }) => amountCents)),
  };
}
