import { faces } from '../../documents/pdf/fonts.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pdfFileName } from '../../documents/pdf/file-name.ts';
import { makePdf } from '../../documents/pdf/make-pdf.ts';
import { documentTitle, renderDocument } from '../../documents/render.ts';
import { facturXSamples } from '../../documents/factur-x/samples.ts';
import { creditNoteSample, moneySamples, statementSample } from '../../documents/money-samples.ts';
import { clientInvoiceSample, clientQuoteSample, previewSample, samples } from '../../documents/samples.ts';
import { sha256Of } from '../../documents/store.ts';
import type { ClientQuoteData } from '../../documents/kinds.ts';
import { readPdf } from '../support/pdf-text.ts';
import { readText } from './read-text.ts';

const createdAt = new Date('2026-03-31T09:00:00Z');
const pdfOf = (html: string): Promise<Buffer> => makePdf({ html, sha256: sha256Of(html), createdAt, xml: null });
const amounts = (text: string): string[] => (text.match(/(?<!\d)−?(?:€[\d,]+\.\d\d|(?:\d{1,3} )*\d{1,3},\d\d €)/g) ?? []).sort();
/** As it is printed: without what the page hides there. */
const printed = (html: string): string => readText(html.replace(/<span class="count">[^<]*<\/span>/g, '').replace(/<div class="watermark"[^>]*>[^<]*<\/div>/g, ''));
const closed = (text: string): string => text.replace(/\s+/g, '').toLocaleUpperCase('fr');

const longQuote = (count: number): ClientQuoteData => {
  const [first] = clientQuoteSample.work;
  const lines = Array.from({ length: count }, (_, index) => ({ kind: 'days' as const, label: `Journée d’atelier numéro ${index + 1}`, quantityMilli: 1000, unitCents: 10_000 + index, amountCents: 10_000 + index, offered: false }));
  return { ...clientQuoteSample, work: [{ ...first!, sections: [{ title: 'Ateliers', lines }] }] };
};

afterEach(() => {
  vi.useRealTimers();
});

describe('C9 C10 the PDF of a kept document', () => {
  it.each(Object.entries({ ...samples, ...moneySamples }))('C10: %s says every word and every amount of what was kept, and nothing more but the page numbers', async (_name, sample) => {
    const html = renderDocument(sample.kind, sample.data as never, sample.locale);
    const { text } = await readPdf(await pdfOf(html));
    const whole = closed(text);
    for (const word of printed(html).split(' ').filter(Boolean)) expect(whole).toContain(closed(word));
    const kept = closed(`${printed(html)} ${documentTitle(sample.kind, sample.data as never, sample.locale)}`);
    for (const word of text.split(' ').filter((one) => /\p{L}|\p{N}{3}/u.test(one))) expect(kept).toContain(closed(word));
    expect(amounts(text)).toEqual(amounts(printed(html)));
  });

  it.each(Object.entries(faces))('C10: whatever was drawn before, the %s face knows which character each glyph stands for', (_face, font) => {
    font.layout('« L’été » “quoted” — OFF-WORKS 1 200,00 €');
    for (const sign of 'AÉéœ0-’‘“”«»—–…€−,.') expect(font.glyphForCodePoint(sign.codePointAt(0) ?? 0).codePoints).toEqual([sign.codePointAt(0)]);
  });

  it('C10: the same document gives the same bytes, whatever the day; another gives others', async () => {
    const html = renderDocument('client_invoice', clientInvoiceSample, 'fr');
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date('2026-06-15T08:00:00Z'));
    const first = await pdfOf(html);
    vi.setSystemTime(new Date('2031-01-02T20:00:00Z'));
    expect((await pdfOf(html)).equals(first)).toBe(true);
    expect((await pdfOf(html.replace('BC-7781', 'BC-7782'))).equals(first)).toBe(false);
  });

  it('C10: it is called by its title, in its language, at the date of the document, and names the kept document it was made from', async () => {
    const html = renderDocument('client_quote', clientQuoteSample, 'en');
    const { info, lang } = await readPdf(await pdfOf(html));
    expect(info).toMatchObject({ Title: 'Quote D-2026-0117, version 2', Subject: `SHA-256 ${sha256Of(html)}` });
    expect(String(info.CreationDate)).toContain('20260331090000');
    expect(lang).toBe('en');
    expect(pdfFileName('Devis P26-1-D2, version 2 / été')).toBe('Devis-P26-1-D2-version-2-ete.pdf');
  });

  it.each(Array.from({ length: 24 }, (_, index) => index))('I12: the foot of a credit note never takes a page for itself, its reason being %i lines long', async (lines) => {
    const data = { ...creditNoteSample, reason: [creditNoteSample.reason, ...Array.from({ length: lines }, (_, index) => `Point ${index + 1} du constat.`)].join('\n') };
    const { pages } = await readPdf(await pdfOf(renderDocument('credit_note', data, 'fr')));
    if (lines === 0) expect(pages).toHaveLength(1);
    // Whatever the length, what ends the document is read under some of it.
    expect(pages.at(-1)).toContain('Document de démonstration');
    expect(pages.at(-1)).toContain('exigibles dès le lendemain');
  });

  it('C9: accents, the euro and the narrow space of French are there to be read and copied', async () => {
    const bytes = await pdfOf(renderDocument('client_quote', clientQuoteSample, 'fr'));
    const { text } = await readPdf(bytes);
    for (const said of ['Récapitulatif', 'Frais de fonctionnement OFF-WORKS', '17 % du montant final HT', '24 863,85 €', 'Hélène', '−600,00 €']) expect(text).toContain(said);
    // Embedded: nothing is left to the fonts of whoever opens it.
    expect(bytes.includes('/FontFile2')).toBe(true);
    expect(bytes.includes('/BaseFont /Helvetica')).toBe(false);
  });

  it('C9: a table goes on from page to page under its head, every line once, pages numbered', async () => {
    const { pages, text, roles } = await readPdf(await pdfOf(renderDocument('client_quote', longQuote(90), 'fr')));
    expect(pages.length).toBeGreaterThanOrEqual(4);
    pages.forEach((page, index) => expect(page).toContain(`${index + 1} / ${pages.length}`));
    const withLines = pages.filter((page) => page.includes('Journée d’atelier'));
    expect(withLines.length).toBeGreaterThanOrEqual(3);
    for (const page of withLines) expect(page).toContain('Désignation');
    for (let line = 1; line <= 90; line += 1) expect(text.split(`numéro ${line} `)).toHaveLength(2);
    // The head that is said again is for the eye: a screen reader hears it once.
    expect(roles.flat().filter((role) => role === 'THead')).toHaveLength(1);
  });

  it('I10: what a table comes to is carried over from page to page, to the cent, for the eye alone', async () => {
    const long = facturXSamples['client-long']!;
    const invoice = await readPdf(await pdfOf(renderDocument(long.kind, long.data as never, long.locale)));
    const account = await readPdf(await pdfOf(renderDocument('statement', statementSample(90), 'fr')));
    const english = await readPdf(await pdfOf(renderDocument('statement', statementSample(90), 'en')));
    const carried = (pages: readonly string[], word: string): (string | undefined)[] => pages.map((page) => new RegExp(`${word} (−?€?(?:\\d+[ ,])*\\d+[.,]\\d\\d)`).exec(page)?.[1]);
    expect(carried(invoice.pages, 'À reporter')).toEqual(['1 700,00', '5 000,00', undefined, undefined]);
    expect(carried(invoice.pages, ' Report')).toEqual([undefined, '1 700,00', '5 000,00', undefined]);
    for (const { pages } of [account, english]) {
      const [down, up] = pages === account.pages ? ['À reporter', ' Report'] : ['Carried forward', 'Brought forward'];
      expect(carried(pages, down).slice(0, 3)).toEqual(carried(pages, up).slice(1));
      expect(carried(pages, down).slice(0, 3)).not.toContain(undefined);
    }
    // The balance carried over is the one the last line of the page tells.
    for (const page of account.pages.slice(0, 3)) expect(page).toMatch(/(\S+ ?\d*,\d\d €) À reporter \1/);
    expect(carried((await readPdf(await pdfOf(renderDocument('statement', statementSample(3), 'fr')))).pages, 'À reporter')).toEqual([undefined]);
  });

  it('I10: a sign no font of ours has is a square on the page, and leaves the words around it whole', async () => {
    const { text } = await readPdf(await pdfOf(renderDocument('client_quote', { ...clientQuoteSample, introduction: 'Bravo \u{1f600} 漢 é\u200d !' }, 'fr')));
    expect(text).toContain('Bravo □ □ é !');
  });

  it('C9: no page ends on a heading, nor begins with a sum', async () => {
    for (let count = 19; count < 29; count += 2) {
      const { pages } = await readPdf(await pdfOf(renderDocument('client_quote', longQuote(count), 'fr')));
      for (const page of pages) {
        expect(page).not.toMatch(/(Ateliers|Conditions|Récapitulatif) (Devis D-2026-0117, version 2|\d+ \/ \d+)/);
        expect(page).not.toMatch(/Montant HT (Remise exceptionnelle|Total Camille Roux)/);
      }
    }
  });

  it('C9: what is longer than a page goes on on the next one, whole', async () => {
    const words = Array.from({ length: 1_200 }, (_, index) => `mot${index}`);
    const [first] = clientQuoteSample.work;
    const data = { ...clientQuoteSample, introduction: words.join(' '), work: [{ ...first!, conditions: words.map((word) => `c${word}`).join(' '), sections: [{ title: '', lines: [{ kind: 'flat' as const, label: words.map((word) => `l${word}`).join(' '), quantityMilli: 1000, unitCents: 100, amountCents: 100, offered: false }] }] }] };
    const { text, pages } = await readPdf(await pdfOf(renderDocument('client_quote', data, 'fr')));
    expect(pages.length).toBeGreaterThan(4);
    const said = new Set(text.split(/\s+/));
    for (const word of words) for (const one of [word, `c${word}`, `l${word}`]) expect(said.has(one)).toBe(true);
  });

  it('C9: it is read aloud in order: headings, tables with their heads, and whether a box is ticked', async () => {
    const [first, second] = clientQuoteSample.work;
    const chosen = { ...first!, options: first!.options.map((option, index) => ({ ...option, ticked: index === 0 })) };
    const { roles, alts } = await readPdf(await pdfOf(renderDocument('client_quote', { ...clientQuoteSample, work: [chosen, second!] }, 'fr')));
    for (const role of ['Document', 'H1', 'H2', 'P', 'Table', 'THead', 'TBody', 'TR', 'TH', 'TD', 'L', 'LI']) expect(roles.flat()).toContain(role);
    expect(alts).toEqual(['Option retenue', 'Option non retenue']);
  });

  it('I2: a specimen says so across every page', async () => {
    const { pages } = await readPdf(await pdfOf(renderDocument('preview', previewSample, 'fr')));
    for (const page of pages) expect(page).toContain('SPÉCIMEN');
  });

  it('C10: a document whose looks it does not know loses them and never a word', async () => {
    const { text } = await readPdf(await pdfOf('<!doctype html><html lang="fr"><head><title>Ancien</title><style>p{color:red}</style></head><body><h3>Titre</h3>nu<article><ul><li>un</li><li>deux <b>gras</b></li></ul><table><tr><th>a</th><td>b</td></tr></table><pre>fin</pre></article></body></html>'));
    for (const word of ['Titre', 'nu', 'un', 'deux gras', ' a ', ' b ', 'fin']) expect(text).toContain(word);
    expect(text).not.toContain('color');
  });
});
