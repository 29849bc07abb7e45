import { recordEvent } from '../../database/audit.ts';
import { Problem, type ProblemCode } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { settleMail } from '../../mail/settle.ts';
import { perform, problemOf } from '../../steps/perform.ts';
import { bulkActsOf, type BulkAct } from '../resources/bulk-acts.ts';
import { columnOf, modelNamed } from '../resources/columns.ts';
import { delegate } from '../resources/delegate.ts';
import { resourceLabel } from '../resources/labels.ts';
import { hrefOf } from '../resources/list.ts';
import { namesOf } from '../resources/names.ts';
import { recordHref, type Values } from '../resources/rows.ts';
import { wordOf } from '../resources/criteria.ts';
import type { Block, Cell, PageField } from './blocks.ts';
import type { Asked, ConsolePage, Done, PageAct } from './page.ts';

/** As many as may be done at once. */
const most = 100;
/** Asked of the workflows at the same time. */
const together = 4;

/** S2: one deed on several records: what will happen to each, one confirmation, then what happened to each. */
export const bulkPage: ConsolePage = {
  name: 'bulk',
  icon: 'CheckSquare',
  title: async (asked) => asked.say.say('bulk.title', { act: asked.say.say(`action.${actOf(asked).name}`) }),
  blocks: async (asked) => (asked.query.done ? resultBlocks(asked, asked.query.done) : askBlocks(asked)),
  acts: { go: (asked) => go(asked) },
};

function actOf({ query, staff }: Asked): BulkAct {
  const act = bulkActsOf(query.resource ?? '').find(({ name }) => name === query.act);
  if (!act) throw new Problem('not_found', `no bulk act ${query.act} on ${query.resource}`);
  if (!mayDo(staff.role, act.name)) throw new Problem('not_allowed', `${staff.role} may not ${act.name}`);
  return act;
}

interface Chosen { readonly id: string; readonly name: string; readonly state: string; readonly row: Values; readonly skip: string | null }

async function chosenOf(asked: Asked, act: BulkAct): Promise<Chosen[]> {
  const { deps: { db }, say, query } = asked;
  const ids = [...new Set((query.ids ?? '').split(',').filter(Boolean))].slice(0, most);
  const extra = { Project: ['ref'], QuoteRound: ['ref'], ClientInvoice: ['ref'] }[act.model] ?? [];
  const [rows, names] = await Promise.all([
    delegate(db, act.model).findMany({ where: { id: { in: ids } }, select: Object.fromEntries(['id', ...extra, ...act.reads].map((name) => [name, true])) }),
    namesOf(db, act.model, ids, say),
  ]);
  const state = columnOf(modelNamed(act.model), act.reads[0] ?? 'state');
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    return row ? [{ id, row, name: names.get(id) ?? '', state: state.kind === 'choice' ? wordOf(state, String(row[state.stored]), say) : '', skip: act.skips(row) }] : [];
  });
}

async function askBlocks(asked: Asked): Promise<Block[]> {
  const { say, deps, staff, query } = asked;
  const act = actOf(asked);
  const chosen = await chosenOf(asked, act);
  const going = chosen.filter(({ skip }) => skip === null);
  const table: Block = {
    kind: 'table', caption: say.say('bulk.chosen', { count: chosen.length }), head: ['what', 'state', 'outcome'].map((name) => say.say(`bulk.head.${name}`)), empty: say.say('bulk.none'),
    rows: chosen.map(({ id, name, state, skip }) => ({ cells: [link(act, id, name), state, skip ? { text: say.say(skip), tone: 'soft' as const } : { text: say.say(`action.${act.name}`), tone: 'strong' as const }] })),
  };
  const back: Block = { kind: 'links', items: [{ text: say.say('bulk.back', { called: resourceLabel(act.model, say) }), href: hrefOf(act.model, {}) }] };
  if (going.length === 0) return [table, { kind: 'text', text: say.say('bulk.nothingToDo') }, back];
  const form: Block = {
    kind: 'form', method: 'post', act: 'go', title: say.say('bulk.confirmTitle'), button: say.say('bulk.button', { count: going.length, act: say.say(`action.${act.name}`) }),
    consequence: `${say.say('bulk.consequence', { count: going.length, skipped: chosen.length - going.length })}\n${say.say(`consequence.${act.name}`)}`,
    fields: act.does.kind === 'step' ? await fieldsOf(act, going[0]?.id ?? '', { deps, say, staff, query }) : [],
  };
  return [table, form, back];
}

async function fieldsOf(act: BulkAct, id: string, { deps, say, staff }: Asked): Promise<PageField[]> {
  if (act.does.kind !== 'step') return [];
  const fields = (await act.does.step.fields?.(deps, id, say, staff)) ?? [];
  return fields.filter(({ name }) => act.fields.includes(name)).map((field) => ({ ...field, label: say.say(`field.${field.name}`), ...(say.has(`help.${field.name}`) ? { help: say.say(`help.${field.name}`) } : {}) }));
}

/** Each record has a key of its own, made from the form's: the form posted twice acts once on each. */
const go: PageAct = async (asked): Promise<Done> => {
  const act = actOf(asked);
  const { deps: { db }, key, say, staff, query } = asked;
  if (!key) throw new Problem('form_invalid', 'a bulk form without its key', { fields: 'key' });
  const redirect = `/console/pages/bulk?${new URLSearchParams({ resource: act.model, act: act.name, ids: query.ids ?? '', done: key })}`;
  if (await outcomesOf(asked, key)) return { redirect };
  const chosen = await chosenOf(asked, act);
  const results: [string, string][] = [];
  for (let at = 0; at < chosen.length; at += together) {
    results.push(...(await Promise.all(chosen.slice(at, at + together).map(async (one): Promise<[string, string]> => [one.id, one.skip ?? (await doOne(asked, act, one))]))));
  }
  const by = { kind: 'staff', id: staff.id, name: staff.name } as const;
  await db.$transaction((tx) => recordEvent(tx, { by, action: 'bulk.done', subject: `bulk/${act.name}`, data: { key, results: Object.fromEntries(results) }, at: Date.now() }));
  return { redirect, message: say.say('bulk.done', { count: results.filter(([, result]) => result === 'done').length, of: results.length }) };
};

/** 'done', or the code of what refused it. */
async function doOne({ deps, staff, key, values }: Parameters<PageAct>[0], act: BulkAct, { id, row }: Chosen): Promise<string> {
  try {
    if (act.does.kind === 'mail') {
      await settleMail(deps.db, id, act.does.decision, { kind: 'staff', id: staff.id, name: staff.name }, Date.now());
      return 'done';
    }
    const { step } = act.does;
    const payload = Object.fromEntries(act.fields.map((name) => [name, values[name]]));
    const member = act.model === 'MemberDocument' ? await deps.db.member.findUniqueOrThrow({ where: { id: String(row.memberId as string) }, select: { handle: true } }) : null;
    const params = member ?? (row as Record<string, string>);
    await perform(deps, { step: step.step, subject: step.subject(params as Record<string, string>, `${key}.${id}`), person: { kind: 'staff', id: staff.id }, key: `${key}.${id}`, payload: { ...payload, ...(member ? { documentId: id } : {}) }, context: {} });
    return 'done';
  } catch (cause) {
    const problem = cause instanceof Problem ? cause : problemOf(cause);
    deps.log.info({ act: act.name, code: problem.code, cause: problem.message }, 'refused');
    return problem.code;
  }
}

/** What a bulk deed gave, from the trail. */
async function outcomesOf({ deps: { db }, staff }: Asked, key: string): Promise<Record<string, string> | null> {
  const event = await db.auditEvent.findFirst({ where: { actorId: staff.id, action: 'bulk.done', data: { path: ['key'], equals: key } }, orderBy: { at: 'desc' }, select: { data: true } });
  return event ? ((event.data as { results?: Record<string, string> }).results ?? {}) : null;
}

async function resultBlocks(asked: Asked, key: string): Promise<Block[]> {
  const { say } = asked;
  const act = actOf(asked);
  const [chosen, outcomes] = await Promise.all([chosenOf(asked, act), outcomesOf(asked, key)]);
  if (!outcomes) throw new Problem('not_found', `no bulk deed ${key}`);
  const told = (id: string): Cell => {
    const result = outcomes[id] ?? '';
    if (result === 'done') return { text: say.say('bulk.result.done'), tone: 'good' };
    return result.startsWith('bulk.') ? { text: say.say('bulk.result.skipped'), detail: say.say(result), tone: 'soft' } : { text: say.say('bulk.result.refused'), detail: say.problem(new Problem(result as ProblemCode, result)), tone: 'bad' };
  };
  return [
    { kind: 'table', caption: say.say('bulk.results'), head: ['what', 'state', 'result'].map((name) => say.say(`bulk.head.${name}`)), empty: say.say('bulk.none'), rows: chosen.map(({ id, name, state }) => ({ cells: [link(act, id, name), state, told(id)] })) },
    { kind: 'links', items: [{ text: say.say('bulk.back', { called: resourceLabel(act.model, say) }), href: hrefOf(act.model, {}) }] },
  ];
}

const link = (act: BulkAct, id: string, name: string): Cell => ({ text: name || asUnnamed, href: recordHref(act.model, id) });
const asUnnamed = '—';
