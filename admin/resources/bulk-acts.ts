import { allows, type Lifecycle } from '../../domain/lifecycle/lifecycle.ts';
import { mailLifecycle } from '../../domain/lifecycle/mail.ts';
import type { MailDecision } from '../../mail/settle.ts';
import { clientInvoiceActions } from '../actions/money-actions.ts';
import { memberActions } from '../actions/member-actions.ts';
import { quoteActions } from '../actions/quote-actions.ts';
import { projectActions } from '../actions/project-actions.ts';
import type { ConsoleStep } from '../actions/console-step.ts';
import type { Values } from './rows.ts';

/** What may be done to several records at once (S2): a step of their lifecycle, or what is decided of an e-mail. */
export interface BulkAct {
  readonly name: string;
  readonly model: string;
  /** Columns read to tell what will happen. */
  readonly reads: readonly string[];
  readonly does: { readonly kind: 'step'; readonly step: ConsoleStep } | { readonly kind: 'mail'; readonly decision: MailDecision };
  /** Of the step's own fields, those asked once for all. */
  readonly fields: readonly string[];
  /** Why this one is left out: a key of locales/…/console/lists.json, or null. */
  readonly skips: (row: Values) => string | null;
}

const offered: readonly BulkAct[] = [
  step('Project', projectActions, 'assignManager', { reads: ['stage'], fields: ['accountManagerId'] }),
  step('Project', projectActions, 'publish', { reads: ['stage'], fields: [] }),
  step('Project', projectActions, 'startCasting', { reads: ['stage'], fields: [] }),
  step('Project', projectActions, 'remindNow', { reads: ['stage'], fields: [] }),
  step('Project', projectActions, 'remindInvited', { reads: ['stage'], fields: [] }),
  step('QuoteRound', quoteActions, 'remindNow', { reads: ['state'], fields: [] }),
  step('ClientInvoice', clientInvoiceActions, 'chaseNow', { reads: ['state', 'dunningPaused'], fields: [], also: ({ dunningPaused }) => (dunningPaused ? 'bulk.skip.paused' : null) }),
  step('ClientInvoice', clientInvoiceActions, 'pauseDunning', { reads: ['state', 'dunningPaused'], fields: ['reason'], also: ({ dunningPaused }) => (dunningPaused ? 'bulk.skip.paused' : null) }),
  step('ClientInvoice', clientInvoiceActions, 'resumeDunning', { reads: ['state', 'dunningPaused', 'disputedAt', 'disputeSettledAt'], fields: ['reason'], also: ({ dunningPaused, disputedAt, disputeSettledAt }) => (!dunningPaused ? 'bulk.skip.notPaused' : disputedAt && !disputeSettledAt ? 'bulk.skip.disputed' : null) }),
  document('refuseDocument'),
  mail('sendAgain'), mail('markSent'), mail('drop'),
];

export const bulkActsOf = (model: string): readonly BulkAct[] => offered.filter((one) => one.model === model);

function step(model: string, steps: readonly ConsoleStep[], name: string, more: { reads: readonly string[]; fields: readonly string[]; also?: (row: Values) => string | null }): BulkAct {
  const found = stepNamed(steps, name);
  return { name, model, reads: more.reads, fields: more.fields, does: { kind: 'step', step: found }, skips: (row) => stateSkip(found.lifecycle, String(row[found.stateField]), name) ?? more.also?.(row) ?? null };
}

/** Refusing several documents for one same reason; accepting asks to read each one. */
function document(name: 'refuseDocument'): BulkAct {
  return { name, model: 'MemberDocument', reads: ['state', 'memberId'], fields: ['reason'], does: { kind: 'step', step: stepNamed(memberActions, name) }, skips: ({ state }) => (state === 'to_check' ? null : 'bulk.skip.state') };
}

function mail(decision: MailDecision): BulkAct {
  return { name: decision, model: 'Mail', reads: ['state'], fields: [], does: { kind: 'mail', decision }, skips: ({ state }) => stateSkip(mailLifecycle, String(state), decision) };
}

const stateSkip = (lifecycle: Lifecycle<string, string>, state: string, name: string): string | null => (allows(lifecycle, state, name) ? null : 'bulk.skip.state');

function stepNamed(steps: readonly ConsoleStep[], name: string): ConsoleStep {
  const found = steps.find(({ step: { name: one } }) => one === name);
  if (!found) throw new Error(`no step ${name}`);
  return found;
}
