import type { Prisma } from '@prisma/client';
import { leadTwins, type LeadTwin } from '../../../database/leads/find-twins.ts';
import { actionsFrom } from '../../../domain/lifecycle/lifecycle.ts';
import { leadLifecycle } from '../../../domain/lifecycle/lead.ts';
import { Problem } from '../../../domain/problem.ts';
import type { Block, Cell } from '../blocks.ts';
import { recordHref } from '../finance/addresses.ts';
import type { Asked } from '../page.ts';
import { leadForms } from './forms.ts';
import { leadHref, levelInWords } from './list.ts';

const whole = { member: true, client: true, referrals: { orderBy: { createdAt: 'asc' }, include: { project: { select: { id: true, ref: true, title: true, stage: true } } } } } satisfies Prisma.LeadInclude;
export type ShownLead = Prisma.LeadGetPayload<{ include: typeof whole }>;

/** @throws Problem `not_found` */
export async function leadOf({ deps: { db }, query }: Asked): Promise<ShownLead> {
  const lead = await db.lead.findUnique({ where: { id: query.lead ?? '' }, include: whole });
  if (!lead) throw new Problem('not_found', `no lead ${query.lead}`);
  return lead;
}

/** What the member said beside what is known of the company already; then what may be done with it. */
export async function leadBlocks(asked: Asked, lead: ShownLead): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const twins = await leadTwins(db, { key: lead.companyKey, siren: lead.siren, domain: lead.mailDomain, company: lead.company, memberId: lead.memberId }, lead.id);
  const may = actionsFrom(leadLifecycle, lead.state, 'staff');
  return [
    { kind: 'links', items: [{ text: say.say('leads.all'), href: '/console/pages/leads' }, { text: lead.member.name, href: recordHref('Member', lead.memberId) }] },
    { kind: 'figures', items: [
      { label: say.say('leads.head.state'), value: say.state('lead', lead.state) }, { label: say.say('leads.head.declared'), value: say.day(lead.createdAt) },
      { label: say.say(lead.level ? 'leads.level' : 'leads.wished'), value: levelInWords(say, lead.level ?? lead.wishedLevel) },
    ] },
    ...twinsBlocks(asked, twins),
    { kind: 'columns', columns: [told(asked, lead), await leadForms(asked, lead, { twins, may })] },
  ];
}

/** Said twice, or a client already: whoever decides reads it first. */
function twinsBlocks({ say }: Asked, twins: readonly LeadTwin[]): Block[] {
  if (twins.length === 0) return [];
  const where = (twin: LeadTwin): Cell => ({ text: twin.name, href: twin.leadId ? leadHref(twin.leadId) : recordHref('Company', twin.companyId ?? ''), detail: say.say(`leads.by.${twin.by}`) });
  return [{
    kind: 'table', caption: say.say('leads.twins'), empty: '', head: ['company', 'twin', 'since'].map((name) => say.say(`leads.head.${name}`)),
    rows: twins.map((twin) => ({ cells: [where(twin), { text: say.say(`leads.twin.${twin.kind}`, { name: twin.memberName ?? '' }), tone: 'bad' }, say.day(twin.at)] })),
  }];
}

function told({ say }: Asked, lead: ShownLead): Block[] {
  const facts: [string, Cell][] = [
    ['contact', { text: lead.contactName, detail: [lead.contactEmail, lead.contactPhone].filter(Boolean).join(' · ') }], ['siren', lead.siren ?? '—'], ['wished', levelInWords(say, lead.wishedLevel)],
    ...(lead.client ? [['client', { text: lead.client.name, href: recordHref('Company', lead.client.id) }] as [string, Cell]] : []),
    ...(lead.decidedAt ? [['answer', { text: lead.answer || '—', detail: `${lead.decidedBy ?? ''} · ${say.moment(lead.decidedAt)}` }] as [string, Cell]] : []),
  ];
  return [
    { kind: 'heading', text: say.say('leads.need') }, { kind: 'text', text: lead.need },
    { kind: 'table', caption: say.say('leads.facts'), empty: '', head: [say.say('leads.fact'), say.say('leads.said')], rows: facts.map(([name, cell]) => ({ cells: [say.say(`leads.fact.${name}`), cell] })) },
    {
      kind: 'table', caption: say.say('leads.projects'), empty: say.say('leads.noProject'), head: [say.say('leads.head.project'), say.say('leads.head.level'), say.say('leads.head.state')],
      rows: lead.referrals.flatMap(({ project, level }) => (project ? [{ cells: [{ text: project.title, href: recordHref('Project', project.id), detail: project.ref }, levelInWords(say, level), say.state('project', project.stage)] }] : [])),
    },
  ];
}
