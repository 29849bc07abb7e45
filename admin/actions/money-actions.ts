import { leftToPay } from '../../domain/left-to-pay.ts';
import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { moveDeadline } from '../../steps/deadline-steps.ts';
import { typedAmount } from '../../domain/money-text.ts';
import * as steps from '../../steps/invoice-steps.ts';
import type { Step } from '../../steps/step.ts';
import { correctionActions } from './correction-actions.ts';
import { deadlineFields } from './deadline-fields.ts';
import type { ConsoleStep, Field } from './console-step.ts';

const today = (): string => new Date().toISOString().slice(0, 10);
const reason: Field = { name: 'reason', kind: 'long', required: true };

/** I2: anomalies, and an invoice to cancel. */
export const memberInvoiceActions: readonly ConsoleStep[] = [
  memberInvoice(steps.resolveAnomaly, 'Check', async (deps, id) => {
    const invoice = await deps.db.memberInvoice.findUniqueOrThrow({ where: { id } });
    return [{ name: 'amount', kind: 'amount', required: true, value: typedAmount(invoice.amountCents) }, { name: 'resolution', kind: 'long', required: true }];
  }),
  memberInvoice(moveDeadline, 'Clock', deadlineFields(['extend', 'restart'])),
  memberInvoice(steps.cancelInvoice, 'X', () => Promise.resolve([reason])),
];

/** I6, I7: payments, dunning, payouts. */
export const clientInvoiceActions: readonly ConsoleStep[] = [
  { ...clientInvoice(steps.recordPayment, 'DollarSign', async (deps, id, say) => {
    const invoice = await deps.db.clientInvoice.findUniqueOrThrow({ where: { id } });
    return [
      { name: 'amount', kind: 'amount', required: true, value: typedAmount(leftToPay(invoice)) }, { name: 'receivedOn', kind: 'date', required: true, value: today() },
      { name: 'reference', kind: 'text', required: true, value: invoice.declaredReference ?? '' },
      { name: 'excess', kind: 'choice', required: true, value: 'refuse', options: ['refuse', 'keep'].map((value) => ({ value, label: say.say(`excess.${value}`) })) },
    ];
  }), payloadOf: ({ excess, ...values }) => ({ ...values, keepExcess: excess === 'keep' }) },
  clientInvoice(steps.sendPayout, 'Send', async (deps, id, say) => {
    const payouts = await deps.db.payout.findMany({ where: { state: 'to_send', payment: { clientInvoiceId: id } }, include: { member: { include: { billing: true } } } });
    return [{
      name: 'payoutIds', kind: 'choices', required: true, value: payouts.map((payout) => payout.id),
      options: payouts.map((payout) => ({ value: payout.id, label: `${payout.member.name} — ${say.money(payout.amountCents)}${payout.member.billing ? ` — •••• ${payout.member.billing.ibanLast4}` : ''}` })),
    }];
  }),
  {
    ...clientInvoice(steps.settleDispute, 'MessageCircle', () => Promise.resolve([{ name: 'answer', kind: 'long', required: true }]), async (deps, id, say) => {
      const { disputedAt, disputeReason, disputedById } = await deps.db.clientInvoice.findUniqueOrThrow({ where: { id } });
      const asker = await deps.db.clientUser.findUnique({ where: { id: disputedById ?? '' }, select: { name: true } });
      return [{ title: say.say('dispute'), rows: [[asker?.name ?? '', say.day(disputedAt), disputeReason ?? '']] }];
    }),
    onlyFor: (params) => Boolean(params.disputedAt) && !params.disputeSettledAt,
  },
  { ...clientInvoice(steps.chaseNow, 'Bell', () => Promise.resolve([])), onlyFor: ({ dunningPaused }) => !dunningPaused },
  clientInvoice(steps.pauseDunning, 'Pause', () => Promise.resolve([reason])),
  clientInvoice(steps.resumeDunning, 'Play', () => Promise.resolve([{ ...reason, required: false }])),
  ...correctionActions,
];

function memberInvoice(step: Step<never> | Step<unknown>, icon: string, fields: ConsoleStep['fields']): ConsoleStep {
  return { step: step, icon, fields, readsAmounts: true, stateField: 'state', lifecycle: memberInvoiceLifecycle, subject: (params) => `member-invoice/${params.ref}` };
}

function clientInvoice(step: Step<never> | Step<unknown>, icon: string, fields: ConsoleStep['fields'], tables?: ConsoleStep['tables']): ConsoleStep {
  return { step: step, icon, fields, tables, readsAmounts: true, stateField: 'state', lifecycle: clientInvoiceLifecycle, subject: (params) => `client-invoice/${params.ref}` };
}
