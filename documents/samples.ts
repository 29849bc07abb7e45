import { day, money, rate } from './format.ts';
import { demoIssuer } from './issuer.ts';
import { legalFrom } from './legal.ts';
import type {
  ClientInvoiceData, ClientQuoteData, Contact, DocumentDraft, InvoiceMentions, MemberInvoiceData, MemberQuoteData, Party, PreviewData, QuotedWork,
  ReferralStatementData, SignatureCertificateData, Totals,
} from './kinds.ts';
import { say } from './words.ts';

/** One believable document of each kind: to look at while designing, and to test against. Nobody and nothing in them exists. */

export const client: Party = {
  name: 'Maison Valmy', legalForm: null, capitalCents: null, siren: '999000110', siret: null, register: null, vatNumber: 'FR72999000110',
  address: { street: '18 quai des Célestins', postcode: '69002', city: 'Lyon', country: 'FR' }, email: null,
};

export const manager: Contact = { name: 'Inès Carpentier', email: 'ines@off-works.example', phone: '01 84 00 00 00' };

export const project = { ref: 'OW-2026-0042', title: 'Relancer la marque avant l’ouverture des boutiques de Nantes et de Lille' };

const artDirector: QuotedWork = {
  memberName: 'Camille Roux',
  headline: 'Directrice artistique',
  sections: [
    {
      title: 'Plateforme et identité',
      lines: [
        { kind: 'days', label: 'Ateliers de cadrage avec la direction et les équipes de vente', quantityMilli: 2_500, unitCents: 62_000, amountCents: 155_000, offered: false },
        { kind: 'days', label: 'Territoire visuel : trois pistes, puis développement de la piste retenue', quantityMilli: 9_000, unitCents: 62_000, amountCents: 558_000, offered: false },
        { kind: 'days', label: 'Charte graphique livrée en français et en anglais', quantityMilli: 4_000, unitCents: 62_000, amountCents: 248_000, offered: false },
        { kind: 'days', label: 'Présentation au comité de direction', quantityMilli: 500, unitCents: 62_000, amountCents: 31_000, offered: true },
      ],
    },
    {
      title: 'Déclinaisons',
      lines: [
        { kind: 'flat', label: 'Bannières pour les réseaux sociaux', quantityMilli: 12_000, unitCents: 9_500, amountCents: 114_000, offered: false },
        { kind: 'cost', label: 'Licence de la famille de caractères, cinq postes', quantityMilli: 1_000, unitCents: 42_000, amountCents: 42_000, offered: false },
      ],
    },
    {
      title: 'Cession de droits',
      lines: [{ kind: 'rights', label: 'Tous supports, France et Union européenne, cinq ans', quantityMilli: 1_000, unitCents: 180_000, amountCents: 180_000, offered: false }],
    },
  ],
  options: [
    { id: 'o1', kind: 'days', label: 'Accompagnement des deux ouvertures, sur place', quantityMilli: 2_000, unitCents: 62_000, amountCents: 124_000, offered: false, ticked: false, withFeeCents: 149_398 },
    { id: 'o2', kind: 'rights', label: 'Extension de la cession au monde entier', quantityMilli: 1_000, unitCents: 90_000, amountCents: 90_000, offered: false, ticked: false, withFeeCents: 108_434 },
  ],
  discountCents: 60_000,
  totalCents: 1_237_000,
  conditions: 'Deux allers-retours de corrections par livrable ; au-delà, au tarif journalier.\nLes droits sont cédés au paiement complet.',
  paymentSchedule: 'deposit_balance',
  depositBp: 3_000,
};

const developer: QuotedWork = {
  memberName: 'Atelier Pergame',
  headline: 'Studio de développement',
  sections: [
    {
      title: '',
      lines: [
        { kind: 'days', label: 'Refonte des gabarits de la boutique en ligne', quantityMilli: 14_000, unitCents: 58_000, amountCents: 812_000, offered: false },
        { kind: 'cost', label: 'Hébergement de préproduction, trois mois', quantityMilli: 3_000, unitCents: 4_900, amountCents: 14_700, offered: false },
      ],
    },
  ],
  options: [],
  discountCents: 0,
  totalCents: 826_700,
  conditions: '',
  paymentSchedule: 'instalments',
  depositBp: null,
};

export const late = { rateBp: 1_240, indemnityCents: 4_000 };

const legal = legalFrom(demoIssuer, () => undefined, 'fr');
const lateInWords = { rate: rate(late.rateBp, 'fr'), indemnity: money(late.indemnityCents, 'fr') };
export const mentions = (vatOnReceipts: boolean): InvoiceMentions => legal.invoiceMentions({ late, vatOnReceipts });
export const mandated = (supplier: Party): string => legal.say('selfBilledMandate', { buyer: demoIssuer.name, supplier: supplier.name, day: day('2026-03-30', 'fr') });

export function taxed(netCents: number): Totals {
  const vatCents = Math.round(netCents / 5);
  return { netCents, vat: [{ rateBp: 2_000, baseCents: netCents, cents: vatCents }], exemption: null, vatCents, totalCents: netCents + vatCents };
}

export function untaxed(netCents: number, reason: 'franchise' | 'reverse_charge'): Totals {
  return { netCents, vat: [], exemption: { reason, wording: say('fr', `mention.${reason}`) }, vatCents: 0, totalCents: netCents };
}

export const clientQuoteSample: ClientQuoteData = {
  number: 'D-2026-0117',
  version: 2,
  issuedOn: '2026-03-31',
  validUntil: '2026-04-30',
  signedOn: null,
  project,
  amendment: null,
  issuer: demoIssuer,
  client,
  clientContact: { name: 'Hélène Aubry', email: 'helene@valmy.example', phone: null },
  manager,
  introduction:
    'Bonjour Hélène,\n\nVoici le devis de l’équipe que vous avez réunie. La charte arrive avant le 12 mai, pour laisser cinq semaines à l’agencement des boutiques.',
  work: [artDirector, developer],
  membersTotalCents: 2_063_700,
  fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 422_685 },
  totals: taxed(2_486_385),
  paymentTerm: { unit: 'days', count: 30 },
  depositTerm: { unit: 'days', count: 0 },
  late,
  lateWording: legal.say('quoteLate', lateInWords),
};

/** A client of another country of the Union, an amendment, a single member, the other reading of the fee. */
export const reverseChargeQuoteSample: ClientQuoteData = {
  ...clientQuoteSample,
  number: 'D-2026-0131',
  version: 1,
  amendment: { number: 1, purpose: 'Ajouter la version néerlandaise du site' },
  client: {
    ...client, name: 'Brasserie de la Senne Noire', siren: null, vatNumber: 'BE0123456749',
    address: { street: '4 rue du Canal', postcode: '1000', city: 'Bruxelles', country: 'BE' },
  },
  manager: null,
  introduction: '',
  work: [developer],
  membersTotalCents: 826_700,
  fee: { rateBp: 1_500, basis: 'of_members_total', cents: 124_005 },
  totals: untaxed(950_705, 'reverse_charge'),
};

export const memberQuoteSample: MemberQuoteData = {
  roundRef: 'OW-2026-0042',
  version: 2,
  submittedOn: '2026-03-30',
  project,
  clientName: client.name,
  member: { name: 'Camille Roux', headline: 'Directrice artistique' },
  supplier: null,
  issuer: demoIssuer,
  work: artDirector,
  totals: untaxed(1_237_000, 'franchise'),
  remarks: 'Merci de détailler la ligne « Charte graphique » : nombre de pages et formats livrés.',
};

export const certificateSample: SignatureCertificateData = {
  signatureId: '0198f0d2-7a10-7c44-9b8e-2f1d3c4b5a69',
  signedAt: '2026-04-02T08:41:07.000Z',
  signer: { name: 'Hélène Aubry', title: 'Directrice marketing', email: 'helene@valmy.example' },
  client,
  issuer: demoIssuer,
  ip: '203.0.113.24',
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1',
  consent: say('fr', 'consent', { number: 'D-2026-0117', version: 2, client: client.name }),
  project,
  quote: { number: 'D-2026-0117', version: 2, title: 'Devis D-2026-0117, version 2', sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
  presentedSha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  orderNumber: 'BC-7781',
  options: [{ label: 'Accompagnement des deux ouvertures, sur place', memberName: 'Camille Roux', amountCents: 124_000 }],
  membersTotalCents: 2_187_700,
  fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 448_083 },
  totals: taxed(2_635_783),
};

export const soleTrader: Party = {
  name: 'Camille Roux EI', legalForm: 'Entrepreneur individuel', capitalCents: null, siren: '987654324', siret: '98765432400019', register: null,
  vatNumber: null, address: { street: '7 passage des Tilleuls', postcode: '44000', city: 'Nantes', country: 'FR' }, email: null,
};

export const studio: Party = {
  name: 'Atelier Pergame', legalForm: 'SARL', capitalCents: null, siren: '111222337', siret: '11122233700011', register: null,
  vatNumber: 'FR21111222337', address: { street: '22 rue des Forges', postcode: '35000', city: 'Rennes', country: 'FR' }, email: null,
};

/** A final self-billed invoice: franchise, mandate given. */
export const memberInvoiceSample: MemberInvoiceData = {
  number: 'CROUX-2026-0003',
  ref: 'OW-2026-0042-F2',
  kind: 'balance',
  issuedOn: '2026-06-15',
  serviceOn: '2026-06-12',
  project,
  supplier: soleTrader,
  buyer: demoIssuer,
  lines: [
    {
      label: say('fr', 'invoice.line.own.balance', { project: project.title }),
      details: ['Plateforme et identité, Déclinaisons, Cession de droits', say('fr', 'invoice.line.member_quote', { ref: project.ref, version: 2, day: day('2026-03-30', 'fr') }), say('fr', 'invoice.line.share', { rate: rate(7000, 'fr'), amount: money(1237000, 'fr') })],
      quantityMilli: 1_000, unitCents: 865_900, amountCents: 865_900, vatRateBp: null, offered: false,
    },
  ],
  discounts: [],
  earlier: [{ number: 'CROUX-2026-0002', kind: 'deposit', issuedOn: '2026-04-07', netCents: 371_100, totalCents: 371_100 }],
  totals: untaxed(865_900, 'franchise'),
  prepaidCents: 0,
  mentions: mentions(false),
  dueOn: '2026-08-14',
  late,
  ibanLast4: '0189',
  mandateOn: '2026-03-30',
  approvedOn: null,
  selfBilled: mandated(soleTrader),
};

export const previewSample: PreviewData = {
  ...memberInvoiceSample,
  number: null,
  version: 2,
  windowEndsAt: '2026-06-15T09:30:00.000Z',
  issuedOn: '2026-06-13',
  dueOn: null,
  resolution: 'Le montant passe de 8 569,00 € à 8 659,00 € : deux chiffres étaient inversés.',
};

/** A studio that charges VAT, without a mandate: approved by hand. */
export const taxedMemberInvoiceSample: MemberInvoiceData = {
  ...memberInvoiceSample,
  number: 'PERGAME-2026-0011',
  ref: 'OW-2026-0042-F1',
  kind: 'progress',
  supplier: studio,
  lines: [
    {
      label: say('fr', 'invoice.line.own.progress', { project: project.title }),
      details: [say('fr', 'invoice.line.member_quote', { ref: project.ref, version: 2, day: day('2026-03-30', 'fr') }), say('fr', 'invoice.line.share', { rate: rate(5000, 'fr'), amount: money(826700, 'fr') })],
      quantityMilli: 1_000, unitCents: 413_350, amountCents: 413_350, vatRateBp: 2_000, offered: false,
    },
  ],
  earlier: [],
  totals: taxed(413_350),
  mandateOn: null,
  approvedOn: '2026-06-14',
  selfBilled: legal.say('selfBilledApproved', { buyer: demoIssuer.name, supplier: studio.name, day: day('2026-06-14', 'fr') }),
};

export const clientInvoiceSample: ClientInvoiceData = {
  number: 'F-2026-0208',
  kind: 'balance',
  issuedOn: '2026-06-15',
  serviceOn: '2026-06-12',
  dueOn: '2026-07-15',
  immediate: false,
  project,
  orderNumber: 'BC-7781',
  quoteNumbers: ['D-2026-0117'],
  issuer: demoIssuer,
  client,
  billingContact: { name: 'Service comptable', email: 'compta@valmy.example', phone: null },
  manager,
  lines: [
    {
      label: 'Camille Roux\u00a0: solde des prestations',
      details: ['Plateforme et identité, Déclinaisons, Cession de droits', say('fr', 'invoice.line.quote', { number: 'D-2026-0117', day: day('2026-04-02', 'fr') }), say('fr', 'invoice.line.share', { rate: rate(7000, 'fr'), amount: money(1237000, 'fr') })],
      quantityMilli: 1_000, unitCents: 865_900, amountCents: 865_900, vatRateBp: 2_000, offered: false,
    },
    {
      label: 'Atelier Pergame\u00a0: prestations',
      details: [say('fr', 'invoice.line.quote', { number: 'D-2026-0117', day: day('2026-04-02', 'fr') }), say('fr', 'invoice.line.share', { rate: rate(5000, 'fr'), amount: money(826700, 'fr') })],
      quantityMilli: 1_000, unitCents: 413_350, amountCents: 413_350, vatRateBp: 2_000, offered: false,
    },
  ],
  membersTotalCents: 1_279_250,
  fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 262_015 },
  feeVatRateBp: 2_000,
  discounts: [],
  earlier: [{ number: 'F-2026-0171', kind: 'deposit', issuedOn: '2026-04-07', netCents: 447_108, totalCents: 536_530 }],
  totals: taxed(1_541_265),
  prepaidCents: 0,
  mentions: mentions(true),
  late,
};

/** A deposit for a client under reverse charge, due at once. */
export const depositInvoiceSample: ClientInvoiceData = {
  ...clientInvoiceSample,
  number: 'F-2026-0171',
  kind: 'deposit',
  serviceOn: null,
  dueOn: '2026-06-15',
  immediate: true,
  orderNumber: null,
  client: reverseChargeQuoteSample.client,
  lines: clientInvoiceSample.lines.slice(0, 1).map((line) => ({ ...line, vatRateBp: null })),
  membersTotalCents: 865_900,
  fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 177_353 },
  feeVatRateBp: null,
  earlier: [],
  totals: untaxed(1_043_253, 'reverse_charge'),
  mentions: mentions(false),
};

/** Paid, due, late and still to be invoiced. */
const referralStatementSample: ReferralStatementData = {
  drawnOn: '2026-06-15', member: { name: 'Noé Lambert' }, issuer: demoIssuer, leftCents: 24_831, dueCents: 5_000, toComeCents: 47_208,
  projects: [
    {
      ref: project.ref, title: project.title, clientName: client.name, level: 'supported_lead', rateBp: 1_400,
      shares: [
        { invoice: 'F-2026-0171', feeCents: 177_353, known: true, cents: 24_829, state: 'sent', why: null, on: '2026-05-12' },
        { invoice: 'F-2026-0208', feeCents: 262_015, known: true, cents: 36_682, state: 'to_come', why: 'client_has_time', on: '2026-07-15' },
        { invoice: null, feeCents: 75_186, known: true, cents: 10_526, state: 'to_come', why: 'not_invoiced', on: null },
      ],
    },
    { ref: 'OW-2026-0051', title: 'Un livret d’accueil', clientName: 'Atelier Hublot', level: 'introduction', rateBp: 600, shares: [{ invoice: null, feeCents: null, known: false, cents: 0, state: 'to_come', why: 'not_signed', on: null }] },
  ],
};

export const samples: Readonly<Record<string, DocumentDraft>> = {
  'client-quote': { kind: 'client_quote', locale: 'fr', data: clientQuoteSample },
  'client-quote-en': { kind: 'client_quote', locale: 'en', data: clientQuoteSample },
  'client-quote-reverse-charge': { kind: 'client_quote', locale: 'fr', data: reverseChargeQuoteSample },
  'member-quote': { kind: 'member_quote', locale: 'fr', data: memberQuoteSample },
  certificate: { kind: 'signature_certificate', locale: 'fr', data: certificateSample },
  preview: { kind: 'preview', locale: 'fr', data: previewSample },
  'member-invoice': { kind: 'member_invoice', locale: 'fr', data: memberInvoiceSample },
  'member-invoice-taxed': { kind: 'member_invoice', locale: 'fr', data: taxedMemberInvoiceSample },
  'client-invoice': { kind: 'client_invoice', locale: 'fr', data: clientInvoiceSample },
  'referral-statement': { kind: 'referral_statement', locale: 'fr', data: referralStatementSample },
  'client-invoice-deposit': { kind: 'client_invoice', locale: 'fr', data: depositInvoiceSample },
};
