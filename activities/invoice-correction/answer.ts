import { recordEvent, type By } from '../../database/audit.ts';
import type { Tx } from '../../database/open.ts';
import { applySubmission } from '../../database/submission.ts';
import { alarmsOf } from '../../domain/dunning-schedule.ts';
import { legalDueAlarms } from '../../domain/legal-due.ts';
import { clientInvoiceLifecycle, type ClientInvoiceAction, type ClientInvoiceState } from '../../domain/lifecycle/client-invoice.ts';
import { allows, isOver } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { Problem } from '../../domain/problem.ts';
import type { PayloadOf, Step } from '../../steps/step.ts';
import type { ClientInvoiceInput, StandingInvoice } from '../../workflows/messages.ts';
import type { ActivityDeps } from '../deps.ts';
import { openInvoiceDeed, type InvoiceDeed } from '../invoice-deed.ts';
import { settleInvoice } from '../send-payouts.ts';

export interface CorrectionInput { readonly clientInvoiceId: string; readonly submissionId: string; readonly at: number }

/** An invoice whose workflow must hear where it stands, with what would begin that workflow again. */
export interface CorrectedInvoice {
  readonly input: Omit<ClientInvoiceInput, 'resumed'>;
  readonly standing: StandingInvoice;
  /** The member's invoice by which the project takes amounts again, if it had settled. */
  readonly reopensInvoicing: string | null;
}

export interface CorrectionAnswer {
  readonly state: ClientInvoiceState;
  readonly mailIds: readonly string[];
  readonly corrected: readonly CorrectedInvoice[];
}

/** What a correction moved besides its invoice. */
export interface Corrected { readonly reopensInvoicing?: string | null }

/** One correction a person asks: checked against the lifecycle, applied once, written to the trail. */
export function correctionStep<S extends Step<unknown>>(deps: ActivityDeps, definition: S, apply: (deed: InvoiceDeed, by: By, payload: PayloadOf<S>) => Promise<Corrected | void>) {
  return (input: CorrectionInput): Promise<CorrectionAnswer> =>
    applySubmission(deps.db, definition, input.submissionId, input.at, async (tx, { id, by, payload }) => {
      const deed = await openInvoiceDeed(tx, deps, input.clientInvoiceId, `submission/${id}`, input.at);
      const { invoice, project } = deed;
      const action = definition.name as ClientInvoiceAction;
      if (!allows(clientInvoiceLifecycle, invoice.state, action)) throw new Problem('stage_changed', `${invoice.ref} is ${invoice.state}: ${action} is not possible`, { stage: invoice.state });
      const moved = (await apply(deed, by, payload)) ?? {};
      await recordEvent(tx, { by, action: `clientInvoice.${action}`, subject: invoice.number ?? invoice.ref, projectId: project.id, data: { reason: (payload as { reason?: string }).reason ?? '' }, at: input.at });
      const corrected = await correctedInvoice(tx, deed, moved);
      return { state: corrected.standing.state, mailIds: deed.letters.mailIds, corrected: [corrected] };
    });
}

/** Settles what can be settled, and says where the invoice stands. */
export async function correctedInvoice(tx: Tx, { project, terms, invoice: { id } }: InvoiceDeed, { reopensInvoicing = null }: Corrected = {}): Promise<CorrectedInvoice> {
  const { payoutsToSend } = await settleInvoice(tx, id);
  const invoice = await tx.clientInvoice.findUniqueOrThrow({ where: { id }, include: { memberInvoices: true } });
  return {
    reopensInvoicing,
    input: {
      clientInvoiceId: id, ref: invoice.ref, projectId: project.id, projectRef: project.ref, terms, openWindows: 0, clientHandle: project.company.handle, managerHandle: project.accountManager?.handle ?? '',
    },
    standing: {
      state: invoice.state as ClientInvoiceState, dueAt: invoice.dueAt?.getTime() ?? null, payoutsToSend, dunning: alarmsOf(invoice, terms), wave: invoice.reopened, projectOver: isOver(projectLifecycle, project.stage),
      legalDue: legalDueAlarms(invoice.memberInvoices.flatMap(({ id: own, finalAt, legalDueAt }) => (finalAt && legalDueAt ? [{ id: own, finalAt: finalAt.getTime(), legalDueAt: legalDueAt.getTime() }] : []))),
    },
  };
}
