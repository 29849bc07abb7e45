import type { Deps } from '../deps.ts';
import { documentHref } from './pages/compliance/addresses.ts';
import { legalDueHorizonMs, stillOwed } from '../domain/legal-due.ts';
import { ruleQueueItems } from './rule-queue-items.ts';
import type { Speaker } from './text.ts';

interface Item {
  readonly kind: string;
  readonly id: string;
  readonly what: string;
  readonly title: string;
  readonly detail: string;
  readonly href: string;
  readonly until: string | null;
  readonly mine: boolean;
}

const page = (resource: string, id: string, action = 'show'): string => `/console/resources/${resource}/records/${id}/${action}`;
const take = 50;

/** S1: what waits for staff now, each one click from its action, sorted by deadline. */
export async function workQueue(deps: Deps, staffId: string, say: Speaker): Promise<{ items: Item[]; counts: { label: string; value: number }[]; words: Record<string, string> }> {
  const { db } = deps;
  const project = { include: { project: { include: { company: true } } } } as const;
  const now = new Date();
  const soon = new Date(now.getTime() + legalDueHorizonMs);
  const [briefs, rounds, anomalies, late, payouts, candidates, documents, mails, owing] = await Promise.all([
    db.project.findMany({ where: { stage: 'brief_review' }, include: { company: true }, orderBy: { nextDeadlineAt: 'asc' }, take }),
    db.quoteRound.findMany({ where: { state: 'validating' }, ...project, orderBy: { deadlineAt: 'asc' }, take }),
    db.memberInvoice.findMany({ where: { state: 'anomaly' }, include: { member: true, project: { include: { company: true } } }, orderBy: { createdAt: 'asc' }, take }),
    db.clientInvoice.findMany({ where: { state: { in: ['issued', 'part_paid'] }, dueAt: { lt: now } }, ...project, orderBy: { dueAt: 'asc' }, take }),
    db.clientInvoice.findMany({ where: { state: { in: ['part_paid', 'paid'] }, payments: { some: { payouts: { some: { state: 'to_send' } } } } }, ...project, orderBy: { paidAt: 'asc' }, take }),
    db.member.findMany({ where: { state: 'candidate' }, orderBy: { createdAt: 'asc' }, take }),
    db.memberDocument.findMany({ where: { state: 'to_check' }, include: { member: true }, orderBy: { createdAt: 'asc' }, take }),
    db.mail.findMany({ where: { state: { in: ['in_doubt', 'failed'] } }, orderBy: { createdAt: 'asc' }, take }),
    db.clientInvoice.findMany({
      where: { state: { in: ['issued', 'part_paid', 'paid'] }, memberInvoices: { some: { legalDueAt: { lt: soon } } } }, orderBy: { dueAt: 'asc' }, take,
      include: { memberInvoices: { where: { legalDueAt: { lt: soon } }, include: { member: true, payouts: true } }, project: true },
    }),
  ]);
  const item = (kind: string, id: string, title: string, detail: string, href: string, until: Date | null, managerId: string | null = null): Item => ({
    kind, id, title, detail, href, what: say.say(`queue.${kind}`), until: until?.toISOString() ?? null, mine: managerId === null || managerId === staffId,
  });
  const items = [
    ...briefs.map((one) => item('brief', one.id, one.title, one.company.name, page('Project', one.id, 'approveBrief'), one.nextDeadlineAt, one.accountManagerId)),
    ...rounds.map((one) => item('quote', one.id, one.project.title, one.ref, `/console/pages/workbench?round=${one.id}`, one.deadlineAt, one.project.accountManagerId)),
    ...anomalies.map((one) => item('anomaly', one.id, one.member.name, `${one.ref} · ${one.anomaly ?? ''}`.slice(0, 140), page('MemberInvoice', one.id, 'resolveAnomaly'), null, one.project.accountManagerId)),
    ...late.map((one) => item('late', one.id, one.project.company.name, `${one.number ?? one.ref} · ${say.money(one.totalCents - one.paidCents)}`, page('ClientInvoice', one.id, 'recordPayment'), one.dueAt, one.project.accountManagerId)),
    ...payouts.map((one) => item('payout', one.id, one.project.title, one.number ?? one.ref, page('ClientInvoice', one.id, 'sendPayout'), null, null)),
    // I5: what the law grants a member is about to fall due, whatever the client does.
    ...owing.flatMap(({ memberInvoices, project: { accountManagerId } }) => memberInvoices.filter((one) => stillOwed(one) > 0).map((one) =>
      item('legal', one.id, one.member.name, `${one.number ?? one.ref} · ${say.money(stillOwed(one))}`, page('MemberInvoice', one.id), one.legalDueAt, accountManagerId))),
    ...candidates.map((one) => item('candidate', one.id, one.name, one.headline, `/console/pages/candidatures?member=${one.id}`, null)),
    ...documents.map((one) => item('document', one.id, one.member.name, one.fileName, documentHref(one.id), null)),
    ...mails.map((one) => item('mail', one.id, one.subject || one.template, one.problem ?? '', page('Mail', one.id), null)),
  ];
  items.push(...(await ruleQueueItems(db, staffId, say)));
  items.sort((a, b) => (a.until ?? '9').localeCompare(b.until ?? '9'));
  const counts = [
    ['briefs', briefs.length], ['quotes', rounds.length], ['anomalies', anomalies.length], ['lates', late.length], ['legals', items.filter(({ kind }) => kind === 'legal').length], ['payouts', payouts.length],
    ['candidates', candidates.length], ['documents', documents.length], ['mails', mails.length],
  ] as const;
  const words = Object.fromEntries(['title', 'mine', 'all', 'empty', 'days', 'late'].map((name) => [name, say.say(`queue.words.${name}`)]));
  return { items, counts: counts.map(([label, value]) => ({ label: say.say(`queue.count.${label}`), value })), words };
}
