import { cancelSetting, changeSetting } from '../../database/change-setting.ts';
import type { By } from '../../database/audit.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { isTabular } from '../../domain/terms-catalogue.ts';
import type { Staff } from '../actions/console-step.ts';
import type { PageAct } from '../pages/page.ts';
import { proposalOf, termKeyOf } from './proposal.ts';
import { addressOf, type SettingsPage } from './term-detail.ts';

/** @throws Problem `not_allowed`: settings are the administrators' (S5) */
export function bySettingsOwner(staff: Staff): By {
  if (!mayDo(staff.role, 'changeSettings')) throw new Problem('not_allowed', `${staff.role} may not change settings`);
  return { kind: 'staff', id: staff.id, name: staff.name };
}

const parsed = (json: unknown): unknown => {
  try {
    return JSON.parse(String(json)) as unknown;
  } catch {
    throw new Problem('form_invalid', 'not a value');
  }
};

/** S4: what may be done with settings on a page: look at a change first, confirm it, take it back, go back to an earlier value. */
export function settingActs(page: SettingsPage): Record<'propose' | 'change' | 'revert' | 'cancel', PageAct> {
  const ownKey = (held: unknown) => {
    const key = termKeyOf(held);
    if (isTabular(key) !== (page === 'cadences')) throw new Problem('not_found', `${key} is not on ${page}`);
    return key;
  };
  return {
    propose: async ({ deps, staff, say, values }) => {
      bySettingsOwner(staff);
      const key = ownKey(values.key);
      const { value, day, reason } = await proposalOf(deps.db, { key, typed: values, day: values.day, reason: values.reason }, say, Date.now());
      return { message: say.say('terms.readAgain'), redirect: addressOf(page, { key, proposed: JSON.stringify(value), day, reason, seen: String(values.seen ?? '') }) };
    },
    change: async ({ deps, staff, say, values, key: form }) => {
      const by = bySettingsOwner(staff);
      const at = Date.now();
      const { key, value, from, reason } = await proposalOf(deps.db, { key: ownKey(values.key), value: parsed(values.value), day: values.day, reason: values.reason }, say, at);
      await changeSetting(deps.db, { form, key, value, from, reason, seen: String(values.seen ?? ''), by, at });
      return { redirect: addressOf(page, { key }) };
    },
    revert: async ({ staff, say, values }) => {
      bySettingsOwner(staff);
      const key = ownKey(values.key);
      return { message: say.say('terms.readAgain'), redirect: addressOf(page, { key, proposed: JSON.stringify(parsed(values.value)), day: '', reason: say.say('terms.revertReason'), seen: String(values.seen ?? '') }) };
    },
    cancel: async ({ deps, staff, values, key: form }) => {
      await cancelSetting(deps.db, { form, id: String(values.id ?? ''), seen: String(values.seen ?? ''), by: bySettingsOwner(staff), at: Date.now() });
      return undefined;
    },
  };
}
