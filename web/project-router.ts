import { Router } from 'express';
import { csvLine, csvStart, type Exported } from '../documents/csv.ts';
import type { Deps } from '../deps.ts';
import { clientAccess, projectAccess, requireRight } from './access.ts';
import { invoicesPage, periodOf } from './client/invoices-page.ts';
import { statementOf } from './client/statement.ts';
import { statementFile } from './client/statement-file.ts';
import { fileFor } from './conversations/file-right.ts';
import { showPage } from './serve-page.ts';
import { sendStoredFile } from './stored-file.ts';
import { pageTexts } from './locale.ts';

/** Files of a project, and the company's invoices. */
export function projectRouter(deps: Deps): Router {
  const router = Router();
  router.get('/invoices', async (request, response) => showPage(deps, invoicesPage, await clientAccess(deps, request, '/invoices'), request, response));
  router.get('/invoices/statement.csv', async (request, response) => {
    const access = await clientAccess(deps, request, '/invoices');
    requireRight(access, 'readInvoices');
    const period = periodOf(request.query);
    const { openingCents, lines, closingCents } = await statementOf(deps, access, period.from, period.until);
    const words = (text: string): Exported => ({ kind: 'text', text });
    const euros = (cents: number): Exported | null => (cents === 0 ? null : { kind: 'number', value: cents / 100, decimals: 2 });
    const texts = pageTexts[access.locale];
    const say = (key: string): string => texts[key] ?? key;
    const heads = ['date', 'what', 'number', 'debit', 'credit', 'balance'].map((head) => words(say(`st.${head}`)));
    response.set({ 'Content-Disposition': `attachment; filename="off-works-${period.fromDay}-${period.untilDay}.csv"`, 'Cache-Control': 'private, no-store' }).type('text/csv; charset=utf-8').send([
      csvStart, csvLine(heads), csvLine([null, words(say('st.opening')), null, null, null, { kind: 'number', value: openingCents / 100, decimals: 2 }]),
      ...lines.map((line) => csvLine([{ kind: 'day', at: line.at }, words(say(`st.${line.kind}`)), words(line.label), euros(line.debitCents), euros(line.creditCents), { kind: 'number', value: line.balanceCents / 100, decimals: 2 }])),
      csvLine([null, words(say('st.closing')), null, null, null, { kind: 'number', value: closingCents / 100, decimals: 2 }]),
    ].join(''));
  });
  router.get('/invoices/statement.pdf', async (request, response) => {
    const access = await clientAccess(deps, request, '/invoices');
    requireRight(access, 'readInvoices');
    const { name, bytes } = await statementFile(deps, access, periodOf(request.query), Date.now());
    response.set({ 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'private, no-store' }).type('application/pdf').send(bytes);
  });
  router.get('/projects/:ref/file/:id', async (request, response) => {
    const access = await projectAccess(deps, request);
    sendStoredFile(await fileFor(deps, access, String(request.params.id)), response, request.query.download !== undefined);
  });
  return router;
}
