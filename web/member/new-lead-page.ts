import { declareLead } from '../../database/leads/declare.ts';
import { leadTwins } from '../../database/leads/find-twins.ts';
import { signsOf } from '../../domain/leads.ts';
import { Problem } from '../../domain/problem.ts';
import { referralLevels } from '../../domain/referral.ts';
import { leadFields, type LeadFields } from '../../steps/lead-forms.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

/** M14: the form that declares a lead, each level explained where it is chosen. */
export const newLeadPage: Page = {
  template: 'member-lead-new',
  async show(deps, access, typed) {
    const said = typed?.body.compare === 'yes' ? leadFields.safeParse(formOf(typed.body)) : null;
    const twins = said?.success ? await othersLike(deps.db, access.person.id, said.data) : [];
    return { title: '', twins, levels: Object.entries(referralLevels).map(([level, rateBp]) => ({ level, rateBp })) };
  },
  acts: {
    /** A company that is known already is said so first; the member may still tell of it, knowing that. */
    async declareLead(deps, access, body, key) {
      const said = leadFields.safeParse(formOf(body));
      if (!said.success) throw new Problem('form_invalid', 'lead', { fields: [...new Set(said.error.issues.map(({ path }) => String(path[0])))].join(', ') });
      if (text(body, 'sure') !== 'yes' && (await othersLike(deps.db, access.person.id, said.data)).length > 0) return { again: { ...body, compare: 'yes' } };
      const doing = { by: { kind: 'member' as const, id: access.person.id, name: access.name }, at: Date.now(), secret: deps.secret };
      const { leadId, mailIds } = await declareLead(deps.db, doing, access.person.id, key, said.data);
      for (const mailId of mailIds) sendQueuedMail(deps, mailId);
      return { notice: 'leadDeclared', to: `/leads/${leadId}` };
    },
  },
};

/** One's own is refused by the deed itself; another member is not named. */
async function othersLike(db: Parameters<typeof leadTwins>[0], memberId: string, said: LeadFields) {
  const twins = await leadTwins(db, { ...signsOf(said), company: said.company, memberId });
  return twins.some(({ kind }) => kind === 'yours') ? [] : twins.map(({ kind, by, name, at }) => ({ kind, by, name, at }));
}

const formOf = (body: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(['company', 'siren', 'contactName', 'contactEmail', 'contactPhone', 'need', 'wishedLevel', 'agrees'].map((name) => [name, text(body, name)]));
