import { changeRule, ruleOf, ruleVersions } from '../../database/reminder-rules.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import type { Staff } from '../actions/console-step.ts';
import { typedRule } from '../reminder-rules/form.ts';
import { listBlocks } from '../reminder-rules/list.ts';
import { newRuleBlocks, oneRuleBlocks } from '../reminder-rules/one.ts';
import { rulesHref } from '../reminder-rules/words.ts';
import type { ConsolePage } from './page.ts';

const text = (held: unknown): string => (typeof held === 'string' ? held : '');

/** @throws Problem `not_allowed` */
function byKeeper(staff: Staff) {
  if (!mayDo(staff.role, 'keepReminderRules')) throw new Problem('not_allowed', `${staff.role} may not change reminder rules`);
  return { kind: 'staff' as const, id: staff.id, name: staff.name };
}

function proposed(json: unknown): unknown {
  try {
    return JSON.parse(text(json)) as unknown;
  } catch {
    throw new Problem('form_invalid', 'not a rule');
  }
}

/** S4: the reminders staff add by themselves: when something enters a stage and stays there, somebody is written to, or a work queue says so. */
export const reminderRulesPage: ConsolePage = {
  name: 'reminderRules',
  icon: 'Bell',
  title: async ({ deps, say, query }) => (query.rule ? (await ruleVersions(deps.db, query.rule))[0].name : say.say('rules.title')),
  blocks: (asked) => (asked.query.rule ? oneRuleBlocks(asked, asked.query.rule) : asked.query.new ? newRuleBlocks(asked) : listBlocks(asked)),
  acts: {
    /** Read again before it is kept: the rule in words, whom it concerns now, and its e-mail. */
    propose: async ({ staff, say, values }) => {
      byKeeper(staff);
      const content = typedRule(values);
      return { message: say.say('terms.readAgain'), redirect: rulesHref({ rule: text(values.rule), new: text(values.rule) ? '' : content.subject, seen: text(values.seen), proposed: JSON.stringify(content) }) };
    },
    keep: async ({ deps, staff, values, key: form }) => {
      const by = byKeeper(staff);
      const { rule } = await changeRule(deps.db, {
        form, by, at: Date.now(), rule: text(values.rule) || null, content: typedRule(proposed(values.proposed)), active: true, reason: text(values.reason), seen: Number(values.seen) || 0,
        takeUp: values.takeUp === true, cancelWaiting: values.cancelWaiting === true,
      });
      return { redirect: rulesHref({ rule }) };
    },
    activate: async ({ deps, staff, values, key: form }) => {
      const by = byKeeper(staff);
      const [latest] = await ruleVersions(deps.db, text(values.rule));
      const active = values.active === true;
      await changeRule(deps.db, {
        form, by, at: Date.now(), rule: latest.rule, content: ruleOf(latest), active, reason: text(values.reason), seen: Number(values.seen) || 0, takeUp: active && values.takeUp === true, cancelWaiting: !active,
      });
      return { redirect: rulesHref({ rule: latest.rule }) };
    },
  },
};
