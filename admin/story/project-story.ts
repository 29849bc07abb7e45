import type { Prisma } from '@prisma/client';
import type { Deps } from '../../deps.ts';
import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { isOver } from '../../domain/lifecycle/lifecycle.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { stageBar } from '../../web/stage-bar.ts';
import { briefTable } from '../actions/brief-table.ts';
import type { Block, Cell, Row } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import { componentWords } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import { rulesToRing } from './rule-story.ts';
import { projectTimeline } from './timeline.ts';

const whole = {
  company: true, owner: true, accountManager: true, themes: { include: { theme: true } }, referral: { include: { member: true } },
  team: { include: { member: true } }, applications: { include: { members: { include: { member: true } } }, orderBy: { createdAt: 'asc' } },
  invitations: { include: { member: true } }, remarks: { orderBy: { createdAt: 'asc' } },
  rounds: { include: { memberQuotes: { include: { member: true }, orderBy: { createdAt: 'asc' } }, clientQuotes: { orderBy: { version: 'asc' } } }, orderBy: { number: 'asc' } },
  memberInvoices: { include: { member: true }, orderBy: { createdAt: 'asc' } },
  clientInvoices: { orderBy: { createdAt: 'asc' } },
} satisfies Prisma.ProjectInclude;
type Project = Prisma.ProjectGetPayload<{ include: typeof whole }>;

const link = (model: string, id: string, text: string, tone?: 'strong'): Cell => ({ text, href: `/console/resources/${model}/records/${id}/show`, ...(tone ? { tone } : {}) });

/** S3: everything about one project, as its page in the console tells it. */
export async function projectStory(deps: Deps, projectId: string, say: Speaker) {
  const project = await deps.db.project.findUniqueOrThrow({ where: { id: projectId }, include: whole });
  const [talks, next, timeline] = await Promise.all([
    deps.db.conversation.count({ where: { projectId } }),
    nextSteps(deps, { all: workflowsOf(project), open: openWorkflowsOf(project) }, say, await rulesToRing(deps.db, project.id, say)), projectTimeline(deps, project, say)]);
  const money = project.rounds.some(({ number }) => number >= 0) && project.clientInvoices.length + project.memberInvoices.length > 0;
  const blocks: Block[] = [
    { kind: 'stages', label: say.say('story.stages'), items: stageBar(project.stage).map(({ stage, done, current }) => ({ label: say.state('project', stage), done, current })) },
    {
      kind: 'callout', text: say.say(`waits.${project.stage}`),
      ...(project.nextDeadlineAt ? { detail: say.say('story.until', { at: project.nextDeadlineAt.toISOString() }), until: project.nextDeadlineAt.toISOString() } : {}),
      ...(project.endReason ? { detail: project.endReason } : {}),
    },
    ...(openWorkflowsOf(project).length > 0 ? next.slice(0, -1) : []),
    { kind: 'columns', columns: [[people(project, say)], [candidates(project, say)]] },
    ...conversations(project, say, talks),
    quotes(project, say),
    ...(money ? [invoices(project, say)] : []),
    { kind: 'details', summary: say.say('story.brief'), open: project.stage === 'brief_review', blocks: [brief(project, say), ...(project.remarks.length > 0 ? [remarks(project, say)] : [])] },
    { kind: 'heading', text: say.say('story.events') },
    timeline,
    { kind: 'heading', text: say.say('story.workflows') },
    ...next.slice(-1),
  ];
  const themes = project.themes.map(({ theme }) => (say.locale === 'fr' ? theme.nameFr : theme.nameEn)).join(', ');
  return { title: project.title, subtitle: [project.ref, project.company.name, themes].filter(Boolean).join(' · '), words: componentWords(say), blocks };
}

/** Every workflow of a project, for the links. */
function workflowsOf(project: Project): string[] {
  return [
    `project/${project.ref}`, ...(project.publishedAt ? [`alerts/${project.ref}`] : []), ...project.rounds.map(({ ref }) => `quote-review/${ref}`),
    ...project.memberInvoices.map(({ ref }) => `member-invoice/${ref}`), ...project.clientInvoices.map(({ ref }) => `client-invoice/${ref}`),
  ];
}

/** Those that may still do something: only these are asked. */
function openWorkflowsOf(project: Project): string[] {
  return [
    ...(isOver(projectLifecycle, project.stage) ? [] : [`project/${project.ref}`]),
    ...project.rounds.filter(({ state }) => !isOver(quoteRoundLifecycle, state)).map(({ ref }) => `quote-review/${ref}`),
    ...project.memberInvoices.filter(({ state }) => !isOver(memberInvoiceLifecycle, state)).map(({ ref }) => `member-invoice/${ref}`),
    ...project.clientInvoices.filter(({ state }) => !isOver(clientInvoiceLifecycle, state)).map(({ ref }) => `client-invoice/${ref}`),
  ];
}

/** C7: the way to what is said about it; who may not read it is told so there. */
function conversations(project: Project, say: Speaker, talks: number): Block[] {
  return talks === 0 ? [] : [{ kind: 'links', items: [{ text: say.say('talk.count', { talks }), href: `/console/pages/conversations?project=${project.id}` }] }];
}

function people(project: Project, say: Speaker): Block {
  const rows: Row[] = [
    { cells: [say.say('story.client'), { ...asCell(link('ClientUser', project.ownerId, project.owner.name)), detail: `${project.company.name} · ${project.owner.email}` }] },
    { cells: [say.say('story.manager'), project.accountManager?.name ?? say.say('story.nobody')] },
    ...project.team.map(({ member, memberId }): Row => ({ cells: [say.say('story.member'), link('Member', memberId, member.name)] })),
    ...(project.referral ? [{ cells: [say.say('story.referrer'), `${project.referral.member.name} · ${project.referral.rateBp / 100} %`] }] : []),
  ];
  return { kind: 'table', caption: say.say('story.people'), head: [say.say('story.role'), say.say('story.name')], rows, empty: '' };
}

function candidates(project: Project, say: Speaker): Block {
  return {
    kind: 'table', caption: say.say('story.candidates'), head: [say.say('story.name'), say.say('story.state')], empty: say.say('story.candidates.none'),
    rows: [
      ...project.applications.map((one): Row => ({ cells: [{ text: one.members.map(({ member }) => member.name).join(', '), detail: one.message }, say.state('application', one.state)] })),
      ...project.invitations.map((one): Row => ({ cells: [{ text: one.member.name, detail: one.answer ?? one.message }, say.state('invitation', one.state)] })),
    ],
  };
}

function quotes(project: Project, say: Speaker): Block {
  return {
    kind: 'table', caption: say.say('story.quotes'), head: [say.say('story.what'), say.say('story.state'), say.say('story.amount')], numeric: [2], empty: say.say('story.quotes.none'),
    rows: project.rounds.flatMap((round): Row[] => [
      { cells: [{ ...asCell(link('QuoteRound', round.id, round.ref, 'strong')), detail: round.purpose }, { text: say.state('quoteRound', round.state), ...(round.deadlineAt ? { until: round.deadlineAt.toISOString() } : {}) }, ''] },
      ...round.memberQuotes.map((quote): Row => ({ cells: [link('MemberQuote', quote.id, `${quote.member.name} · ${say.say('version', { version: quote.version })}`), say.state('memberQuote', quote.state), say.money(quote.totalCents)] })),
      ...round.clientQuotes.map((quote): Row => ({ cells: [link('ClientQuote', quote.id, quote.number), say.state('clientQuote', quote.state), say.money(quote.totalCents)] })),
    ]),
  };
}

function invoices(project: Project, say: Speaker): Block {
  return {
    kind: 'table', caption: say.say('story.invoices'), head: [say.say('story.what'), say.say('story.state'), say.say('story.amount')], numeric: [2], empty: '',
    rows: [
      ...project.memberInvoices.map((one): Row => ({
        cells: [link('MemberInvoice', one.id, `${one.number ?? one.ref} · ${one.member.name}`), { text: say.state('memberInvoice', one.state), ...(one.state === 'preview' && one.windowEndsAt ? { until: one.windowEndsAt.toISOString() } : {}) }, say.money(one.totalCents)],
      })),
      ...project.clientInvoices.map((one): Row => ({
        cells: [link('ClientInvoice', one.id, one.number ?? one.ref, 'strong'), { text: say.state('clientInvoice', one.state), ...(one.dueAt ? { detail: say.say('story.due', { at: one.dueAt.toISOString() }) } : {}) }, say.money(one.totalCents)],
      })),
    ],
  };
}

function brief(project: Project, say: Speaker): Block {
  const { title, rows } = briefTable(project, say);
  return { kind: 'table', head: [say.say('story.what'), title], rows: rows.map((cells) => ({ cells })), empty: '' };
}

/** C2: what was asked about the brief, and what the client answered. */
function remarks(project: Project, say: Speaker): Block {
  const rows = project.remarks.map(({ field, text, authorName, answer, answeredBy }): Row => ({
    cells: [say.say(`field.about_${field}`), { text, detail: authorName }, answer ? { text: answer, detail: answeredBy } : say.say('story.unanswered')],
  }));
  return { kind: 'table', caption: say.say('story.remarks'), head: [say.say('story.what'), say.say('story.remark'), say.say('story.answer')], rows, empty: '' };
}

const asCell = (cell: Cell): Exclude<Cell, string> => (typeof cell === 'string' ? { text: cell } : cell);
