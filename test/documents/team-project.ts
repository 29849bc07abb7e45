import type { Db } from '../../database/open.ts';
import { buildClientQuote, type ClientQuoteContent } from '../../domain/client-quote.ts';
import { defaultTerms } from '../../domain/default-terms.ts';
import type { Terms } from '../../domain/terms.ts';

export const sentAt = Date.parse('2026-03-31T09:00:00Z');
export const signedAt = Date.parse('2026-04-02T08:41:07Z');

/** A project of two members with a quote sent to its client: one under the franchise with options and a discount, one who charges VAT. */
export async function teamProject(db: Db, options: { vatTreatment?: 'domestic' | 'reverse_charge'; vatNumber?: string | null; terms?: Partial<Terms> } = {}) {
  const { vatTreatment = 'domestic', vatNumber = 'FR72999000110', terms: changed = {} } = options;
  const terms = { ...defaultTerms, ...changed };
  const tag = Math.random().toString(36).slice(2, 8);
  const company = await db.company.create({
    data: { handle: `valmy-${tag}`, name: 'Maison Valmy', siren: '999000110', vatNumber, vatTreatment, address: '18 quai des Célestins', postcode: '69002', city: 'Lyon' },
  });
  const owner = await db.clientUser.create({ data: { companyId: company.id, email: `helene-${tag}@valmy.test`, name: 'Hélène Aubry' } });
  const accounts = await db.clientUser.create({ data: { companyId: company.id, role: 'manager', email: `compta-${tag}@valmy.test`, name: 'Paul Arnoux', billingContact: true } });
  const staff = await db.staff.create({ data: { handle: `ines-${tag}`, email: `ines-${tag}@off-works.test`, name: 'Inès Carpentier', role: 'account_manager', passwordHash: '-' } });
  const project = await db.project.create({
    data: {
      ref: `OW-${tag}`, title: 'Relancer la marque', problem: '<script>alert(1)</script>', stage: 'quote_sent', companyId: company.id, ownerId: owner.id,
      accountManagerId: staff.id, terms: terms as never, feeRateBp: terms.feeRateBp, feeBasis: terms.feeBasis, orderNumber: 'BC-7781',
    },
  });
  const round = await db.quoteRound.create({ data: { projectId: project.id, number: 0, ref: project.ref, state: 'sent' } });

  const member = async (name: string, vatRegime: 'franchise' | 'standard') =>
    db.member.create({
      data: {
        handle: `${name.toLowerCase().replace(/\W/g, '-')}-${tag}`, email: `${tag}-${name.length}@membres.test`, name, headline: 'Direction artistique', state: 'active',
        billing: {
          create: {
            legalName: `${name} EI`, legalForm: 'Entrepreneur individuel', siret: '98765432400019', vatRegime, vatRateBp: vatRegime === 'standard' ? 2_000 : 0,
            vatNumber: vatRegime === 'standard' ? 'FR14987654324' : null, address: '7 passage des Tilleuls', postcode: '44000', city: 'Nantes',
            ibanEncrypted: 'kept elsewhere', ibanLast4: '0189', mandateAcceptedAt: vatRegime === 'franchise' ? new Date('2026-03-30T10:00:00Z') : null,
          },
        },
      },
    });
  const camille = await member('Camille Roux', 'franchise');
  const lou = await member('Lou Pergame', 'standard');

  const lines = [
    { position: 0, section: 'Identité', kind: 'days', label: 'Territoire visuel', quantityMilli: 9_000, unitCents: 62_000, amountCents: 558_000 },
    { position: 1, section: 'Identité', kind: 'rights', label: 'Droits, cinq ans', quantityMilli: 1_000, unitCents: 180_000, amountCents: 180_000 },
    { position: 2, section: 'Identité', kind: 'days', label: 'Présentation', quantityMilli: 500, unitCents: 62_000, amountCents: 31_000, offered: true },
    { position: 3, section: 'Suites', kind: 'days', label: 'Accompagnement', quantityMilli: 2_000, unitCents: 62_000, amountCents: 124_000, optional: true },
  ];
  const camilleQuote = await db.memberQuote.create({
    data: {
      roundId: round.id, memberId: camille.id, version: 1, state: 'included', totalCents: 678_000, optionsCents: 124_000, discountCents: 60_000, vatRegime: 'franchise', vatRateBp: 0,
      conditions: 'Deux allers-retours.', paymentSchedule: 'deposit_balance', depositBp: 3_000, createdAt: new Date('2026-03-30T15:00:00Z'), lines: { create: lines },
    },
    include: { lines: { orderBy: { position: 'asc' } }, member: true },
  });
  const louQuote = await db.memberQuote.create({
    data: {
      roundId: round.id, memberId: lou.id, version: 1, state: 'included', totalCents: 152_000, vatRegime: 'standard', vatRateBp: 2_000, createdAt: new Date('2026-03-30T16:00:00Z'),
      lines: { create: [{ position: 0, kind: 'flat', label: 'Intégration', quantityMilli: 4_000, unitCents: 38_000, amountCents: 152_000 }] },
    },
    include: { lines: true, member: true },
  });

  const content = (tickedOptionIds: readonly string[]): ClientQuoteContent =>
    buildClientQuote({
      quotes: [camilleQuote, louQuote].map((quote) => ({ quoteId: quote.id, memberName: quote.member.name, lines: quote.lines, discountCents: quote.discountCents })),
      feeRateBp: terms.feeRateBp, feeBasis: terms.feeBasis, vatRateBp: terms.vatRateBp, vatTreatment, tickedOptionIds,
    });
  const row = (built: ClientQuoteContent) => ({
    content: built as never, membersTotalCents: built.membersTotalCents, feeRateBp: built.feeRateBp, feeBasis: built.feeBasis, feeCents: built.feeCents,
    totalCents: built.totalCents, vatCents: built.vatCents, totalWithTaxCents: built.totalWithTaxCents,
  });
  const clientQuote = await db.clientQuote.create({
    data: {
      roundId: round.id, version: 1, number: `${round.ref}-D1`, state: 'sent', introduction: 'Bonjour <b>Hélène</b>', validUntil: new Date('2026-04-30T21:59:00Z'),
      createdAt: new Date(sentAt), ...row(content([])),
    },
  });
  const optionId = camilleQuote.lines[3]!.id;

  return {
    company, owner, accounts, staff, project, round, camille, lou, camilleQuote, louQuote, clientQuote, optionId,
    /** The client ticks the option and signs. */
    async sign(documentSha256: string) {
      await db.clientQuote.update({ where: { id: clientQuote.id }, data: { state: 'signed', answeredAt: new Date(signedAt), tickedOptions: [optionId], ...row(content([optionId])) } });
      await db.memberQuote.update({ where: { id: camilleQuote.id }, data: { state: 'accepted', acceptedCents: 802_000 } });
      await db.memberQuote.update({ where: { id: louQuote.id }, data: { state: 'accepted', acceptedCents: 152_000 } });
      return db.signature.create({
        data: {
          clientQuoteId: clientQuote.id, signerId: owner.id, signerName: 'Hélène Aubry', signerTitle: 'Directrice marketing', signerEmail: owner.email,
          ip: '203.0.113.24', userAgent: 'Firefox', documentSha256, signedAt: new Date(signedAt),
        },
      });
    },
    /** An amount a member entered; final once it has a number. */
    async invoice(of: 'camille' | 'lou', number: number, more: { amountCents: number; kind?: string; feeCents?: number; number?: string; finalAt?: string; clientInvoiceId?: string }) {
      const [person, quote] = of === 'camille' ? [camille, camilleQuote] : [lou, louQuote];
      const vatCents = of === 'lou' ? more.amountCents / 5 : 0;
      return db.memberInvoice.create({
        data: {
          ref: `${project.ref}-F${number}`, projectId: project.id, memberId: person.id, quoteId: quote.id, kind: more.kind ?? 'progress', state: more.number ? 'final' : 'preview',
          amountCents: more.amountCents, vatRegime: quote.vatRegime, vatRateBp: quote.vatRateBp, vatCents, totalCents: more.amountCents + vatCents, feeCents: more.feeCents ?? 0,
          number: more.number ?? null, finalAt: more.finalAt ? new Date(more.finalAt) : null, legalDueAt: more.finalAt ? new Date(Date.parse(more.finalAt) + 60 * 86_400_000) : null,
          mandate: of === 'camille', windowEndsAt: new Date('2026-06-15T09:30:00Z'), createdAt: new Date('2026-06-12T22:30:00Z'), clientInvoiceId: more.clientInvoiceId ?? null,
        },
      });
    },
  };
}
