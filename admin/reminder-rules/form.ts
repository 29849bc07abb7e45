import { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import { longestDelay, ruleQueues, ruleStages, ruleSubjects, ruleUnits, targetsOf, type RuleContent, type RuleSubject } from '../../domain/reminder-rules.ts';
import { checkedRule } from '../../domain/rule-check.ts';
import { ruleVariables } from '../../domain/rule-text.ts';
import type { PageField } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import { stageWords } from './words.ts';

const words = z.string().max(10_000).default('');
const nothing = (held: unknown): unknown => (held === '' || held === undefined ? null : held);
const every = ruleSubjects.flatMap((subject) => targetsOf(subject));

const typed = z.object({
  name: words, subject: z.enum(ruleSubjects), stage: z.string().max(40), delayCount: z.coerce.number(), delayUnit: z.enum(ruleUnits),
  target: z.preprocess(nothing, z.enum(every).nullable()), queue: z.preprocess(nothing, z.enum(ruleQueues).nullable()),
  headlineFr: words, messageFr: words, headlineEn: words, messageEn: words,
});

/** What somebody typed, as a rule. @throws Problem those of `checkedRule`, `form_invalid` */
export function typedRule(values: unknown): RuleContent {
  const read = typed.safeParse(values);
  if (!read.success) throw new Problem('form_invalid', read.error.message);
  return checkedRule(read.data);
}

/** The fields of a rule on one kind of subject, filled with what it says already. */
export function ruleFields(subject: RuleSubject, rule: Partial<RuleContent>, say: Speaker): PageField[] {
  const label = (name: string): string => say.say(`rules.field.${name}`);
  const help = say.say('rules.help.message', { known: ruleVariables(subject).map((one) => `{{${one}}} (${say.say(`rules.variable.${one}`)})`).join(', ') });
  return [
    { name: 'subject', kind: 'hidden', label: '', value: subject },
    { name: 'name', kind: 'text', required: true, label: label('name'), value: rule.name, help: say.say('rules.help.name') },
    { name: 'stage', kind: 'choice', required: true, label: say.say(`rules.field.stage.${subject}`), value: rule.stage ?? ruleStages[subject][0], options: ruleStages[subject].map((value) => ({ value, label: stageWords(subject, value, say) })) },
    { name: 'delayCount', kind: 'number', required: true, label: label('delayCount'), value: rule.delayCount ?? 20, help: say.say('rules.help.delay', { most: longestDelay.days }) },
    { name: 'delayUnit', kind: 'choice', required: true, label: label('delayUnit'), value: rule.delayUnit ?? 'hours', options: ruleUnits.map((value) => ({ value, label: say.say(`rules.unit.${value}`) })) },
    { name: 'target', kind: 'choice', label: label('target'), value: rule.target ?? '', options: targetsOf(subject).map((value) => ({ value, label: say.say(`rules.to.${value}`) })), help: say.say('rules.help.target') },
    { name: 'queue', kind: 'choice', label: label('queue'), value: rule.queue ?? '', options: ruleQueues.map((value) => ({ value, label: say.say(`rules.in.${value}`) })), help: say.say('rules.help.queue') },
    { name: 'headlineFr', kind: 'text', label: label('headlineFr'), value: rule.headlineFr },
    { name: 'messageFr', kind: 'long', label: label('messageFr'), value: rule.messageFr, help },
    { name: 'headlineEn', kind: 'text', label: label('headlineEn'), value: rule.headlineEn, help: say.say('rules.help.english') },
    { name: 'messageEn', kind: 'long', label: label('messageEn'), value: rule.messageEn },
  ];
}
