import { chainBeginning } from '../domain/audit-chain.ts';
import type { Db } from './open.ts';
import { sealHash } from './seal-audit-trail.ts';

/** Where the chain stands: written down elsewhere, it shows later whether the chain was made again from some point on. */
export interface ChainHead { readonly sequence: number; readonly hash: string }

export type Misfit =
  | { readonly kind: 'seal_missing'; readonly from: number; readonly to: number }
  | { readonly kind: 'event_missing'; readonly sequence: number; readonly eventId: string }
  | { readonly kind: 'changed'; readonly sequence: number; readonly eventId: string; readonly action: string; readonly subject: string; readonly at: Date }
  | { readonly kind: 'not_sealed'; readonly eventId: string; readonly action: string; readonly subject: string; readonly at: Date }
  | { readonly kind: 'vanished'; readonly eventId: string }
  | { readonly kind: 'head_differs'; readonly sequence: number; readonly expected: string; readonly found: string | null };

export interface Verification { readonly sealed: number; readonly waiting: number; readonly head: ChainHead; readonly misfits: readonly Misfit[] }

const page = 1_000;
/** As many as are told one by one; a trail with more is lost anyway. */
const most = 100;

/**
 * Computes the whole chain again and says what does not fit (S5): the same view of the database throughout, however busy it is.
 * `known` are heads written down earlier.
 */
export async function verifyAuditTrail(db: Db, known: readonly ChainHead[] = []): Promise<Verification> {
  return db.$transaction(async (tx) => {
    const misfits: Misfit[] = [];
    let head: ChainHead = { sequence: 0, hash: chainBeginning };
    for (;;) {
      const seals = await tx.auditSeal.findMany({ where: { sequence: { gt: head.sequence } }, orderBy: { sequence: 'asc' }, take: page });
      const events = new Map((await tx.auditEvent.findMany({ where: { id: { in: seals.map(({ eventId }) => eventId) } } })).map((event) => [event.id, event]));
      for (const { sequence, eventId, hash } of seals) {
        if (sequence !== head.sequence + 1) misfits.push({ kind: 'seal_missing', from: head.sequence + 1, to: sequence - 1 });
        const event = events.get(eventId);
        if (!event) misfits.push({ kind: 'event_missing', sequence, eventId });
        // After a gap there is nothing to compute from: the stored hash carries on.
        else if (sequence === head.sequence + 1 && sealHash(head.hash, event) !== hash) misfits.push({ kind: 'changed', sequence, eventId, action: event.action, subject: event.subject, at: event.at });
        for (const { hash: expected } of known.filter((one) => one.sequence === sequence)) if (expected !== hash) misfits.push({ kind: 'head_differs', sequence, expected, found: hash });
        head = { sequence, hash };
      }
      if (seals.length < page || misfits.length >= most) break;
    }
    for (const { sequence, hash } of known) if (sequence > head.sequence) misfits.push({ kind: 'head_differs', sequence, expected: hash, found: null });
    const loose = await tx.$queryRaw<{ id: string; action: string; subject: string; at: Date }[]>`
      SELECT e."id", e."action", e."subject", e."at" FROM "AuditEvent" e
      WHERE NOT EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id") AND NOT EXISTS (SELECT 1 FROM "AuditUnsealed" u WHERE u."eventId" = e."id")
      ORDER BY e."at" LIMIT ${most}`;
    const gone = await tx.$queryRaw<{ eventId: string }[]>`
      SELECT u."eventId" FROM "AuditUnsealed" u WHERE NOT EXISTS (SELECT 1 FROM "AuditEvent" e WHERE e."id" = u."eventId") LIMIT ${most}`;
    misfits.push(...loose.map(({ id, ...event }) => ({ kind: 'not_sealed' as const, eventId: id, ...event })), ...gone.map(({ eventId }) => ({ kind: 'vanished' as const, eventId })));
    return { sealed: head.sequence, waiting: (await tx.auditUnsealed.count()) - gone.length, head, misfits: misfits.slice(0, most) };
  }, { isolationLevel: 'RepeatableRead', timeout: 3_600_000, maxWait: 10_000 });
}
