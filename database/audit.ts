import type { Prisma } from '@prisma/client';
import { closingOf } from './closing.ts';
import type { Tx } from './open.ts';
import { orderedId } from './ordered-id.ts';

/** Who did it, as the timeline shows it. */
export interface By {
  readonly kind: 'staff' | 'client' | 'member' | 'visitor' | 'clock';
  readonly id: string | null;
  readonly name: string;
}

export const theClock: By = { kind: 'clock', id: null, name: '' };

/** Adds one event to the trail, in the transaction that causes it; the table refuses changes (S5). `at` in ms. */
export async function recordEvent(
  tx: Tx,
  event: { by: By; action: string; subject: string; projectId?: string | null; data?: Prisma.InputJsonObject; at: number },
): Promise<void> {
  const row = {
    id: orderedId(), at: new Date(event.at), actorKind: event.by.kind, actorId: event.by.id, actorName: event.by.name,
    action: event.action, subject: event.subject, projectId: event.projectId ?? null, data: event.data ?? {},
  };
  const closing = closingOf(tx);
  if (closing) closing.events.push(row);
  else await tx.auditEvent.create({ data: row });
}
