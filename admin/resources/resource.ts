import type { ActionContext, ActionRequest, ResourceOptions } from 'adminjs';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { consoleAction, type ConsoleStep, type Staff } from '../actions/console-step.ts';
import { components } from '../components.ts';
import { localeAsked, speaker } from '../text.ts';
import { dmmf, modelNamed } from './columns.ts';
import { exportAction } from './export.ts';
import { listAction } from './list.ts';
import { recordPage } from './record.ts';
import { guarded } from './rights.ts';

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
  /** Columns people may sort by: each has its index (prisma/migrations). */
  readonly sort?: readonly string[];
  /** The order when nobody asks for one. */
  readonly sortBy?: string;
}

/** One object of the domain as an AdminJS resource: read-only unless it is plain data, its actions those of its lifecycle. */
export function adminResource(deps: Deps, one: ConsoleResource) {
  const model = modelNamed(one.model);
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
      actions: guarded(one.model, {
        new: change, edit: change, delete: nobody, bulkDelete: nobody, list: listAction(deps, one), show: showAction(deps, one), exportList: exportAction(deps, one), ...steps, ...(one.options?.actions as object),
      }, references) as never,
    },
  };
}

/** A record's page, its facts and what goes with it; lists a role may not open are left out. */
function showAction(deps: Deps, one: ConsoleResource) {
  return {
    component: components.recordPage,
    handler: async (request: ActionRequest, _response: unknown, { record, currentAdmin, _admin }: ActionContext) => {
      if (!record) throw new Problem('not_found', 'no such record');
      const mayList = (name: string): boolean => _admin.resources.find((other) => other.id() === name)?.decorate().actions.list?.isAccessible(currentAdmin) ?? false;
      return { record: record.toJSON(currentAdmin), page: await recordPage(deps, one, record.id(), speaker(localeAsked(request)), { role: (currentAdmin as unknown as Staff).role, mayList }) };
    },
  };
}

const icons = { work: 'Briefcase', people: 'Users', money: 'CreditCard', settings: 'Settings', trail: 'Archive' } as const;
