import { accountOf } from '../../../database/invoice-account.ts';
import { standing } from '../../../domain/invoice-account.ts';
import { leftToPay } from '../../../domain/left-to-pay.ts';
import { share } from '../../../domain/money.ts';
import { setAside } from '../../../domain/payouts-due.ts';
import { maySee } from '../../../domain/roles.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { recordHref } from '../finance/addresses.ts';
import { accountWarning, heldInWords } from '../finance/held-words.ts';
import type { Asked } from '../page.ts';
import type { WholeInvoice } from './of-invoice.ts';

/** I7, M4: every amount that has not left yet, with why, and what the law says of it. */
export function waitingBlock({ say, staff }: Asked, invoice: WholeInvoice): Block {
  const now = Date.now();
  const notPaid = invoice.state === 'gathering' ? say.say('waterfall.reason.gathering')
    : invoice.dunningPaused ? say.say('waterfall.reason.disputed', { reason: invoice.dunningPauseReason ?? '' })
      : say.say(invoice.paidCents > 0 ? 'waterfall.reason.partNotPaid' : 'waterfall.reason.notPaid', { dueAt: invoice.dueAt?.toISOString() ?? new Date(now).toISOString() });
  const payouts = invoice.payments.flatMap((payment) => payment.payouts);
  const legal = (at: Date | null): Cell => (at ? { text: `${say.day(at)} ·`, until: at.toISOString() } : '—');
  const line = (who: Cell, cents: number, why: string, detail: string | null, href: string | undefined, tone: 'bad' | 'strong' | 'soft', legalDueAt: Date | null): Row => ({
    cells: [who, say.money(cents), { text: why, tone, ...(detail ? { detail } : {}), ...(href ? { href } : {}) }, legal(legalDueAt)],
  });
  const waiting = payouts.filter(({ state }) => ['to_send', 'held', 'to_recover'].includes(state)).map((payout): Row => {
    const own = invoice.memberInvoices.find(({ id }) => id === payout.memberInvoiceId);
    const who: Cell = { text: payout.member.name, detail: own ? (own.number ?? own.ref) : say.say('waterfall.referrer'), ...(own ? { href: recordHref('MemberInvoice', own.id) } : {}) };
    const warning = accountWarning(payout.member.billing, now, say);
    if (payout.state === 'to_recover') return line(who, payout.amountCents, say.say('waterfall.reason.toRecover'), null, recordHref('ClientInvoice', invoice.id, 'recordRecovery'), 'bad', null);
    return payout.state === 'held'
      ? line(who, payout.amountCents, say.say('waterfall.reason.held', { documents: heldInWords(payout.heldFor, say) }), warning, maySee(staff.role, 'compliance') ? `/console/pages/compliance?member=${payout.memberId}` : undefined, 'bad', own?.legalDueAt ?? null)
      : line(who, payout.amountCents, say.say('waterfall.reason.toSend', { since: payout.createdAt.toISOString() }), warning, maySee(staff.role, 'payouts') ? '/console/pages/payouts' : undefined, 'strong', own?.legalDueAt ?? null);
  });
  const unpaid = invoice.memberInvoices.flatMap((own): Row[] => {
    const left = own.totalCents - own.creditedTotalCents - setAside(own.payouts);
    return left > 0 ? [line({ text: own.member.name, detail: own.number ?? own.ref, href: recordHref('MemberInvoice', own.id) }, left, notPaid, null, undefined, 'soft', own.legalDueAt)] : [];
  });
  const { referral } = invoice.project;
  const referralLeft = referral ? share(standing(accountOf(invoice)).feeCents, referral.rateBp) - setAside(payouts.filter(({ kind }) => kind === 'referral')) : 0;
  return {
    kind: 'table', caption: say.say('waterfall.waiting'), head: ['who', 'total', 'reason', 'legal'].map((name) => say.say(`waterfall.head.${name}`)), numeric: [1], empty: say.say('waterfall.nothingWaits'),
    rows: [
      ...waiting, ...unpaid,
      ...(referral && referralLeft > 0 && leftToPay(invoice) > 0 ? [line({ text: referral.member.name, detail: say.say('waterfall.referrer') }, referralLeft, notPaid, null, undefined, 'soft', null)] : []),
    ],
  };
}
