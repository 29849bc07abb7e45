import { leftToPay } from '../../../domain/left-to-pay.ts';
import { allows } from '../../../domain/lifecycle/lifecycle.ts';
import { clientInvoiceLifecycle } from '../../../domain/lifecycle/client-invoice.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import { pauseDunning, resumeDunning } from '../../../steps/invoice-steps.ts';
import { perform } from '../../../steps/perform.ts';
import type { Step } from '../../../steps/step.ts';
import type { Block } from '../blocks.ts';
import { financeNavigation } from '../finance/navigation.ts';
import type { Asked, Done, PageAct } from '../page.ts';

/** @throws Problem `not_found` */
async function invoiceOf({ deps: { db } }: Asked, ref: string) {
  const invoice = await db.clientInvoice.findUnique({ where: { ref }, include: { project: { include: { company: true } } } });
  if (!invoice) throw new Problem('not_found', `no client invoice ${ref}`);
  return invoice;
}

/** I6: holding reminders back while something is disputed, with the reason. */
export async function pauseBlocks(asked: Asked): Promise<Block[]> {
  const { say, staff, query } = asked;
  const invoice = await invoiceOf(asked, query.pause ?? '');
  const words = { number: invoice.number ?? invoice.ref, client: invoice.project.company.name, leftCents: leftToPay(invoice) };
  const open = !invoice.dunningPaused && mayDo(staff.role, 'pauseDunning') && allows(clientInvoiceLifecycle, invoice.state, 'pauseDunning');
  return [
    financeNavigation(asked, 'invoicesByAge'),
    { kind: 'heading', text: say.say('invoicesByAge.pauseTitle', words), detail: say.say('invoicesByAge.pauseDetail', words) },
    open
      ? { kind: 'form', method: 'post', act: 'pauseDunning', button: say.say('action.pauseDunning'), consequence: say.say('consequence.pauseDunning'), fields: [{ name: 'reason', kind: 'long', required: true, label: say.say('field.reason'), help: say.say('invoicesByAge.pauseHelp') }, { name: 'ref', kind: 'hidden', label: '', value: invoice.ref }] }
      : { kind: 'text', text: say.say('invoicesByAge.notToPause') },
  ];
}

export const pause: PageAct = (asked) => ask(asked, pauseDunning, { reason: asked.values.reason });
export const resume: PageAct = (asked) => ask(asked, resumeDunning, {});

async function ask(asked: Parameters<PageAct>[0], step: Step<unknown>, payload: object): Promise<Done> {
  const { deps, staff, key, say, values } = asked;
  if (!mayDo(staff.role, step.name)) throw new Problem('not_allowed', `${staff.role} may not ${step.name}`);
  const invoice = await invoiceOf(asked, String(values.ref ?? ''));
  await perform(deps, { step, subject: `client-invoice/${invoice.ref}`, person: { kind: 'staff', id: staff.id }, key, payload, context: {} });
  return { message: say.say(`invoicesByAge.done.${step.name}`, { number: invoice.number ?? invoice.ref }), redirect: '/console/pages/invoicesByAge' };
}
