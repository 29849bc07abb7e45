import { createHash } from 'node:crypto';
import { mandateText } from '../../billing/mandate.ts';
import type { Tx } from '../open.ts';

/** The mandate in force, as the billing entity shows it. */
export interface MandateInForce {
  readonly mandateAcceptedAt: Date | null;
  readonly mandateText: string | null;
  readonly mandateTextSha256: string | null;
}

export const noMandate: MandateInForce = { mandateAcceptedAt: null, mandateText: null, mandateTextSha256: null };

/** M3: the mandate is kept as it was read, with its date and its hash (CGI 289-I-2); the one before it ends. `at` in ms. */
export async function acceptMandate(tx: Tx, memberId: string, legalName: string, at: number): Promise<MandateInForce> {
  await endMandates(tx, memberId, at);
  const text = mandateText(legalName);
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  await tx.billingMandate.create({ data: { memberId, text, sha256, acceptedAt: new Date(at) } });
  return { mandateAcceptedAt: new Date(at), mandateText: text, mandateTextSha256: sha256 };
}

/** Ends the mandate in force, for the invoices to come: what it was stays. `at` in ms. */
export async function endMandates(tx: Tx, memberId: string, at: number): Promise<void> {
  await tx.billingMandate.updateMany({ where: { memberId, endedAt: null }, data: { endedAt: new Date(at) } });
}
