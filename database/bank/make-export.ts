import { DateTime } from 'luxon';
import { isTargetDay } from '../../domain/bank/target-days.ts';
import { endToEndIdOf, type TransferVersion } from '../../domain/bank/pain001.ts';
import { sum } from '../../domain/money.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { Problem } from '../../domain/problem.ts';
import { recordEvent, type By } from '../audit.ts';
import { nextNumber } from '../numbers.ts';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';
import { destinationsOf } from './destinations.ts';

/** How many transfers one file holds. */
export const mostTransfers = 200;

export interface NewExport {
  readonly accountId: string;
  readonly version: TransferVersion;
  /** The day each payout leaves the account, as 2027-01-31. */
  readonly transfers: readonly { readonly payoutId: string; readonly executeOn: string }[];
}

/**
 * I11: gathers payouts into a file of transfers that somebody else must approve. Each is in one live file at most: the database refuses a second.
 * The same form posted twice makes one file. `at` in ms.
 * @throws Problem `transfers_none`; `not_found`; `execution_day_closed`, `execution_day_past`; `stage_changed` (no longer to send); `payout_in_export`
 * (details: ref); `payout_account_held` (details: name)
 */
export async function makeExport(db: Db, secret: string, asked: NewExport, { key, by, at }: { key: string; by: By; at: number }): Promise<{ exportId: string; ref: string }> {
  try {
    return await once(db, `sepa-export/${key}`, (tx) => create(tx, secret, asked, by, at));
  } catch (cause) {
    if ((cause as { code?: string }).code === 'P2002') throw new Problem('payout_in_export', 'another file took one of these payouts meanwhile', { ref: '—' });
    throw cause;
  }
}

async function create(tx: Tx, secret: string, { accountId, version, transfers }: NewExport, by: By, at: number): Promise<{ exportId: string; ref: string }> {
  if (transfers.length === 0 || transfers.length > mostTransfers) throw new Problem('transfers_none', `${transfers.length} transfers`);
  for (const { executeOn } of transfers) {
    if (!isTargetDay(executeOn)) throw new Problem('execution_day_closed', `${executeOn} is closed`, { on: executeOn });
    if (executeOn < parisDay(at)) throw new Problem('execution_day_past', `${executeOn} is over`);
  }
  const account = await tx.bankAccount.findUnique({ where: { id: accountId } });
  if (!account) throw new Problem('not_found', `no account ${accountId}`);
  const ids = transfers.map(({ payoutId }) => payoutId).sort();
  await tx.$executeRaw`SELECT 1 FROM "Payout" WHERE "id" = ANY(${ids}) ORDER BY "id" FOR UPDATE`;
  const payouts = await tx.payout.findMany({
    where: { id: { in: ids } }, orderBy: { id: 'asc' },
    include: { member: true, returns: { select: { id: true } }, export: { select: { ref: true } }, memberInvoice: { select: { number: true, ref: true } }, payment: { select: { clientInvoice: { select: { number: true, ref: true } } } } },
  });
  if (payouts.length !== new Set(ids).size || ids.length !== payouts.length) throw new Problem('not_found', 'a payout named is not there');
  const destinations = await destinationsOf(tx, secret, [...new Set(payouts.map(({ memberId }) => memberId))], at);
  const year = DateTime.fromMillis(at, { zone: 'Europe/Paris' }).toFormat('yyyy');
  const ref = `VIR-${year}-${String(await nextNumber(tx, `sepa-export/${year}`)).padStart(4, '0')}`;
  const made = await tx.sepaExport.create({
    data: { ref, accountId, version, state: 'prepared', totalCents: sum(payouts.map(({ amountCents }) => amountCents)), createdById: by.id ?? '', createdBy: by.name, createdAt: new Date(at) },
  });
  const days = new Map(transfers.map(({ payoutId, executeOn }) => [payoutId, executeOn]));
  for (const { id, state, amountCents, member, memberId, returns, export: other, memberInvoice, payment: { clientInvoice } } of payouts) {
    if (other) throw new Problem('payout_in_export', `the payout ${id} is in ${other.ref}`, { ref: other.ref });
    if (state !== 'to_send') throw new Problem('stage_changed', `the payout ${id} is ${state}`, { stage: state });
    const where = destinations.get(memberId);
    if (!where || where.hold) throw new Problem('payout_account_held', `${member.name}: ${where?.hold?.why ?? 'no account'}`, { name: member.name });
    await tx.sepaExportLine.create({
      data: {
        exportId: made.id, payoutId: id, endToEndId: endToEndIdOf(id, returns.length + 1), amountCents, executeOn: new Date(days.get(id) ?? ''), name: where.name, ibanEncrypted: where.ibanEncrypted,
        ibanLast4: where.ibanLast4, bic: where.bic, remittance: ['OFF-WORKS', memberInvoice?.number ?? memberInvoice?.ref ?? clientInvoice.number ?? clientInvoice.ref].join(' '),
      },
    });
  }
  await tx.payout.updateMany({ where: { id: { in: ids } }, data: { exportId: made.id } });
  await recordEvent(tx, { by, action: 'sepaExport.prepared', subject: ref, data: { count: payouts.length, totalCents: made.totalCents }, at });
  return { exportId: made.id, ref };
}
