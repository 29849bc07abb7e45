import type { Prisma } from '@prisma/client';
import { dunningFigures } from '../domain/dunning-letter.ts';
import { lateFeeCents, lateFeeLeft, lateFeeReceived } from '../domain/late-fees.ts';
import { lateFeePosting, lateFeeReceiptPosting, lateFeeWaiverPosting } from '../domain/ledger.ts';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { lateFeeLifecycle, type LateFeeAction, type LateFeeState } from '../domain/lifecycle/late-fee.ts';
import { Problem } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import type { MailData } from '../templates/mail/catalogue.ts';
import { recordEvent, type By } from './audit.ts';
import { postEntry } from './ledger.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';
import { billingContacts } from './recipients.ts';

/** `key` is the form's own: the same key twice is the same deed. `at` in ms. */
interface Deed { readonly db: Db; readonly secret: string; readonly key: string; readonly by: By; readonly at: number }

const whole = { clientInvoice: { include: { project: true, payments: true } } } satisfies Prisma.LateFeeInclude;
type Fee = Prisma.LateFeeGetPayload<{ include: typeof whole }>;

/** I6: an invoice is paid whole, late: what the delay has earned until its last payment stays owed. Nothing is kept of one paid in time. `at` in ms. */
export async function oweLateFee(tx: Tx, clientInvoiceId: string, at: number): Promise<void> {
  const { dueAt, project, ...invoice } = await tx.clientInvoice.findUniqueOrThrow({ where: { id: clientInvoiceId }, include: { payments: true, project: { select: { terms: true } } } });
  const takenBack = new Set(invoice.payments.map(({ takesBackId }) => takesBackId));
  const received = invoice.payments.filter(({ id, kind }) => (kind === 'transfer' || kind === 'client_credit') && !takenBack.has(id));
  const last = Math.max(...received.map(({ receivedOn }) => receivedOn.getTime()));
  if (!dueAt || !Number.isFinite(last)) return;
  const { daysLate, interestCents, indemnityCents } = dunningFigures({ ...invoice, dueAt, lateFee: null }, project.terms as unknown as Terms, new Date(last));
  if (interestCents + indemnityCents === 0) return;
  await tx.clientInvoice.update({ where: { id: clientInvoiceId }, data: { interestCents, indemnityCents } });
  // Paid again after its payment was taken back (I12): what nobody has decided on yet is counted anew.
  await tx.lateFee.updateMany({ where: { clientInvoiceId, state: lateFeeLifecycle.initial }, data: { daysLate, interestCents, indemnityCents } });
  await tx.lateFee.createMany({ data: { clientInvoiceId, state: lateFeeLifecycle.initial, daysLate, interestCents, indemnityCents, createdAt: new Date(at) }, skipDuplicates: true });
}

/** Asks the client for them: a claim in the ledger, and an e-mail to whoever reads its invoices. Answers the e-mails to send. @throws Problem `not_found`, `late_fee_settled` */
export function claimLateFee(deed: Deed, lateFeeId: string): Promise<LateFeeAnswer> {
  return decide(deed, lateFeeId, 'claimLateFee', async (tx, fee) => {
    const { id, daysLate, interestCents, indemnityCents } = fee;
    await postEntry(tx, { key: `late-fee/${id}`, projectId: fee.clientInvoice.projectId, what: numberOf(fee), lines: lateFeePosting(fee), at: deed.at });
    const mailIds = await tell(tx, deed, fee, 'late_fees_claimed', { number: numberOf(fee), daysLate, interestCents, indemnityCents, amountCents: lateFeeCents(fee) });
    return { change: { claimedAt: new Date(deed.at), claimedBy: deed.by.name }, mailIds };
  });
}

/** Lets go what is left of them, for a reason; a client who had been asked is told. Answers the e-mails to send. @throws Problem `not_found`, `late_fee_settled`, `reason_missing` */
export function waiveLateFee(deed: Deed, lateFeeId: string, typed: string): Promise<LateFeeAnswer> {
  const reason = typed.trim();
  if (reason.length < 3) throw new Problem('reason_missing', 'late fees are waived for a reason');
  return decide(deed, lateFeeId, 'waiveLateFee', async (tx, fee) => {
    const change = { waivedAt: new Date(deed.at), waivedBy: deed.by.name, reason };
    if (fee.state !== 'claimed') return { change, mailIds: [], told: { reason } };
    await postEntry(tx, { key: `late-fee-waiver/${fee.id}`, projectId: fee.clientInvoice.projectId, what: numberOf(fee), lines: lateFeeWaiverPosting(fee), at: deed.at });
    return { change, mailIds: await tell(tx, deed, fee, 'late_fees_waived', { number: numberOf(fee), amountCents: lateFeeLeft(fee), reason }), told: { reason, amountCents: lateFeeLeft(fee) } };
  });
}

/** The client has paid a part of them, or all that is left. @throws Problem `not_found`, `late_fee_settled`, `amount_invalid`, `late_fee_above_due` */
export function receiveLateFee(deed: Deed, lateFeeId: string, { amountCents, receivedOn, reference }: { amountCents: number; receivedOn: Date; reference: string }): Promise<LateFeeAnswer> {
  return decide(deed, lateFeeId, (fee) => lateFeeReceived(fee, amountCents), async (tx, fee) => {
    const { id } = await tx.lateFeeReceipt.create({ data: { lateFeeId: fee.id, amountCents, receivedOn, reference, recordedBy: deed.by.name, createdAt: new Date(deed.at) } });
    await postEntry(tx, { key: `late-fee-receipt/${id}`, projectId: fee.clientInvoice.projectId, what: reference, lines: lateFeeReceiptPosting({ ...fee, amountCents }), at: deed.at });
    return { change: { receivedCents: fee.receivedCents + amountCents }, mailIds: [], told: { amountCents, reference } };
  });
}

/** The e-mails to send, and what of them is not received once it is done. */
interface LateFeeAnswer { readonly mailIds: string[]; readonly leftCents: number }

interface Decided { readonly change: Prisma.LateFeeUpdateInput; readonly mailIds: string[]; readonly told?: Prisma.InputJsonObject }

/** `asked`: what to do with them, or what it comes to once they are held still. */
function decide(deed: Deed, lateFeeId: string, asked: LateFeeAction | ((fee: Fee) => LateFeeAction), apply: (tx: Tx, fee: Fee) => Promise<Decided>): Promise<LateFeeAnswer> {
  return once(deed.db, `late-fee/${lateFeeId}/${deed.key}`, async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM "LateFee" WHERE "id" = ${lateFeeId} FOR UPDATE`;
    const fee = await tx.lateFee.findUnique({ where: { id: lateFeeId }, include: whole });
    if (!fee) throw new Problem('not_found', `no late fee ${lateFeeId}`);
    // What is settled says so before any amount is looked at.
    if (lateFeeLifecycle.ends.includes(fee.state as LateFeeState)) throw new Problem('late_fee_settled', `the late fees are ${fee.state}`);
    const action = typeof asked === 'function' ? asked(fee) : asked;
    if (!allows(lateFeeLifecycle, fee.state, action)) throw new Problem('late_fee_settled', `the late fees are ${fee.state}: ${action} is not possible`);
    const { change, mailIds, told = {} } = await apply(tx, fee);
    const decided = await tx.lateFee.update({ where: { id: fee.id }, data: { ...change, state: after(lateFeeLifecycle, fee.state as LateFeeState, action) } });
    await recordEvent(tx, { by: deed.by, action: `lateFee.${action}`, subject: numberOf(fee), projectId: fee.clientInvoice.projectId, data: { amountCents: lateFeeCents(fee), ...told }, at: deed.at });
    return { mailIds, leftCents: lateFeeLeft(decided) };
  });
}

const numberOf = ({ clientInvoice: { number, ref } }: Fee): string => number ?? ref;

async function tell<T extends 'late_fees_claimed' | 'late_fees_waived'>(tx: Tx, { secret, at }: Deed, { id, clientInvoice: { id: subjectId, project } }: Fee, template: T, data: MailData[T]): Promise<string[]> {
  const mailIds: string[] = [];
  for (const to of await billingContacts(tx, project.companyId, project.ownerId)) {
    const linkId = await createLink(tx, secret, { purpose: 'client_invoice', ownerKind: to.kind === 'billing' ? 'billing' : 'client', ownerId: to.id ?? '', projectId: project.id, subjectId, at });
    mailIds.push(await queueMail(tx, { key: `late-fee/${id}/${template}/${to.id}`, template, to, data, linkId, projectId: project.id, at }));
  }
  return mailIds;
}
