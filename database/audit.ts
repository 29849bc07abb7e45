import type { Prisma } from '@prisma/client';
import type { Tx } from './open.ts';

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
  await tx.auditEvent.create({
    data: {
      actorKind: event.by.kind,
      actorId: event.by.id,
      actorName: event.by.name,
      action: event.action,
      subject: event.subject,
      projectId: event.projectId ?? null,
      data: event.data ?? {},
      at: new Date(event.at),
    },
  });
}
