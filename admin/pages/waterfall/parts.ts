import { sum } from '../../../domain/money.ts';
import { billedOf, movementOf } from '../../../database/invoice-account.ts';
import { movementSteps, waterfall, type WaterfallStep } from '../../../domain/waterfall.ts';
import type { Db } from '../../../database/open.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { recordHref } from '../finance/addresses.ts';
import type { Asked } from '../page.ts';
import type { WholeInvoice } from './of-invoice.ts';
import { hasLeft } from '../../../domain/lifecycle/payout.ts';

/** I7, I8, I9: each payment from the first cent to the last: who, why, how much, and a line that says whether it adds up, in the ledger too. */
export async function paymentBlocks({ deps: { db }, say }: Asked, invoice: WholeInvoice): Promise<Block[]> {
  const plain = invoice.payments.every(({ kind }) => kind === 'transfer');
  const steps = plain
    ? waterfall({ ...invoice, payments: invoice.payments.map(({ payouts, ...payment }) => ({ ...payment, payouts })) })
    : movementSteps(billedOf(invoice), invoice.payments.map((payment) => ({ id: payment.id, movement: movementOf(payment), referralCents: payment.referralCents })));
  const posted = await postedBy(db, invoice.payments.map(({ id }) => id));
  return invoice.payments.flatMap((payment, index): Block[] => {
    const step = steps[index];
    // A loss, or a debt claimed again, moves no money.
    if (!step || payment.kind === 'write_off' || payment.kind === 'revived') return [];
    const state = (memberInvoiceId: string | null): Cell => {
      const payout = payment.payouts.find((one) => one.memberInvoiceId === memberInvoiceId);
      if (!payout) return '—';
      return { text: say.state('payout', payout.state), tone: hasLeft(payout.state) ? 'good' : payout.state === 'held' ? 'bad' : 'strong', ...(payout.sentAt ? { detail: say.day(payout.sentAt) } : {}) };
    };
    const line = (who: Cell, why: string, exclTax: number | null, vat: number | null, cents: number, standing: Cell = '—'): Row => ({
      cells: [who, why, exclTax === null ? '—' : say.money(exclTax), vat === null ? '—' : say.money(vat), { text: say.money(cents), tone: 'strong' }, standing],
    });
    const referrer = invoice.project.referral;
    const rows: Row[] = [
      ...step.members.map((part) => {
        const own = invoice.memberInvoices.find(({ id }) => id === part.id);
        return line(
          { text: own?.member.name ?? '', href: recordHref('MemberInvoice', part.id), detail: own?.number ?? own?.ref }, say.say('waterfall.why.member', { totalCents: own?.totalCents ?? 0, paidCents: step.amountCents, ofCents: invoice.totalCents }),
          part.exclTaxCents, part.vatCents, part.cents, state(part.id),
        );
      }),
      ...(step.referralCents !== 0 && referrer ? [line({ text: referrer.member.name, detail: say.say('waterfall.referrer') }, say.say('waterfall.why.referral', { rate: referrer.rateBp }), step.referralCents, null, step.referralCents, state(null))] : []),
      line({ text: 'OFF-WORKS', detail: say.say('waterfall.fee') }, say.say(step.referralCents > 0 ? 'waterfall.why.feeLessReferral' : 'waterfall.why.fee', { feeCents: step.ownFeeCents + step.referralCents }), step.ownFeeCents, null, step.ownFeeCents),
      line({ text: say.say('waterfall.state'), detail: say.say('waterfall.netVat') }, say.say(step.netVatCents < 0 ? 'waterfall.why.vatAdvanced' : 'waterfall.why.vat', { vatDueCents: step.vatDueCents }), null, step.netVatCents, step.netVatCents),
    ];
    return [
      { kind: 'table', caption: say.say(`waterfall.${payment.kind === 'transfer' ? 'payment' : payment.kind}`, { index: index + 1, amountCents: step.amountCents, on: payment.receivedOn.toISOString(), reference: payment.reference }), head: ['who', 'why', 'exclTax', 'vat', 'total', 'standing'].map((name) => say.say(`waterfall.head.${name}`)), numeric: [2, 3, 4], rows, empty: '' },
      ...(payment.kind === 'credit_note' ? [] : [check({ say }, step, posted.get(payment.id))]),
    ];
  });
}

/** The sum written out, and whether the ledger holds the same. */
function check({ say }: Pick<Asked, 'say'>, step: WaterfallStep, ledger: { receivedCents: number; differenceCents: number; vatCents: number; referralCents: number } | undefined): Block {
  const parts = { membersCents: sum(step.members.map(({ cents }) => cents)), ownFeeCents: step.ownFeeCents, referralCents: step.referralCents, netVatCents: step.netVatCents, amountCents: step.amountCents };
  const same = ledger !== undefined && ledger.differenceCents === 0 && ledger.receivedCents === step.amountCents && ledger.vatCents === step.vatDueCents && ledger.referralCents === step.referralCents;
  return step.differenceCents === 0 && same
    ? { kind: 'text', tone: 'good', text: say.say('waterfall.balanced', parts) }
    : { kind: 'text', tone: 'bad', text: say.say(step.differenceCents === 0 ? 'waterfall.ledgerDiffers' : 'waterfall.unbalanced', { ...parts, differenceCents: step.differenceCents }) };
}

/** What the ledger holds of each payment, by its id. */
async function postedBy(db: Db, paymentIds: readonly string[]): Promise<Map<string, { receivedCents: number; differenceCents: number; vatCents: number; referralCents: number }>> {
  const entries = await db.ledgerEntry.findMany({ where: { key: { in: paymentIds.map((id) => `payment/${id}`) } }, include: { lines: true } });
  return new Map(entries.map(({ key, lines }) => {
    const on = (account: string): number => sum(lines.filter((line) => line.account === account).map(({ debitCents, creditCents }) => creditCents - debitCents));
    return [key.replace('payment/', ''), {
      receivedCents: on('client_receivable'), vatCents: on('vat_collected'), referralCents: on('referral_payable'),
      differenceCents: sum(lines.map(({ debitCents }) => debitCents)) - sum(lines.map(({ creditCents }) => creditCents)),
    }];
  }));
}
