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

/** I12: credit notes have their own series, one a year. `at` in ms. */
export async function nextCreditNoteNumber(tx: Tx, at: number): Promise<string> {
  const year = parisYear(at);
  return `AV-${year}-${String(await nextNumber(tx, `credit-note/${year}`)).padStart(5, '0')}`;
}

/** I4, I12: and so have each member's, apart from their invoices. `at` in ms. */
export async function nextMemberCreditNoteNumber(tx: Tx, member: { id: string; handle: string }, at: number): Promise<string> {
  const year = parisYear(at);
  return `${member.handle.toUpperCase()}-${year}-A${String(await nextNumber(tx, `member-credit-note/${member.id}/${year}`)).padStart(4, '0')}`;
}

/** « REL-2026-00007 » for a reminder by letter, « MED-… » for a formal notice: one series each, a year. `at` in ms. */
export async function nextLetterReference(tx: Tx, tone: string, at: number): Promise<string> {
  const prefix = tone === 'formal_notice' ? 'MED' : 'REL';
  const year = parisYear(at);
  return `${prefix}-${year}-${String(await nextNumber(tx, `letter/${prefix}/${year}`)).padStart(5, '0')}`;
}

/** « AVIS-2026-00112 », the advice of a payout. `at` in ms. */
export async function nextAdviceReference(tx: Tx, at: number): Promise<string> {
  const year = parisYear(at);
  return `AVIS-${year}-${String(await nextNumber(tx, `payout-advice/${year}`)).padStart(5, '0')}`;
}
