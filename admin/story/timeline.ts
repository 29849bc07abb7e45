import type { Deps } from '../../deps.ts';
import type { Block, Happening } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';
import { ruleHappenings } from './rule-story.ts';

/** How much of each kind a page tells; the lists of the menu hold the rest. */
const take = 200;
const kinds = ['step', 'mail', 'document', 'money', 'notice', 'refused', 'rule'] as const;

/** S3: everything that happened to a project, in one order: steps and who took them, mails, documents, money, notices, what was refused. */
export async function projectTimeline(deps: Deps, project: { id: string; ref: string }, say: Speaker): Promise<Block> {
  const { db } = deps;
  const projectId = project.id;
  const [events, mails, documents, payments, payouts, notices, refused, rules] = await Promise.all([
    db.auditEvent.findMany({ where: { projectId }, orderBy: { at: 'desc' }, take }),
    db.mail.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, take, omit: { html: true, text: true, data: true } }),
    documentsOf(deps, projectId),
    db.payment.findMany({ where: { clientInvoice: { projectId } }, include: { clientInvoice: true }, orderBy: { createdAt: 'desc' }, take }),
    db.payout.findMany({ where: { payment: { clientInvoice: { projectId } } }, include: { member: true }, orderBy: { createdAt: 'desc' }, take }),
    db.notice.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' }, take }),
    db.submission.findMany({ where: { subject: { in: await subjectsOf(deps, project) }, state: { in: ['refused', 'pending'] } }, orderBy: { createdAt: 'desc' }, take: 50 }),
    ruleHappenings(db, projectId, say),
  ]);
  const happening = (kind: (typeof kinds)[number], at: Date, text: string, more: Partial<Happening> = {}): Happening => ({ kind, at: at.toISOString(), when: say.moment(at), text, who: '', ...more });
  const record = (model: string, id: string): string => `/console/resources/${model}/records/${id}/show`;
  const items = [
    ...rules,
    // What a rule rang for is told with the rule itself.
    ...events.filter(({ action }) => !action.startsWith('reminder.')).map((event) => happening('step', event.at, say.has(`event.${event.action}`) ? say.say(`event.${event.action}`) : event.action, {
      who: event.actorName || say.say('story.clock'), detail: detailOf(event.data, event.subject, project.ref),
    })),
    ...mails.map((mail) => happening('mail', mail.sentAt ?? mail.createdAt, mail.subject || say.say('timeline.mail.queued'), {
      who: mail.toName, href: record('Mail', mail.id), detail: say.state('mail', mail.state), ...(['failed', 'in_doubt'].includes(mail.state) ? { tone: 'bad' as const } : {}),
    })),
    ...documents.map((one) => happening('document', one.createdAt, one.title, { href: record('Document', one.id) })),
    ...payments.map((one) => happening('money', one.createdAt, say.say('timeline.payment', { amount: say.money(one.amountCents), number: one.clientInvoice.number ?? one.clientInvoice.ref }), {
      tone: 'good', detail: one.reference, href: record('ClientInvoice', one.clientInvoiceId),
    })),
    ...payouts.map((one) => happening('money', one.sentAt ?? one.createdAt, say.say('timeline.payout', { amount: say.money(one.amountCents), name: one.member.name }), { detail: say.state('payout', one.state) })),
    ...notices.map((one) => happening('notice', one.createdAt, one.body)),
    ...refused.map((one) => happening('refused', one.createdAt, say.has(`action.${one.step}`) ? say.say(`action.${one.step}`) : one.step, {
      who: say.say(`actor.${one.actorKind}`), detail: one.state === 'pending' ? say.state('submission', 'pending') : (one.problem ?? ''), tone: 'bad',
    })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return {
    kind: 'timeline', all: say.say('timeline.all'), empty: say.say('timeline.empty'), items,
    kinds: kinds.filter((kind) => items.some((item) => item.kind === kind)).map((kind) => ({ kind, label: say.say(`timeline.kind.${kind}`) })),
  };
}

/** The words staff wrote with a step, and which round or invoice it is about. */
function detailOf(data: unknown, subject: string, ref: string): string {
  const { reason, remarks, purpose } = (data ?? {}) as { reason?: string; remarks?: string; purpose?: string };
  return [subject === ref ? '' : subject, reason ?? remarks ?? purpose ?? ''].filter(Boolean).join(' · ');
}

/** Documents are kept by key, not by project: those its quotes and invoices name. */
async function documentsOf({ db }: Deps, projectId: string): Promise<{ id: string; title: string; createdAt: Date }[]> {
  const [quotes, memberInvoices, clientInvoices] = await Promise.all([
    db.clientQuote.findMany({ where: { round: { projectId } }, select: { id: true, documentId: true, signature: { select: { certificateId: true } } } }),
    db.memberInvoice.findMany({ where: { projectId }, select: { documentId: true } }),
    db.clientInvoice.findMany({ where: { projectId }, select: { documentId: true } }),
  ]);
  const ids = [...quotes.flatMap((quote) => [quote.documentId, quote.signature?.certificateId]), ...memberInvoices.map((one) => one.documentId), ...clientInvoices.map((one) => one.documentId)];
  return db.document.findMany({ where: { id: { in: ids.filter((id): id is string => Boolean(id)) } }, select: { id: true, title: true, createdAt: true } });
}

async function subjectsOf({ db }: Deps, project: { id: string; ref: string }): Promise<string[]> {
  const where = { projectId: project.id };
  const select = { ref: true } as const;
  const [rounds, memberInvoices, clientInvoices] = await Promise.all([db.quoteRound.findMany({ where, select }), db.memberInvoice.findMany({ where, select }), db.clientInvoice.findMany({ where, select })]);
  return [`project/${project.ref}`, ...rounds.map(({ ref }) => `quote-review/${ref}`), ...memberInvoices.map(({ ref }) => `member-invoice/${ref}`), ...clientInvoices.map(({ ref }) => `client-invoice/${ref}`)];
}
