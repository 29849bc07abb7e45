/** A sentence of our documents in both languages, its slots in braces. */
export interface Wording { readonly fr: string; readonly en: string }

type UsedOn = 'client_quote' | 'certificate' | 'client_invoice' | 'credit_note' | 'member_quote' | 'preview' | 'member_invoice' | 'member_credit_note' | 'dunning_letter';
type WordingGroup = 'vat' | 'payment' | 'self_billed' | 'operation';

export interface CataloguedWording {
  /** The dated setting that changes it. */
  readonly setting: string;
  /** The words of the templates that stand until it is set. */
  readonly words: string;
  /** What is filled in when a document is drawn up: each must stand in the sentence, and nothing else. */
  readonly slots: readonly string[];
  readonly group: WordingGroup;
  readonly on: readonly UsedOn[];
}

const invoices = ['client_invoice', 'credit_note', 'preview', 'member_invoice', 'member_credit_note'] as const;

/**
 * I10: each wording the law asks for, in the order of its page. The law may change; documents already issued keep the words of their day. Names and
 * explanations are `term.SETTING` and `term.SETTING.help` in the locale files.
 */
export const legalWordings = {
  operation: { setting: 'mention.operation', words: 'invoice.operation.services', slots: [], group: 'operation', on: invoices },
  franchise: { setting: 'vat_wording.franchise', words: 'mention.franchise', slots: [], group: 'vat', on: ['member_quote', 'preview', 'member_invoice', 'member_credit_note'] },
  reverseCharge: { setting: 'vat_wording.reverse_charge', words: 'mention.reverse_charge', slots: [], group: 'vat', on: ['client_quote', 'certificate', 'client_invoice', 'credit_note'] },
  receipts: { setting: 'mention.receipts', words: 'invoice.receipts', slots: [], group: 'vat', on: ['client_invoice', 'credit_note'] },
  quoteLate: { setting: 'mention.quote_late', words: 'conditions.late', slots: ['rate', 'indemnity'], group: 'payment', on: ['client_quote'] },
  late: { setting: 'mention.late', words: 'invoice.late', slots: ['rate'], group: 'payment', on: [...invoices, 'dunning_letter'] },
  indemnity: { setting: 'mention.indemnity', words: 'invoice.indemnity', slots: ['indemnity'], group: 'payment', on: [...invoices, 'dunning_letter'] },
  earlyPayment: { setting: 'mention.early_payment', words: 'invoice.discount', slots: [], group: 'payment', on: invoices },
  selfBilledMandate: { setting: 'mention.self_billed.mandate', words: 'self.drawn.mandate', slots: ['buyer', 'supplier', 'day'], group: 'self_billed', on: ['preview', 'member_invoice', 'member_credit_note'] },
  selfBilledApproved: { setting: 'mention.self_billed.approved', words: 'self.drawn.approved', slots: ['buyer', 'supplier', 'day'], group: 'self_billed', on: ['member_invoice'] },
  selfBilledPending: { setting: 'mention.self_billed.pending', words: 'self.drawn.pending', slots: ['buyer', 'supplier'], group: 'self_billed', on: ['preview', 'member_credit_note'] },
} as const satisfies Record<string, CataloguedWording>;

export type LegalWording = keyof typeof legalWordings;
export const legalWordingNames = Object.keys(legalWordings) as LegalWording[];
export const isLegalWording = (name: string): name is LegalWording => Object.hasOwn(legalWordings, name);

export const longestWording = 600;

/** Why a sentence cannot stand on a document; `slot` as it is written, braces left out. */
export type WordingRefusal = { readonly why: 'empty' | 'too_long' | 'stray_brace' } | { readonly why: 'unknown_slot' | 'missing_slot'; readonly slot: string };

/** I10: a mention is never left half said: every slot stands in the sentence, and no other. */
export function wordingRefusal(slots: readonly string[], sentence: string): WordingRefusal | null {
  if (sentence === '') return { why: 'empty' };
  if (sentence.length > longestWording) return { why: 'too_long' };
  const written = [...sentence.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = written.find((name) => !slots.includes(name));
  if (unknown !== undefined) return { why: 'unknown_slot', slot: unknown };
  if (/[{}]/.test(sentence.replace(/\{[^{}]*\}/g, ''))) return { why: 'stray_brace' };
  const missing = slots.find((name) => !written.includes(name));
  return missing === undefined ? null : { why: 'missing_slot', slot: missing };
}

/** A typed sentence on one line, without the spaces around it. The no-break spaces of French stay. */
export const typedWording = (text: unknown): string => (typeof text === 'string' ? text.replace(/[ \t\r\n]+/g, ' ').trim() : '');
