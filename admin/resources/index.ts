import type { ActionContext, ActionRequest } from 'adminjs';
import type { Deps } from '../../deps.ts';
import { documentFor } from '../../documents/read.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { mailLifecycle } from '../../domain/lifecycle/mail.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { settleMail, type MailDecision } from '../../mail/settle.ts';
import type { Staff } from '../actions/console-step.ts';
import { memberActions } from '../actions/member-actions.ts';
import { clientInvoiceActions, memberInvoiceActions } from '../actions/money-actions.ts';
import { projectActions } from '../actions/project-actions.ts';
import { quoteActions } from '../actions/quote-actions.ts';
import { components } from '../components.ts';
import { mailStory } from '../story/mail-story.ts';
import { projectStory } from '../story/project-story.ts';
import { localeAsked, speaker, type Speaker } from '../text.ts';
import { adminResource, type ConsoleResource } from './resource.ts';
import { shownAs } from './shown.ts';

/** Every object of the domain, in the order of the menu (S2). */
export function consoleResources(deps: Deps) {
  return resources(deps).map((one) => adminResource(deps, one));
}

function resources(deps: Deps): ConsoleResource[] {
  const { show: _show, ...projectLists } = shownAs('project', ['budgetCents']);
  return [
    {
      model: 'Project', menu: 'work', list: ['ref', 'title', 'stage', 'company', 'accountManager', 'nextDeadlineAt'],
      filter: ['ref', 'title', 'stage', 'company', 'accountManager', 'nextDeadlineAt', 'createdAt'], steps: projectActions,
      options: {
        titleProperty: 'title',
        actions: {
          ...projectLists,
          show: storyAction(deps, projectStory),
        } as never,
      },
    },
    {
      model: 'QuoteRound', menu: 'work', list: ['ref', 'project', 'state', 'deadlineAt', 'escalatedAt'], filter: ['ref', 'state', 'deadlineAt', 'project'],
      show: ['ref', 'project', 'number', 'purpose', 'state', 'clockStartedAt', 'deadlineAt', 'escalatedAt', 'sentAt', 'answeredAt'], steps: quoteActions,
      options: { titleProperty: 'ref', actions: shownAs('quoteRound') as never },
    },
    {
      model: 'MemberQuote', menu: 'work', list: ['round', 'member', 'version', 'state', 'totalCents', 'createdAt'],
      show: ['round', 'member', 'version', 'state', 'totalCents', 'optionsCents', 'discountCents', 'acceptedCents', 'conditions', 'paymentSchedule', 'remarks', 'createdAt'],
      options: { actions: shownAs('memberQuote', ['totalCents', 'optionsCents', 'discountCents', 'acceptedCents']) as never },
    },
    {
      model: 'ClientQuote', menu: 'work', list: ['number', 'state', 'totalCents', 'validUntil', 'createdAt'],
      show: ['number', 'round', 'version', 'state', 'membersTotalCents', 'feeCents', 'totalCents', 'vatCents', 'totalWithTaxCents', 'validUntil', 'reason', 'document', 'createdAt', 'answeredAt'],
      options: { titleProperty: 'number', actions: shownAs('clientQuote', ['membersTotalCents', 'feeCents', 'totalCents', 'vatCents', 'totalWithTaxCents']) as never },
    },
    {
      model: 'Application', menu: 'work', list: ['project', 'leadId', 'state', 'createdAt'], show: ['project', 'message', 'state', 'answer', 'createdAt', 'decidedAt'],
      options: { actions: shownAs('application') as never },
    },
    {
      model: 'Company', menu: 'people', list: ['name', 'siren', 'city', 'country', 'createdAt'], editable: true,
      edit: ['name', 'siren', 'vatNumber', 'vatTreatment', 'address', 'postcode', 'city', 'country', 'paymentTermDays', 'orderNumberRequired'], options: { titleProperty: 'name' },
    },
    { model: 'ClientUser', menu: 'people', list: ['name', 'email', 'company', 'role', 'billingContact'], editable: true, edit: ['name', 'phone', 'role', 'billingContact', 'locale'], options: { titleProperty: 'name' } },
    {
      model: 'Member', menu: 'people', list: ['name', 'headline', 'city', 'structure', 'state', 'dayRateCents'],
      show: ['name', 'email', 'structure', 'state', 'headline', 'presentation', 'candidature', 'city', 'skills', 'dayRateCents', 'recommendedBy', 'decisionReason', 'createdAt', 'decidedAt'],
      steps: memberActions, options: { titleProperty: 'name', actions: shownAs('membership', ['dayRateCents']) as never },
    },
    {
      model: 'BillingEntity', menu: 'people', list: ['legalName', 'member', 'siret', 'vatRegime', 'ibanLast4'],
      show: ['legalName', 'member', 'legalForm', 'siret', 'vatNumber', 'vatRegime', 'address', 'postcode', 'city', 'country', 'ibanLast4', 'bic', 'mandateAcceptedAt', 'mandateTextSha256', 'mandateText'],
      options: { titleProperty: 'legalName' },
    },
    { model: 'MemberDocument', menu: 'people', list: ['member', 'kind', 'state', 'expiresOn', 'createdAt'], options: { titleProperty: 'fileName', actions: shownAs('memberDocument') as never } },
    {
      model: 'MemberInvoice', menu: 'money', list: ['ref', 'number', 'member', 'state', 'amountCents', 'windowEndsAt', 'legalDueAt'],
      show: ['ref', 'number', 'project', 'member', 'kind', 'state', 'amountCents', 'vatCents', 'totalCents', 'feeCents', 'windowEndsAt', 'anomaly', 'resolution', 'finalAt', 'legalDueAt', 'clientInvoice', 'document', 'createdAt'],
      steps: memberInvoiceActions, options: { titleProperty: 'ref', actions: shownAs('memberInvoice', ['amountCents', 'vatCents', 'totalCents', 'feeCents']) as never },
    },
    {
      model: 'ClientInvoice', menu: 'money', list: ['number', 'project', 'state', 'totalCents', 'paidCents', 'dueAt', 'dunningLevel'],
      show: ['ref', 'number', 'project', 'kind', 'state', 'membersCents', 'feeCents', 'vatCents', 'totalCents', 'paidCents', 'issuedAt', 'dueAt', 'paidAt', 'dunningLevel', 'dunningPaused', 'dunningPauseReason', 'interestCents', 'indemnityCents', 'declaredAt', 'declaredReference', 'document'],
      steps: clientInvoiceActions, options: { titleProperty: 'ref', actions: shownAs('clientInvoice', ['membersCents', 'feeCents', 'vatCents', 'totalCents', 'paidCents', 'interestCents', 'indemnityCents']) as never },
    },
    { model: 'Payment', menu: 'money', list: ['reference', 'clientInvoice', 'amountCents', 'receivedOn', 'recordedBy'], options: { titleProperty: 'reference', actions: shownAs(null, ['amountCents']) as never } },
    { model: 'Payout', menu: 'money', list: ['member', 'kind', 'amountCents', 'state', 'createdAt', 'sentAt'], options: { actions: shownAs('payout', ['amountCents']) as never } },
    { model: 'Referral', menu: 'money', list: ['member', 'project', 'level', 'rateBp', 'createdAt'], editable: false },
    { model: 'LedgerEntry', menu: 'money', list: ['what', 'project', 'postedAt'], sortBy: 'postedAt' },
    { model: 'LedgerLine', menu: 'money', list: ['entry', 'account', 'party', 'debitCents', 'creditCents'], sortBy: 'id', options: { actions: shownAs(null, ['debitCents', 'creditCents']) as never } },
    { model: 'Staff', menu: 'settings', list: ['name', 'email', 'role', 'active'], show: ['name', 'handle', 'email', 'role', 'phone', 'active'], options: { titleProperty: 'name' } },
    { model: 'Theme', menu: 'settings', list: ['nameFr', 'nameEn', 'slug', 'position', 'retiredAt'], sortBy: 'position', options: { titleProperty: 'nameFr' } },
    { model: 'SpecialFeeRate', menu: 'settings', list: ['company', 'rateBp', 'from', 'until', 'reason', 'createdBy', 'endedBy'] },
    { model: 'Setting', menu: 'settings', list: ['key', 'effectiveFrom', 'changedBy', 'reason'], show: ['key', 'value', 'effectiveFrom', 'reason', 'changedBy', 'createdAt', 'cancelledAt', 'cancelledBy'] },
    {
      model: 'Mail', menu: 'trail', list: ['subject', 'toName', 'template', 'state', 'createdAt', 'sentAt'], filter: ['subject', 'toEmail', 'template', 'state', 'createdAt'],
      show: ['subject', 'toName', 'toEmail', 'template', 'state', 'problem', 'attempts', 'messageId', 'createdAt', 'sentAt', 'text'],
      options: { titleProperty: 'subject', actions: { ...shownAs('mail'), show: storyAction(deps, mailStory), ...mailActions(deps) } as never },
    },
    {
      model: 'Document', menu: 'trail', list: ['title', 'kind', 'sha256', 'createdAt'],
      options: {
        titleProperty: 'title',
        actions: {
          show: {
            component: components.documentPage,
            handler: async (_request: ActionRequest, _response: unknown, { record, currentAdmin }: ActionContext) => {
              if (!record) throw new Problem('not_found', 'no such document');
              const { title, html, sha256 } = await documentFor(deps.db, record.id());
              return { record: record.toJSON(currentAdmin), shown: { title, html, mark: `SHA-256 ${sha256}` } };
            },
          },
        } as never,
      },
    },
    { model: 'Submission', menu: 'trail', list: ['step', 'subject', 'actorKind', 'state', 'problem', 'createdAt'], show: ['step', 'subject', 'actorKind', 'state', 'problem', 'attempt', 'createdAt', 'doneAt'], options: { actions: shownAs('submission') as never } },
    { model: 'AuditEvent', menu: 'trail', list: ['at', 'action', 'subject', 'actorName', 'project'], sortBy: 'at' },
  ];
}

/** A record's page, drawn from its story. */
function storyAction(deps: Deps, story: (deps: Deps, id: string, say: Speaker) => Promise<unknown>) {
  return {
    component: components.recordPage,
    handler: async (request: ActionRequest, _response: unknown, { record, currentAdmin }: ActionContext) => {
      if (!record) throw new Problem('not_found', 'no such record');
      return { record: record.toJSON(currentAdmin), page: await story(deps, record.id(), speaker(localeAsked(request))) };
    },
  };
}

/** W4: what staff decide of a mail in doubt or refused. */
function mailActions(deps: Deps) {
  const permitted = (decision: MailDecision) => ({ record, currentAdmin }: ActionContext): boolean =>
    mayDo((currentAdmin as unknown as Staff | undefined)?.role ?? '', decision) && (!record || allows(mailLifecycle, String(record.params.state), decision));
  const decide = (decision: MailDecision, icon: string) => ({
    name: decision, actionType: 'record', icon, component: false, guard: `guard.${decision}`, isVisible: permitted(decision),
    isAccessible: ({ currentAdmin }: ActionContext) => mayDo((currentAdmin as unknown as Staff | undefined)?.role ?? '', decision),
    handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
      const say = speaker(localeAsked(request));
      const staff = context.currentAdmin as unknown as Staff;
      if (!context.record) throw new Problem('not_found', 'no such mail');
      try {
        await settleMail(deps.db, context.record.id(), decision, { kind: 'staff', id: staff.id, name: staff.name }, Date.now());
      } catch (cause) {
        if (!(cause instanceof Problem)) throw cause;
        return { record: context.record.toJSON(context.currentAdmin), notice: { message: say.problem(cause), type: 'error' } };
      }
      const fresh = await context.resource.findOne(context.record.id());
      return { record: (fresh ?? context.record).toJSON(context.currentAdmin), notice: { message: say.say('done'), type: 'success' } };
    },
  });
  return { sendAgain: decide('sendAgain', 'RefreshCw'), markSent: decide('markSent', 'Check'), drop: decide('drop', 'Trash2') };
}
