import { describe, expect, it } from 'vitest';
import { creditNoteSample, dunningLetterSample, formalNoticeSample, memberCreditNoteSample, moneySamples, payoutAdviceSample, statementSample } from '../../documents/money-samples.ts';
import { documentTitle, renderDocument } from '../../documents/render.ts';
import { readText } from './read-text.ts';

describe('I12 a credit note', () => {
  const text = readText(renderDocument('credit_note', creditNoteSample, 'fr'));

  it('I12: names the invoice it corrects, why, and what becomes of the amount; the fee goes back with the work', () => {
    for (const said of [
      'Avoir N° F-2026-0219', 'Sur la facture F-2026-0208', 'Datée du 15 juin 2026', 'Corrige en partie la facture F-2026-0208 La bannière pour la boutique de Lille',
      'Total des prestations 830,00 € Frais de fonctionnement OFF-WORKS 17 % du montant final HT, prestations et frais réunis 170,00 € Total HT 1 000,00 € TVA 20 % sur 1 000,00 € 200,00 € Total de l’avoir 1 200,00 €',
      'Il vient en déduction de la facture F-2026-0208',
    ]) expect(text).toContain(said);
    expect(text).not.toContain('Auto-facturation');
  });

  it('I4, I12: of a member’s invoice stands in the member’s name, without the fee', () => {
    const own = readText(renderDocument('credit_note', memberCreditNoteSample, 'fr'));
    for (const said of ['Camille Roux EI Avoir', 'Auto-facturation', 'au nom et pour le compte de Camille Roux EI', 'Annule la facture CROUX-2026-0003', 'TVA non applicable', 'Total de l’avoir 830,00 €']) expect(own).toContain(said);
    expect(own).not.toContain('Frais de fonctionnement');
  });
});

describe('I6 a dunning letter', () => {
  it('I6: lists what is late, with interest, indemnities and the total, and how to pay', () => {
    const text = readText(renderDocument('dunning_letter', dunningLetterSample, 'fr'));
    for (const said of [
      'Relance', 'Paris, le 20 juillet 2026', 'Vos factures sont en retard', 'F-2026-0171 Émise le 7 avril 2026 7 avril 2026 5 365,30 € 104 1 365,30 €',
      'Reste dû TTC 19 860,48 € Intérêts de retard au taux annuel de 12,4 %, arrêtés au 20 juillet 2026 220,96 € Indemnités forfaitaires 40,00 € par facture en retard 80,00 € Total à régler 20 161,44 €',
      'Référence F-2026-0171, F-2026-0208', 'FR76 3000 6000 0112 3456 7890 189',
    ]) expect(text).toContain(said);
  });

  it('I6: a formal notice is called one, and says until when', () => {
    const text = readText(renderDocument('dunning_letter', formalNoticeSample, 'fr'));
    expect(text).toContain('Mise en demeure de payer');
    expect(text).toContain('Nous attendons ce règlement avant le 28 juillet 2026');
    expect(documentTitle('dunning_letter', formalNoticeSample, 'fr')).toBe('Mise en demeure MED-2026-0004');
  });

  it('I6: the sums of the samples hold together', () => {
    for (const { invoices, ...letter } of [dunningLetterSample, formalNoticeSample]) {
      const sum = (of: 'remainingCents' | 'interestCents' | 'indemnityCents'): number => invoices.reduce((total, one) => total + one[of], 0);
      expect([sum('remainingCents'), sum('interestCents'), sum('indemnityCents')]).toEqual([letter.remainingCents, letter.interestCents, letter.indemnityCents]);
      expect(letter.claimedCents).toBe(letter.remainingCents + letter.interestCents + letter.indemnityCents);
    }
  });
});

describe('I7 a payout advice', () => {
  it('I7: says what was paid, to which account, for which invoices, and what is left of each', () => {
    const text = readText(renderDocument('payout_advice', payoutAdviceSample, 'fr'));
    for (const said of ['Avis de virement', '5 025,82 € sur votre compte se terminant par 0189', 'Votre facture CROUX-2026-0003', 'Le client a réglé la facture F-2026-0208 8 659,00 € 4 000,00 € 0,00 € 4 659,00 €', 'Apport d’affaires', 'Total versé 5 025,82 €']) expect(text).toContain(said);
  });
});

describe('C10 a statement of account', () => {
  it('C10: goes from the opening balance to the closing one, line by line', () => {
    const text = readText(renderDocument('statement', statementSample(3), 'fr'));
    for (const said of ['Relevé de compte', 'Du 1er janvier 2026 au 31 décembre 2026', 'Solde à l’ouverture de la période 1 200,00 €', '1er janvier 2026 Facture F-2026-0001 100,00 € 1 300,00 €', 'Règlement de la facture F-2026-0002 111,11 € 1 188,89 €', 'Dont échu au']) expect(text).toContain(said);
  });
});

describe('I10 letters and credit notes', () => {
  it.each(Object.entries(moneySamples))('I10: %s speaks both languages, leaves no blank, and fetches nothing', (_name, { kind, data }) => {
    for (const locale of ['fr', 'en'] as const) {
      const html = renderDocument(kind, data as never, locale);
      expect(html).toBe(renderDocument(kind, data as never, locale));
      expect(html).not.toMatch(/undefined|NaN|\[object|https?:/);
    }
    const [first] = Object.keys(data);
    const { [first as never]: _left, ...rest } = data as unknown as Record<string, unknown>;
    expect(() => renderDocument(kind, rest as never, 'fr')).toThrow();
  });
});
