import { z } from 'zod';
import { legalWordings, type LegalWording, type Wording } from '../domain/legal-wordings.ts';
import type { Tx } from '../database/open.ts';
import { settingsAt } from './dated-setting.ts';
import { demoIssuer, issuerSetting } from './issuer.ts';
import type { DocumentLocale, InvoiceMentions, Issuer, LateTerms, VatExemption } from './kinds.ts';
import { money, rate } from './format.ts';
import { filled, wordsOf, type Slots } from './words.ts';

const wordingSetting = z.object({ fr: z.string().min(1), en: z.string().min(1) });

/** What a setting holds; undefined where it was never set, so that the words of the templates stand. */
export const wordingIn = (value: unknown): Wording | undefined => (value === undefined ? undefined : wordingSetting.parse(value));

/** The words of the templates. */
export function builtInWording(wording: LegalWording): Wording {
  const { words } = legalWordings[wording];
  const { fr, en } = { fr: wordsOf('fr').say[words], en: wordsOf('en').say[words] };
  if (fr === undefined || en === undefined) throw new Error(`no words for ${words}`);
  return { fr, en };
}

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
    const { setting: key } = legalWordings[wording];
    const { [locale]: sentence } = wordingIn(setting(key)) ?? builtInWording(wording);
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
