import { facturXFileName } from '../factur-x/write-cii.ts';
import { colours, hands, page, textWidth } from './look.ts';
import { linesOf } from './lines.ts';
import { readBlocks } from './read-blocks.ts';
import { setBlocks } from './set-blocks.ts';
import { Sheet } from './sheet.ts';
import { setStrips } from './strips.ts';

export interface KeptDocument {
  readonly html: string;
  /** Of the HTML: written in the file, so that one tells from which kept document it was made. */
  readonly sha256: string;
  readonly createdAt: Date;
  /** Of an invoice: what a machine reads of it, kept with it. */
  readonly xml: string | null;
}

/**
 * C9, C10: the PDF of a kept document, made from its HTML and from nothing else: it says what was kept, and the same document gives the same bytes.
 * A4, tagged, in the document's language, its fonts embedded. An invoice is a Factur-X: PDF/A-3 with its XML inside (I10).
 */
export async function makePdf(document: KeptDocument): Promise<Buffer> {
  const { title, lang, watermark, blocks } = readBlocks(document.html);
  const sheet = new Sheet({ title, lang, at: document.createdAt, subject: `SHA-256 ${document.sha256}`, invoice: document.xml === null ? null : { fileName: facturXFileName, xml: document.xml } });
  const bytes = collected(sheet.pdf);
  const strips = setBlocks(sheet, blocks, { left: page.left, width: textWidth }, sheet.root);
  setStrips(sheet, strips, () => {
    sheet.pdf.addPage();
    if (watermark) across(sheet, watermark);
    if (sheet.pdf.bufferedPageRange().count === 1) sheet.ground(page.left, page.top - 14, textWidth, 3, 'accent');
  });
  sheet.root.element.end();
  numberPages(sheet, title);
  sheet.pdf.end();
  return bytes;
}

function numberPages(sheet: Sheet, title: string): void {
  const { start, count } = sheet.pdf.bufferedPageRange();
  const write = (text: string, at: (width: number) => number): void => {
    const [line] = linesOf([{ text, hand: hands.foot }], textWidth, sheet.measure);
    if (line) sheet.line(line, at(line.width), page.height - 34, null);
  };
  for (let index = 0; index < count; index += 1) {
    sheet.pdf.switchToPage(start + index);
    write(title, () => page.left);
    write(`${index + 1} / ${count}`, (width) => page.left + textWidth - width);
  }
}

/** A word one cannot miss, under the text of each page. */
function across(sheet: Sheet, word: string): void {
  const { pdf } = sheet;
  sheet.within(null, () => {
    const size = (110 * 480) / Math.max(480, sheet.measure(word.toLocaleUpperCase('fr'), { face: 'bold', size: 110, colour: 'accent' }));
    const hand = { face: 'bold', size, colour: 'accent' } as const;
    const width = sheet.measure(word.toLocaleUpperCase('fr'), hand);
    pdf.save().rotate(-32, { origin: [page.width / 2, page.height / 2] });
    pdf.font('bold').fontSize(size).fillColor(colours.accent, 0.09).text(word.toLocaleUpperCase('fr'), (page.width - width) / 2, page.height / 2, { lineBreak: false, baseline: 'middle' });
    pdf.restore().fillOpacity(1);
  });
}

function collected(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}
