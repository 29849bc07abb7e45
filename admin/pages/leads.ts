import { acceptLead, knowClient, refuseLead } from '../../database/leads/decide.ts';
import { Problem } from '../../domain/problem.ts';
import type { ReferralLevel } from '../../domain/referral.ts';
import { mayDo } from '../../domain/roles.ts';
import { leadAcceptance, leadBrief, leadRefusal } from '../../steps/lead-forms.ts';
import { perform } from '../../steps/perform.ts';
import { setReferral } from '../../steps/project-steps.ts';
import { startProject } from '../../steps/start-project.ts';
import { byStaff } from '../by-staff.ts';
import { sendQueuedMail } from '../../web/send-queued-mail.ts';
import { leadsBlocks } from './leads/list.ts';
import { leadBlocks, leadOf, type ShownLead } from './leads/one.ts';
import type { Asked, ConsolePage, Done, PageAct } from './page.ts';
import type { z } from 'zod';

type Acted = Parameters<PageAct>[0];

/** M14: the business members bring: qualified, answered, and tied to the projects it becomes. */
export const leadsPage: ConsolePage = {
  name: 'leads',
  icon: 'Gift',
  title: async (asked) => (asked.query.lead ? (await leadOf(asked)).company : asked.say.say('leads.title')),
  blocks: async (asked) => (asked.query.lead ? leadBlocks(asked, await leadOf(asked)) : leadsBlocks(asked)),
  acts: {
    accept: on('acceptLead', async (asked, lead) => mailed(asked, await acceptLead(asked.deps.db, doing(asked), { leadId: lead.id, key: asked.key, ...read(leadAcceptance, asked) }))),
    refuse: on('refuseLead', async (asked, lead) => mailed(asked, await refuseLead(asked.deps.db, doing(asked), { leadId: lead.id, key: asked.key, ...read(leadRefusal, asked) }))),
    client: on('knowClient', async (asked, lead) => mailed(asked, await knowClient(asked.deps.db, doing(asked), { leadId: lead.id, key: asked.key, companyId: String(asked.values.companyId ?? '') }))),
    /** I8: the project's own step says who brought it, and the lead is won with it. */
    link: on('linkLead', async ({ deps, staff, key, values }, lead) => {
      const ref = String(values.project ?? '').trim().toUpperCase();
      const project = await deps.db.project.findUnique({ where: { ref }, include: { referral: { include: { member: true } } } });
      if (!project) throw new Problem('not_found', `no project ${ref}`);
      if (project.referral && project.referral.memberId !== lead.memberId) throw new Problem('project_brought_already', `${ref} was brought by ${project.referral.memberId}`, { ref, name: project.referral.member.name });
      await perform(deps, { step: setReferral, subject: `project/${ref}`, person: { kind: 'staff', id: staff.id }, key, payload: { memberId: lead.memberId, level: levelOf(lead), leadId: lead.id } });
    }),
    brief: on('leadToBrief', async (asked, lead) => {
      const { deps, staff, key, say } = asked;
      const { clientUserId, ...said } = read(leadBrief, asked);
      const { publicUrl, mailFrom, smtpUrl, taskQueue } = deps.config;
      const { ref } = await startProject({ db: deps.db, secret: deps.secret, temporal: deps.temporal, publicUrl, mailFrom, smtpUrl, taskQueue }, {
        key: `lead/${lead.id}/${key}`, by: byStaff(staff), referral: { memberId: lead.memberId, level: levelOf(lead), leadId: lead.id },
        brief: { ...said, objectives: '', context: '', deliverables: '', constraints: '', requirements: '', timing: '', themeIds: [] },
        client: clientUserId ? { id: clientUserId } : { email: lead.contactEmail, name: lead.contactName, companyName: lead.company, siren: lead.siren ?? undefined },
      });
      return { message: say.say('leads.done.leadToBrief', { ref }) };
    }),
  },
};

function on(action: string, run: (asked: Acted, lead: ShownLead) => Promise<Done | void>): PageAct {
  return async (asked) => {
    if (!mayDo(asked.staff.role, action)) throw new Problem('not_allowed', `${asked.staff.role} may not ${action}`);
    const lead = await leadOf(asked);
    return (await run(asked, lead)) ?? { message: asked.say.say(`leads.done.${action}`, { name: lead.member.name, company: lead.company }) };
  };
}

const doing = ({ deps, staff }: Asked) => ({ by: byStaff(staff), at: Date.now(), secret: deps.secret });

function mailed({ deps }: Asked, mailIds: readonly string[]): void {
  for (const mailId of mailIds) sendQueuedMail(deps, mailId);
}

/** @throws Problem `stage_changed` while nobody has accepted it */
function levelOf({ id, level, state }: ShownLead): ReferralLevel {
  if (level === null) throw new Problem('stage_changed', `the lead ${id} is ${state}`, { stage: state });
  return level as ReferralLevel;
}

function read<Schema extends z.ZodType>(schema: Schema, { values }: Acted): z.infer<Schema> {
  const given = schema.safeParse(values);
  if (!given.success) throw new Problem('form_invalid', 'a lead', { fields: given.error.issues.map(({ path }) => path.join('.')).join(', ') });
  return given.data;
}
