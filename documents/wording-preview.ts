import { legalWordings, type LegalWording, type Wording } from '../domain/legal-wordings.ts';
import { day, money, rate } from './format.ts';
import { demoIssuer } from './issuer.ts';
import type { DocumentDraft, DocumentLocale, InvoiceMentions, Totals } from './kinds.ts';
import { legalFrom } from './legal.ts';
import { renderDocument } from './render.ts';
import { clientInvoiceSample, clientQuoteSample, late, memberInvoiceSample, previewSample, reverseChargeQuoteSample } from './samples.ts';

/** The believable document that shows each wording. */
const shownOn: Readonly<Record<LegalWording, DocumentDraft>> = {
  operation: { kind: 'client_invoice', locale: 'fr', data: clientInvoiceSample },
  franchise: { kind: 'member_invoice', locale: 'fr', data: memberInvoiceSample },
  reverseCharge: { kind: 'client_quote', locale: 'fr', data: reverseChargeQuoteSample },
  receipts: { kind: 'client_invoice', locale: 'fr', data: clientInvoiceSample },
  quoteLate: { kind: 'client_quote', locale: 'fr', data: clientQuoteSample },
  late: { kind: 'client_invoice', locale: 'fr', data: clientInvoiceSample },
  indemnity: { kind: 'client_invoice', locale: 'fr', data: clientInvoiceSample },
  earlyPayment: { kind: 'client_invoice', locale: 'fr', data: clientInvoiceSample },
  selfBilledMandate: { kind: 'member_invoice', locale: 'fr', data: memberInvoiceSample },
  selfBilledApproved: { kind: 'member_invoice', locale: 'fr', data: memberInvoiceSample },
  selfBilledPending: { kind: 'preview', locale: 'fr', data: previewSample },
};

/**
 * A sample document with the wordings of a day (`setting`), and one of them as it is proposed: drawn up by the same templates as the real ones.
 * Nobody and nothing in it exists.
 */
export function wordingPreview(wording: LegalWording, proposed: Wording, setting: (key: string) => unknown, locale: DocumentLocale): { readonly html: string; readonly said: string } {
  const legal = legalFrom(demoIssuer, (key) => (key === legalWordings[wording].setting ? proposed : setting(key)), locale);
  const { kind, data } = shownOn[wording];
  const held = data as unknown as { mentions?: InvoiceMentions; totals: Totals; selfBilled?: string; lateWording?: string; supplier?: { name: string } };
  const slots = { rate: rate(late.rateBp, locale), indemnity: money(late.indemnityCents, locale), buyer: demoIssuer.name, supplier: held.supplier?.name ?? '', day: day('2026-03-30', locale) };
  const say = (one: LegalWording): string => legal.say(one, Object.fromEntries(legalWordings[one].slots.map((slot) => [slot, slots[slot]])));
  const selfBilled: LegalWording = wording === 'selfBilledApproved' || wording === 'selfBilledPending' ? wording : 'selfBilledMandate';
  const worded = {
    ...held,
    totals: held.totals.exemption ? { ...held.totals, exemption: legal.exemption(held.totals.exemption.reason) } : held.totals,
    ...(held.mentions ? { mentions: legal.invoiceMentions({ late, vatOnReceipts: held.mentions.receipts !== null }) } : {}),
    ...(held.selfBilled === undefined ? {} : { selfBilled: say(selfBilled) }),
    ...(held.lateWording === undefined ? {} : { lateWording: say('quoteLate') }),
  };
  return { html: renderDocument(kind, worded as never, locale), said: say(wording) };
}
