import { cancelSetting, changeSetting } from '../../../database/change-setting.ts';
import { legalWordingNames, legalWordings } from '../../../domain/legal-wordings.ts';
import { Problem } from '../../../domain/problem.ts';
import { bySettingsOwner } from '../../terms/term-acts.ts';
import type { PageAct } from '../page.ts';
import { addressOf, wordingNamed, wordingProposal } from './proposal.ts';

const text = (held: unknown): string => (typeof held === 'string' ? held : '');

/** S4: what may be done with a wording: look at a change first, confirm it, take it back, go back to an earlier one. */
export const wordingActs: Readonly<Record<'propose' | 'change' | 'revert' | 'cancel', PageAct>> = {
  propose: async ({ deps, staff, say, values }) => {
    bySettingsOwner(staff);
    const { wording, value, day, reason } = await wordingProposal(deps.db, { wording: wordingNamed(values.wording), fr: values.fr, en: values.en, day: values.day, reason: values.reason }, say, Date.now());
    return { message: say.say('terms.readAgain'), redirect: addressOf({ wording, ...value, day, reason, seen: text(values.seen) }) };
  },
  change: async ({ deps, staff, say, values, key: form }) => {
    const by = bySettingsOwner(staff);
    const at = Date.now();
    const { wording, value, from, reason } = await wordingProposal(deps.db, { wording: wordingNamed(values.wording), fr: values.fr, en: values.en, day: values.day, reason: values.reason }, say, at);
    await changeSetting(deps.db, { form, key: legalWordings[wording].setting, value, from, reason, seen: text(values.seen), by, at });
    return { redirect: addressOf({ wording }) };
  },
  revert: async ({ staff, say, values }) => {
    bySettingsOwner(staff);
    return { message: say.say('terms.readAgain'), redirect: addressOf({ wording: wordingNamed(values.wording), fr: text(values.fr), en: text(values.en), day: '', reason: say.say('wordings.revertReason'), seen: text(values.seen) }) };
  },
  cancel: async ({ deps, staff, values, key: form }) => {
    const by = bySettingsOwner(staff);
    const id = text(values.id);
    const row = await deps.db.setting.findUnique({ where: { id }, select: { key: true } });
    if (!row || !legalWordingNames.some((name) => legalWordings[name].setting === row.key)) throw new Problem('not_found', `no wording ${id}`);
    await cancelSetting(deps.db, { form, id, seen: text(values.seen), by, at: Date.now() });
    return undefined;
  },
};
