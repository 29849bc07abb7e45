import type { ActionContext, ActionRequest } from 'adminjs';
import type { Deps } from '../../deps.ts';
import { mayDo } from '../../domain/roles.ts';
import type { Staff } from '../actions/console-step.ts';
import { components } from '../components.ts';
import type { Cell, PageField } from '../pages/blocks.ts';
import { localeAsked, speaker, type Speaker } from '../text.ts';
import { componentWords } from '../words.ts';
import { bulkActsOf } from './bulk-acts.ts';
import { columnOf, modelNamed, type Model } from './columns.ts';
import { countCap } from './console-records.ts';
import { criteriaOf, type Query } from './criteria.ts';
import { delegate } from './delegate.ts';
import { propertyLabel, resourceLabel } from './labels.ts';
import { openTo } from './rights.ts';
import { columnsOf, isNumeric, namesFor, readRows, recordHref, shownValue, type Values } from './rows.ts';

/** What a list offers. */
export interface Listed { readonly model: string; readonly list: readonly string[]; readonly filter?: readonly string[]; readonly sort?: readonly string[]; readonly sortBy?: string }

const perPage = 25;

interface Head { readonly label: string; readonly numeric: boolean; readonly href?: string; readonly direction?: 'ascending' | 'descending' }
interface ListPage {
  readonly filters: readonly PageField[];
  readonly refusals: readonly string[];
  readonly count: string;
  readonly head: readonly Head[];
  readonly rows: readonly { readonly id: string; readonly title: string; readonly href: string; readonly cells: readonly Cell[] }[];
  readonly empty: string;
  readonly pager: readonly { readonly text: string; readonly href: string }[];
  readonly exports: readonly { readonly text: string; readonly href: string }[];
  readonly bulk: readonly { readonly label: string; readonly href: string }[];
  readonly words: Readonly<Record<string, string>>;
}

/** The list of a resource, as data drawn by one component (S2): bounded counts, bounded pages, only the columns shown. */
export function listAction(deps: Deps, whole: Listed) {
  return {
    component: components.listPage,
    showFilter: false,
    handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
      const say = speaker(localeAsked(request));
      const query = queryOf(request.query);
      const staff = context.currentAdmin as unknown as Staff;
      const { page, rows, total } = await listPage(deps, openTo(staff.role, whole), query, say, staff);
      // The rows themselves too, as AdminJS promises of a list.
      return { meta: { total, perPage, page: Number(query.page ?? 1), sortBy: query.sort ?? '', direction: 'desc' }, records: rows.map((row) => ({ id: String(row.id), params: row, populated: {}, title: '', errors: {}, baseError: null, recordActions: [], bulkActions: [] })), page };
    },
  };
}

/** The address's own query; links written for AdminJS's filters (`filters.stage=`) are understood too. */
export function queryOf(asked: Record<string, unknown> | undefined): Query {
  return Object.fromEntries(Object.entries(asked ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string').map(([name, value]) => [name.replace(/^filters\./, ''), value]));
}

async function listPage(deps: Deps, one: Listed, query: Query, say: Speaker, staff: Staff): Promise<{ page: ListPage; rows: readonly Values[]; total: number }> {
  const model = modelNamed(one.model);
  const columns = columnsOf(model, one.list);
  const criteria = await criteriaOf(deps, model, one.filter ?? one.list, query, say);
  const order = orderOf(one, query);
  const number = Math.min(Math.max(1, Math.floor(Number(query.page)) || 1), countCap / perPage);
  const [found, total] = await Promise.all([
    sorted(deps, model, one, order, criteria.where, (number - 1) * perPage),
    delegate(deps.db, one.model).count({ where: criteria.where, take: countCap + 1 }),
  ]);
  const rows = found.slice(0, perPage);
  const names = await namesFor(deps, columns, rows, say);
  const address = (change: Record<string, string>): string => hrefOf(one.model, { ...query, ...change });
  const shown = rows.map((row) => ({ row, cells: columns.map((column) => shownValue(column, row[column.stored], names, say)) }));
  const page: ListPage = {
    filters: criteria.fields, refusals: criteria.refusals,
    count: total > countCap ? say.say('list.countMore', { count: new Intl.NumberFormat(say.locale === 'fr' ? 'fr-FR' : 'en-GB').format(countCap) }) : say.say(total === 1 ? 'list.countOne' : 'list.count', { count: new Intl.NumberFormat(say.locale === 'fr' ? 'fr-FR' : 'en-GB').format(total) }),
    head: columns.map((column): Head => {
      const label = propertyLabel(one.model, column.name, say);
      if (!(one.sort ?? []).includes(column.name)) return { label, numeric: isNumeric(column) };
      const current = order.column === column.name;
      return { label, numeric: isNumeric(column), href: address({ sort: current && order.direction === 'desc' ? column.name : `-${column.name}`, page: '' }), ...(current ? { direction: order.direction === 'desc' ? 'descending' : 'ascending' } : {}) };
    }),
    rows: shown.map(({ row, cells }) => ({ id: String(row.id), title: wordsOf(cells[0]) || say.say('list.open'), href: recordHref(one.model, String(row.id)), cells })),
    empty: criteria.any ? say.say('list.nothingFound') : say.say(`list.empty.${one.model}`),
    pager: [
      ...(number > 1 ? [{ text: say.say('list.previous'), href: address({ page: String(number - 1) }) }] : []),
      ...(found.length > perPage && number < countCap / perPage ? [{ text: say.say('list.next'), href: address({ page: String(number + 1) }) }] : []),
    ],
    exports: (['csv', 'xlsx'] as const).map((format) => ({ text: say.say(`list.export.${format}`), href: `/console/api/resources/${one.model}/actions/exportList?${new URLSearchParams({ ...query, page: '', lang: say.locale, format })}` })),
    bulk: bulkActsOf(one.model).filter(({ name }) => mayDo(staff.role, name)).map(({ name }) => ({ label: say.say(`action.${name}`), href: `/console/pages/bulk?resource=${one.model}&act=${name}` })),
    words: {
      ...componentWords(say), title: resourceLabel(one.model, say), filter: say.say('list.filter'), clear: say.say('list.clear'), filters: say.say('list.filters'), selected: say.say('list.selected'), choose: say.say('list.choose'), chooseAll: say.say('list.chooseAll'),
      lastPage: number >= countCap / perPage ? say.say('list.lastPage') : '', exportLimit: say.say('list.exportLimit'), bulkNone: say.say('list.bulkNone'),
    },
  };
  return { page, rows, total };
}

interface Order { readonly column: string; readonly direction: 'asc' | 'desc' }

/** `sort=-dueAt`: the latest first. What is not offered is not sorted by. */
export function orderOf(one: Listed, query: Query): Order {
  const asked = query.sort ?? '';
  const column = asked.replace(/^-/, '');
  if ((one.sort ?? []).includes(column)) return { column, direction: asked.startsWith('-') ? 'desc' : 'asc' };
  return { column: one.sortBy ?? 'createdAt', direction: one.sortBy === 'position' || one.sortBy === 'name' ? 'asc' : 'desc' };
}

/**
 * One page and one row more, by an index whatever the order. PostgreSQL puts what is empty first when it goes down, and people want it last:
 * those who have a value come first, then the others, each by the same index.
 */
async function sorted(deps: Deps, model: Model, one: Listed, { column, direction }: Order, where: object, skip: number): Promise<Values[]> {
  const take = perPage + 1;
  const { stored, optional } = columnOf(model, column);
  const columns = columnsOf(model, one.list);
  const orderBy = [{ [stored]: direction }, { id: direction }];
  if (!optional || direction === 'asc') return readRows(deps, model, columns, { where, orderBy, skip, take });
  const having = { AND: [where, { [stored]: { not: null } }] };
  const first = await readRows(deps, model, columns, { where: having, orderBy, skip, take });
  if (first.length === take) return first;
  const before = first.length > 0 ? skip + first.length : await delegate(deps.db, model.name).count({ where: having, take: countCap + 1 });
  const rest = await readRows(deps, model, columns, { where: { AND: [where, { [stored]: null }] }, orderBy: [{ id: 'desc' }], skip: Math.max(0, skip - before), take: take - first.length });
  return [...first, ...rest];
}

const wordsOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : (cell?.text ?? ''));

/** The address of a list with these filters. */
export function hrefOf(model: string, query: Record<string, string>): string {
  const { lang: _lang, ...rest } = query;
  const kept = Object.entries(rest).filter(([, value]) => value !== '');
  return `/console/resources/${model}${kept.length > 0 ? `?${new URLSearchParams(kept)}` : ''}`;
}
