import type { RuleContent, RuleSubject } from '../../domain/reminder-rules.ts';
import { lifecycleOf } from '../../mail/reminder-mail.ts';
import type { Speaker } from '../text.ts';

const models = { project: 'Project', quote: 'QuoteRound', member_invoice: 'MemberInvoice', client_invoice: 'ClientInvoice' } as const;

export const recordHref = (subject: RuleSubject, id: string): string => `/console/resources/${models[subject]}/records/${id}/show`;

export const rulesHref = (query: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `/console/pages/reminderRules${search ? `?${search}` : ''}`;
};

export const stageWords = (subject: RuleSubject, stage: string, say: Speaker): string => say.state(lifecycleOf[subject], stage);

/** A rule as a sentence: when what enters which stage, after how long, what is done. */
export function ruleInWords(rule: RuleContent, say: Speaker): string {
  const deeds = [
    ...(rule.target ? [say.say('rules.words.mail', { who: say.say(`rules.mailTo.${rule.target}`) })] : []),
    ...(rule.queue ? [say.say('rules.words.queue', { whose: say.say(`rules.in.${rule.queue}`) })] : []),
  ].join(say.say('rules.words.and'));
  return say.say('rules.words', {
    what: say.say(`rules.a.${rule.subject}`), stage: stageWords(rule.subject, rule.stage, say), deeds,
    delay: say.say(`rules.delay.${rule.delayUnit}`, { count: rule.delayCount, one: rule.delayCount === 1 }),
  });
}
