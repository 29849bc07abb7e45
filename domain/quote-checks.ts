import { namesTheFee } from './fee-in-label.ts';
import { Problem } from './problem.ts';
import { lineAmount, lumpSumLimitCents, quoteTotals, type QuoteFigures, type QuoteLineFigures } from './quotes.ts';

/** Q4: what staff look at before a quote joins the global one, the gravest first. */
export const quoteCheckNames = ['fee', 'detail', 'billing', 'mandate', 'vat', 'rights', 'optionLabels', 'dayRate', 'budget', 'validity'] as const;
export type QuoteCheckName = (typeof quoteCheckNames)[number];

/** `block`: sending would be wrong; `warn`: staff decide. `details` fill the sentence of the check in the locale files; amounts in cents. */
export interface QuoteCheckResult {
  readonly name: QuoteCheckName;
  readonly verdict: 'ok' | 'warn' | 'block';
  readonly details: Readonly<Record<string, string | number>>;
}

/** The checks that may refuse the sending. */
export type BlockingCheck = 'fee' | 'detail' | 'billing' | 'validity';

/** What only people can judge; they tick it themselves. */
export const readByPeople = ['scope', 'conditions', 'schedule'] as const;
export type ReadByPeople = (typeof readByPeople)[number];

export interface QuoteToCheck {
  readonly quote: QuoteFigures & { readonly vatRegime: string; readonly vatRateBp: number };
  /** The member's; null when they have none yet. */
  readonly billing: { readonly vatRegime: string; readonly vatRateBp: number; readonly mandated: boolean } | null;
  readonly profileDayRateCents: number | null;
  /** The brief's words: title, problem, deliverables, themes … */
  readonly brief: string;
  /** The client's budget, null when unknown, and what the whole team's quote comes to, fee included. Cents excluding tax. */
  readonly budgetCents: number | null;
  readonly teamTotalCents: number;
  /** ms: when the quote was submitted, and now. */
  readonly submittedAt: number;
  readonly now: number;
  /** How long its member holds to it, in days; null: they did not say. */
  readonly validityDays: number | null;
}

/** A day rate this far from the profile's is asked about, in basis points. */
const dayRateToleranceBp = 2_500;
/** The budget may be passed by this much, or left unused by that much, before it is told. */
const overBudgetBp = 1_000;
const underBudgetBp = 5_000;
const dayMs = 86_400_000;
const monthMs = 30 * dayMs;

/** Q1, Q4, Q5: every rule of the check list, said of one member's quote. Sure of nothing it is not given: an unknown budget or rate is `ok`. */
export function checkList(given: QuoteToCheck): QuoteCheckResult[] {
  return quoteCheckNames.map((name) => ({ name, ...rules[name](given) }));
}

/**
 * Q4: a quote whose check list blocks does not join the global one, unless an administrator says why.
 * @throws Problem `check_blocks_…` (details: member, and those of the check)
 */
export function refuseBlocked(member: string, checks: readonly QuoteCheckResult[]): void {
  const blocked = checks.find(({ verdict }) => verdict === 'block');
  if (blocked) throw new Problem(`check_blocks_${blocked.name as BlockingCheck}`, `the quote of ${member} fails ${blocked.name}`, { member, ...blocked.details });
}

type Said = Omit<QuoteCheckResult, 'name'>;
const ok: Said = { verdict: 'ok', details: {} };
const said = (verdict: 'warn' | 'block', details: Said['details'] = {}): Said => ({ verdict, details });

const rules: Record<QuoteCheckName, (given: QuoteToCheck) => Said> = {
  fee: ({ quote }) => {
    const typed = quote.lines.flatMap(({ section, label }) => [label, section]).find(namesTheFee);
    return typed === undefined ? ok : said('block', { label: typed });
  },
  detail: ({ quote }) => {
    const [only, ...others] = quote.lines.filter(({ optional, kind }) => !optional && kind !== 'rights');
    if (!only || others.length > 0 || only.kind !== 'flat' || only.quantityMilli !== 1_000) return ok;
    return said(lineAmount(only) > lumpSumLimitCents && only.section.trim() === '' ? 'block' : 'warn', { label: only.label, amount: lineAmount(only) });
  },
  billing: ({ billing }) => (billing ? ok : said('block')),
  mandate: ({ billing }) => (billing && !billing.mandated ? said('warn') : ok),
  vat: ({ quote, billing }) => (billing && (billing.vatRegime !== quote.vatRegime || billing.vatRateBp !== quote.vatRateBp) ? said('warn', { quoted: quote.vatRegime, known: billing.vatRegime }) : ok),
  rights: ({ quote, brief }) => (asksForRights(brief) && !quote.lines.some(({ kind }) => kind === 'rights') ? said('warn') : ok),
  optionLabels: ({ quote }) => {
    const bare = quote.lines.find(({ optional, label }) => optional && /^\s*(?:options?\s*[\d.:-]*\s*)?$/i.test(label));
    return bare ? said('warn', { label: bare.label.trim(), amount: lineAmount(bare) }) : ok;
  },
  dayRate: ({ quote, profileDayRateCents }) => {
    if (!profileDayRateCents) return ok;
    const far = quote.lines.find((line) => isDays(line) && Math.abs(line.unitCents - profileDayRateCents) * 10_000 > profileDayRateCents * dayRateToleranceBp);
    return far ? said('warn', { label: far.label, quoted: far.unitCents, known: profileDayRateCents }) : ok;
  },
  budget: ({ budgetCents, teamTotalCents }) => {
    if (!budgetCents) return ok;
    if (teamTotalCents * 10_000 > budgetCents * (10_000 + overBudgetBp)) return said('warn', { way: 'above', budget: budgetCents, total: teamTotalCents });
    return teamTotalCents * 10_000 < budgetCents * underBudgetBp ? said('warn', { way: 'below', budget: budgetCents, total: teamTotalCents }) : ok;
  },
  validity: ({ quote, submittedAt, now, validityDays }) => {
    if (quoteTotals(quote).totalCents <= 0) return said('block', { total: quoteTotals(quote).totalCents });
    return now - submittedAt > (validityDays === null ? monthMs : validityDays * dayMs) ? said('warn', { days: Math.floor((now - submittedAt) / dayMs) }) : ok;
  },
};

function isDays({ kind }: QuoteLineFigures): boolean {
  return kind === 'days';
}

/** Does a brief ask for creation, hence for rights, or name them? */
function asksForRights(brief: string): boolean {
  const text = brief.normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase();
  return /\b(?:droits?|cession|rights|logos?|identite|identity|illustrations?|photos?|photographies?|films?|videos?|creati(?:on|f|fs|ve|ves|ons)|graphi\w+|charte|branding|campagnes?|musiques?|typograph\w+)\b/.test(text);
}
