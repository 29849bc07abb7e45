import type { Prisma } from '@prisma/client';
import { withFee } from '../domain/fees.ts';
import { sum } from '../domain/money.ts';
import { checkList, refuseBlocked, type QuoteCheckResult } from '../domain/quote-checks.ts';
import type { Terms } from '../domain/terms.ts';
import type { Tx } from './open.ts';

/** What the check list reads of a quote, and of its project. */
const readOfQuote = { lines: true, member: { include: { billing: true } } } as const;
const readOfProject = { themes: { include: { theme: true } } } as const;
export type CheckedQuote = Prisma.MemberQuoteGetPayload<{ include: typeof readOfQuote }>;
type CheckedProject = Prisma.ProjectGetPayload<{ include: typeof readOfProject }>;

/** Q4: what the rules say of one quote among those of its team, at `now` (ms). */
export function checksOfQuote(quote: CheckedQuote, project: CheckedProject, team: readonly { readonly totalCents: number }[], now: number): QuoteCheckResult[] {
  const { billing } = quote.member;
  const terms = project.terms as unknown as Terms;
  return checkList({
    quote, now, submittedAt: quote.createdAt.getTime(), validityDays: quote.validityDays, profileDayRateCents: quote.member.dayRateCents, budgetCents: project.budgetCents,
    billing: billing ? { vatRegime: billing.vatRegime, vatRateBp: billing.vatRateBp, mandated: billing.mandateAcceptedAt !== null } : null,
    brief: [project.title, project.problem, project.objectives, project.deliverables, project.requirements, ...project.themes.map(({ theme }) => theme.nameFr)].join(' '),
    teamTotalCents: withFee(sum(team.map(({ totalCents }) => totalCents)), terms.feeRateBp, terms.feeBasis),
  });
}

/**
 * Q4: the check list, asked again as the global quote leaves. @returns the checks an administrator overrode, by the name of the member
 * @throws Problem `check_blocks_…`
 */
export async function refuseBlockedQuotes(tx: Tx, projectId: string, quoteIds: readonly string[], mayOverride: boolean, at: number): Promise<string[]> {
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId }, include: readOfProject });
  const quotes = await tx.memberQuote.findMany({ where: { id: { in: [...quoteIds] } }, include: readOfQuote, orderBy: { memberId: 'asc' } });
  return quotes.flatMap((quote) => {
    const checks = checksOfQuote(quote, project, quotes, at);
    if (!mayOverride) refuseBlocked(quote.member.name, checks);
    return checks.filter(({ verdict }) => verdict === 'block').map(({ name }) => `${quote.member.name}: ${name}`);
  });
}
