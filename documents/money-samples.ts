import { demoIssuer } from './issuer.ts';
import type { DocumentDraft } from './kinds.ts';
import type { CreditNoteData, DunningLetterData, PaidLine, PayoutAdviceData, StatementData, StatementEntry } from './money-kinds.ts';
import { client, clientInvoiceSample, late, manager, mandated, mentions, project, soleTrader, taxed, untaxed } from './samples.ts';

/** One believable document of each kind that money moves by, long ones too. Nobody and nothing in them exists. */

export const creditNoteSample: CreditNoteData = {
  number: 'F-2026-0219',
  issuedOn: '2026-06-22',
  corrects: { number: 'F-2026-0208', issuedOn: '2026-06-15' },
  whole: false,
  reason: 'La bannière pour la boutique de Lille n’a pas été livrée : elle est retirée de la facture.',
  project,
  orderNumber: 'BC-7781',
  seller: demoIssuer,
  buyer: client,
  lines: [{ label: 'Camille Roux\u00a0: prestations', details: ['Bannières pour les réseaux sociaux'], quantityMilli: 1_000, unitCents: 83_000, amountCents: 83_000, vatRateBp: 2_000, offered: false }],
  discounts: [],
  team: { membersTotalCents: 83_000, fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 17_000 }, feeVatRateBp: 2_000 },
  totals: taxed(100_000),
  outcome: 'set_off',
  mentions: mentions(true),
  selfBilled: null,
  demo: true,
};

/** The same, on the member's side: in their name, without VAT. */
export const memberCreditNoteSample: CreditNoteData = {
  ...creditNoteSample,
  number: 'CROUX-2026-0004',
  corrects: { number: 'CROUX-2026-0003', issuedOn: '2026-06-15' },
  whole: true,
  orderNumber: null,
  seller: soleTrader,
  buyer: demoIssuer,
  lines: creditNoteSample.lines.map((line) => ({ ...line, vatRateBp: null })),
  team: null,
  totals: untaxed(83_000, 'franchise'),
  outcome: 'kept',
  mentions: mentions(false),
  selfBilled: mandated(soleTrader),
};

const lateInvoices: DunningLetterData['invoices'] = [
  { number: 'F-2026-0171', issuedOn: '2026-04-07', dueOn: '2026-04-07', totalCents: 536_530, remainingCents: 136_530, daysLate: 104, interestCents: 18_954, indemnityCents: 4_000 },
  { number: 'F-2026-0208', issuedOn: '2026-06-15', dueOn: '2026-07-15', totalCents: 1_849_518, remainingCents: 1_849_518, daysLate: 5, interestCents: 3_142, indemnityCents: 4_000 },
];

export const dunningLetterSample: DunningLetterData = {
  reference: 'REL-2026-0031',
  tone: 'firm',
  issuedOn: '2026-07-20',
  payBy: null,
  issuer: demoIssuer,
  client,
  billingContact: clientInvoiceSample.billingContact,
  manager,
  invoices: lateInvoices,
  remainingCents: 1_986_048,
  interestCents: 22_096,
  indemnityCents: 8_000,
  claimedCents: 2_016_144,
  late,
  mentions: mentions(true),
};

export const formalNoticeSample: DunningLetterData = {
  ...dunningLetterSample,
  reference: 'MED-2026-0004', tone: 'formal_notice', payBy: '2026-07-28', billingContact: null, manager: null,
  invoices: lateInvoices.slice(0, 1), remainingCents: 136_530, interestCents: 18_954, indemnityCents: 4_000, claimedCents: 159_484,
};

const paid: PaidLine[] = [
  { kind: 'services', invoiceNumber: 'CROUX-2026-0003', clientInvoiceNumber: 'F-2026-0208', project, invoice: { totalCents: 865_900, paidBeforeCents: 400_000, leftCents: 0 }, amountCents: 465_900 },
  { kind: 'referral', invoiceNumber: null, clientInvoiceNumber: 'F-2026-0208', project, invoice: null, amountCents: 36_682 },
];

export const payoutAdviceSample: PayoutAdviceData = {
  reference: 'V-2026-0112', paidOn: '2026-07-22', issuer: demoIssuer, member: soleTrader, ibanLast4: '0189', lines: paid, totalCents: 502_582,
};

/** A year of a busy account: several pages. */
export function statementSample(entries: number): StatementData {
  const lines: StatementEntry[] = [];
  let balanceCents = 120_000;
  for (let index = 0; index < entries; index += 1) {
    const kind = index % 7 === 6 ? 'credit_note' as const : index % 2 === 0 ? 'invoice' as const : 'payment' as const;
    const cents = 10_000 + index * 1_111;
    const [debitCents, creditCents] = kind === 'invoice' ? [cents, 0] : [0, Math.min(cents, balanceCents)];
    balanceCents += debitCents - creditCents;
    const day = `2026-${String(1 + Math.floor((index * 12) / entries)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
    lines.push({ on: day, kind, number: `F-2026-${String(index + 1).padStart(4, '0')}`, debitCents, creditCents, balanceCents });
  }
  const sum = (of: 'debitCents' | 'creditCents'): number => lines.reduce((total, line) => total + line[of], 0);
  return {
    issuedOn: '2026-12-31', from: '2026-01-01', until: '2026-12-31', issuer: demoIssuer, client, openingCents: 120_000, lines,
    debitCents: sum('debitCents'), creditCents: sum('creditCents'), closingCents: balanceCents, lateCents: Math.floor(balanceCents / 2),
  };
}

export const moneySamples: Readonly<Record<string, DocumentDraft>> = {
  'credit-note': { kind: 'credit_note', locale: 'fr', data: creditNoteSample },
  'credit-note-member': { kind: 'credit_note', locale: 'fr', data: memberCreditNoteSample },
  'dunning-letter': { kind: 'dunning_letter', locale: 'fr', data: dunningLetterSample },
  'formal-notice-en': { kind: 'dunning_letter', locale: 'en', data: formalNoticeSample },
  'payout-advice': { kind: 'payout_advice', locale: 'fr', data: payoutAdviceSample },
  statement: { kind: 'statement', locale: 'fr', data: statementSample(12) },
};
