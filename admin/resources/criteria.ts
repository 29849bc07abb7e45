import { DateTime } from 'luxon';
import type { Deps } from '../../deps.ts';
import { parseAmount } from '../../domain/money-text.ts';
import type { PageField } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import { columnOf, type Column, type Model } from './columns.ts';
import { propertyLabel } from './labels.ts';
import { holding, idsNamed, namesOf } from './names.ts';

export type Query = Readonly<Record<string, string>>;
export interface Criteria {
  readonly where: object;
  readonly fields: readonly PageField[];
  /** What was typed and could not be read, in words. */
  readonly refusals: readonly string[];
  /** Some criterion is asked. */
  readonly any: boolean;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What may be followed under a reference. */
const lives = ['project', 'quote-review', 'member-invoice', 'client-invoice', 'membership'];
/** A client or a project typed by name may be several: these many at most. */
const mostNamed = 200;

/** The filters of a list as people fill them in (S2), and what the database is asked for: each column's own kind says how. */
export async function criteriaOf(deps: Pick<Deps, 'db'>, model: Model, filters: readonly string[], query: Query, say: Speaker): Promise<Criteria> {
  const parts = await Promise.all(filters.map((name) => criterion(deps, model.name, columnOf(model, name), query, say)));
  const wheres = parts.flatMap(({ where }) => (where ? [where] : []));
  return { where: wheres.length > 0 ? { AND: wheres } : {}, fields: parts.flatMap(({ fields }) => fields), refusals: parts.flatMap(({ refusals = [] }) => refusals), any: parts.some(({ fields }) => fields.some(({ value }) => value)) };
}

interface Part { readonly where?: object; readonly fields: readonly PageField[]; readonly refusals?: readonly string[] }

async function criterion(deps: Pick<Deps, 'db'>, model: string, column: Column, query: Query, say: Speaker): Promise<Part> {
  const { name, stored } = column;
  const value = (query[name] ?? '').trim().slice(0, 200);
  const label = propertyLabel(model, name, say);
  switch (column.kind) {
    case 'choice': {
      const options = column.values.map((one) => ({ value: one, label: wordOf(column, one, say) }));
      return { fields: [{ name, kind: 'choice', label, value, options }], ...(column.values.includes(value) ? { where: { [stored]: value } } : {}) };
    }
    case 'yes':
      return { fields: [{ name, kind: 'choice', label, value, options: ['yes', 'no'].map((one) => ({ value: one, label: say.say(`list.${one}`) })) }], ...(['yes', 'no'].includes(value) ? { where: { [stored]: value === 'yes' } } : {}) };
    case 'money': return amounts(column, label, query, say);
    case 'moment':
    case 'day': return period(column, label, query, say);
    case 'record': return named(deps, column, column.model, label, query, say);
    case 'person': return named(deps, column, 'Member', label, query, say);
    case 'key': return { fields: [{ name, kind: 'text', label, value }], ...(value ? { where: { [stored]: value } } : {}) };
    case 'subject': return { fields: [{ name, kind: 'text', label, value }], ...(value ? { where: { [stored]: { in: [value, ...lives.map((life) => `${life}/${value}`)] } } } : {}) };
    default: return { fields: [{ name, kind: 'text', label, value }], ...(value ? { where: { [stored]: holding(value) } } : {}) };
  }
}

/** Between two amounts, typed in euros. */
function amounts({ name, stored }: Column, label: string, query: Query, say: Speaker): Part {
  const refusals: string[] = [];
  const cents = (typed: string): number | undefined => {
    if (typed.trim() === '') return undefined;
    const read = /^\s*0+([.,]0{1,2})?\s*€?\s*$/.test(typed) ? 0 : parseAmount(typed);
    if (read === null) refusals.push(say.say('list.badAmount', { label, typed }));
    return read ?? undefined;
  };
  const [least, most] = [query[`${name}Min`] ?? '', query[`${name}Max`] ?? ''];
  const range = { gte: cents(least), lte: cents(most) };
  return {
    refusals, ...(range.gte === undefined && range.lte === undefined ? {} : { where: { [stored]: range } }),
    fields: [{ name: `${name}Min`, kind: 'amount', label: say.say('list.least', { label }), value: least }, { name: `${name}Max`, kind: 'amount', label: say.say('list.most', { label }), value: most }],
  };
}

/** Between two days, both counted, as the calendar of Paris has them. */
function period({ name, stored, kind }: Column, label: string, query: Query, say: Speaker): Part {
  const zone = kind === 'day' ? 'UTC' : 'Europe/Paris';
  const refusals: string[] = [];
  const at = (typed: string, days: number): Date | undefined => {
    if (typed === '') return undefined;
    const read = DateTime.fromISO(typed, { zone });
    if (!/^\d{4}-\d{2}-\d{2}$/.test(typed) || !read.isValid) {
      refusals.push(say.say('list.badDay', { label, typed }));
      return undefined;
    }
    return read.plus({ days }).toJSDate();
  };
  const [from, until] = [query[`${name}From`] ?? '', query[`${name}Until`] ?? ''];
  const range = { gte: at(from, 0), lt: at(until, 1) };
  return {
    refusals, ...(range.gte ?? range.lt ? { where: { [stored]: range } } : {}),
    fields: [{ name: `${name}From`, kind: 'date', label: say.say('list.from', { label }), value: from }, { name: `${name}Until`, kind: 'date', label: say.say('list.until', { label }), value: until }],
  };
}

/** Somebody or something else: staff are chosen, the others typed by name; a link from their own page gives the id, and people read the name. */
async function named({ db }: Pick<Deps, 'db'>, { name, stored }: Column, model: string, label: string, query: Query, say: Speaker): Promise<Part> {
  const value = (query[name] ?? '').trim().slice(0, 200);
  if (model === 'Staff') {
    const staff = await db.staff.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' }, take: 500 });
    return { fields: [{ name, kind: 'choice', label, value, options: staff.map((one) => ({ value: one.id, label: one.name })) }], ...(id.test(value) ? { where: { [stored]: value } } : {}) };
  }
  if (id.test(value)) {
    const called = (await namesOf(db, model, [value], say)).get(value) ?? say.say('list.unknown');
    return { fields: [{ name, kind: 'choice', label, value, options: [{ value, label: called }] }], where: { [stored]: value } };
  }
  if (value === '') return { fields: [{ name, kind: 'text', label, value }] };
  const ids = await idsNamed(db, model, value, mostNamed);
  return { fields: [{ name, kind: 'text', label, value }], where: { [stored]: { in: ids } }, refusals: ids.length === mostNamed ? [say.say('list.manyNamed', { label, most: mostNamed })] : [] };
}

/** A value of a choice, in words. */
export function wordOf(column: Extract<Column, { kind: 'choice' }>, value: string, say: Speaker): string {
  if (column.state) return say.state(column.state, value);
  const key = `${column.prefix}.${value}`;
  return say.has(key) ? say.say(key) : value;
}
