import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { hasLeft, payoutLifecycle } from '../../domain/lifecycle/payout.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { sum } from '../../domain/money.ts';
import type { Db, Tx } from '../open.ts';

export interface ErasureObstacles {
  /** Projects under way that they work on, applied to, or brought. */
  readonly projects: readonly { readonly ref: string; readonly title: string; readonly why: 'team' | 'application' | 'referral' }[];
  /** Invoices that are neither paid out nor cancelled. */
  readonly invoices: readonly { readonly ref: string; readonly totalCents: number }[];
  /** What they are still to be paid, in cents. */
  readonly owedCents: number;
  /** What has left for them and the bank has not shown as paid yet, in cents: it may still come back. */
  readonly onItsWayCents: number;
}

/** What keeps a member from being erased today: work and money under way. */
export async function erasureObstacles(db: Db | Tx, memberId: string): Promise<ErasureObstacles> {
  const running = { stage: { notIn: [...projectLifecycle.ends] } };
  const project = { select: { ref: true, title: true } } as const;
  const team = await db.teamMember.findMany({ where: { memberId, project: running }, select: { project } });
  const applications = await db.application.findMany({ where: { state: 'received', members: { some: { memberId } }, project: running }, select: { project } });
  const referrals = await db.referral.findMany({ where: { memberId, project: running }, select: { project } });
  const invoices = await db.memberInvoice.findMany({ where: { memberId, state: { notIn: [...memberInvoiceLifecycle.ends] } }, select: { ref: true, totalCents: true } });
  const payouts = await db.payout.findMany({ where: { memberId, state: { notIn: [...payoutLifecycle.ends] } }, select: { state: true, amountCents: true } });
  const total = (left: boolean): number => sum(payouts.filter(({ state }) => hasLeft(state) === left).map(({ amountCents }) => amountCents));
  const why = (rows: readonly { project: { ref: string; title: string } | null }[], reason: 'team' | 'application' | 'referral') => rows.flatMap((row) => (row.project ? [{ ...row.project, why: reason }] : []));
  return { projects: [...why(team, 'team'), ...why(applications, 'application'), ...why(referrals, 'referral')], invoices, owedCents: total(false), onItsWayCents: total(true) };
}

export const mayBeErased = ({ projects, invoices, owedCents, onItsWayCents }: ErasureObstacles): boolean =>
  projects.length === 0 && invoices.length === 0 && owedCents === 0 && onItsWayCents === 0;
