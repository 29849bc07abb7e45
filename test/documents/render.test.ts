import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoIssuer } from '../../documents/issuer.ts';
import { documentTitle, renderDocument } from '../../documents/render.ts';
import {
  certificateSample, clientInvoiceSample, clientQuoteSample, depositInvoiceSample, memberInvoiceSample, memberQuoteSample, previewSample,
  reverseChargeQuoteSample, samples, taxedMemberInvoiceSample,
} from '../../documents/samples.ts';
import { say } from '../../documents/words.ts';
import { isFrenchVatNumber, isSiren, isSiret } from '../../domain/identifiers.ts';
import { readText } from './read-text.ts';

describe('Q4 the global quote, in OFF-WORKS’s name', () => {
  const text = readText(renderDocument('client_quote', clientQuoteSample, 'fr'));

  it('names its number, version, dates, parties and account manager', () => {
    for (const said of ['Devis', 'N° D-2026-0117', 'Version 2', 'Émis le 31 mars 2026', 'Valable jusqu’au 30 avril 2026', 'Maison Valmy', 'À l’attention de Hélène Aubry', 'Votre account manager Inès Carpentier']) {
      expect(text).toContain(said);
    }
    expect(text).toContain('OFF-WORKS SAS au capital de 50 000,00 € 1 rue de l’Exemple 75000 Paris SIREN 123 456 782, RCS Paris SIRET 123 456 782 00010 TVA intracommunautaire FR11123456782');
  });

  it('Q1 lists the lines under their sections, with quantities, prices and amounts, rights and costs told apart', () => {
    expect(text).toContain('Plateforme et identité Ateliers de cadrage avec la direction et les équipes de vente 2,5 j × 620,00 € 2,5 j 620,00 € 1 550,00 €');
    expect(text).toContain('Bannières pour les réseaux sociaux 12 × 95,00 € 12 95,00 € 1 140,00 €');
    expect(text).toContain('Licence de la famille de caractères, cinq postes Frais');
    expect(text).toContain('Cession de droits Tous supports, France et Union européenne, cinq ans Droits');
  });

  it('Q2 shows an offered line with its worth and charges nothing for it, and the discount apart', () => {
    const html = renderDocument('client_quote', clientQuoteSample, 'fr');
    expect(html.replaceAll('\u00a0', ' ')).toContain('<s>310,00 €</s> <strong class="gift">Offert</strong>');
    expect(text).toContain('Remise exceptionnelle −600,00 €');
    expect(text).toContain('Total Camille Roux 12 370,00 €');
  });

  it('Q1 shows options with an unticked box and what they add with their fee, and ticked ones ticked', () => {
    expect(text).toContain('Accompagnement des deux ouvertures, sur place 2 j × 620,00 € 2 j 620,00 € 1 240,00 € avec frais : 1 493,98 €');
    const boxes = (html: string) => ({ unticked: html.split('class="box"').length - 1, ticked: html.split('class="box ticked"').length - 1 });
    expect(boxes(renderDocument('client_quote', clientQuoteSample, 'fr'))).toEqual({ unticked: 2, ticked: 0 });
    const [first, second] = clientQuoteSample.work;
    const chosen = { ...first!, options: first!.options.map((option, index) => ({ ...option, ticked: index === 0 })) };
    expect(boxes(renderDocument('client_quote', { ...clientQuoteSample, work: [chosen, second!] }, 'fr'))).toEqual({ unticked: 1, ticked: 1 });
  });

  it('Q5 Q6 writes the fee apart, with its rate and what the rate applies to, in both readings', () => {
    expect(text).toContain('Total des prestations 20 637,00 € Frais de fonctionnement OFF-WORKS 17 % du montant final HT, prestations et frais réunis 4 226,85 € Total HT 24 863,85 €');
    expect(readText(renderDocument('client_quote', reverseChargeQuoteSample, 'fr'))).toContain('15 % du total HT des prestations 1 240,05 €');
    expect(readText(renderDocument('client_quote', clientQuoteSample, 'en'))).toContain('17% of the final amount excl. VAT, services and fee together €4,226.85');
    expect(readText(renderDocument('client_quote', reverseChargeQuoteSample, 'en'))).toContain('15% of the total of services excl. VAT');
  });

  it('adds VAT at 20 % to the whole', () => {
    expect(text).toContain('TVA 20 % sur 24 863,85 € 4 972,77 € Total TTC 29 836,62 €');
  });

  it('Q3 carries each member’s special conditions and payment schedule, the terms of payment and the validity', () => {
    for (const said of [
      'Conditions particulières : Camille Roux Deux allers-retours', 'Échéancier : Camille Roux Un acompte de 30 % au démarrage', 'Échéancier : Atelier Pergame Plusieurs factures',
      'dans un délai de 30 jours à compter de son émission', 'Les acomptes se règlent à réception', 'jusqu’au 30 avril 2026 inclus',
    ]) expect(text).toContain(said);
    expect(text).not.toContain('Conditions particulières : Atelier Pergame');
  });

  it('Q9 says what an amendment is for', () => {
    expect(readText(renderDocument('client_quote', reverseChargeQuoteSample, 'fr'))).toContain('Avenant n° 1');
    expect(readText(renderDocument('client_quote', reverseChargeQuoteSample, 'fr'))).toContain('Ajouter la version néerlandaise du site');
  });

  it('states the reverse charge to a client of another country, with both VAT numbers and no VAT', () => {
    const reverse = readText(renderDocument('client_quote', reverseChargeQuoteSample, 'fr'));
    expect(reverse).toContain('Autoliquidation : TVA due par le preneur, art. 283-2 du CGI et art. 196 de la directive 2006/112/CE');
    expect(reverse).toContain('TVA intracommunautaire BE0123456749');
    expect(reverse).toContain('1000 Bruxelles Belgique');
    expect(reverse).toContain('Total à payer 9 507,05 €');
    expect(reverse).not.toContain('Total TTC');
  });

  it('Q7 once signed, says when instead of how to sign', () => {
    const signed = readText(renderDocument('client_quote', { ...clientQuoteSample, signedOn: '2026-04-02' }, 'fr'));
    expect(signed).toContain('Signé le 2 avril 2026');
    expect(signed).toContain('signé en ligne le 2 avril 2026');
    expect(signed).not.toContain('La signature se fait en ligne');
    expect(signed).not.toContain('Rien d’obligatoire ici');
  });
});

describe('Q5 a member’s quote', () => {
  it('holds no fee, says it is internal, and shows the franchise', () => {
    const text = readText(renderDocument('member_quote', memberQuoteSample, 'fr'));
    expect(text).not.toContain('Frais de fonctionnement');
    expect(text).toContain('Le client ne le voit pas');
    expect(text).toContain('TVA non applicable, art. 293 B du CGI.');
    expect(text).toContain('Renvoyé avec ces remarques Merci de détailler');
  });
});

describe('Q7 the signature certificate', () => {
  const text = readText(renderDocument('signature_certificate', certificateSample, 'fr'));

  it('says who signed, for whom, when in Paris and in universal time, and from where', () => {
    for (const said of [
      'Hélène Aubry , Directrice marketing helene@valmy.example', 'Maison Valmy', '2 avril 2026 à 10:41:07 (UTC+02:00), heure de Paris', '2026-04-02T08:41:07Z en temps universel',
      'Adresse IP 203.0.113.24', 'iPhone',
    ]) expect(text).toContain(said);
  });

  it('says what was signed: number, version, SHA-256, consent, options and amount', () => {
    for (const said of [
      'Devis D-2026-0117, version 2', certificateSample.quote.sha256, certificateSample.presentedSha256 ?? '', say('fr', 'consent', { number: 'D-2026-0117', version: 2, client: 'Maison Valmy' }),
      'Accompagnement des deux ouvertures, sur place', 'Total TTC 31 629,40 €', 'BC-7781',
    ]) expect(text).toContain(said.replace(/[\u00a0\u202f]/g, ' '));
    expect(readText(renderDocument('signature_certificate', { ...certificateSample, options: [] }, 'fr'))).toContain('Aucune option retenue.');
  });

  it('tells winter time from summer time', () => {
    const winter = { ...certificateSample, signedAt: '2026-01-31T23:30:00.000Z' };
    expect(readText(renderDocument('signature_certificate', winter, 'fr'))).toContain('1er février 2026 à 00:30:00 (UTC+01:00)');
  });
});

describe('I2 the preview of a member’s invoice', () => {
  const text = readText(renderDocument('preview', previewSample, 'fr'));

  it('is loudly a specimen and shows no number, in its text and in its title', () => {
    expect(text.split('Spécimen').length - 1).toBe(2);
    expect(text).toContain('Aperçu sans valeur de facture');
    const html = renderDocument('preview', previewSample, 'fr');
    expect(html).not.toContain(memberInvoiceSample.number);
    // The only « N° » of a preview would be its own: the invoices already issued stand under a heading.
    expect(text).not.toMatch(/N° \S/);
    expect(documentTitle('preview', previewSample, 'fr')).toBe('Aperçu OW-2026-0042-F2, version 2');
  });

  it('says until when an anomaly can be reported, in Paris time, and what was corrected', () => {
    expect(text).toContain('Signalez-la avant le 15 juin 2026 à 11 h 30 (heure de Paris)');
    expect(text).toContain('Ce qui a été corrigé Le montant passe de');
  });

  it('without a mandate, asks for approval instead of counting on silence', () => {
    const unmandated = readText(renderDocument('preview', { ...previewSample, mandateOn: null, selfBilled: say('fr', 'self.drawn.pending', { buyer: 'OFF-WORKS', supplier: 'Camille Roux EI' }) }, 'fr'));
    expect(unmandated).toContain('cette facture attend votre accord');
    expect(unmandated).toContain('sous réserve de son accord');
    expect(unmandated).not.toContain('la facture devient définitive');
  });
});

describe('I4 the self-billed invoice of a member', () => {
  const franchise = readText(renderDocument('member_invoice', memberInvoiceSample, 'fr'));
  const taxed = readText(renderDocument('member_invoice', taxedMemberInvoiceSample, 'fr'));

  it('stands in the member’s name and series, with « Auto-facturation » and the mandate', () => {
    for (const said of [
      'N° CROUX-2026-0003', 'Auto-facturation', 'Fournisseur Camille Roux EI Entrepreneur individuel', 'SIRET 987 654 324 00019', 'Acheteur OFF-WORKS',
      'au nom et pour le compte de Camille Roux EI, en vertu du mandat accepté le 30 mars 2026 (article 289, I-2 du CGI)', 'se terminant par 0189',
    ]) expect(franchise).toContain(said);
    expect(taxed).toContain('avec son accord donné le 14 juin 2026');
  });

  it('charges no VAT under the franchise and says so; charges it with its rate otherwise', () => {
    expect(franchise).toContain('TVA non applicable, art. 293 B du CGI.');
    expect(franchise).toContain('Total à payer 8 659,00 €');
    expect(franchise).not.toContain('TVA 20 %');
    expect(taxed).toContain('TVA 20 % sur 4 133,50 € 826,70 € Total TTC 4 960,20 €');
    expect(taxed).toContain('TVA intracommunautaire FR21111222337');
    expect(taxed).not.toContain('293 B');
  });

  it('lists the deposit on the balance', () => {
    expect(franchise).toContain('Facture de solde');
    expect(franchise).toContain('CROUX-2026-0002 7 avril 2026 Acompte 3 711,00 € 3 711,00 €');
  });
});

describe('I3 the client’s invoice', () => {
  const text = readText(renderDocument('client_invoice', clientInvoiceSample, 'fr'));

  it('I10 carries every mention the law asks for', () => {
    for (const said of [
      'N° F-2026-0208', 'Émise le 15 juin 2026', 'Date de la prestation 12 juin 2026', 'À régler le 15 juillet 2026',
      'OFF-WORKS SAS au capital de 50 000,00 €', 'SIREN 123 456 782, RCS Paris', 'SIRET 123 456 782 00010', 'TVA intracommunautaire FR11123456782',
      'Maison Valmy 18 quai des Célestins 69002 Lyon SIREN 999 000 110 TVA intracommunautaire FR72999000110',
      'Votre bon de commande BC-7781', 'Devis accepté D-2026-0117',
      'Catégorie de l’opération Prestation de services', 'TVA exigible à l’encaissement',
      'Pénalités de retard au taux annuel de 12,4 %', 'Indemnité forfaitaire de 40,00 €', 'Pas d’escompte pour paiement anticipé',
      'FR76 3000 6000 0112 3456 7890 189', 'Référence F-2026-0208',
    ]) expect(text).toContain(said);
  });

  it('has a line per member, then the fee apart, then VAT per rate', () => {
    expect(text).toContain('Camille Roux : solde des prestations Plateforme et identité, Déclinaisons, Cession de droits Devis D-2026-0117 accepté le 2 avril 2026 70 % du montant accepté de 12 370,00 € HT');
    expect(text).toContain('Total des prestations 12 792,50 € Frais de fonctionnement OFF-WORKS 17 % du montant final HT, prestations et frais réunis 2 620,15 € Total HT 15 412,65 € TVA 20 % sur 15 412,65 € 3 082,53 € Total TTC 18 495,18 €');
  });

  it('lists the deposits already invoiced on the balance, and says they are not in its total', () => {
    expect(text).toContain('F-2026-0171 7 avril 2026 Acompte 4 471,08 € 5 365,30 €');
    expect(text).toContain('ces montants ne sont pas compris dans le total');
  });

  it('I5 a deposit is called one, is due on receipt, and its services are to come', () => {
    const deposit = readText(renderDocument('client_invoice', depositInvoiceSample, 'fr'));
    expect(deposit).toContain('Facture d’acompte N° F-2026-0171');
    expect(deposit).toContain('À régler à réception, le 15 juin 2026');
    expect(deposit).toContain('Date de la prestation à venir');
    expect(deposit).toContain('Autoliquidation');
    expect(deposit).not.toContain('TVA exigible à l’encaissement');
    expect(deposit).not.toContain('Votre bon de commande');
    expect(deposit).not.toContain('Déjà facturé');
  });
});

describe('I10 every document', () => {
  it('is the same, byte for byte, each time it is rendered', () => {
    for (const { kind, data, locale } of Object.values(samples)) {
      expect(renderDocument(kind, structuredClone(data) as never, locale)).toBe(renderDocument(kind, data as never, locale));
    }
  });

  it('renders whatever the order its fields arrive in, as JSON from the database does', () => {
    const shuffled = Object.fromEntries(Object.entries(clientQuoteSample).reverse()) as unknown as typeof clientQuoteSample;
    expect(renderDocument('client_quote', shuffled, 'fr')).toBe(renderDocument('client_quote', clientQuoteSample, 'fr'));
  });

  it('fetches nothing and runs nothing', () => {
    for (const { kind, data, locale } of Object.values(samples)) {
      const html = renderDocument(kind, data as never, locale);
      expect(html).not.toMatch(/<script|<link|<img|<iframe|<form|\bsrc=|@import|url\(|https?:\/\//i);
    }
  });

  it('speaks both languages, with the same amounts', () => {
    const amounts = (html: string) =>
      [...html.matchAll(/(?<french>\d[\d\u00a0]*,\d\d)\u00a0€|€(?<english>[\d,]+\.\d\d)/g)]
        .map(({ groups }) => Number((groups!['french'] ?? groups!['english'])!.replace(/\D/g, '')))
        .sort((a, b) => a - b);
    for (const { kind, data } of Object.values(samples)) {
      const [french, english] = [renderDocument(kind, data as never, 'fr'), renderDocument(kind, data as never, 'en')];
      expect(english).toContain('<html lang="en">');
      expect(amounts(english).length, kind).toBeGreaterThan(5);
      expect(amounts(english), kind).toEqual(amounts(french));
    }
  });

  it('refuses a field that is missing rather than leaving a blank', () => {
    const { orderNumber: _dropped, ...without } = clientInvoiceSample;
    expect(() => renderDocument('client_invoice', without as never, 'fr')).toThrow(/orderNumber/);
    const { wording: _lost, ...exemption } = memberInvoiceSample.totals.exemption!;
    expect(() => renderDocument('member_invoice', { ...memberInvoiceSample, totals: { ...memberInvoiceSample.totals, exemption: exemption as never } }, 'fr')).toThrow(/wording/);
    expect(() => renderDocument('client_invoice', { ...clientInvoiceSample, totals: { ...clientInvoiceSample.totals, totalCents: undefined as never } }, 'fr')).toThrow(/whole number/);
  });

  it('shows what people typed as text, never as HTML', () => {
    const attack = '<script>alert("1")</script><b onclick=alert(1)>';
    const [work] = clientQuoteSample.work;
    const html = renderDocument(
      'client_quote',
      {
        ...clientQuoteSample, introduction: attack, project: { ref: 'OW-1', title: attack }, client: { ...clientQuoteSample.client, name: attack },
        number: '"; } body { display: none } /*', work: [{ ...work!, memberName: attack, conditions: attack }],
      },
      'fr',
    );
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<b ');
    expect(readText(html)).toContain(attack);
    expect(html).not.toMatch(/content: "[^"\n]*"[^;]/);
  });

  it('is issued under an identity whose numbers hold together, said to be made up', () => {
    expect(isSiren(demoIssuer.siren ?? '')).toBe(true);
    expect(isSiret(demoIssuer.siret ?? '')).toBe(true);
    expect(isFrenchVatNumber(demoIssuer.vatNumber ?? '')).toBe(true);
    const html = renderDocument('client_invoice', clientInvoiceSample, 'fr');
    expect(readText(html)).toContain('l’identité d’OFF-WORKS y est fictive');
    const real = renderDocument('client_invoice', { ...clientInvoiceSample, issuer: { ...demoIssuer, demo: false } }, 'fr');
    expect(readText(real)).not.toContain('fictive');
  });

  it('has the same words in both languages, and French typography', () => {
    const read = (locale: string) => JSON.parse(readFileSync(new URL(`../../templates/documents/${locale}.json`, import.meta.url), 'utf8')) as { say: Record<string, string> };
    const [french, english] = [read('fr').say, read('en').say];
    expect(Object.keys(english)).toEqual(Object.keys(french));
    const slots = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(french)) {
      expect(slots(english[key]!), key).toEqual(slots(text));
      expect(text, key).not.toMatch(/ [:;!?€%»]|« |'/);
    }
  });
});
