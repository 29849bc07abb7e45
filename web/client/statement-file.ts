import type { Deps } from '../../deps.ts';
import { parisDay } from '../../documents/format.ts';
import { legalAt } from '../../documents/legal.ts';
import { documentLocale } from '../../documents/locale.ts';
import type { StatementData } from '../../documents/money-kinds.ts';
import { clientParty } from '../../documents/parties.ts';
import { pdfFileName } from '../../documents/pdf/file-name.ts';
import { makePdf } from '../../documents/pdf/make-pdf.ts';
import { documentTitle, renderDocument } from '../../documents/render.ts';
import { sha256Of } from '../../documents/store.ts';
import { leftToPay } from '../../domain/left-to-pay.ts';
import { Problem } from '../../domain/problem.ts';
import type { Access } from '../page.ts';
import { invoicesSeen, statementOf } from './statement.ts';

interface Period { readonly from: Date; readonly until: Date; readonly fromDay: string; readonly untilDay: string }

/** C10: the statement of account of a period as a PDF, drawn up at `at` (ms) for who asks, in their language. Not kept: asked again, it tells what was recorded since. */
export async function statementFile(deps: Deps, access: Access, period: Period, at: number): Promise<{ name: string; bytes: Buffer }> {
  const locale = documentLocale(access.locale);
  const data = await statementData(deps, access, period, at);
  const html = renderDocument('statement', data, locale);
  const bytes = await makePdf({ html, sha256: sha256Of(html), createdAt: new Date(at), xml: null });
  return { name: pdfFileName(documentTitle('statement', data, locale)), bytes };
}

async function statementData(deps: Deps, access: Access, { from, until, fromDay, untilDay }: Period, at: number): Promise<StatementData> {
  const company = await deps.db.company.findUnique({ where: { id: access.company?.id ?? '' } });
  if (!company) throw new Problem('not_found', 'a statement for nobody');
  const { issuer } = await deps.db.$transaction((tx) => legalAt(tx, at, documentLocale(access.locale)));
  const { openingCents, lines, closingCents } = await statementOf(deps, access, from, until);
  const due = await deps.db.clientInvoice.findMany({ where: { ...invoicesSeen(access), issuedAt: { lt: until }, dueAt: { lt: new Date(at) } }, select: { totalCents: true, paidCents: true, creditedCents: true, writtenOffCents: true } });
  const late = due.reduce((sum, invoice) => sum + leftToPay(invoice), 0);
  const sum = (of: 'debitCents' | 'creditCents'): number => lines.reduce((total, line) => total + line[of], 0);
  return {
    issuedOn: parisDay(at), from: fromDay, until: untilDay, issuer, client: clientParty(company), openingCents, closingCents,
    lines: lines.map((line) => ({ on: parisDay(line.at), kind: line.kind, number: line.label, debitCents: line.debitCents, creditCents: line.creditCents, balanceCents: line.balanceCents })),
    debitCents: sum('debitCents'), creditCents: sum('creditCents'), lateCents: Math.max(0, Math.min(late, closingCents)),
  };
}
