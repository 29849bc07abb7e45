import type { ReferralStatement } from '../../database/leads/statement.ts';
import { csvLine, csvStart, type Exported } from '../../documents/csv.ts';
import { stateTexts, type PageLocale } from '../locale.ts';
import { sentence } from '../view.ts';

const words = (text: string): Exported => ({ kind: 'text', text });
const euros = (cents: number | null): Exported | null => (cents === null ? null : { kind: 'number', value: cents / 100, decimals: 2 });
const heads = ['project', 'title', 'client', 'invoice', 'level', 'rate', 'fee', 'share', 'state', 'why', 'at'] as const;

/** I8: each share, its invoice, where it stands, and why it is not due yet, as a spreadsheet opens it. */
export function statementFile({ lines }: ReferralStatement, locale: PageLocale): string {
  const rows = lines.map((line) => csvLine([
    words(line.ref), words(line.title), words(line.clientName), line.invoice === null ? null : words(line.invoice), words(sentence(locale, `ld.level.${line.level}`)), { kind: 'number', value: line.rateBp / 100, decimals: 2 },
    euros(line.feeCents), euros(line.cents), words(stateTexts[locale].referralShare?.[line.state] ?? line.state), line.why === null ? null : words(sentence(locale, `ld.why.${line.why}`, { at: line.at?.toISOString() })), line.at === null ? null : { kind: 'moment', at: line.at },
  ]));
  return [csvStart, csvLine(heads.map((head) => words(sentence(locale, `ld.head.${head}`)))), ...rows].join('');
}
