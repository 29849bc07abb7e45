import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { payoutLifecycle, type PayoutState } from '../domain/lifecycle/payout.ts';
import { parisDay } from '../domain/membership-schedule.ts';
import { holdsOn, obligatoryKinds, vigilanceThresholdCents, type Hold, type KnownDocument, type KnownOverride } from '../domain/vigilance.ts';
import { recordEvent, theClock } from './audit.ts';
import type { Db, Tx } from './open.ts';

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** What is known of the documents of each of these members. */
export async function knownDocuments(db: Db | Tx, memberIds: readonly string[]): Promise<Map<string, { documents: KnownDocument[]; overrides: KnownOverride[] }>> {
  const known = new Map(memberIds.map((id) => [id, { documents: [] as KnownDocument[], overrides: [] as KnownOverride[] }]));
  const where = { memberId: { in: [...memberIds] } };
  for (const { memberId, kind, state, expiresOn } of await db.memberDocument.findMany({ where })) {
    known.get(memberId)?.documents.push({ kind, state, expiresOn: expiresOn ? dayOf(expiresOn) : null });
  }
  for (const { memberId, kind, until } of await db.documentOverride.findMany({ where })) known.get(memberId)?.overrides.push({ kind, until: dayOf(until) });
  return known;
}

export interface Contract { readonly memberId: string; readonly projectId: string; readonly ref: string; readonly title: string; readonly stage: string; readonly cents: number }

/** What each of these members has been given to do on each project, amendments included, in cents excl. tax: what the threshold is held against. */
export async function contractsOf(db: Db | Tx, memberIds: readonly string[]): Promise<Contract[]> {
  const quotes = await db.memberQuote.findMany({
    where: { memberId: { in: [...memberIds] }, state: 'accepted' },
    select: { memberId: true, acceptedCents: true, round: { select: { project: { select: { id: true, ref: true, title: true, stage: true } } } } },
    orderBy: { createdAt: 'asc' },
  });
  const contracts = new Map<string, Contract>();
  for (const { memberId, acceptedCents, round: { project: { id, ...project } } } of quotes) {
    const key = `${memberId}/${id}`;
    contracts.set(key, { memberId, projectId: id, ...project, cents: (contracts.get(key)?.cents ?? 0) + (acceptedCents ?? 0) });
  }
  return [...contracts.values()];
}

/** Keeps these members' documents as they are until the transaction ends, in one order for everybody, so that a payout cannot be made beside a document that is being accepted. */
export async function holdDocumentsStill(tx: Tx, memberIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(memberIds)].sort()) await tx.$executeRaw`SELECT 1 FROM "Member" WHERE "id" = ${id} FOR SHARE`;
}

/** A client invoice whose payouts to send have changed. */
export interface ChangedInvoice { readonly ref: string; readonly payoutsToSend: number }

/**
 * Holds back what a member is owed on contracts whose documents are missing, and lets go of what is complete again (domain/vigilance).
 * Call it with the member locked, after whatever changed a document, an override or a payout. `at` in ms.
 */
export async function reviewPayouts(tx: Tx, memberId: string, at: number): Promise<ChangedInvoice[]> {
  const waiting = await tx.payout.findMany({
    where: { memberId, state: { in: ['to_send', 'held'] } }, include: { memberInvoice: true, member: true, payment: { include: { clientInvoice: true } } }, orderBy: { id: 'asc' },
  });
  if (waiting.length === 0) return [];
  const known = (await knownDocuments(tx, [memberId])).get(memberId) ?? { documents: [], overrides: [] };
  const contracts = await contractsOf(tx, [memberId]);
  const changed = new Map<string, string>();
  for (const payout of waiting) {
    const cents = payout.memberInvoice
      ? (contracts.find(({ projectId }) => projectId === payout.memberInvoice?.projectId)?.cents ?? 0)
      : await referredSoFar(tx, payout.referralId);
    const holds = holdsOn(cents, known.documents, known.overrides, parisDay(at));
    const action = holds.length > 0 ? 'hold' : 'release';
    const heldFor = holds.map(({ kind }) => kind);
    if (!allows(payoutLifecycle, payout.state, action)) {
      if (payout.state === 'held' && heldFor.join() !== payout.heldFor.join()) await tx.payout.update({ where: { id: payout.id }, data: { heldFor } });
      continue;
    }
    await tx.payout.update({ where: { id: payout.id }, data: { state: after(payoutLifecycle, payout.state as PayoutState, action), heldFor } });
    const { clientInvoice } = payout.payment;
    await recordEvent(tx, {
      by: theClock, action: action === 'hold' ? 'payout.held' : 'payout.released', subject: payout.member.handle, projectId: clientInvoice.projectId,
      data: { amountCents: payout.amountCents, ...Object.fromEntries(holds.map(({ kind, why }) => [kind, why])) }, at,
    });
    changed.set(clientInvoice.id, clientInvoice.ref);
  }
  const answers: ChangedInvoice[] = [];
  for (const [id, ref] of changed) answers.push({ ref, payoutsToSend: await tx.payout.count({ where: { state: 'to_send', payment: { clientInvoiceId: id } } }) });
  return answers;
}

/** A referral is a contract of its own: what it has brought until now. */
async function referredSoFar(tx: Tx, referralId: string | null): Promise<number> {
  if (!referralId) return 0;
  const { _sum } = await tx.payout.aggregate({ where: { referralId }, _sum: { amountCents: true } });
  return _sum.amountCents ?? 0;
}

/** What holds back each contract of these members on the day of `at` (ms), those that nothing holds left out. */
export async function heldContracts(db: Db | Tx, memberIds: readonly string[], at: number): Promise<(Contract & { holds: readonly Hold[] })[]> {
  const known = await knownDocuments(db, memberIds);
  return (await contractsOf(db, memberIds)).flatMap((contract) => {
    const { documents, overrides } = known.get(contract.memberId) ?? { documents: [], overrides: [] };
    const holds = holdsOn(contract.cents, documents, overrides, parisDay(at));
    return holds.length > 0 ? [{ ...contract, holds }] : [];
  });
}

/**
 * Members with a contract that passes the threshold on a project that goes on, who lack an obligatory document on this day (as 2027-01-31).
 * Overrides are for the reader to take off.
 */
export async function membersToWatch(db: Db, day: string, take: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ memberId: string }[]>`
    SELECT DISTINCT contract."memberId" FROM (
      SELECT q."memberId" FROM "Project" p JOIN "QuoteRound" r ON r."projectId" = p."id" JOIN "MemberQuote" q ON q."roundId" = r."id"
      WHERE p."stage" IN ('running', 'settling') AND q."state" = 'accepted'
      GROUP BY q."memberId", p."id" HAVING sum(q."acceptedCents"::bigint) >= ${vigilanceThresholdCents}
    ) contract
    WHERE (SELECT count(DISTINCT d."kind") FROM "MemberDocument" d WHERE d."memberId" = contract."memberId" AND d."state" = 'valid'
      AND d."kind" = ANY(${[...obligatoryKinds]}) AND (d."expiresOn" IS NULL OR d."expiresOn" >= ${day}::date)) < ${obligatoryKinds.length}
    LIMIT ${take}`;
  return rows.map(({ memberId }) => memberId);
}
