import type { Deps } from '../../deps.ts';
import { accountOf, accounted } from '../../database/invoice-account.ts';
import { clientCreditOf } from '../../database/client-credit.ts';
import { leftOnAccount, standing } from '../../domain/invoice-account.ts';
import { leftToPay } from '../../domain/left-to-pay.ts';
import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { typedAmount } from '../../domain/money-text.ts';
import { sum } from '../../domain/money.ts';
import * as steps from '../../steps/correction-steps.ts';
import { correctionSubject, startInvoiceCorrection } from '../../steps/start-invoice-correction.ts';
import type { Step } from '../../steps/step.ts';
import type { Speaker } from '../text.ts';
import type { ConsoleStep, Field, ShownTable } from './console-step.ts';

const today = (): string => new Date().toISOString().slice(0, 10);
const reason: Field = { name: 'reason', kind: 'long', required: true };
const reference: Field = { name: 'reference', kind: 'text', required: true };

/** I12: credit notes, losses, payments taken back, the client's credit, what members give back. */
export const correctionActions: readonly ConsoleStep[] = [
  {
    ...correction(steps.creditInvoice, 'Scissors', async (deps, id, say) => {
      const { parts, invoice } = await partsOf(deps, id);
      return [
        {
          name: 'memberInvoiceIds', kind: 'choices', required: true, value: parts.map((part) => part.id),
          options: parts.map((part) => ({ value: part.id, label: `${invoice.memberInvoices.find((one) => one.id === part.id)?.member.name ?? ''} — ${say.money(part.amountCents)}` })),
        },
        { name: 'amount', kind: 'amount', required: true, value: typedAmount(sum(parts.map(({ amountCents }) => amountCents))) },
        givesBack(say), reason,
      ];
    }, breakdown),
    payloadOf: readGivesBack,
  },
  { ...correction(steps.cancelClientInvoice, 'XCircle', (_deps, _id, say) => Promise.resolve([givesBack(say), reason]), breakdown), payloadOf: readGivesBack },
  correction(steps.writeOff, 'TrendingDown', () => Promise.resolve([reason]), breakdown),
  { ...correction(steps.reviveDebt, 'RotateCcw', () => Promise.resolve([reason])), onlyFor: (params) => Number(params.writtenOffCents) > 0 },
  {
    ...correction(steps.takeBackPayment, 'CornerUpLeft', async (deps, id, say) => {
      const payments = await deps.db.payment.findMany({ where: { clientInvoiceId: id, kind: { in: ['transfer', 'client_credit'] }, takenBack: null }, orderBy: { receivedOn: 'desc' } });
      return [
        { name: 'paymentId', kind: 'choice', required: true, value: payments[0]?.id ?? '', options: payments.map((one) => ({ value: one.id, label: `${say.day(one.receivedOn)} — ${say.money(one.amountCents + one.excessCents)} — ${one.reference}` })) },
        { name: 'takenBackOn', kind: 'date', required: true, value: today() }, reason,
      ];
    }),
  },
  correction(steps.useClientCredit, 'Gift', async (deps, id) => {
    const { cents, left } = await creditFor(deps, id);
    return [{ name: 'amount', kind: 'amount', required: true, value: typedAmount(Math.min(cents, left)) }];
  }, async (deps, id, say) => {
    const { cents, left } = await creditFor(deps, id);
    return [{ title: say.say('clientCredit'), rows: [[say.say('clientCredit.available'), say.money(cents)], [say.say('clientCredit.left'), say.money(left)]] }];
  }),
  {
    ...correction(steps.refundClient, 'CornerDownLeft', async (deps, id) => {
      const { keptCents } = await deps.db.clientInvoice.findUniqueOrThrow({ where: { id }, select: { keptCents: true } });
      return [{ name: 'amount', kind: 'amount', required: true, value: typedAmount(keptCents) }, { name: 'refundedOn', kind: 'date', required: true, value: today() }, reference, reason];
    }),
    onlyFor: (params) => Number(params.keptCents) > 0,
  },
  correction(steps.recordRecovery, 'Download', async (deps, id, say) => {
    const payouts = await deps.db.payout.findMany({ where: { state: 'to_recover', payment: { clientInvoiceId: id } }, include: { member: { select: { name: true } } }, orderBy: { createdAt: 'asc' } });
    return [
      { name: 'payoutId', kind: 'choice', required: true, value: payouts[0]?.id ?? '', options: payouts.map((one) => ({ value: one.id, label: `${one.member.name} — ${say.money(-one.amountCents)}` })) },
      { name: 'recoveredOn', kind: 'date', required: true, value: today() }, reference,
    ];
  }),
];

function correction(step: Step<never> | Step<unknown>, icon: string, fields: ConsoleStep['fields'], tables?: ConsoleStep['tables']): ConsoleStep {
  return {
    step, icon, fields, tables, readsAmounts: true, stateField: 'state', lifecycle: clientInvoiceLifecycle,
    subject: (params, key) => correctionSubject(params.ref ?? '', key),
    begin: (deps, params, key) => startInvoiceCorrection({ ...deps, taskQueue: deps.config.taskQueue }, { clientInvoiceId: params.id ?? '', ref: params.ref ?? '' }, key),
  };
}

const givesBack = (say: Speaker): Field => ({ name: 'givesBack', kind: 'choice', required: true, value: 'no', options: ['no', 'yes'].map((value) => ({ value, label: say.say(`givesBack.${value}`) })) });
function readGivesBack(values: Record<string, unknown>): Record<string, unknown> {
  return { ...values, givesBack: values.givesBack === 'yes' };
}

async function partsOf(deps: Deps, id: string) {
  const invoice = await deps.db.clientInvoice.findUniqueOrThrow({ where: { id }, include: accounted });
  const account = accountOf(invoice);
  return { invoice, account, parts: standing(account).parts.filter(({ amountCents }) => amountCents > 0) };
}

/** What stands of the invoice, before it is said to be taken back or given up. */
async function breakdown(deps: Deps, id: string, say: Speaker): Promise<ShownTable[]> {
  const { invoice, account, parts } = await partsOf(deps, id);
  const { feeCents, vatCents, totalCents } = standing(account);
  return [{
    title: say.say('breakdown'), total: true,
    rows: [
      ...parts.map((part) => [invoice.memberInvoices.find((one) => one.id === part.id)?.member.name ?? '', say.money(part.amountCents)]),
      [say.say('breakdown.fee'), say.money(feeCents)], [say.say('breakdown.vat'), say.money(vatCents)], [say.say('breakdown.paid'), say.money(account.paidCents)],
      [say.say('breakdown.left'), `${say.money(leftOnAccount(account))} / ${say.money(totalCents)}`],
    ],
  }];
}

async function creditFor(deps: Deps, id: string): Promise<{ cents: number; left: number }> {
  const invoice = await deps.db.clientInvoice.findUniqueOrThrow({ where: { id }, include: { project: { select: { companyId: true } } } });
  return { cents: (await clientCreditOf(deps.db, invoice.project.companyId)).cents, left: leftToPay(invoice) };
}
