import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Db } from '../../database/open.ts';
import { perform } from '../../steps/perform.ts';
import { correctionSubject, startInvoiceCorrection } from '../../steps/start-invoice-correction.ts';
import type { Step } from '../../steps/step.ts';
import { addStaff } from './story.ts';

/** Corrects a client's invoice as the console does (I12), by an administrator. */
export async function correct({ db, temporal, taskQueue = 'off-works' }: { db: Db; temporal: Client; taskQueue?: string }, ref: string, step: Step<never> | Step<unknown>, payload: object, key: string = randomUUID()): Promise<Record<string, unknown>> {
  const { id } = await db.clientInvoice.findUniqueOrThrow({ where: { ref }, select: { id: true } });
  await startInvoiceCorrection({ temporal, taskQueue }, { clientInvoiceId: id, ref }, key);
  return perform({ db, temporal }, { step, subject: correctionSubject(ref, key), person: await addStaff(db), key, payload });
}
