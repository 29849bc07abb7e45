import type { Deps } from '../../deps.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { waitingFor, type Whom } from '../../domain/waiting-for.ts';
import type { Access } from '../page.ts';

const pageSize = 50;
/** Running projects are shown whole, up to this many: whose turn it is cannot be paged through. */
const mostRunning = 200;
const order: readonly Whom[] = ['client', 'agency', 'members', 'nobody'];

/** C1: the company's projects: those that wait for the reader first, then the others; ended ones page by page, newest first. */
export async function clientProjects(deps: Deps, access: Access, query: Record<string, unknown>) {
  const company = access.company;
  const search = typeof query.q === 'string' ? query.q.trim().slice(0, 80) : '';
  const ended = query.show === 'ended';
  const ends = [...projectLifecycle.ends];
  const words = search.split(/\s+/).filter(Boolean).slice(0, 5);
  const before = ended && typeof query.before === 'string' ? query.before : '';
  const rows = await deps.db.project.findMany({
    where: {
      companyId: company?.id ?? '', stage: ended ? { in: ends } : { notIn: ends }, ...(company?.restricted ? { access: { some: { clientUserId: access.person.id } } } : {}),
      ...(before ? { id: { lt: before } } : {}),
      AND: words.map((word) => ({ OR: [{ title: { contains: word, mode: 'insensitive' as const } }, { ref: { contains: word, mode: 'insensitive' as const } }] })),
    },
    orderBy: { id: 'desc' }, take: ended ? pageSize + 1 : mostRunning,
    select: {
      id: true, ref: true, title: true, stage: true, nextDeadlineAt: true, closedAt: true, endReason: true, accountManager: { select: { name: true, email: true, phone: true, pictureId: true } },
      rounds: { orderBy: { number: 'desc' }, take: 1, select: { state: true, clientQuotes: { orderBy: { version: 'desc' }, take: 1, select: { validUntil: true } } } },
      clientInvoices: { where: { state: { in: ['issued', 'part_paid'] } }, orderBy: { dueAt: 'asc' }, take: 1, select: { dueAt: true } },
      _count: { select: { applications: { where: { state: 'received' } }, invitations: { where: { state: 'sent' } } } },
    },
  });
  const now = new Date();
  const projects = rows.slice(0, ended ? pageSize : mostRunning).map((project) => {
    const [round] = project.rounds;
    const waits = waitingFor({
      stage: project.stage, deadlineAt: project.nextDeadlineAt, candidates: project._count.applications, unanswered: project._count.invitations,
      round: round ? { state: round.state, validUntil: round.clientQuotes[0]?.validUntil ?? null } : null, unpaid: project.clientInvoices[0] ?? null,
    });
    return { ...project, waits, late: waits.until !== null && waits.until < now };
  });
  projects.sort((a, b) => order.indexOf(a.waits.whom) - order.indexOf(b.waits.whom) || (a.waits.until?.getTime() ?? Infinity) - (b.waits.until?.getTime() ?? Infinity));
  return {
    ended, search, more: ended && rows.length > pageSize ? projects.map(({ id }) => id).sort()[0] : null,
    mine: projects.filter(({ waits }) => waits.whom === 'client'), others: projects.filter(({ waits }) => waits.whom !== 'client'),
  };
}
