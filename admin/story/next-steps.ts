import type { Deps } from '../../deps.ts';
import { activityInWords, causeKey, failingNow } from '../failing/failing.ts';
import type { Block, Row } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import type { RuleToRing } from './rule-story.ts';
import { runningWorkflows } from './running.ts';
import { workflowAddress } from './workflow-address.ts';

/** S3: what happens next if nobody acts, from the workflows' own timers; what is being tried again; where to look in the Temporal UI. */
export async function nextSteps(deps: Deps, workflows: { readonly all: readonly string[]; readonly open: readonly string[] }, say: Speaker, rules: readonly RuleToRing[] = []): Promise<Block[]> {
  const ui = deps.config.temporalUiUrl;
  const address = (id: string): string | undefined => workflowAddress(deps.config, id);
  const [running, failing] = await Promise.all([runningWorkflows(deps, workflows.open, Date.now()), failingNow(deps, say, { take: 50, of: workflows.all })]);
  const alarms = [...running.flatMap(({ id, alarms: pending }) => pending.map((alarm) => ({ id, ...alarm }))), ...rules];
  const rows = alarms.sort((a, b) => a.at - b.at).slice(0, 30)
    .map((alarm): Row => {
      const { id, at, kind, times } = alarm;
      const [type = '', ref = ''] = id.split('/');
      return { cells: [{ text: say.moment(new Date(at)), until: new Date(at).toISOString() }, 'what' in alarm ? alarm.what : say.say(`alarm.${type}.${kind}`, { times }), { text: ref, href: address(id) }] };
    });
  // Temporal tells of what it tries again itself; the worker also of what it tries within itself, and since when.
  const told = new Set(failing.map(({ workflowId, activity }) => `${workflowId} ${activity}`));
  const retrying: Row[] = [
    ...failing.map((one): Row => ({ cells: [{ text: one.what, tone: 'bad' }, say.moment(one.since), say.say('next.attempt', { attempt: one.attempt }), { text: one.why, detail: one.said }, { text: one.workflowId, href: address(one.workflowId) }] })),
    ...running.flatMap(({ id, retrying: tries }) => tries.filter(({ activity }) => !told.has(`${id} ${activity}`)).map((one): Row => ({
      cells: [{ text: activityInWords(one.activity, say), tone: 'bad' }, '', say.say('next.attempt', { attempt: one.attempt }), { text: say.say(causeKey('', one.cause)), detail: one.cause }, { text: id, href: address(id) }],
    }))),
  ];
  return [
    { kind: 'table', caption: say.say('next.title'), head: [say.say('next.when'), say.say('next.what'), say.say('next.where')], rows, empty: say.say('next.none') },
    ...(running.some(({ away }) => away) ? [{ kind: 'text' as const, text: say.say('next.away'), tone: 'bad' as const }] : []),
    ...(retrying.length > 0 ? [{ kind: 'table' as const, caption: say.say('next.retrying'), head: [say.say('next.what'), say.say('failing.head.since'), say.say('next.tries'), say.say('next.cause'), say.say('next.where')], rows: retrying, empty: '' }] : []),
    ui ? { kind: 'links', items: workflows.all.map((id) => ({ text: id, href: address(id) ?? '' })) } : { kind: 'text', text: workflows.all.join('\n') },
  ];
}
