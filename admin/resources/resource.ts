import { readFileSync } from 'node:fs';
import type { ActionContext, ResourceOptions } from 'adminjs';
import type { Deps } from '../../deps.ts';
import { consoleAction, type ConsoleStep, type Staff } from '../actions/console-step.ts';
import { guarded } from './rights.ts';

interface Model { readonly name: string; readonly fields: readonly { readonly name: string; readonly type: string; readonly kind: string }[] }
const dmmf = JSON.parse(readFileSync(new URL('../generated/dmmf.json', import.meta.url), 'utf8')) as { datamodel: { models: Model[] } };

export const isAdministrator = ({ currentAdmin }: Pick<ActionContext, 'currentAdmin'>): boolean => (currentAdmin as unknown as Staff | undefined)?.role === 'administrator';
const nobody = { isAccessible: false, isVisible: false };

export interface ConsoleResource {
  readonly model: string;
  readonly menu: 'work' | 'people' | 'money' | 'settings' | 'trail';
  readonly list: readonly string[];
  readonly filter?: readonly string[];
  readonly show?: readonly string[];
  readonly edit?: readonly string[];
  /** Plain data that administrators may change; a lifecycle's data never is. */
  readonly editable?: boolean;
  readonly steps?: readonly ConsoleStep[];
  readonly options?: ResourceOptions;
  readonly sortBy?: string;
}

/** One object of the domain as an AdminJS resource: read-only unless it is plain data, its actions those of its lifecycle. */
export function adminResource(deps: Deps, one: ConsoleResource) {
  const model = dmmf.datamodel.models.find(({ name }) => name === one.model);
  if (!model) throw new Error(`no model ${one.model}`);
  const change = one.editable ? { isAccessible: isAdministrator as never } : nobody;
  const references = Object.fromEntries(model.fields.filter(({ kind }) => kind === 'object').map(({ name, type }) => [name, type]));
  const steps = Object.fromEntries((one.steps ?? []).map((step) => [step.step.name, consoleAction(deps, step)]));
  return {
    resource: { model, client: deps.db, clientModule: { Prisma: { dmmf } } },
    options: {
      ...one.options,
      id: one.model,
      navigation: { name: `menu.${one.menu}`, icon: icons[one.menu] },
      listProperties: [...one.list],
      filterProperties: [...(one.filter ?? one.list)],
      ...(one.show ? { showProperties: [...one.show] } : {}),
      ...(one.edit ? { editProperties: [...one.edit] } : {}),
      sort: { sortBy: one.sortBy ?? 'createdAt', direction: 'desc' as const },
      properties: { ...one.options?.properties },
      actions: guarded(one.model, { new: change, edit: change, delete: nobody, bulkDelete: nobody, ...steps, ...(one.options?.actions as object) }, references) as never,
    },
  };
}

const icons = { work: 'Briefcase', people: 'Users', money: 'CreditCard', settings: 'Settings', trail: 'Archive' } as const;
