import type { Tx } from '../database/open.ts';
import { consentText } from './consent.ts';
import { legalAt } from './legal.ts';
import type { DocumentLocale, Fee, SignatureCertificateData } from './kinds.ts';
import { clientParty } from './parties.ts';
import { totalsOf } from './totals.ts';
import { say } from './words.ts';

/** The key under which the document of a client quote is kept: as it was sent, then as it was signed. */
export const clientQuoteKey = (clientQuoteId: string, moment: 'sent' | 'signed'): string => `client-quote/${clientQuoteId}/${moment}`;

/**
 * Q7: the proof of a signature. The quote's row must already hold what was agreed (its amounts and ticked options), and the
 * signature's row the SHA-256 of the document signed.
 */
export async function buildCertificateDocument(tx: Tx, signatureId: string, locale: DocumentLocale = 'fr'): Promise<SignatureCertificateData> {
  const signature = await tx.signature.findUniqueOrThrow({
    where: { id: signatureId },
    include: { clientQuote: { include: { round: { include: { project: { include: { company: true } } } } } } },
  });
  const quote = signature.clientQuote;
  const { project } = quote.round;
  const at = signature.signedAt.getTime();
  const vatRateBp = (project.terms as { vatRateBp: number }).vatRateBp;
  const legal = await legalAt(tx, at, locale);
  const presented = await tx.document.findUnique({ where: { key: clientQuoteKey(quote.id, 'sent') }, select: { sha256: true } });
  const ticked = await tx.quoteLine.findMany({
    where: { id: { in: quote.tickedOptions } },
    include: { quote: { include: { member: true } } },
    orderBy: [{ quote: { memberId: 'asc' } }, { position: 'asc' }],
  });
  return {
    signatureId: signature.id,
    signedAt: signature.signedAt.toISOString(),
    signer: { name: signature.signerName, title: signature.signerTitle, email: signature.signerEmail },
    client: clientParty(project.company),
    issuer: legal.issuer,
    ip: signature.ip,
    userAgent: signature.userAgent,
    consent: consentText({ number: quote.number, version: quote.version, clientName: project.company.name }, locale),
    project: { ref: project.ref, title: project.title },
    quote: {
      number: quote.number, version: quote.version, sha256: signature.documentSha256,
      title: say(locale, 'quote.title', { number: quote.number, version: quote.version }),
    },
    presentedSha256: presented && presented.sha256 !== signature.documentSha256 ? presented.sha256 : null,
    orderNumber: project.orderNumber,
    options: ticked.map((line) => ({ label: line.label, memberName: line.quote.member.name, amountCents: line.offered ? 0 : line.amountCents })),
    membersTotalCents: quote.membersTotalCents,
    fee: { rateBp: quote.feeRateBp, basis: quote.feeBasis as Fee['basis'], cents: quote.feeCents },
    totals: totalsOf({
      netCents: quote.totalCents, vatRateBp, vatCents: quote.vatCents,
      exemption: project.company.vatTreatment === 'reverse_charge' ? legal.exemption('reverse_charge') : null,
    }),
  };
}
