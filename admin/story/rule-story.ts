import type { Db } from '../../database/open.ts';
import { firingsWaiting, ruleDueAt, type RuleTarget, type RuleUnit } from '../../domain/reminder-rules.ts';
import type { Happening } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';

const take = 100;

/** A rule that will ring for something of a project, among its alarms. `at` in ms. */
export interface RuleToRing { readonly id: string; readonly at: number; readonly kind: string; readonly times: number; readonly what: string }

const dueOf = (firing: { dueAt: Date | null; enteredAt: Date; rule: { delayCount: number; delayUnit: string; target: string | null } }): Date =>
  firing.dueAt ?? ruleDueAt({ delayCount: firing.rule.delayCount, delayUnit: firing.rule.delayUnit as RuleUnit, target: firing.rule.target as RuleTarget | null }, firing.enteredAt);

/** S4: the rules of staff that wait for something of this project, as what happens next tells them. */
export async function rulesToRing(db: Db, projectId: string, say: Speaker): Promise<RuleToRing[]> {
  const waiting = await db.reminderFiring.findMany({ where: { projectId, state: { in: [...firingsWaiting] } }, include: { rule: true }, orderBy: { enteredAt: 'desc' }, take });
  return waiting.map((one) => ({ id: `reminder/${one.subjectRef}/${one.id}`, at: dueOf(one).getTime(), kind: 'rule', times: 1, what: say.say('rules.next', { name: one.rule.name }) }));
}

/** S4: what the rules of staff waited for, rang for and left alone in this project. */
export async function ruleHappenings(db: Db, projectId: string, say: Speaker): Promise<Happening[]> {
  const firings = await db.reminderFiring.findMany({ where: { projectId }, include: { rule: true }, orderBy: { enteredAt: 'desc' }, take });
  return firings.map((one) => {
    const at = one.endedAt ?? one.firedAt ?? one.enteredAt;
    const waiting = (firingsWaiting as readonly string[]).includes(one.state);
    return {
      kind: 'rule', at: at.toISOString(), when: say.moment(at), who: one.endedBy ?? say.say('story.clock'),
      text: say.say(`rules.told.${one.state}`, { name: one.rule.name }), href: `/console/pages/reminderRules?rule=${one.rule.rule}`,
      detail: [one.subjectRef, waiting ? say.say('rules.dueAt', { at: dueOf(one).toISOString() }) : '', one.readers.join(', ')].filter(Boolean).join(' · '),
      ...(one.state === 'nobody' ? { tone: 'bad' as const } : {}),
    };
  });
}
