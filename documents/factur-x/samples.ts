import { demoIssuer } from '../issuer.ts';
import type { ClientInvoiceData, InvoicedLine, MemberInvoiceData, Totals } from '../kinds.ts';
import { creditNoteSample, memberCreditNoteSample } from '../money-samples.ts';
import { clientInvoiceSample, depositInvoiceSample, mandated, memberInvoiceSample, mentions, reverseChargeQuoteSample, studio, taxed, taxedMemberInvoiceSample, untaxed } from '../samples.ts';
import type { InvoiceDraft } from './from-document.ts';

/** Every type of invoice under every case of VAT, as the members, OFF-WORKS and its clients have them. Nobody and nothing in them exists. */

const line = (label: string, amountCents: number, vatRateBp: number | null, more: Partial<InvoicedLine> = {}): InvoicedLine => ({
  label, details: [], quantityMilli: 1_000, unitCents: amountCents, amountCents, vatRateBp, offered: false, ...more,
});
const vat = (rateBp: number, baseCents: number) => ({ rateBp, baseCents, cents: Math.round((baseCents * rateBp) / 10_000) });
const several = (...parts: readonly { rateBp: number; baseCents: number; cents: number }[]): Totals => {
  const [netCents, vatCents] = [parts.reduce((sum, { baseCents }) => sum + baseCents, 0), parts.reduce((sum, { cents }) => sum + cents, 0)];
  return { netCents, vat: parts, exemption: null, vatCents, totalCents: netCents + vatCents };
};

const progress: ClientInvoiceData = {
  ...clientInvoiceSample, number: 'F-2026-0301', kind: 'progress', earlier: [],
  lines: [line('Camille Roux\u00a0: prestations', 400_000, 2_000), line('Atelier Pergame\u00a0: prestations', 430_000, 2_000)],
  membersTotalCents: 830_000, fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 170_000 }, totals: taxed(1_000_000),
};

/** Amounts that do not fall on a round euro, names and texts with every awkward sign. */
const awkward: ClientInvoiceData = {
  ...progress, number: 'F-2026-0302',
  project: { ref: 'OW-2026-0099', title: 'Marque « Été » & <Cie>, l’année "zéro" – 100 % 😀' },
  lines: [
    line('Ateliers & <prototypes> : « essais »', 333_33, 2_000, { quantityMilli: 3_000, unitCents: 111_11, details: ['A < B', 'C & D'] }),
    line('Demi-journées', 310_00, 2_000, { quantityMilli: 500, unitCents: 620_00 }),
  ],
  membersTotalCents: 643_33, fee: { rateBp: 1_500, basis: 'of_members_total', cents: 96_50 }, totals: several(vat(2_000, 739_83)),
};

const severalRates: ClientInvoiceData = {
  ...progress, number: 'F-2026-0303',
  lines: [line('Conception et direction artistique', 400_000, 2_000), line('Livre imprimé, 200 exemplaires', 100_000, 550, { quantityMilli: 200_000, unitCents: 500 }), line('Cession de droits d’auteur', 330_000, 1_000)],
  totals: several(vat(2_000, 570_000), vat(1_000, 330_000), vat(550, 100_000)),
};

const discounted: ClientInvoiceData = {
  ...progress, number: 'F-2026-0304',
  lines: [line('Camille Roux\u00a0: prestations', 460_000, 2_000), line('Atelier Pergame\u00a0: prestations', 430_000, 2_000)],
  discounts: [{ label: 'Remise exceptionnelle', cents: 60_000, vatRateBp: 2_000 }],
};

const offered: ClientInvoiceData = {
  ...progress, number: 'F-2026-0305',
  lines: [...progress.lines, line('Présentation au comité de direction', 31_000, 2_000, { offered: true, quantityMilli: 500, unitCents: 62_000 })],
};

const deposit: ClientInvoiceData = {
  ...depositInvoiceSample, number: 'F-2026-0306', client: clientInvoiceSample.client, orderNumber: 'BC-7781',
  lines: [line('Camille Roux\u00a0: acompte sur prestations', 249_000, 2_000)], membersTotalCents: 249_000, fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 51_000 }, feeVatRateBp: 2_000,
  totals: taxed(300_000), mentions: mentions(true),
};

/** The whole work, the deposits taken off what is due. */
const balance: ClientInvoiceData = {
  ...progress, number: 'F-2026-0307', kind: 'balance', totals: taxed(1_000_000), prepaidCents: 420_000,
  earlier: [
    { number: 'F-2026-0306', kind: 'deposit', issuedOn: '2026-04-07', netCents: 300_000, totalCents: 360_000 },
    { number: 'F-2026-0298', kind: 'deposit', issuedOn: '2026-05-04', netCents: 50_000, totalCents: 60_000 },
  ],
};

const reverseCharge = (data: ClientInvoiceData, number: string): ClientInvoiceData => ({
  ...data, number, client: reverseChargeQuoteSample.client, lines: data.lines.map((one) => ({ ...one, vatRateBp: null })), feeVatRateBp: null,
  discounts: data.discounts.map((one) => ({ ...one, vatRateBp: null })), totals: untaxed(data.totals.netCents, 'reverse_charge'), mentions: mentions(false),
});

const member = (data: Partial<MemberInvoiceData>): MemberInvoiceData => ({ ...taxedMemberInvoiceSample, mandateOn: '2026-03-30', approvedOn: null, selfBilled: mandated(studio), ...data });
const belgianStudio = { ...studio, name: 'Atelier de la Senne', legalForm: 'SRL', siren: null, siret: null, vatNumber: 'BE0123456749', address: { street: '4 rue du Canal', postcode: '1000', city: 'Bruxelles', country: 'BE' } };

const client = (data: ClientInvoiceData, locale: 'fr' | 'en' = 'fr'): InvoiceDraft => ({ kind: 'client_invoice', locale, data });
const own = (data: MemberInvoiceData): InvoiceDraft => ({ kind: 'member_invoice', locale: 'fr', data });
const credit = (data: typeof creditNoteSample): InvoiceDraft => ({ kind: 'credit_note', locale: 'fr', data });

export const facturXSamples: Readonly<Record<string, InvoiceDraft>> = {
  'client-20': client(progress),
  'client-20-english': client(progress, 'en'),
  'client-awkward': client(awkward),
  'client-several-rates': client(severalRates),
  'client-reverse-charge': client(reverseCharge(progress, 'F-2026-0308')),
  'client-reverse-charge-discount': client(reverseCharge(discounted, 'F-2026-0309')),
  'client-discount': client(discounted),
  'client-offered-line': client(offered),
  'client-deposit': client(deposit),
  'client-deposit-reverse-charge': client(depositInvoiceSample),
  'client-balance-rest': client(clientInvoiceSample),
  'client-balance-deducted': client(balance),
  'client-long': client({ ...progress, number: 'F-2026-0310', lines: Array.from({ length: 83 }, (_, index) => line(`Journée d’atelier numéro ${index + 1}`, 10_000, 2_000)) }),
  'member-franchise-balance': own(memberInvoiceSample),
  'member-20': own(member({ number: 'PERGAME-2026-0012' })),
  'member-approved': own(taxedMemberInvoiceSample),
  'member-several-rates': own(member({ number: 'PERGAME-2026-0013', lines: [line('Conception', 300_000, 2_000), line('Cession de droits', 100_000, 1_000)], totals: several(vat(2_000, 300_000), vat(1_000, 100_000)) })),
  'member-reverse-charge': own(member({ number: 'SENNE-2026-0001', supplier: belgianStudio, selfBilled: mandated(belgianStudio), lines: [line('Développement', 413_350, null)], totals: untaxed(413_350, 'reverse_charge') })),
  'member-deposit-franchise': own({ ...memberInvoiceSample, number: 'CROUX-2026-0002', kind: 'deposit', serviceOn: null, earlier: [], lines: [line('Acompte sur les prestations', 371_100, null)], totals: untaxed(371_100, 'franchise') }),
  'member-balance-deducted': own({ ...memberInvoiceSample, number: 'CROUX-2026-0005', lines: [line('Prestations', 1_237_000, null)], totals: untaxed(1_237_000, 'franchise'), prepaidCents: 371_100 }),
  'member-discount-offered': own(member({ number: 'PERGAME-2026-0014', lines: [line('Développement', 423_350, 2_000), line('Reprise des contenus', 20_000, 2_000, { offered: true })], discounts: [{ label: 'Remise exceptionnelle', cents: 10_000, vatRateBp: 2_000 }] })),
  'credit-client': credit(creditNoteSample),
  'credit-client-reverse-charge': credit({
    ...creditNoteSample, number: 'F-2026-0220', whole: true, outcome: 'refund', buyer: reverseChargeQuoteSample.client, lines: creditNoteSample.lines.map((one) => ({ ...one, vatRateBp: null })),
    team: { ...creditNoteSample.team!, feeVatRateBp: null }, totals: untaxed(100_000, 'reverse_charge'), mentions: mentions(false),
  }),
  'credit-client-several-rates': credit({ ...creditNoteSample, number: 'F-2026-0221', lines: [line('Conception', 50_000, 2_000), line('Livre imprimé', 33_000, 550)], totals: several(vat(2_000, 67_000), vat(550, 33_000)) }),
  'credit-member-franchise': credit(memberCreditNoteSample),
  'credit-member-20': credit({ ...memberCreditNoteSample, number: 'PERGAME-2026-0015', seller: studio, buyer: demoIssuer, lines: creditNoteSample.lines, totals: taxed(83_000), selfBilled: mandated(studio) }),
};
