import { createHash } from 'node:crypto';
import { chainBeginning, sealedText, type SealedContent } from '../domain/audit-chain.ts';
import type { Db } from './open.ts';

const batch = 500;
/** One sealer at a time, over all processes. Nobody else takes this lock: those who write events never wait for it. */
const lock = 0x5ea1;

export function sealHash(previousHash: string, event: SealedContent): string {
  return createHash('sha256').update(sealedText(previousHash, event)).digest('hex');
}

/**
 * Chains the events that wait for their seal, oldest first, and returns how many; none when another process is at it (S5).
 * It comes after the transactions that write events, so that none of them waits for another's end. `at` in ms.
 */
export async function sealAuditTrail(db: Db, at: number): Promise<number> {
  for (let sealed = 0; ; ) {
    const more = await sealBatch(db, at);
    sealed += more;
    if (more < batch) return sealed;
  }
}

function sealBatch(db: Db, at: number): Promise<number> {
  return db.$transaction(async (tx) => {
    const [free] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${lock}) AS mine`;
    if (!free?.mine) return 0;
    // An event that waits but is gone stays in the queue: `npm run audit:verify` tells of it.
    const waiting = await tx.$queryRaw<{ eventId: string }[]>`
      SELECT u."eventId" FROM "AuditUnsealed" u JOIN "AuditEvent" e ON e."id" = u."eventId" ORDER BY u."eventId" LIMIT ${batch}`;
    if (waiting.length === 0) return 0;
    const ids = waiting.map(({ eventId }) => eventId);
    const events = await tx.auditEvent.findMany({ where: { id: { in: ids }, seal: null }, orderBy: { id: 'asc' } });
    const last = await tx.auditSeal.findFirst({ orderBy: { sequence: 'desc' } });
    let { sequence, hash } = last ?? { sequence: 0, hash: chainBeginning };
    const seals = events.map((event) => ({ sequence: ++sequence, eventId: event.id, hash: (hash = sealHash(hash, event)), sealedAt: new Date(at) }));
    await tx.auditSeal.createMany({ data: seals });
    await tx.auditUnsealed.deleteMany({ where: { eventId: { in: ids } } });
    return ids.length;
  }, { timeout: 30_000, maxWait: 10_000 });
}
