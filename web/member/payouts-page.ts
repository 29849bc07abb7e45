import { documentKindNamed } from '../../mail/format.ts';
import type { Page } from '../page.ts';

/** Shown at once, the latest first. */
const most = 200;

/** I7, M11: what a member was paid or is about to be, for what, and the advice of each transfer. */
export const memberPayoutsPage: Page = {
  template: 'member-payouts',
  async show(deps, access) {
    const found = await deps.db.payout.findMany({
      where: { memberId: access.person.id }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: most,
      include: {
        memberInvoice: { select: { number: true, ref: true } }, payment: { select: { clientInvoice: { select: { number: true, ref: true, project: { select: { title: true } } } } } },
        returns: { orderBy: { number: 'desc' }, take: 1 }, advices: { orderBy: { sending: 'desc' } },
      },
    });
    return {
      title: '', payouts: found.map(({ memberInvoice, payment: { clientInvoice }, returns, heldFor, ...payout }) => ({
        ...payout, invoiceNumber: memberInvoice?.number ?? memberInvoice?.ref ?? '', clientNumber: clientInvoice.number ?? clientInvoice.ref, projectTitle: clientInvoice.project.title,
        documents: heldFor.map((kind) => documentKindNamed(kind, access.locale)), back: payout.state === 'to_send' || payout.state === 'held' ? (returns[0]?.returnedOn ?? null) : null,
      })),
    };
  },
  acts: {},
};
