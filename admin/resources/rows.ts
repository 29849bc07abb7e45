import type { Deps } from '../../deps.ts';
import type { Cell } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import { columnOf, type Column, type Model } from './columns.ts';
import { wordOf } from './criteria.ts';
import { delegate } from './delegate.ts';
import { entryInWords, namesOf, personsOf, type Named } from './names.ts';

export type Values = Readonly<Record<string, unknown>>;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const recordHref = (model: string, id: string): string => `/console/resources/${model}/records/${encodeURIComponent(id)}/show`;

/** Reads these columns alone: nothing that is not shown leaves the database. */
export async function readRows(deps: Pick<Deps, 'db'>, model: Model, columns: readonly Column[], asked: { where: object; orderBy?: object; skip?: number; take: number; also?: readonly string[] }): Promise<Values[]> {
  const { also = [], ...rest } = asked;
  const select = Object.fromEntries(['id', ...also, ...columns.map(({ stored }) => stored)].map((name) => [name, true]));
  return delegate(deps.db, model.name).findMany({ ...rest, select });
}

export interface Names { readonly records: ReadonlyMap<string, ReadonlyMap<string, string>>; readonly persons: ReadonlyMap<string, Named> }

/** The names these rows need: one query a model named, however many rows. */
export async function namesFor(deps: Pick<Deps, 'db'>, columns: readonly Column[], rows: readonly Values[], say: Speaker): Promise<Names> {
  const ids = (wanted: readonly Column[]): string[] => wanted.flatMap(({ stored }) => rows.map((row) => row[stored])).filter((value): value is string => typeof value === 'string' && uuid.test(value));
  const models = [...new Set(columns.flatMap((one) => (one.kind === 'record' ? [one.model] : [])))];
  const [records, persons] = await Promise.all([
    Promise.all(models.map(async (model) => [model, await namesOf(deps.db, model, ids(columns.filter((one) => one.kind === 'record' && one.model === model)), say)] as const)),
    personsOf(deps.db, [...ids(columns.filter(({ kind }) => kind === 'person')), ...columns.filter(({ kind }) => kind === 'subject').flatMap(({ stored }) => rows.map((row) => aboutOf(row[stored])).filter((about) => uuid.test(about)))], say),
  ]);
  return { records: new Map(records), persons };
}

/** `company/ID` is about ID. */
const aboutOf = (subject: unknown): string => String(subject).replace(/^[a-z-]+\//, '');

/** A value as people read it. */
export function shownValue(column: Column, value: unknown, names: Names, say: Speaker): Cell {
  if (column.kind === 'yes') return say.say(value ? 'list.yes' : 'list.no');
  if (value === null || value === undefined || value === '') return '';
  switch (column.kind) {
    case 'money': return say.money(Number(value));
    case 'percent': return `${new Intl.NumberFormat(say.locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 2 }).format(Number(value) / 100)} %`;
    case 'number': return new Intl.NumberFormat(say.locale === 'fr' ? 'fr-FR' : 'en-GB').format(Number(value));
    case 'moment': return say.moment(value as Date);
    case 'day': return say.day(value as Date);
    case 'many': return (value as string[]).join(', ');
    case 'json': return typeof value === 'object' ? Object.entries(value).map(([name, one]) => `${say.has(`choice.json.${name}`) ? say.say(`choice.json.${name}`) : name} : ${typeof one === 'object' ? JSON.stringify(one) : String(one)}`).join(' · ') : String(value);
    case 'subject': {
      const known = names.persons.get(aboutOf(value));
      if (known) return { text: known.name, href: recordHref(known.model, aboutOf(value)) };
      return uuid.test(aboutOf(value)) ? say.say('list.unknown') : aboutOf(value);
    }
    case 'choice': return wordOf(column, String(value), say);
    case 'key': return say.has(`${column.prefix}.${value as string}`) ? say.say(`${column.prefix}.${value as string}`) : String(value);
    case 'record': return { text: names.records.get(column.model)?.get(value as string) ?? say.say('list.unknown'), href: recordHref(column.model, value as string) };
    case 'person': {
      const known = names.persons.get(value as string);
      if (known) return { text: known.name, href: recordHref(known.model, value as string) };
      return uuid.test(value as string) ? say.say('list.unknown') : (value as string);
    }
    default: return column.stored === 'what' ? entryInWords(String(value), say) : String(value);
  }
}

export const columnsOf = (model: Model, names: readonly string[]): Column[] => names.map((name) => columnOf(model, name));
export const isNumeric = ({ kind }: Column): boolean => ['money', 'percent', 'number'].includes(kind);
