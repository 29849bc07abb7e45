import type { Prisma } from '@prisma/client';
import type { Tx } from '../database/open.ts';
import { dunningFigures, payBy, type LetterTone } from '../domain/dunning-letter.ts';
import { Problem } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { parisDay } from './format.ts';
import type { DocumentLocale } from './kinds.ts';
import { legalAt } from './legal.ts';
import type { DunningLetterData } from './money-kinds.ts';
import { clientParty, contact } from './parties.ts';

const late = { payments: true, lateFee: true, project: { include: { company: { include: { users: { orderBy: [{ createdAt: 'asc' as const }, { id: 'asc' as const }] } } }, owner: true, accountManager: true } } } satisfies Prisma.ClientInvoiceInclude;

export interface LetterAsked {
  readonly reference: string;
  readonly tone: LetterTone;
  /** ms */
  readonly at: number;
  readonly locale: DocumentLocale;
}

/**
 * I6: the letter that goes with a reminder of one invoice, with the very figures of its e-mail and the wording of the law of its day.
 * @throws Problem `number_missing` when the invoice is not issued
 */
export async function buildDunningLetter(tx: Tx, clientInvoiceId: string, { reference, tone, at, locale }: LetterAsked): Promise<DunningLetterData> {
  const row = await tx.clientInvoice.findUniqueOrThrow({ where: { id: clientInvoiceId }, include: late });
  const { number, issuedAt, dueAt, project } = row;
  if (!number || !issuedAt || !dueAt) throw new Problem('number_missing', `${row.ref} is not issued yet`);
  const terms = project.terms as unknown as Terms;
  const { issuer, invoiceMentions } = await legalAt(tx, at, locale);
  const { totalCents, remainingCents, daysLate, interestCents, indemnityCents } = dunningFigures({ ...row, dueAt }, terms, new Date(at));
  const lateTerms = { rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents };
  const limit = payBy(tone, new Date(at));
  return {
    reference,
    tone,
    issuedOn: parisDay(at),
    payBy: limit && parisDay(limit),
    issuer,
    client: clientParty(project.company),
    billingContact: contact(project.company.users.find((user) => user.billingContact && user.leftAt === null) ?? project.owner),
    manager: project.accountManager ? contact(project.accountManager) : null,
    invoices: [{ number, issuedOn: parisDay(issuedAt), dueOn: parisDay(dueAt), totalCents, remainingCents, daysLate, interestCents, indemnityCents }],
    remainingCents,
    interestCents,
    indemnityCents,
    claimedCents: remainingCents + interestCents + indemnityCents,
    late: lateTerms,
    mentions: invoiceMentions({ late: lateTerms, vatOnReceipts: false }),
  };
}
