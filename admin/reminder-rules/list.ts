import { latestRules, ruleOf, waitingOf } from '../../database/reminder-rules.ts';
import { mayDo } from '../../domain/roles.ts';
import { ruleSubjects } from '../../domain/reminder-rules.ts';
import type { Block, Row } from '../pages/blocks.ts';
import type { Asked } from '../pages/page.ts';
import { ruleInWords, rulesHref } from './words.ts';

const month = 30 * 86_400_000;
const most = 2_000;

/** Every rule in words, with what it waits for and what it rang for lately. */
export async function listBlocks({ deps: { db }, say, staff }: Asked): Promise<Block[]> {
  const rules = await latestRules(db);
  const since = new Date(Date.now() - month);
  const counts = await Promise.all(rules.map(async ({ rule }) => ({
    waiting: await waitingOf(db, rule), rung: await db.reminderFiring.count({ where: { rule: { rule }, firedAt: { gte: since }, enteredAt: { gte: new Date(since.getTime() - 12 * month) } }, take: most }),
  })));
  const capped = (count: number): string => (count >= most ? say.say('rules.orMore', { count }) : String(count));
  return [
    { kind: 'text', text: say.say('rules.intro') },
    {
      kind: 'table', caption: say.say('rules.title'), head: ['rule', 'state', 'waiting', 'rung', 'who'].map((one) => say.say(`rules.head.${one}`)), numeric: [2, 3], empty: say.say('rules.none'),
      rows: rules.map((one, index): Row => ({
        cells: [
          { text: one.name, tone: 'strong', href: rulesHref({ rule: one.rule }), detail: ruleInWords(ruleOf(one), say) },
          { text: say.say(one.active ? 'rules.active' : 'rules.inactive'), tone: one.active ? 'good' : 'soft' },
          capped(counts[index]?.waiting ?? 0), capped(counts[index]?.rung ?? 0), { text: one.byName, detail: say.moment(one.createdAt) },
        ],
      })),
    },
    ...(mayDo(staff.role, 'keepReminderRules')
      ? [{ kind: 'heading', text: say.say('rules.add') } as const, { kind: 'text', tone: 'soft', text: say.say('rules.addDetail') } as const, { kind: 'links', items: ruleSubjects.map((subject) => ({ text: say.say(`rules.on.${subject}`), href: rulesHref({ new: subject }) })) } as const]
      : []),
  ];
}
