import { z } from 'zod';
import type { Tx } from '../database/open.ts';
import { settingsAt } from './dated-setting.ts';
import { demoIssuer, issuerSetting } from './issuer.ts';
import type { DocumentLocale, InvoiceMentions, Issuer, LateTerms, VatExemption } from './kinds.ts';
import { money, rate } from './format.ts';
import { filled, wordsOf, type Slots } from './words.ts';

/**
 * Each wording the law asks for: its dated setting, JSON {"fr", "en"} with the slots named here in braces, and the words of the templates that
 * stand until one is set. The law may change; documents already issued keep the words of their day (I10).
 */
export const legalWordings = {
  franchise: { setting: 'vat_wording.franchise', words: 'mention.franchise' },
  reverseCharge: { setting: 'vat_wording.reverse_charge', words: 'mention.reverse_charge' },
  receipts: { setting: 'mention.receipts', words: 'invoice.receipts' },
  operation: { setting: 'mention.operation', words: 'invoice.operation.services' },
  late: { setting: 'mention.late', words: 'invoice.late' }, // {rate}
  indemnity: { setting: 'mention.indemnity', words: 'invoice.indemnity' }, // {indemnity}
  earlyPayment: { setting: 'mention.early_payment', words: 'invoice.discount' },
  quoteLate: { setting: 'mention.quote_late', words: 'conditions.late' }, // {rate} {indemnity}
  selfBilledMandate: { setting: 'mention.self_billed.mandate', words: 'self.drawn.mandate' }, // {buyer} {supplier} {day}
  selfBilledApproved: { setting: 'mention.self_billed.approved', words: 'self.drawn.approved' }, // {buyer} {supplier} {day}
  selfBilledPending: { setting: 'mention.self_billed.pending', words: 'self.drawn.pending' }, // {buyer} {supplier}
} as const;
export type LegalWording = keyof typeof legalWordings;

const wordingSetting = z.object({ fr: z.string().min(1), en: z.string().min(1) });

/** The identity of OFF-WORKS and the wordings of the law as they stood one day. */
export interface Legal {
  readonly issuer: Issuer;
  /** @throws Error when a wording lacks one of these slots, or has one too many: a mention is never left half said */
  say(wording: LegalWording, slots?: Slots): string;
  exemption(reason: VatExemption['reason']): VatExemption;
  invoiceMentions(given: { late: LateTerms; vatOnReceipts: boolean }): InvoiceMentions;
}

/**
 * What stood at `at` (ms), in one look at the settings. Nothing set: the demo identity and the words of the templates.
 * An identity with a field missing is an error: an invoice may not leave without it.
 */
export async function legalAt(tx: Tx, at: number, locale: DocumentLocale): Promise<Legal> {
  const settings = await settingsAt(tx, ['issuer', ...Object.values(legalWordings).map(({ setting }) => setting)], at);
  const identity = settings.get('issuer');
  return legalFrom(identity === undefined ? demoIssuer : issuerSetting.parse(identity), (key) => settings.get(key), locale);
}

/** The same, from settings already at hand. */
export function legalFrom(issuer: Issuer, setting: (key: string) => unknown, locale: DocumentLocale): Legal {
  const say = (wording: LegalWording, slots: Slots = {}): string => {
    const { setting: key, words } = legalWordings[wording];
    const set = setting(key);
    const sentence = set === undefined ? wordsOf(locale).say[words] : wordingSetting.parse(set)[locale];
    if (sentence === undefined) throw new Error(`no words for ${words} in ${locale}`);
    return filled(sentence, slots, `${key} in ${locale}`);
  };
  return {
    issuer,
    say,
    exemption: (reason) => ({ reason, wording: say(reason === 'franchise' ? 'franchise' : 'reverseCharge') }),
    invoiceMentions: ({ late, vatOnReceipts }) => ({
      operation: say('operation'),
      receipts: vatOnReceipts ? say('receipts') : null,
      late: say('late', { rate: rate(late.rateBp, locale) }),
      indemnity: say('indemnity', { indemnity: money(late.indemnityCents, locale) }),
      earlyPayment: say('earlyPayment'),
    }),
  };
}
