import type { Tx } from '../database/open.ts';
import { memberVat } from '../domain/vat.ts';
import { parisDay } from './format.ts';
import { legalAt } from './legal.ts';
import type { DocumentLocale, MemberQuoteData } from './kinds.ts';
import { supplierParty } from './parties.ts';
import { quotedWork } from './quoted-work.ts';
import { totalsOf } from './totals.ts';

/** One member's quote as they sent it, for staff and for its member; never for the client (Q4). The fee is not in it (Q5). */
export async function buildMemberQuoteDocument(tx: Tx, memberQuoteId: string, locale: DocumentLocale = 'fr'): Promise<MemberQuoteData> {
  const quote = await tx.memberQuote.findUniqueOrThrow({
    where: { id: memberQuoteId },
    include: { lines: { orderBy: { position: 'asc' } }, member: { include: { billing: true } }, round: { include: { project: { include: { company: true } } } } },
  });
  const { member, round } = quote;
  const at = quote.createdAt.getTime();
  const legal = await legalAt(tx, at, locale);
  const franchise = quote.vatRegime === 'franchise';
  return {
    roundRef: round.ref,
    version: quote.version,
    submittedOn: parisDay(at),
    project: { ref: round.project.ref, title: round.project.title },
    clientName: round.project.company.name,
    member: { name: member.name, headline: member.headline },
    supplier: member.billing ? supplierParty(member.billing) : null,
    issuer: legal.issuer,
    work: quotedWork(
      {
        memberName: member.name, headline: member.headline, lines: quote.lines, discountCents: quote.discountCents, totalCents: quote.totalCents,
        terms: quote, tickedOptions: [], withFee: ({ amountCents, offered }) => (offered ? 0 : amountCents),
      },
      locale,
    ),
    totals: totalsOf({
      netCents: quote.totalCents,
      vatRateBp: quote.vatRateBp,
      vatCents: memberVat({ amountCents: quote.totalCents, regime: franchise ? 'franchise' : 'standard', rateBp: quote.vatRateBp }),
      exemption: franchise ? legal.exemption('franchise') : null,
    }),
    remarks: quote.remarks,
  };
}
