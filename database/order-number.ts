import { recordEvent } from './audit.ts';
import type { Tx } from './open.ts';

/** I3, C10: the client's purchase-order number, for the invoices of a project still to be issued; an empty one takes it away. `at` in ms. */
export async function setOrderNumber(tx: Tx, given: { readonly projectId: string; readonly orderNumber: string; readonly by: { readonly kind: 'client'; readonly id: string; readonly name: string }; readonly at: number }): Promise<void> {
  const orderNumber = given.orderNumber || null;
  const { ref, orderNumber: before } = await tx.project.findUniqueOrThrow({ where: { id: given.projectId }, select: { ref: true, orderNumber: true } });
  if (before === orderNumber) return; // posted twice
  await tx.project.update({ where: { id: given.projectId }, data: { orderNumber } });
  await recordEvent(tx, { by: given.by, action: 'project.orderNumber', subject: ref, projectId: given.projectId, at: given.at });
}
