import type { LeadTwin } from '../../../database/leads/find-twins.ts';
import type { LeadAction } from '../../../domain/lifecycle/lead.ts';
import { referralLevelNames } from '../../../domain/referral.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Block, PageField } from '../blocks.ts';
import type { Asked } from '../page.ts';
import { levelInWords } from './list.ts';
import type { ShownLead } from './one.ts';

interface Known { readonly twins: readonly LeadTwin[]; readonly may: readonly LeadAction[] }

/** What may be done with a lead, each with what it will do: answered at once, the rest folded away. */
export async function leadForms(asked: Asked, lead: ShownLead, { twins, may }: Known): Promise<Block[]> {
  const { deps: { db }, say, staff } = asked;
  const clientIds = [...new Set([lead.companyId, ...twins.map(({ companyId }) => companyId)].flatMap((id) => (id ? [id] : [])))];
  const clients = await db.company.findMany({
    where: { id: { in: clientIds } }, orderBy: { name: 'asc' },
    include: { users: { where: { leftAt: null }, orderBy: { name: 'asc' } }, projects: { where: { referral: null }, orderBy: { createdAt: 'desc' }, take: 20, select: { ref: true, title: true } } },
  });
  const form = (act: string, action: LeadAction, right: string, fields: readonly PageField[], folded = true): Block[] => {
    if (!may.includes(action) || !mayDo(staff.role, right)) return [];
    const block = { kind: 'form', method: 'post', act, fields, button: say.say(`leads.${act}`), consequence: say.say(`leads.consequence.${act}`, { name: lead.member.name, company: lead.company }) } as const;
    return folded ? [{ kind: 'details', summary: say.say(`leads.${act}`), blocks: [block] }] : [{ ...block, title: say.say(`leads.${act}`) }];
  };
  const projects = clients.flatMap((client) => client.projects.map(({ ref, title }) => ({ value: ref, label: `${ref} · ${title} · ${client.name}` })));
  return [
    ...form('accept', 'acceptLead', 'acceptLead', [
      { name: 'level', kind: 'choice', required: true, label: say.say('leads.level'), value: lead.wishedLevel, options: referralLevelNames.map((level) => ({ value: level, label: levelInWords(say, level) })) },
      { name: 'message', kind: 'long', label: say.say('leads.message') },
    ], false),
    ...form('link', 'linkLead', 'linkLead', [
      projects.length > 0 ? { name: 'project', kind: 'choice', required: true, label: say.say('leads.project'), options: projects, value: projects[0]?.value } : { name: 'project', kind: 'text', required: true, label: say.say('leads.projectRef') },
    ], projects.length === 0),
    ...form('brief', 'linkLead', 'leadToBrief', [
      { name: 'title', kind: 'text', required: true, label: say.say('leads.briefTitle'), value: '' }, { name: 'problem', kind: 'long', required: true, label: say.say('leads.need'), value: lead.need },
      { name: 'clientUserId', kind: 'choice', label: say.say('leads.briefFor'), value: '', options: [
        ...(lead.contactEmail ? [{ value: '', label: say.say('leads.briefNew', { name: lead.contactName, company: lead.company }) }] : []),
        ...clients.flatMap((client) => client.users.map(({ id, name }) => ({ value: id, label: `${name} · ${client.name}` }))),
      ] },
    ]),
    ...(clients.length > 0 ? form('client', 'knowClient', 'knowClient', [{ name: 'companyId', kind: 'choice', required: true, label: say.say('leads.fact.client'), value: lead.companyId ?? clients[0]?.id, options: clients.map(({ id, name }) => ({ value: id, label: name })) }]) : []),
    ...form('refuse', 'refuseLead', 'refuseLead', [{ name: 'reason', kind: 'long', required: true, label: say.say('field.reason') }]),
  ];
}
