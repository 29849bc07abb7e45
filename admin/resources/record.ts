import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import type { Block, Row } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import { componentWords } from '../words.ts';
import { modelNamed } from './columns.ts';
import { propertyLabel, resourceLabel } from './labels.ts';
import { hrefOf } from './list.ts';
import { namesOf } from './names.ts';
import { relatedTo, type Related } from './related.ts';
import { openTo } from './rights.ts';
import { columnsOf, isNumeric, namesFor, readRows, recordHref, shownValue } from './rows.ts';

/** A record's page tells this many of each kind of what goes with it; the list holds the rest. */
const told = 10;

/** A record as people read it: its own facts, then what goes with it (S2). */
export async function recordPage(deps: Deps, one: { model: string; list: readonly string[]; show?: readonly string[] }, id: string, say: Speaker, reader: { role: string; mayList: (model: string) => boolean }) {
  const model = modelNamed(one.model);
  const columns = columnsOf(model, openTo(reader.role, { ...one, list: one.show ?? one.list }).list);
  const [row] = await readRows(deps, model, columns, { where: { id }, take: 1 });
  if (!row) throw new Problem('not_found', `no ${one.model} ${id}`);
  const [names, title, related] = await Promise.all([
    namesFor(deps, columns, [row], say), namesOf(deps.db, one.model, [id], say),
    Promise.all(relatedTo(one.model).filter((other) => reader.mayList(other.model)).map((other) => relatedBlocks(deps, { ...other, list: openTo(reader.role, { model: other.model, list: other.list }).list }, id, say))),
  ]);
  const facts = columns.map((column): Row => ({ cells: [propertyLabel(one.model, column.name, say), shownValue(column, row[column.stored], names, say)] })).filter(({ cells }) => cells[1] !== '');
  const blocks: Block[] = [{ kind: 'table', head: [say.say('record.what'), say.say('record.value')], rows: facts, empty: '' }, ...related.flat()];
  return { title: title.get(id) ?? resourceLabel(one.model, say), subtitle: resourceLabel(one.model, say), words: componentWords(say), blocks };
}

/** The first of one kind, and the way to them all. */
async function relatedBlocks(deps: Deps, { model: name, list, where, filter, sortBy = 'createdAt' }: Related, id: string, say: Speaker): Promise<Block[]> {
  const model = modelNamed(name);
  const columns = columnsOf(model, list);
  const conditions = await where(deps.db, id);
  if (!conditions) return [];
  const rows = await readRows(deps, model, columns, { where: conditions, orderBy: [{ [sortBy]: 'desc' }, { id: 'desc' }], take: told + 1 });
  const names = await namesFor(deps, columns, rows, say);
  const table: Block = {
    kind: 'table', caption: resourceLabel(name, say), head: columns.map((column) => propertyLabel(name, column.name, say)), empty: say.say(`record.none.${name}`),
    numeric: columns.flatMap((column, index) => (isNumeric(column) ? [index] : [])),
    rows: rows.slice(0, told).map((row) => ({
      cells: columns.map((column, index) => {
        const cell = shownValue(column, row[column.stored], names, say);
        const text = typeof cell === 'string' ? cell : cell.text;
        return index === 0 ? { text: text || say.say('list.open'), href: recordHref(name, String(row.id)) } : cell;
      }),
    })),
  };
  return rows.length > told && filter ? [table, { kind: 'links', items: [{ text: say.say('record.all', { called: resourceLabel(name, say) }), href: hrefOf(name, { [filter]: id }) }] }] : [table];
}
