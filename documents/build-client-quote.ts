import type { ClientQuote, Prisma } from '@prisma/client';
import type { Tx } from '../database/open.ts';
import type { ClientQuoteContent, ClientQuoteWork } from '../domain/client-quote.ts';
import { withFee } from '../domain/fees.ts';
import { Problem } from '../domain/problem.ts';
import type { Terms } from '../domain/terms.ts';
import { money, parisDay, rate } from './format.ts';
import { legalAt } from './legal.ts';
import type { ClientQuoteData, DocumentLocale } from './kinds.ts';
import { clientParty, contact } from './parties.ts';
import { quotedWork, type LineToShow } from './quoted-work.ts';
import { totalsOf } from './totals.ts';

type Said = Pick<ClientQuote, 'number' | 'version' | 'state' | 'introduction' | 'validUntil' | 'createdAt' | 'answeredAt'>;
const people = { project: { include: { company: true, owner: true, accountManager: true } } } as const;

/**
 * Q4, Q6: the team's global quote in OFF-WORKS's name, as it stands in its row: what `ClientQuote.content` says, options ticked or not.
 * @throws Problem `vat_number_invalid` when the client owes the VAT itself and its number, which the law wants on the document, is missing
 */
export async function buildClientQuoteDocument(tx: Tx, clientQuoteId: string, locale: DocumentLocale = 'fr'): Promise<ClientQuoteData> {
  const row = await tx.clientQuote.findUniqueOrThrow({ where: { id: clientQuoteId }, include: { round: { include: people } } });
  return dataOf(tx, row.round, row, row.content as unknown as ClientQuoteContent, locale);
}

/** The same document before it is sent: what the client will read, by the same path. */
export async function previewClientQuoteDocument(tx: Tx, roundId: string, said: Said, content: ClientQuoteContent, locale: DocumentLocale): Promise<ClientQuoteData> {
  return dataOf(tx, await tx.quoteRound.findUniqueOrThrow({ where: { id: roundId }, include: people }), said, content, locale);
}

async function dataOf(tx: Tx, round: Prisma.QuoteRoundGetPayload<{ include: typeof people }>, row: Said, content: ClientQuoteContent, locale: DocumentLocale): Promise<ClientQuoteData> {
  const { project } = round;
  const terms = project.terms as unknown as Terms;
  const at = row.createdAt.getTime();
  const legal = await legalAt(tx, at, locale);
  const reverseCharge = project.company.vatTreatment === 'reverse_charge';
  if (reverseCharge && !project.company.vatNumber) throw new Problem('vat_number_invalid', `${project.company.handle} owes the VAT itself and has no VAT number`);
  const quotes = await tx.memberQuote.findMany({ where: { id: { in: content.work.map(({ quoteId }) => quoteId) } }, include: { member: true } });

  return {
    number: row.number,
    version: row.version,
    issuedOn: parisDay(at),
    validUntil: parisDay(row.validUntil),
    signedOn: row.state === 'signed' && row.answeredAt ? parisDay(row.answeredAt) : null,
    project: { ref: project.ref, title: project.title },
    amendment: round.number > 0 ? { number: round.number, purpose: round.purpose } : null,
    issuer: legal.issuer,
    client: clientParty(project.company),
    clientContact: contact(project.owner),
    manager: project.accountManager ? contact(project.accountManager) : null,
    introduction: row.introduction,
    work: content.work.map((work) => {
      const quote = quotes.find(({ id }) => id === work.quoteId);
      if (!quote) throw new Error(`${row.number} holds the quote ${work.quoteId}, which is not there`);
      return quotedWork(
        {
          memberName: work.memberName, headline: content.namesHidden ? '' : quote.member.headline, lines: linesOf(work), discountCents: work.discountCents, totalCents: work.totalCents,
          terms: quote, tickedOptions: work.options.filter(({ ticked }) => ticked).map(({ id }) => id),
          withFee: (line) => priceOfOption(content, line, work.options.some(({ id, ticked }) => ticked && id === line.id)),
        },
        locale,
      );
    }),
    membersTotalCents: content.membersTotalCents,
    fee: { rateBp: content.feeRateBp, basis: content.feeBasis, cents: content.feeCents },
    totals: totalsOf({
      netCents: content.totalCents, vatRateBp: content.vatRateBp, vatCents: content.vatCents,
      exemption: reverseCharge ? legal.exemption('reverse_charge') : null,
    }),
    paymentTerm: terms.paymentTerm,
    depositTerm: terms.depositTerm,
    late: { rateBp: terms.lateRateBp, indemnityCents: terms.indemnityCents },
    lateWording: legal.say('quoteLate', { rate: rate(terms.lateRateBp, locale), indemnity: money(terms.indemnityCents, locale) }),
  };
}

function linesOf(work: ClientQuoteWork): LineToShow[] {
  return [
    ...work.sections.flatMap(({ title, lines }) => lines.map((line) => ({ ...line, section: title, optional: false }))),
    ...work.options.map((option) => ({ ...option, optional: true })),
  ];
}

/** What the client's total rises by with an option, or has risen by with a ticked one: the line and its fee. Cents excluding tax. */
function priceOfOption(content: ClientQuoteContent, line: LineToShow, ticked: boolean): number {
  if (line.offered) return 0;
  const total = (membersCents: number): number => withFee(membersCents, content.feeRateBp, content.feeBasis);
  const without = ticked ? content.membersTotalCents - line.amountCents : content.membersTotalCents;
  return total(without + line.amountCents) - total(without);
}
