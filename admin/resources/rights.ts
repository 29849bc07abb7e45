import type { ActionContext, ActionRequest, RecordJSON } from 'adminjs';
import { dots, withoutAccountEnd } from '../../domain/masked-account.ts';
import { maskedFor, maskedResources, mayFind, mayRead } from '../../domain/roles.ts';
import type { Staff } from '../actions/console-step.ts';

type Hook<Value> = (value: Value, request: ActionRequest, context: ActionContext) => Promise<Value>;
type Before = (request: ActionRequest, context: ActionContext) => ActionRequest;
interface Answer { record?: RecordJSON; records?: RecordJSON[] }
interface Action { before?: unknown; after?: unknown; isAccessible?: unknown; [more: string]: unknown }

const roleOf = ({ currentAdmin }: Pick<ActionContext, 'currentAdmin'>): string => (currentAdmin as unknown as Staff | undefined)?.role ?? '';
const list = (held: unknown): unknown[] => (held === undefined ? [] : Array.isArray(held) ? held : [held]);

/**
 * S5: the actions of an object with their rights: who may not read it is refused, whoever may is shown no more than their role needs,
 * in the answer itself, in what it refers to, and in what may be filtered, sorted and searched by.
 * `references`: the model behind each reference of this one.
 */
export function guarded(model: string, actions: Readonly<Record<string, Action>>, references: Readonly<Record<string, string>>): Record<string, Action> {
  const reading = {
    list: { isAccessible: (context: ActionContext) => mayRead(roleOf(context), model) },
    show: { isAccessible: (context: ActionContext) => mayRead(roleOf(context), model) },
    search: { isAccessible: (context: ActionContext) => mayFind(roleOf(context), model) },
  };
  const names = new Set([...Object.keys(reading), ...Object.keys(actions)]);
  return Object.fromEntries([...names].map((name) => {
    const own = actions[name] ?? {};
    const read = reading[name as keyof typeof reading] as { isAccessible: unknown } | undefined;
    return [name, { ...own, ...read, ...(read ? { before: [...list(own.before), onlyOpenFields(model)] } : {}), after: [...list(own.after), masked(model, references)] }];
  }));
}

/** A filter, an order or a search on a field that is hidden would tell it bit by bit: only those the role may see are kept. */
function onlyOpenFields(model: string): Before {
  return (request, context) => {
    const role = roleOf(context);
    const open = (path: string): boolean => {
      const property = path.split('~~')[0] ?? '';
      return context.resource.property(property) !== null && !property.includes('.') && !maskedFor(role, model).includes(property);
    };
    const query = Object.fromEntries(Object.entries((request.query ?? {}) as Record<string, unknown>).filter(([name, value]) => {
      if (name.startsWith('filters.')) return mayRead(role, model) && open(name.slice('filters.'.length));
      if (name === 'filters') return false;
      return name === 'sortBy' || name === 'searchProperty' ? mayRead(role, model) && open(String(value)) : true;
    }));
    return { ...request, query };
  };
}

function masked(model: string, references: Readonly<Record<string, string>>): Hook<Answer> {
  return async (answer, _request, context) => {
    if (!answer) return answer; // a file that has left
    const role = roleOf(context);
    for (const record of [...(answer.records ?? []), ...(answer.record ? [answer.record] : [])]) {
      mask(record, role, model);
      for (const [name, referred] of Object.entries(record.populated ?? {})) if (referred) mask(referred, role, references[name.split('.')[0] ?? ''] ?? '');
    }
    return hidesAccounts(role) ? (withoutEnds(answer) as Answer) : answer;
  };
}

/** Of an object they may not read, people keep its name alone. */
function mask(record: RecordJSON, role: string, model: string): void {
  if (!mayRead(role, model)) {
    record.params = {};
    record.populated = {};
    return;
  }
  for (const name of maskedFor(role, model)) if (record.params?.[name]) record.params[name] = dots;
}

const hidesAccounts = (role: string): boolean => maskedResources.some((model) => maskedFor(role, model).length > 0);

/** Documents and mails name the end of an account in a sentence. */
function withoutEnds(value: unknown): unknown {
  if (typeof value === 'string') return withoutAccountEnd(value);
  if (Array.isArray(value)) return value.map(withoutEnds);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, withoutEnds(held)]));
}

interface Shown { readonly model: string; readonly list: readonly string[]; readonly filter?: readonly string[]; readonly sort?: readonly string[]; readonly show?: readonly string[] }

/** S5: the columns of a list, a page or a file that this role may see, filter and sort by. */
export function openTo<One extends Shown>(role: string, one: One): One {
  const hidden = maskedFor(role, one.model);
  if (hidden.length === 0) return one;
  const open = (names: readonly string[] | undefined): readonly string[] | undefined => names?.filter((name) => !hidden.includes(name));
  return { ...one, list: open(one.list), filter: open(one.filter), sort: open(one.sort), show: open(one.show) };
}
