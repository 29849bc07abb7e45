import { z } from 'zod';
import type { Tx } from '../database/open.ts';
import { settingAt } from './dated-setting.ts';
import type { DocumentLocale, VatExemption } from './kinds.ts';
import { say } from './words.ts';

const wordingSetting = z.object({ fr: z.string().min(1), en: z.string().min(1) });

/**
 * Why no VAT is charged, in the wording in force at `at` (ms): the dated settings `vat_wording.franchise` and `vat_wording.reverse_charge`,
 * or the words of the templates. The article of the law may change; invoices already issued keep theirs.
 */
export async function exemptionAt(tx: Tx, reason: VatExemption['reason'], at: number, locale: DocumentLocale): Promise<VatExemption> {
  const value = await settingAt(tx, `vat_wording.${reason}`, at);
  return { reason, wording: value === null ? say(locale, `mention.${reason}`) : wordingSetting.parse(value)[locale] };
}
