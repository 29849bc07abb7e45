import { ruleOf, settleQueueItem } from '../../database/reminder-rules.ts';
import { Problem } from '../../domain/problem.ts';
import { inQueueOf } from '../../domain/reminder-rules.ts';
import { recordHref, ruleInWords } from '../reminder-rules/words.ts';
import type { Block } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';

async function itemOf({ deps: { db } }: Asked, id: string) {
  const firing = id ? await db.reminderFiring.findUnique({ where: { id }, include: { rule: true } }) : null;
  if (!firing) throw new Problem('not_found', `no reminder ${id}`);
  return firing;
}

/** S1, S4: one item that a rule put in the work queue, and the button that takes it away. */
export const reminderQueuePage: ConsolePage = {
  name: 'reminderQueue',
  icon: 'Bell',
  title: async (asked) => (await itemOf(asked, asked.query.item ?? '')).rule.name,
  blocks: async (asked): Promise<readonly Block[]> => {
    const { say, staff, query, deps: { db } } = asked;
    const firing = await itemOf(asked, query.item ?? '');
    const project = await db.project.findUniqueOrThrow({ where: { id: firing.projectId }, select: { title: true, company: { select: { name: true } } } });
    const rule = ruleOf(firing.rule);
    return [
      { kind: 'callout', text: ruleInWords(rule, say), detail: `${firing.subjectRef} · ${project.title} · ${project.company.name}` },
      { kind: 'text', text: say.say(`rules.told.${firing.state}`, { name: firing.rule.name }) + (firing.firedAt ? ` · ${say.moment(firing.firedAt)}` : '') },
      { kind: 'links', items: [{ text: say.say('rules.openSubject', { ref: firing.subjectRef }), href: recordHref(rule.subject, firing.subjectId) }] },
      ...(firing.state === 'queued' && inQueueOf(firing.rule.queue ?? '', staff.role)
        ? [{ kind: 'form', method: 'post', act: 'done', button: say.say('rules.done'), consequence: say.say('rules.doneConsequence'), fields: [{ name: 'item', kind: 'hidden', label: '', value: firing.id }] } as const] : []),
    ];
  },
  acts: {
    done: async (asked) => {
      const firing = await itemOf(asked, typeof asked.values.item === 'string' ? asked.values.item : '');
      if (!inQueueOf(firing.rule.queue ?? '', asked.staff.role)) throw new Problem('not_allowed', `${asked.staff.role} may not settle ${firing.id}`);
      await settleQueueItem(asked.deps.db, { form: asked.key, firingId: firing.id, by: { kind: 'staff', id: asked.staff.id, name: asked.staff.name }, at: Date.now() });
      return { redirect: '/console' };
    },
  },
};
