import { once } from 'node:events';
import type { Response } from 'express';
import type { ActionContext, ActionRequest } from 'adminjs';
import { recordEvent } from '../../database/audit.ts';
import type { Deps } from '../../deps.ts';
import type { Staff } from '../actions/console-step.ts';
import { localeAsked, speaker, type Speaker } from '../text.ts';
import { modelNamed, type Column } from './columns.ts';
import { criteriaOf } from './criteria.ts';
import { csvLine, csvStart, type Exported } from '../../documents/csv.ts';
import { propertyLabel, resourceLabel } from './labels.ts';
import { queryOf, type Listed } from './list.ts';
import { openTo } from './rights.ts';
import { columnsOf, namesFor, readRows, shownValue, type Names } from './rows.ts';
import { xlsxWriter } from './xlsx.ts';

/** A file holds as many rows at most: beyond, people narrow the list. */
export const exportLimit = 100_000;
const batch = 1_000;
const types = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

/**
 * The filtered list as a file (S2), for whoever may see the list, with the columns they see in it. It leaves as it is read, newest first, and the trail
 * keeps who took what.
 */
export function exportAction(deps: Deps, whole: Listed) {
  return {
    name: 'exportList', actionType: 'resource', isVisible: false, component: false,
    isAccessible: ({ resource, currentAdmin }: ActionContext): boolean => resource.decorate().actions.list?.isAccessible(currentAdmin) ?? false,
    handler: async (request: ActionRequest, response: Response, context: ActionContext): Promise<void> => {
      const say = speaker(localeAsked(request));
      const { format: asked, lang: _lang, page: _page, sort: _sort, ...query } = queryOf(request.query);
      const format = asked === 'xlsx' ? 'xlsx' : 'csv';
      const staff = context.currentAdmin as unknown as Staff;
      const one = openTo(staff.role, whole);
      const model = modelNamed(one.model);
      const criteria = await criteriaOf(deps, model, one.filter ?? one.list, query, say);
      if (criteria.refusals.length > 0) return void response.status(400).type('text').send(criteria.refusals.join('\n'));
      const kept = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
      await deps.db.$transaction((tx) => recordEvent(tx, { by: { kind: 'staff', id: staff.id, name: staff.name }, action: 'export.made', subject: `export/${one.model}`, data: { format, filters: kept }, at: Date.now() }));
      const label = resourceLabel(one.model, say);
      const file = `off-works-${label.normalize('NFD').replace(/[^a-zA-Z]+/g, '-').toLowerCase()}-${new Date().toISOString().slice(0, 10)}.${format}`;
      response.status(200).set({ 'Content-Type': types[format], 'Content-Disposition': `attachment; filename="${file}"`, 'Cache-Control': 'no-store' });
      const columns = columnsOf(model, one.list);
      const out = writer(format, label, (chunk) => void response.write(chunk));
      out.heading(columns.map((column) => propertyLabel(one.model, column.name, say)));
      for await (const cells of exportedRows(deps, one, columns, criteria.where, say)) {
        if (response.destroyed) return;
        out.row(cells);
        if (response.writableNeedDrain) await drained(response);
      }
      out.end();
      response.end();
    },
  };
}

/** Waits for a slow reader, or for one who left. */
async function drained(response: Response): Promise<void> {
  const over = new AbortController();
  await Promise.race(['drain', 'close'].map((event) => once(response, event, { signal: over.signal }).catch(() => undefined)));
  over.abort();
}

/** Rows by keyset on the id, which is in the order of creation: the thousandth page costs what the first does. */
async function* exportedRows(deps: Deps, { model: name }: Listed, columns: readonly Column[], where: object, say: Speaker): AsyncGenerator<(Exported | null)[]> {
  const model = modelNamed(name);
  let last: string | null = null;
  for (let written = 0; written < exportLimit;) {
    const rows = await readRows(deps, model, columns, { where: last === null ? where : { AND: [where, { id: { lt: last } }] }, orderBy: { id: 'desc' }, take: Math.min(batch, exportLimit - written) });
    const names = await namesFor(deps, columns, rows, say);
    for (const row of rows) yield columns.map((column) => exported(column, row[column.stored], names, say));
    written += rows.length;
    const end = rows.at(-1);
    if (!end || rows.length < batch) return;
    last = String(end.id);
  }
}

function exported(column: Column, value: unknown, names: Names, say: Speaker): Exported | null {
  if (value === null || value === undefined) return null;
  if (column.kind === 'money' || column.kind === 'percent') return { kind: 'number', value: Number(value) / 100, decimals: 2 };
  if (column.kind === 'number') return { kind: 'number', value: Number(value), decimals: 0 };
  if (column.kind === 'day' || column.kind === 'moment') return { kind: column.kind, at: value as Date };
  const cell = shownValue(column, value, names, say);
  return { kind: 'text', text: typeof cell === 'string' ? cell : cell.text };
}

function writer(format: 'csv' | 'xlsx', sheet: string, write: (chunk: Uint8Array | string) => void) {
  const words = (labels: readonly string[]): Exported[] => labels.map((text) => ({ kind: 'text', text }));
  if (format === 'csv') {
    return { heading: (labels: readonly string[]) => write(csvStart + csvLine(words(labels))), row: (cells: readonly (Exported | null)[]) => write(csvLine(cells)), end: () => undefined };
  }
  const book = xlsxWriter(sheet, write);
  return { heading: (labels: readonly string[]) => book.row(words(labels), true), row: (cells: readonly (Exported | null)[]) => book.row(cells), end: () => book.end() };
}
