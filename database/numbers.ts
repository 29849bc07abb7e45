import { DateTime } from 'luxon';
import type { Tx } from './open.ts';

/** The next number of a series, from one row locked until the transaction ends: no gap, no double, whatever is rolled back (I3, I4). */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO "NumberSeries" ("series", "last") VALUES (${series}, 1)
    ON CONFLICT ("series") DO UPDATE SET "last" = "NumberSeries"."last" + 1 RETURNING "last"`;
  if (!row) throw new Error(`series ${series} gave no number`);
  return row.last;
}

const parisYear = (at: number): string => DateTime.fromMillis(at, { zone: 'Europe/Paris' }).toFormat('yyyy');

/** OFF-WORKS's own series, one a year. `at` in ms. */
export async function nextClientInvoiceNumber(tx: Tx, at: number): Promise<string> {
  const year = parisYear(at);
  return `OW-${year}-${String(await nextNumber(tx, `client-invoice/${year}`)).padStart(5, '0')}`;
}

/** A member's own series of self-billed invoices, one a year. `at` in ms. */
export async function nextMemberInvoiceNumber(tx: Tx, member: { id: string; handle: string }, at: number): Promise<string> {
  const year = parisYear(at);
  return `${member.handle.toUpperCase()}-${year}-${String(await nextNumber(tx, `member-invoice/${member.id}/${year}`)).padStart(4, '0')}`;
}
