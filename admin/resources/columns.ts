import { readFileSync } from 'node:fs';
import { accounts } from '../../domain/ledger.ts';
import { applicationLifecycle } from '../../domain/lifecycle/application.ts';
import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { clientQuoteLifecycle } from '../../domain/lifecycle/client-quote.ts';
import { leadLifecycle } from '../../domain/lifecycle/lead.ts';
import { mailLifecycle } from '../../domain/lifecycle/mail.ts';
import { memberDocumentLifecycle } from '../../domain/lifecycle/member-document.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { memberQuoteLifecycle } from '../../domain/lifecycle/member-quote.ts';
import { membershipLifecycle } from '../../domain/lifecycle/membership.ts';
import { payoutLifecycle } from '../../domain/lifecycle/payout.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { quoteRoundLifecycle } from '../../domain/lifecycle/quote-round.ts';
import { teamInvitationLifecycle } from '../../domain/lifecycle/team-invitation.ts';
import { referralLevelNames } from '../../domain/referral.ts';
import { roles, secretFieldsOf } from '../../domain/roles.ts';

export interface ModelField { readonly name: string; readonly kind: string; readonly type: string; readonly isRequired: boolean; readonly isList: boolean; readonly isId: boolean; readonly nativeType?: readonly [string, unknown] | null; readonly relationFromFields?: readonly string[] }
export interface Model { readonly name: string; readonly fields: readonly ModelField[] }
export const dmmf = JSON.parse(readFileSync(new URL('../generated/dmmf.json', import.meta.url), 'utf8')) as { datamodel: { models: Model[] } };

export function modelNamed(name: string): Model {
  const model = dmmf.datamodel.models.find((one) => one.name === name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
}

/** What a column holds, so how people read it, type it and look for it. `stored`: the database's own column. */
export type Column = { readonly name: string; readonly stored: string; readonly optional: boolean } & (
  | { readonly kind: 'text' | 'money' | 'moment' | 'day' | 'number' | 'percent' | 'yes' | 'many' | 'json' | 'subject' | 'person' }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly state?: string; readonly prefix?: string }
  | { readonly kind: 'key'; readonly prefix: string }
  | { readonly kind: 'record'; readonly model: string }
);

/** Kept from every list, page, export and answer of the console beside what is secret (domain/roles): too heavy, or nothing people read. */
const heavy: Readonly<Record<string, readonly string[]>> = {
  Mail: ['html', 'text'], Document: ['html'], AuditEvent: ['data'], Project: ['terms'], ClientQuote: ['content'], ClientInvoice: ['lines'],
};

const lifecycles: Readonly<Record<string, { readonly key: string; readonly states: readonly string[] }>> = {
  Project: { key: 'project', states: projectLifecycle.states }, QuoteRound: { key: 'quoteRound', states: quoteRoundLifecycle.states },
  MemberQuote: { key: 'memberQuote', states: memberQuoteLifecycle.states }, ClientQuote: { key: 'clientQuote', states: clientQuoteLifecycle.states },
  Application: { key: 'application', states: applicationLifecycle.states }, Member: { key: 'membership', states: membershipLifecycle.states },
  TeamInvitation: { key: 'teamInvitation', states: teamInvitationLifecycle.states }, Lead: { key: 'lead', states: leadLifecycle.states },
  MemberDocument: { key: 'memberDocument', states: memberDocumentLifecycle.states }, MemberInvoice: { key: 'memberInvoice', states: memberInvoiceLifecycle.states },
  ClientInvoice: { key: 'clientInvoice', states: clientInvoiceLifecycle.states }, Payout: { key: 'payout', states: payoutLifecycle.states },
  Mail: { key: 'mail', states: mailLifecycle.states }, Submission: { key: 'submission', states: ['pending', 'done', 'refused'] },
};

/** Columns whose values are words of ours: `choice.<set>.<value>` in locales/…/console/lists.json, or another prefix. */
const choices: Readonly<Record<string, { readonly set: string; readonly values: readonly string[] }>> = {
  'Staff.role': { set: 'choice.staffRole', values: roles },
  'ClientUser.role': { set: 'choice.clientRole', values: ['owner', 'manager', 'contributor', 'read_only'] },
  'Member.structure': { set: 'choice.structure', values: ['freelance', 'studio', 'collective'] },
  'Company.vatTreatment': { set: 'choice.vatTreatment', values: ['domestic', 'reverse_charge'] },
  'BillingEntity.vatRegime': { set: 'choice.vatRegime', values: ['standard', 'franchise'] },
  'MemberDocument.kind': { set: 'kind', values: ['registration', 'urssaf', 'insurance'] },
  'MemberInvoice.kind': { set: 'choice.invoiceKind', values: ['progress', 'deposit', 'balance'] },
  'ClientInvoice.kind': { set: 'choice.invoiceKind', values: ['progress', 'deposit', 'balance'] },
  'DunningLetter.tone': { set: 'dunning.tone', values: ['reminder', 'firm', 'formal_notice'] },
  'Payout.kind': { set: 'choice.payoutKind', values: ['services', 'referral'] },
  'Referral.level': { set: 'choice.referralLevel', values: ['introduction', 'supported_lead', 'full_lead'] },
  'Lead.level': { set: 'choice.referralLevel', values: referralLevelNames },
  'Lead.wishedLevel': { set: 'choice.referralLevel', values: referralLevelNames },
  'LedgerLine.account': { set: 'choice.account', values: Object.keys(accounts) },
  'Document.kind': { set: 'choice.documentKind', values: ['client_quote', 'signature_certificate', 'preview', 'member_invoice', 'client_invoice', 'credit_note', 'dunning_letter', 'payout_advice', 'referral_statement'] },
  'Payment.kind': { set: 'choice.movement', values: ['transfer', 'client_credit', 'taken_back', 'credit_note', 'write_off', 'revived'] },
  'ClientCredit.kind': { set: 'choice.clientCredit', values: ['kept', 'used', 'refunded', 'taken_back', 'given_back'] },
  'Submission.actorKind': { set: 'choice.actor', values: ['staff', 'client', 'member', 'visitor', 'system'] },
  'AuditEvent.actorKind': { set: 'choice.actor', values: ['staff', 'client', 'member', 'visitor', 'clock'] },
  'ClientUser.locale': { set: 'choice.locale', values: ['fr', 'en'] },
  'Project.feeBasis': { set: 'choice.feeBasis', values: ['of_final_amount', 'of_members_total'] },
};

const keys: Readonly<Record<string, string>> = { 'Submission.step': 'action', 'AuditEvent.action': 'event', 'Mail.template': 'mailStudio.mail', 'Setting.key': 'term' };
/** Ids of somebody without a relation, or their name as it was written then. */
const people = new Set(['leadId', 'recordedBy', 'createdBy', 'changedBy', 'endedBy', 'cancelledBy', 'sentBy', 'decidedBy', 'recommendedBy', 'actorId', 'party']);

export function columnOf(model: Model, name: string): Column {
  const field = model.fields.find((one) => one.name === name);
  if (!field) throw new Error(`no column ${name} in ${model.name}`);
  const path = `${model.name}.${name}`;
  const base = { name, stored: name, optional: !field.isRequired };
  if (field.kind === 'object') {
    const stored = field.relationFromFields?.[0] ?? name;
    return { ...base, stored, kind: 'record', model: field.type, optional: model.fields.find((one) => one.name === stored)?.isRequired === false };
  }
  if (path === 'LedgerEntry.projectId') return { ...base, kind: 'record', model: 'Project' }; // no foreign key there
  const lifecycle = lifecycles[model.name];
  if (lifecycle && name === (model.name === 'Project' ? 'stage' : 'state')) return { ...base, kind: 'choice', values: lifecycle.states, state: lifecycle.key };
  const choice = choices[path];
  if (choice) return { ...base, kind: 'choice', values: choice.values, prefix: choice.set };
  if (keys[path]) return { ...base, kind: 'key', prefix: keys[path] };
  if (people.has(name)) return { ...base, kind: 'person' };
  if (name === 'subject' && model.name !== 'Mail') return { ...base, kind: 'subject' };
  return { ...base, kind: field.isList ? 'many' : kindOf(field) };
}

function kindOf({ name, type, nativeType }: ModelField): 'text' | 'money' | 'moment' | 'day' | 'number' | 'percent' | 'yes' | 'json' {
  if (type === 'DateTime') return nativeType?.[0] === 'Date' ? 'day' : 'moment';
  if (type === 'Boolean') return 'yes';
  if (type === 'Json') return 'json';
  if (type !== 'Int') return 'text';
  return name.endsWith('Cents') ? 'money' : name.endsWith('Bp') ? 'percent' : 'number';
}

/** The stored columns of a model that may be read for the console: never what is withheld, never bytes. */
export function readable(model: Model): string[] {
  const withheld = new Set([...secretFieldsOf(model.name), ...(heavy[model.name] ?? [])]);
  return model.fields.filter(({ kind, type, name }) => kind === 'scalar' && type !== 'Bytes' && !withheld.has(name)).map(({ name }) => name);
}
