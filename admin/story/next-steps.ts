import type { Deps } from '../../deps.ts';
import type { Block, Row } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import type { RuleToRing } from './rule-story.ts';
import { runningWorkflows } from './running.ts';

/** S3: what happens next if nobody acts, from the workflows' own timers; what is being tried again; where to look in the Temporal UI. */
export async function nextSteps(deps: Deps, workflows: { readonly all: readonly string[]; readonly open: readonly string[] }, say: Speaker, rules: readonly RuleToRing[] = []): Promise<Block[]> {
  const ui = deps.config.temporalUiUrl;
  const address = (id: string): string | undefined => (ui ? `${ui}/namespaces/${deps.config.temporalNamespace}/workflows/${encodeURIComponent(id)}` : undefined);
  const running = await runningWorkflows(deps, workflows.open, Date.now());
  const alarms = [...running.flatMap(({ id, alarms: pending }) => pending.map((alarm) => ({ id, ...alarm }))), ...rules];
  const rows = alarms.sort((a, b) => a.at - b.at).slice(0, 30)
    .map((alarm): Row => {
      const { id, at, kind, times } = alarm;
      const [type = '', ref = ''] = id.split('/');
      return { cells: [{ text: say.moment(new Date(at)), until: new Date(at).toISOString() }, 'what' in alarm ? alarm.what : say.say(`alarm.${type}.${kind}`, { times }), { text: ref, href: address(id) }] };
    });
  const retrying = running.flatMap(({ id, retrying: tries }) => tries.map((one): Row => ({
    cells: [{ text: say.has(`activity.${one.activity}`) ? say.say(`activity.${one.activity}`) : one.activity, tone: 'bad' }, say.say('next.attempt', { attempt: one.attempt }), one.cause, { text: id, href: address(id) }],
  })));
  return [
    { kind: 'table', caption: say.say('next.title'), head: [say.say('next.when'), say.say('next.what'), say.say('next.where')], rows, empty: say.say('next.none') },
    ...(running.some(({ away }) => away) ? [{ kind: 'text' as const, text: say.say('next.away'), tone: 'bad' as const }] : []),
    ...(retrying.length > 0 ? [{ kind: 'table' as const, caption: say.say('next.retrying'), head: [say.say('next.what'), say.say('next.tries'), say.say('next.cause'), say.say('next.where')], rows: retrying, empty: '' }] : []),
    ui ? { kind: 'links', items: workflows.all.map((id) => ({ text: id, href: address(id) ?? '' })) } : { kind: 'text', text: workflows.all.join('\n') },
  ];
}
