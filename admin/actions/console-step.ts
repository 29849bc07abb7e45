import { randomUUID } from 'node:crypto';
import type { ActionContext, ActionRequest, Action, RecordActionResponse } from 'adminjs';
import type { Deps } from '../../deps.ts';
import { allows, type Lifecycle } from '../../domain/lifecycle/lifecycle.ts';
import { parseAmount } from '../../domain/money-text.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { perform, problemOf } from '../../steps/perform.ts';
import type { Step } from '../../steps/step.ts';
import { components } from '../components.ts';
import { localeAsked, speaker, type Speaker } from '../text.ts';

export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'long' | 'amount' | 'date' | 'choice' | 'choices';
  readonly required?: boolean;
  readonly options?: readonly { value: string; label: string }[];
  readonly value?: unknown;
}

export interface ShownTable { readonly title: string; readonly rows: readonly (readonly string[])[]; readonly total?: boolean }

export interface Staff { readonly id: string; readonly name: string; readonly role: string; readonly email: string; readonly menu: readonly { readonly heading: string; readonly pages: readonly string[] }[] }

/** One step of a lifecycle as the console offers it. */
export interface ConsoleStep {
  readonly step: Step<unknown>;
  readonly lifecycle: Lifecycle<string, string>;
  /** Where the record keeps its state. */
  readonly stateField: 'stage' | 'state';
  /** What the record must say besides its state for the step to be offered; the step itself refuses the rest. */
  readonly onlyFor?: (params: Readonly<Record<string, unknown>>) => boolean;
  readonly icon?: string;
  /** The workflow to ask, from the record. */
  readonly subject: (params: Record<string, string>, key: string) => string;
  /** Starts the workflow to ask, when it is not there before. */
  readonly begin?: (deps: Deps, params: Record<string, string>, key: string) => Promise<void>;
  readonly fields?: (deps: Deps, id: string, say: Speaker, staff: Staff) => Promise<readonly Field[]>;
  /** Its form has amounts or dates, which are read from what people type. */
  readonly readsAmounts?: boolean;
  readonly tables?: (deps: Deps, id: string, say: Speaker) => Promise<readonly ShownTable[]>;
  /** What the form's values say, when they are not the payload as they stand. */
  readonly payloadOf?: (values: Record<string, unknown>) => Record<string, unknown>;
  /** What is known without asking, such as the record's own id. */
  readonly given?: (params: Record<string, string>) => Record<string, unknown>;
}

/**
 * The AdminJS action of a step: shown only where the lifecycle and the role allow it, saying its consequence first, carried out by `perform` alone.
 * The lifecycle and the role are checked again on the server, whatever address is called.
 */
export function consoleAction(deps: Deps, one: ConsoleStep): Partial<Action<RecordActionResponse>> & { name: string } {
  const { step, lifecycle, stateField } = one;
  const permitted = ({ record, currentAdmin }: Pick<ActionContext, 'record' | 'currentAdmin'>): boolean => {
    const role = (currentAdmin as unknown as Staff | undefined)?.role ?? '';
    if (!mayDo(role, step.name)) return false;
    return !record || (allows(lifecycle, String(record.params[stateField]), step.name) && (one.onlyFor?.(record.params) ?? true));
  };
  return {
    name: step.name,
    actionType: 'record',
    icon: one.icon ?? 'ArrowRight',
    component: components.stepForm,
    showInDrawer: false,
    hideActionHeader: false,
    isVisible: permitted,
    // A state that has changed meanwhile is told in words by the handler, a role is refused here.
    isAccessible: (({ currentAdmin }: ActionContext) => mayDo((currentAdmin as unknown as Staff | undefined)?.role ?? '', step.name)),
    handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
      const { record, currentAdmin } = context;
      const staff = currentAdmin as unknown as Staff;
      const say = speaker(localeAsked(request));
      if (!record) throw new Problem('not_found', 'no such record');
      const params = record.params as Record<string, string>;
      const shown = (message?: string) => ({ record: record.toJSON(currentAdmin), ...(message ? { notice: { message, type: 'error' as const } } : {}) });
      const fields = request.method === 'post' && !one.readsAmounts ? [] : ((await one.fields?.(deps, record.id(), say, staff)) ?? []);
      if (request.method !== 'post') {
        const form = {
          key: randomUUID(), title: say.say(`action.${step.name}`), subject: String(params.title ?? params.ref ?? params.name ?? ''),
          consequence: say.say(`consequence.${step.name}`), button: say.say(`action.${step.name}`), away: say.say('away'),
          fields: fields.map((field) => ({
            ...field, label: say.say(`field.${field.name}`), empty: say.say('empty'), ...(say.has(`help.${field.name}`) ? { help: say.say(`help.${field.name}`) } : {}),
          })),
          values: Object.fromEntries(fields.map(({ name, value, kind }) => [name, value ?? (kind === 'choices' ? [] : '')])),
          tables: (await one.tables?.(deps, record.id(), say)) ?? [],
        };
        return { ...shown(permitted(context) ? undefined : say.problem(new Problem('stage_changed', ''))), form };
      }
      try {
        const posted = request.payload ?? {};
        const values = valuesOf(fields, JSON.parse(String(posted.values ?? '{}')) as Record<string, unknown>);
        const payload = { ...one.given?.(params), ...(one.payloadOf?.(values) ?? values) };
        const key = String(posted.key ?? '');
        await one.begin?.(deps, params, key);
        await perform(deps, { step, subject: one.subject(params, key), person: { kind: 'staff', id: staff.id }, key, payload, context: {} });
      } catch (cause) {
        const problem = cause instanceof Problem ? cause : problemOf(cause);
        deps.log.info({ step: step.name, code: problem.code, cause: problem.message }, 'refused');
        return shown(say.problem(problem));
      }
      const fresh = await context.resource.findOne(record.id());
      return {
        record: (fresh ?? record).toJSON(currentAdmin),
        notice: { message: say.say('done'), type: 'success' as const },
        redirectUrl: context.h.recordActionUrl({ resourceId: context.resource.id(), recordId: record.id(), actionName: 'show' }),
      };
    },
  };
}

/** @throws Problem `amount_invalid` */
function valuesOf(fields: readonly Field[], typed: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => {
    const { kind, required } = fields.find((field) => field.name === name) ?? { kind: 'text', required: true };
    if (kind !== 'amount') return [name, kind === 'date' && value === '' && !required ? null : value];
    const cents = parseAmount(String(value ?? ''));
    if (cents === null) throw new Problem('amount_invalid', `${name} is not an amount`);
    return [name.replace(/^amount$/, 'amountCents'), cents];
  }));
}
