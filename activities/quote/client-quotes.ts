import type { Prisma } from '@prisma/client';
import type { ClientQuoteContent } from '../../domain/client-quote.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import type { By } from '../../database/audit.ts';
import type { Tx } from '../../database/open.ts';
import { refuseBlockedQuotes } from '../../database/quote-checks.ts';
import { acceptedAmount } from '../../domain/quotes.ts';
import type { QuoteLayout } from '../../domain/quote-layout.ts';
import { buildCertificateDocument, clientQuoteKey } from '../../documents/build-certificate.ts';
import { buildClientQuoteDocument } from '../../documents/build-client-quote.ts';
import { clientQuoteContent, nextClientQuote } from '../../documents/client-quote-content.ts';
import { documentLocale } from '../../documents/locale.ts';
import { documentTitle, renderDocument } from '../../documents/render.ts';
import { storeDocument } from '../../documents/store.ts';
import * as steps from '../../steps/quote-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { roundPath } from './member-quotes.ts';
import { roundStep, type RoundDeed, type RoundStepInput, type RoundWithQuotes } from './round-step.ts';

/** Q2, Q4 to Q8, C9: the global quote in OFF-WORKS's name, its versions and the client's answer. */
export function clientQuoteActivities(deps: ActivityDeps) {
  return {
    sendClientQuote: (input: RoundStepInput) =>
      roundStep(deps, steps.sendClientQuote, input, async (deed, submitted) => {
        const { tx, project, round, terms, letters, at } = deed;
        const { quoteIds, introduction, layout = null, overrideReason } = submitted.payload;
        const quotes = round.memberQuotes.filter(({ id, state }) => quoteIds.includes(id) && state === 'submitted');
        if (quotes.length !== new Set(quoteIds).size) throw new Problem('quote_not_standing', `a quote named for ${round.ref} is no longer standing`);

        const overridden = await refuseBlockedQuotes(tx, project.id, quoteIds, overrideReason !== '' && (await mayOverride(tx, submitted.by)), at);
        const content = contentOf(deed, quotes, layout, []);
        const { version, number, validUntil, validForMs } = nextClientQuote({ ref: round.ref, lastVersion: round.clientQuotes.at(-1)?.version ?? 0, terms, validityDays: layout?.validityDays ?? null, at });
        await tx.clientQuote.updateMany({ where: { roundId: round.id, state: { in: ['sent', 'change_asked'] } }, data: { state: 'superseded' } });
        const sent = await tx.clientQuote.create({
          data: {
            roundId: round.id, version, number, state: 'sent', introduction, validUntil, createdAt: new Date(at),
            content: content as unknown as Prisma.InputJsonValue, feeRateBp: terms.feeRateBp, feeBasis: terms.feeBasis, ...figuresOf(content),
            ...(layout ? { layout } : {}),
          },
        });
        await keepDocument(deed, sent.id, 'sent');
        await tx.memberQuote.updateMany({ where: { id: { in: quoteIds } }, data: { state: 'included', decidedAt: new Date(at) } });
        await letters.toClient(
          'client_quote_sent',
          { ...figuresOf(content), feeRateBp: terms.feeRateBp, feeBasis: terms.feeBasis, version, number, validUntil: validUntil.toISOString() },
          { purpose: 'client_quote', subjectId: round.id },
        );
        return { validForMs, told: { number, totalCents: content.totalCents, ...(overridden.length > 0 ? { overridden, reason: overrideReason } : {}) } };
      }),

    reopenQuote: (input: RoundStepInput) =>
      roundStep(deps, steps.reopenQuote, input, async ({ tx, round }, submitted) => {
        await tx.clientQuote.updateMany({ where: { roundId: round.id, state: 'sent' }, data: { state: 'superseded', reason: submitted.payload.reason } });
        await tx.memberQuote.updateMany({ where: { roundId: round.id, state: 'included' }, data: { state: 'submitted' } });
        return { told: { reason: submitted.payload.reason } };
      }),

    askQuoteChange: (input: RoundStepInput) =>
      roundStep(deps, steps.askQuoteChange, input, async ({ tx, round, letters, at }, submitted) => {
        const { clientQuoteId, reason } = submitted.payload;
        const quote = standing(round, clientQuoteId);
        await tx.clientQuote.update({ where: { id: quote.id }, data: { state: 'change_asked', reason, answeredAt: new Date(at) } });
        for (const { member } of included(round)) {
          await letters.toMember(member, 'quote_change_asked', { reason }, { purpose: 'member_quote', subjectId: round.id });
        }
        await tx.memberQuote.updateMany({ where: { roundId: round.id, state: 'included' }, data: { state: 'submitted' } });
        await letters.toClient('client_quote_change_received', { number: quote.number, reason });
        await letters.toStaff('staff_client_quote_answered', { number: quote.number, answer: 'change', reason }, roundPath(round.id));
        return { told: { number: quote.number, reason } };
      }),

    declineQuote: (input: RoundStepInput) =>
      roundStep(deps, steps.declineQuote, input, async ({ tx, round, letters, at }, submitted) => {
        const { clientQuoteId, reason } = submitted.payload;
        const quote = standing(round, clientQuoteId);
        await tx.clientQuote.update({ where: { id: quote.id }, data: { state: 'declined', reason, answeredAt: new Date(at) } });
        await loseQuotes({ tx, round, letters, at }, reason);
        await letters.toClient('client_quote_declined', { number: quote.number, reason });
        await letters.toStaff('staff_client_quote_answered', { number: quote.number, answer: 'declined', reason }, roundPath(round.id));
        return { told: { number: quote.number, reason } };
      }),

    signQuote: (input: RoundStepInput) =>
      roundStep(deps, steps.signQuote, input, async (deed, submitted) => {
        const { tx, project, round, letters, at } = deed;
        const { clientQuoteId, optionLineIds, signerName, signerTitle, orderNumber } = submitted.payload;
        const quote = standing(round, clientQuoteId);
        if (quote.validUntil.getTime() < at) throw new Problem('quote_expired', `${quote.number} was valid until ${quote.validUntil.toISOString()}`);
        if (project.company.orderNumberRequired && !orderNumber && !project.orderNumber) {
          throw new Problem('order_number_missing', `${project.company.handle} wants an order number on its invoices`);
        }
        const chosen = included(round);
        const layout = quote.layout as unknown as QuoteLayout | null;
        const known = new Set((quote.content as unknown as ClientQuoteContent).work.flatMap(({ options }) => options.map(({ id }) => id)));
        if (optionLineIds.some((id) => !known.has(id))) throw new Problem('quote_version_old', `an option ticked is not in ${quote.number}`);

        // What is signed is the quote with its options ticked: that exact document is kept.
        const content = contentOf(deed, chosen, layout, optionLineIds);
        if (orderNumber) await tx.project.update({ where: { id: project.id }, data: { orderNumber } });
        await tx.clientQuote.update({
          where: { id: quote.id },
          data: { state: 'signed', tickedOptions: optionLineIds, answeredAt: new Date(at), content: content as unknown as Prisma.InputJsonValue, ...figuresOf(content) },
        });
        const document = await keepDocument(deed, quote.id, 'signed');
        const signature = await tx.signature.create({
          data: {
            clientQuoteId: quote.id, signerId: submitted.by.id ?? '', signerName, signerTitle, signerEmail: project.owner.email,
            ip: submitted.ip, userAgent: submitted.userAgent, documentSha256: document.sha256, signedAt: new Date(at),
          },
        });
        const signer = await tx.clientUser.findUnique({ where: { id: submitted.by.id ?? '' } });
        if (signer) await tx.signature.update({ where: { id: signature.id }, data: { signerEmail: signer.email } });
        const locale = documentLocale(project.owner.locale);
        const data = await buildCertificateDocument(tx, signature.id, locale);
        const certificate = await storeDocument(tx, {
          key: `signature/${signature.id}`, kind: 'signature_certificate', at,
          title: documentTitle('signature_certificate', data, locale),
          html: renderDocument('signature_certificate', data, locale),
        });
        await tx.signature.update({ where: { id: signature.id }, data: { certificateId: certificate.id } });

        await acceptQuotes(deed, chosen, optionLineIds);
        await letters.toClient('client_quote_signed', {
          ...figuresOf(content), feeRateBp: quote.feeRateBp, feeBasis: quote.feeBasis, number: quote.number, signerName,
          signedAt: new Date(at).toISOString(), sha256: document.sha256, memberNames: chosen.map(({ member }) => member.name),
        });
        await letters.toStaff('staff_client_quote_answered', { number: quote.number, answer: 'signed', reason: '' }, roundPath(round.id));
        return { told: { number: quote.number, totalCents: content.totalCents, sha256: document.sha256 } };
      }),
  };
}

/** Q4: an administrator, and nobody else, may let a quote leave that the check list blocks. */
async function mayOverride(tx: Tx, by: By): Promise<boolean> {
  const staff = by.kind === 'staff' && by.id ? await tx.staff.findUnique({ where: { id: by.id }, select: { role: true } }) : null;
  return mayDo(staff?.role ?? '', 'overrideQuoteChecks');
}

type Chosen = RoundWithQuotes['memberQuotes'];

function included(round: RoundWithQuotes): Chosen {
  return round.memberQuotes.filter(({ state }) => state === 'included');
}

/** The version the person has before them must still be the one that stands. */
function standing(round: RoundWithQuotes, clientQuoteId: string): RoundWithQuotes['clientQuotes'][number] {
  const current = round.clientQuotes.at(-1);
  if (!current || current.id !== clientQuoteId || current.state !== 'sent') throw new Problem('quote_version_old', `${clientQuoteId} is no longer the standing version of ${round.ref}`);
  return current;
}

function contentOf({ project, terms }: RoundDeed, quotes: Chosen, layout: QuoteLayout | null, tickedOptionIds: readonly string[]): ClientQuoteContent {
  return clientQuoteContent({ quotes, terms, layout, tickedOptionIds, vatTreatment: project.company.vatTreatment });
}

interface Figures { membersTotalCents: number; feeCents: number; totalCents: number; vatCents: number; totalWithTaxCents: number }

function figuresOf({ membersTotalCents, feeCents, totalCents, vatCents, totalWithTaxCents }: Figures): Figures {
  return { membersTotalCents, feeCents, totalCents, vatCents, totalWithTaxCents };
}

async function keepDocument({ tx, project, at }: RoundDeed, clientQuoteId: string, moment: 'sent' | 'signed') {
  const locale = documentLocale(project.owner.locale);
  const data = await buildClientQuoteDocument(tx, clientQuoteId, locale);
  const document = await storeDocument(tx, {
    key: clientQuoteKey(clientQuoteId, moment), kind: 'client_quote', at,
    title: documentTitle('client_quote', data, locale),
    html: renderDocument('client_quote', data, locale),
  });
  await tx.clientQuote.update({ where: { id: clientQuoteId }, data: { documentId: document.id } });
  return document;
}

/** Q8, I1: each accepted quote gets its allowance, and each member their own link beside their team mates'. */
async function acceptQuotes({ tx, project, letters, at }: RoundDeed, chosen: Chosen, tickedOptionIds: readonly string[]): Promise<void> {
  const links = new Map<string, string>();
  for (const { member } of chosen) links.set(member.id, await letters.linkFor(member, { purpose: 'member_invoicing', subjectId: project.id }));
  for (const quote of chosen) {
    const acceptedCents = acceptedAmount({ lines: quote.lines, discountCents: quote.discountCents }, tickedOptionIds);
    await tx.memberQuote.update({ where: { id: quote.id }, data: { state: 'accepted', acceptedCents, decidedAt: new Date(at) } });
    const mates = chosen.filter(({ memberId }) => memberId !== quote.memberId).map(({ member }) => ({ name: member.name, link: links.get(member.id) ?? '' }));
    await letters.toMember(quote.member, 'quote_accepted', { acceptedCents, mates }, { purpose: 'member_invoicing', subjectId: project.id });
  }
}

/** Every quote still standing is lost, and its member told why. */
export async function loseQuotes({ tx, round, letters, at }: Pick<RoundDeed, 'tx' | 'round' | 'letters' | 'at'>, reason: string): Promise<void> {
  const lost = round.memberQuotes.filter(({ state }) => state === 'submitted' || state === 'included' || state === 'sent_back');
  for (const { member } of lost) await letters.toMember(member, 'quote_lost', { reason });
  await tx.memberQuote.updateMany({ where: { id: { in: lost.map(({ id }) => id) } }, data: { state: 'lost', decidedAt: new Date(at) } });
}
