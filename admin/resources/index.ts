import type { ActionContext, ActionRequest } from 'adminjs';
import type { Deps } from '../../deps.ts';
import { documentFor } from '../../documents/read.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { mailLifecycle } from '../../domain/lifecycle/mail.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo, mayReadFile } from '../../domain/roles.ts';
import { settleMail, type MailDecision } from '../../mail/settle.ts';
import type { Staff } from '../actions/console-step.ts';
import { memberActions } from '../actions/member-actions.ts';
import { clientInvoiceActions, memberInvoiceActions } from '../actions/money-actions.ts';
import { projectActions } from '../actions/project-actions.ts';
import { quoteActions } from '../actions/quote-actions.ts';
import { components } from '../components.ts';
import { documentFilePath } from '../document-file.ts';
import { mailStory } from '../story/mail-story.ts';
import { projectStory } from '../story/project-story.ts';
import { localeAsked, speaker, type Speaker } from '../text.ts';
import { adminResource, type ConsoleResource } from './resource.ts';

/** Every object of the domain, in the order of the menu (S2). */
export function consoleResources(deps: Deps) {
  return resources(deps).map((one) => adminResource(deps, one));
}

/** The same, before AdminJS: what each list offers. */
export function resources(deps: Deps): ConsoleResource[] {
  return [
    {
      model: 'Project', menu: 'work', list: ['ref', 'title', 'stage', 'company', 'accountManager', 'budgetCents', 'nextDeadlineAt', 'createdAt'],
      filter: ['title', 'ref', 'stage', 'company', 'accountManager', 'nextDeadlineAt', 'budgetCents', 'createdAt'], sort: ['ref', 'title', 'budgetCents', 'nextDeadlineAt', 'createdAt'], steps: projectActions,
      options: {
        titleProperty: 'title',
        actions: {
          show: storyAction(deps, projectStory),
        } as never,
      },
    },
    {
      model: 'QuoteRound', menu: 'work', list: ['ref', 'project', 'state', 'deadlineAt', 'escalatedAt', 'createdAt'], filter: ['ref', 'state', 'project', 'deadlineAt', 'clockStartedAt', 'createdAt'], sort: ['ref', 'deadlineAt', 'createdAt'],
      show: ['ref', 'project', 'number', 'purpose', 'state', 'clockStartedAt', 'deadlineAt', 'escalatedAt', 'sentAt', 'answeredAt'], steps: quoteActions,
      options: { titleProperty: 'ref' },
    },
    {
      model: 'MemberQuote', menu: 'work', list: ['round', 'member', 'version', 'state', 'totalCents', 'createdAt'], filter: ['state', 'round', 'member', 'totalCents', 'createdAt'], sort: ['totalCents', 'createdAt'],
      show: ['round', 'member', 'version', 'state', 'totalCents', 'optionsCents', 'discountCents', 'acceptedCents', 'conditions', 'paymentSchedule', 'remarks', 'createdAt'],
    },
    {
      model: 'ClientQuote', menu: 'work', list: ['number', 'round', 'state', 'totalCents', 'validUntil', 'createdAt'], filter: ['number', 'state', 'round', 'totalCents', 'validUntil', 'answeredAt', 'createdAt'], sort: ['number', 'totalCents', 'validUntil', 'createdAt'],
      show: ['number', 'round', 'version', 'state', 'membersTotalCents', 'feeCents', 'totalCents', 'vatCents', 'totalWithTaxCents', 'validUntil', 'reason', 'document', 'createdAt', 'answeredAt'],
      options: { titleProperty: 'number' },
    },
    {
      model: 'Application', menu: 'work', list: ['project', 'leadId', 'state', 'createdAt'], filter: ['state', 'project', 'leadId', 'createdAt'], sort: ['createdAt'], show: ['project', 'leadId', 'message', 'state', 'answer', 'createdAt', 'decidedAt'],
    },
    {
      model: 'TeamInvitation', menu: 'work', list: ['application', 'member', 'state', 'times', 'createdAt', 'answeredAt'], filter: ['state', 'member', 'createdAt'], sort: ['createdAt'], show: ['application', 'member', 'state', 'answer', 'times', 'createdAt', 'answeredAt'], editable: false,
    },
    {
      model: 'Lead', menu: 'work', list: ['company', 'member', 'state', 'wishedLevel', 'level', 'createdAt'], filter: ['company', 'state', 'member', 'client', 'wishedLevel', 'createdAt'], sort: ['company', 'createdAt'],
      show: ['company', 'siren', 'member', 'state', 'wishedLevel', 'level', 'contactName', 'contactEmail', 'contactPhone', 'need', 'answer', 'decidedBy', 'decidedAt', 'client', 'createdAt'], editable: false, options: { titleProperty: 'company' },
    },
    { model: 'ProjectShare', menu: 'work', list: ['project', 'member', 'email', 'candidate', 'createdAt'], filter: ['project', 'member', 'email', 'createdAt'], sort: ['createdAt'], show: ['project', 'member', 'email', 'name', 'note', 'candidate', 'createdAt'], editable: false },
    { model: 'Recommendation', menu: 'people', list: ['member', 'email', 'candidate', 'createdAt'], filter: ['member', 'email', 'createdAt'], sort: ['createdAt'], show: ['member', 'email', 'name', 'note', 'candidate', 'createdAt'], editable: false },
    {
      model: 'Company', menu: 'people', list: ['name', 'siren', 'city', 'country', 'createdAt'], show: ['name', 'siren', 'vatNumber', 'vatTreatment', 'address', 'postcode', 'city', 'country', 'paymentTermDays', 'orderNumberRequired', 'createdAt'], filter: ['name', 'siren', 'city', 'createdAt'], sort: ['name', 'createdAt'], editable: true,
      edit: ['name', 'siren', 'vatNumber', 'vatTreatment', 'address', 'postcode', 'city', 'country', 'paymentTermDays', 'orderNumberRequired'], options: { titleProperty: 'name' },
    },
    { model: 'ClientUser', menu: 'people', list: ['name', 'email', 'company', 'role', 'billingContact', 'createdAt'], show: ['name', 'email', 'phone', 'company', 'role', 'billingContact', 'locale', 'confirmedAt', 'createdAt'], filter: ['name', 'email', 'company', 'role', 'createdAt'], sort: ['name', 'email', 'createdAt'], editable: true, edit: ['name', 'phone', 'role', 'billingContact', 'locale'], options: { titleProperty: 'name' } },
    {
      model: 'Member', menu: 'people', list: ['name', 'headline', 'city', 'structure', 'state', 'dayRateCents', 'createdAt'], filter: ['name', 'headline', 'city', 'structure', 'state', 'dayRateCents', 'decidedAt', 'createdAt'], sort: ['name', 'dayRateCents', 'createdAt'],
      show: ['name', 'email', 'structure', 'state', 'headline', 'presentation', 'candidature', 'city', 'skills', 'dayRateCents', 'recommendedBy', 'decisionReason', 'createdAt', 'decidedAt'],
      steps: memberActions, options: { titleProperty: 'name' },
    },
    {
      model: 'BillingEntity', menu: 'people', list: ['legalName', 'member', 'siret', 'vatRegime', 'ibanLast4', 'createdAt'], filter: ['legalName', 'member', 'siret', 'vatRegime'], sort: ['legalName', 'createdAt'],
      show: ['legalName', 'member', 'legalForm', 'siret', 'vatNumber', 'vatRegime', 'address', 'postcode', 'city', 'country', 'ibanLast4', 'bic', 'mandateAcceptedAt', 'mandateTextSha256', 'mandateText'],
      options: { titleProperty: 'legalName' },
    },
    { model: 'MemberDocument', menu: 'people', list: ['fileName', 'member', 'kind', 'state', 'expiresOn', 'createdAt'], show: ['fileName', 'member', 'kind', 'state', 'expiresOn', 'reason', 'createdAt', 'checkedAt'], filter: ['state', 'kind', 'member', 'expiresOn', 'createdAt'], sort: ['expiresOn', 'createdAt'], options: { titleProperty: 'fileName' } },
    {
      model: 'MemberInvoice', menu: 'money', list: ['ref', 'number', 'project', 'member', 'state', 'amountCents', 'windowEndsAt', 'legalDueAt'], filter: ['ref', 'number', 'state', 'project', 'member', 'clientInvoice', 'amountCents', 'windowEndsAt', 'legalDueAt', 'createdAt'], sort: ['ref', 'amountCents', 'windowEndsAt', 'legalDueAt'],
      show: ['ref', 'number', 'project', 'member', 'kind', 'state', 'amountCents', 'vatCents', 'totalCents', 'feeCents', 'creditedCents', 'givenBackCents', 'windowEndsAt', 'anomaly', 'resolution', 'finalAt', 'legalDueAt', 'clientInvoice', 'document', 'createdAt'],
      steps: memberInvoiceActions, options: { titleProperty: 'ref' },
    },
    {
      model: 'ClientInvoice', menu: 'money', list: ['ref', 'number', 'project', 'state', 'totalCents', 'paidCents', 'dueAt', 'dunningLevel'], filter: ['ref', 'number', 'state', 'project', 'totalCents', 'dueAt', 'issuedAt', 'paidAt', 'dunningPaused', 'createdAt'], sort: ['ref', 'number', 'totalCents', 'dueAt'],
      show: ['ref', 'number', 'project', 'kind', 'state', 'membersCents', 'feeCents', 'vatCents', 'totalCents', 'creditedCents', 'writtenOffCents', 'paidCents', 'keptCents', 'issuedAt', 'dueAt', 'reopenedAt', 'paidAt', 'writtenOffAt', 'writeOffReason', 'dunningLevel', 'dunningPaused', 'dunningPauseReason', 'interestCents', 'indemnityCents', 'declaredAt', 'declaredReference', 'orderNumber', 'disputedAt', 'disputeReason', 'disputeAnswer', 'disputeSettledAt', 'document'],
      steps: clientInvoiceActions, options: { titleProperty: 'ref' },
    },
    {
      model: 'CreditNote', menu: 'money', list: ['number', 'clientInvoice', 'totalCents', 'cancels', 'issuedAt', 'issuedBy'], filter: ['number', 'clientInvoice', 'totalCents', 'issuedAt'], sort: ['number', 'totalCents', 'issuedAt'],
      show: ['number', 'clientInvoice', 'reason', 'cancels', 'givesBack', 'membersCents', 'feeCents', 'vatCents', 'totalCents', 'keptCents', 'issuedAt', 'issuedBy', 'document'], options: { titleProperty: 'number' },
    },
    {
      model: 'MemberCreditNote', menu: 'money', list: ['number', 'member', 'memberInvoice', 'totalCents', 'issuedAt'], filter: ['number', 'member', 'memberInvoice', 'issuedAt'], sort: ['number', 'totalCents', 'issuedAt'],
      show: ['number', 'member', 'memberInvoice', 'creditNote', 'amountCents', 'vatCents', 'totalCents', 'feeCents', 'issuedAt', 'document'], options: { titleProperty: 'number' },
    },
    { model: 'ClientCredit', menu: 'money', list: ['company', 'clientInvoice', 'kind', 'amountCents', 'happenedOn', 'createdBy'], show: ['company', 'clientInvoice', 'kind', 'amountCents', 'reference', 'reason', 'happenedOn', 'payment', 'creditNote', 'createdBy', 'createdAt'], filter: ['company', 'clientInvoice', 'kind', 'happenedOn'], sort: ['amountCents', 'happenedOn', 'createdAt'] },
    { model: 'Payment', menu: 'money', list: ['reference', 'clientInvoice', 'kind', 'amountCents', 'receivedOn', 'recordedBy', 'createdAt'], show: ['reference', 'clientInvoice', 'kind', 'amountCents', 'excessCents', 'referralCents', 'receivedOn', 'reason', 'creditNote', 'recordedBy', 'createdAt'], filter: ['reference', 'clientInvoice', 'kind', 'amountCents', 'receivedOn'], sort: ['amountCents', 'receivedOn', 'createdAt'], options: { titleProperty: 'reference' } },
    { model: 'Payout', menu: 'money', list: ['member', 'kind', 'amountCents', 'state', 'createdAt', 'sentAt'], show: ['member', 'kind', 'amountCents', 'state', 'payment', 'memberInvoice', 'referral', 'createdAt', 'sentAt', 'sentBy'], filter: ['state', 'member', 'kind', 'amountCents', 'createdAt', 'sentAt'], sort: ['amountCents', 'createdAt', 'sentAt'] },
    { model: 'DunningLetter', menu: 'money', list: ['reference', 'clientInvoice', 'tone', 'sentAt', 'document'], show: ['reference', 'clientInvoice', 'level', 'tone', 'sentAt', 'document'], filter: ['clientInvoice', 'tone'], sort: ['sentAt'], sortBy: 'sentAt', options: { titleProperty: 'reference' } },
    { model: 'PayoutAdvice', menu: 'money', list: ['reference', 'member', 'totalCents', 'sentAt', 'document'], show: ['reference', 'member', 'payout', 'sending', 'totalCents', 'sentAt', 'document'], filter: ['member'], sort: ['sentAt'], sortBy: 'sentAt', options: { titleProperty: 'reference' } },
    { model: 'Referral', menu: 'money', list: ['member', 'project', 'level', 'rateBp', 'createdAt'], show: ['member', 'project', 'level', 'rateBp', 'lead', 'createdAt'], filter: ['member', 'project', 'level', 'createdAt'], sort: ['createdAt'], editable: false },
    { model: 'LedgerEntry', menu: 'money', list: ['what', 'projectId', 'postedAt'], filter: ['what', 'postedAt'], sort: ['postedAt'], sortBy: 'postedAt' },
    { model: 'LedgerLine', menu: 'money', list: ['entry', 'account', 'party', 'debitCents', 'creditCents'], filter: ['account', 'entry'], sortBy: 'id' },
    { model: 'Staff', menu: 'settings', list: ['name', 'email', 'role', 'team', 'active'], filter: ['name', 'email', 'role', 'active'], sort: ['name', 'email'], sortBy: 'name', show: ['name', 'handle', 'email', 'role', 'team', 'phone', 'active'], options: { titleProperty: 'name' } },
    { model: 'Theme', menu: 'settings', list: ['nameFr', 'nameEn', 'slug', 'position', 'retiredAt'], filter: ['nameFr', 'nameEn'], sort: ['position', 'nameFr', 'nameEn'], sortBy: 'position', options: { titleProperty: 'nameFr' } },
    { model: 'SpecialFeeRate', menu: 'settings', list: ['company', 'rateBp', 'from', 'until', 'reason', 'createdBy', 'endedBy'], filter: ['company', 'from'], sort: ['from'] },
    { model: 'Setting', menu: 'settings', list: ['key', 'effectiveFrom', 'changedBy', 'reason'], filter: ['effectiveFrom'], sort: ['effectiveFrom'], show: ['key', 'value', 'effectiveFrom', 'reason', 'changedBy', 'createdAt', 'cancelledAt', 'cancelledBy'] },
    {
      model: 'Mail', menu: 'trail', list: ['subject', 'toName', 'template', 'state', 'createdAt', 'sentAt'], filter: ['subject', 'toEmail', 'state', 'project', 'createdAt'], sort: ['createdAt', 'sentAt'],
      show: ['subject', 'toName', 'toEmail', 'template', 'state', 'problem', 'attempts', 'messageId', 'createdAt', 'sentAt', 'text'],
      options: { titleProperty: 'subject', actions: { show: storyAction(deps, mailStory), ...mailActions(deps) } as never },
    },
    {
      model: 'Document', menu: 'trail', list: ['title', 'kind', 'createdAt'], filter: ['title', 'kind', 'createdAt'], sort: ['createdAt'],
      options: {
        titleProperty: 'title',
        actions: {
          show: {
            component: components.documentPage,
            handler: async (request: ActionRequest, _response: unknown, { record, currentAdmin }: ActionContext) => {
              if (!record) throw new Problem('not_found', 'no such document');
              const { title, html, sha256, kind } = await documentFor(deps.db, record.id());
              const role = (currentAdmin as unknown as Staff | undefined)?.role ?? '';
              const file = mayReadFile(role, kind) ? { href: documentFilePath(record.id()), text: speaker(localeAsked(request)).say('documents.pdf') } : null;
              return { record: record.toJSON(currentAdmin), shown: { title, html, mark: `SHA-256 ${sha256}`, file } };
            },
          },
        } as never,
      },
    },
    { model: 'Submission', menu: 'trail', list: ['step', 'subject', 'actorKind', 'state', 'problem', 'createdAt'], filter: ['subject', 'state', 'createdAt'], sort: ['createdAt'], show: ['step', 'subject', 'actorKind', 'state', 'problem', 'attempt', 'createdAt', 'doneAt'] },
    { model: 'AuditEvent', menu: 'trail', list: ['action', 'subject', 'actorName', 'project', 'at'], filter: ['at', 'actorKind', 'project'], sort: ['at'], sortBy: 'at' },
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
