import type { Deps } from '../../deps.ts';
import { leftToInvoice } from '../../domain/allowance.ts';
import { isChased } from '../../domain/dunning-letter.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { memberTurn, type MemberTurn } from '../../domain/member-turn.ts';
import { sum } from '../../domain/money.ts';

const most = 50;
const order: readonly MemberTurn['whose'][] = ['you', 'client', 'agency', 'mates', 'nobody'];
const closed: readonly MemberTurn['what'][] = ['over', 'notChosen', 'withdrawn'];

/** M5, M9, M11: the projects a member applied to or works on: those that wait for them first, then the others; those that are over apart. */
export async function ownProjects(deps: Deps, memberId: string) {
  const mine = { memberId };
  const rows = await deps.db.project.findMany({
    where: { OR: [{ team: { some: mine } }, { applications: { some: { members: { some: mine } } } }] }, orderBy: { createdAt: 'desc' }, take: most,
    select: {
      id: true, ref: true, title: true, stage: true, team: { where: mine, select: { memberId: true } },
      applications: { where: { members: { some: mine } }, orderBy: { createdAt: 'desc' }, take: 1, select: { state: true } },
      rounds: {
        orderBy: { number: 'desc' },
        select: {
          id: true, state: true, deadlineAt: true, askedIds: true, clientQuotes: { orderBy: { version: 'desc' }, take: 1, select: { state: true, validUntil: true } },
          memberQuotes: { where: mine, orderBy: { version: 'desc' }, select: { state: true, acceptedCents: true, invoices: { select: { amountCents: true, state: true, givenBackCents: true } } } },
        },
      },
      memberInvoices: {
        where: { ...mine, OR: [{ state: { in: ['preview', 'anomaly'] } }, { state: 'final', OR: [{ clientInvoiceId: null }, { clientInvoice: { state: { in: ['gathering', 'issued', 'part_paid'] } } }, { payouts: { some: { state: { in: ['to_send', 'held'] } } } }] }] },
        select: { state: true, mandate: true, windowEndsAt: true, clientInvoice: { select: { state: true, dueAt: true } } },
      },
    },
  });
  const now = new Date();
  const projects = rows.map(({ team, applications, rounds, memberInvoices, ...project }) => {
    const round = rounds.find(({ askedIds, memberQuotes }) => askedIds.includes(memberId) || memberQuotes.length > 0);
    const accepted = rounds.flatMap(({ memberQuotes }) => memberQuotes.filter(({ state }) => state === 'accepted'));
    const leftCents = allows(projectLifecycle, project.stage, 'enterAmount') ? sum(accepted.map(({ acceptedCents, invoices }) => leftToInvoice({ acceptedCents: acceptedCents ?? 0, invoiced: invoices }))) : 0;
    const turn = memberTurn({
      stage: project.stage, application: applications[0]?.state ?? null, leftCents,
      round: round ? { state: round.state, deadlineAt: round.deadlineAt, clientQuote: round.clientQuotes[0] ?? null, quote: round.memberQuotes[0]?.state ?? null } : null,
      invoices: memberInvoices.map(({ clientInvoice, ...one }) => {
        const owed = clientInvoice !== null && isChased(clientInvoice.state);
        return { ...one, clientDueAt: owed ? clientInvoice.dueAt : null, payable: clientInvoice !== null && !owed && clientInvoice.state !== 'gathering' };
      }),
    });
    return { ...project, inTeam: team.length > 0, round: round ?? rounds[0], leftCents, turn, late: turn.until !== null && turn.until < now };
  });
  projects.sort((a, b) => order.indexOf(a.turn.whose) - order.indexOf(b.turn.whose) || (a.turn.until?.getTime() ?? Infinity) - (b.turn.until?.getTime() ?? Infinity));
  const running = projects.filter(({ turn }) => !closed.includes(turn.what));
  return { yours: running.filter(({ turn }) => turn.whose === 'you'), others: running.filter(({ turn }) => turn.whose !== 'you'), over: projects.filter(({ turn }) => closed.includes(turn.what)) };
}
