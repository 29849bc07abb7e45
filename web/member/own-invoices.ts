import type { Prisma } from '@prisma/client';
import { heldAccounts } from '../../database/bank/destinations.ts';
import type { Deps } from '../../deps.ts';
import { hasLeft } from '../../domain/lifecycle/payout.ts';
import { invoiceWay, payoutOutlook, type Waiting } from '../../domain/payout-outlook.ts';
import { documentKindNamed } from '../../mail/format.ts';
import type { PageLocale } from '../locale.ts';
import type { Access } from '../page.ts';

const withItsWay = {
  project: { select: { id: true, ref: true, title: true } }, payouts: { where: { kind: 'services' }, orderBy: { createdAt: 'asc' } },
  creditNotes: { orderBy: { issuedAt: 'asc' }, include: { creditNote: { select: { reason: true } } } },
  clientInvoice: { select: { state: true, dueAt: true, declaredAt: true, disputedAt: true, disputeSettledAt: true } },
} satisfies Prisma.MemberInvoiceInclude;

export type OwnInvoiceView = Awaited<ReturnType<typeof ownInvoices>>[number];

/** M11: a member's invoices as they read them: how far each is on its way, why the rest has not come, and every document of it. `rootOf`: under which a project's pages stand. */
export async function ownInvoices(deps: Deps, access: Access, where: Prisma.MemberInvoiceWhereInput, rootOf: (projectRef: string) => string) {
  const memberId = access.person.id;
  const invoices = await deps.db.memberInvoice.findMany({ where: { ...where, memberId }, include: withItsWay, orderBy: { createdAt: 'desc' }, take: 500 });
  const [open, accounts, documents] = await Promise.all([
    deps.db.memberInvoice.groupBy({ by: ['projectId'], where: { projectId: { in: invoices.map(({ projectId }) => projectId) }, memberId: { not: memberId }, state: { in: ['preview', 'anomaly'] } }, _count: true }),
    heldAccounts(deps.db, [memberId], Date.now()),
    documentsOf(deps, invoices.map(({ id }) => id)),
  ]);
  return invoices.map((invoice) => {
    const root = rootOf(invoice.project.ref);
    const outlook = payoutOutlook(invoice, { openMates: open.find(({ projectId }) => projectId === invoice.projectId)?._count ?? 0, account: accounts.get(memberId) ?? null, now: Date.now() });
    const reached = invoiceWay.indexOf(outlook.reached);
    return {
      ...invoice, name: invoice.number ?? invoice.ref, previewHref: `${root}/p/preview/${invoice.id}`, cancelled: invoice.state === 'cancelled', paidOutCents: outlook.paidOutCents, toRepayCents: outlook.toRepayCents,
      credited: invoice.totalCents > 0 && invoice.creditedTotalCents === invoice.totalCents,
      credits: invoice.creditNotes.map(({ number, totalCents, documentId, creditNote: { reason } }) => ({ number, totalCents, reason, href: documentId ? `${root}/document/${documentId}` : null })),
      way: invoiceWay.map((step, index) => ({ step, done: index < reached || outlook.reached === 'paid_out', here: index === reached && outlook.reached !== 'paid_out' })),
      waiting: outlook.waiting.map((one) => waitingView(one, access.locale)),
      transfers: invoice.payouts.filter(({ state, sentAt }) => hasLeft(state) && sentAt).map(({ amountCents, sentAt }) => ({ amountCents, sentAt })),
      documents: documents.filter(({ invoiceId }) => invoiceId === invoice.id).map((one) => ({ ...one, href: `${root}/document/${one.id}`, pdf: `${root}/document/${one.id}.pdf` })),
    };
  });
}

const waitingView = (waiting: Waiting, locale: PageLocale) => ({ ...waiting, documents: waiting.documents.map((kind) => documentKindNamed(kind, locale)), needsDocuments: waiting.why === 'documents' });

/** The previews of these invoices, every version, and the invoices themselves: the newest first. */
async function documentsOf(deps: Deps, invoiceIds: readonly string[]) {
  if (invoiceIds.length === 0) return [];
  const found = await deps.db.document.findMany({ where: { OR: invoiceIds.map((id) => ({ key: { startsWith: `member-invoice/${id}/` } })) }, orderBy: { createdAt: 'desc' }, select: { id: true, key: true, kind: true, title: true } });
  return found.map(({ id, key, kind, title }) => {
    const [, invoiceId = '', , version = ''] = key.split('/');
    return { id, invoiceId, title, version, label: kind === 'preview' ? 'preview' : kind === 'member_invoice' ? 'invoice' : 'other' };
  });
}

/** M11, I12: may this member read the document? It is of one of their invoices, or takes one back. */
export async function isOwnInvoiceDocument(deps: Deps, memberId: string, documentId: string): Promise<boolean> {
  const document = await deps.db.document.findUnique({ where: { id: documentId }, select: { key: true } });
  const invoiceId = /^member-invoice\/([^/]+)\//.exec(document?.key ?? '')?.[1];
  if (invoiceId !== undefined) return (await deps.db.memberInvoice.count({ where: { id: invoiceId, memberId } })) > 0;
  return (await deps.db.memberCreditNote.count({ where: { documentId, memberId } })) > 0;
}
