import PDFDocument from 'pdfkit';
import { faces } from './fonts.ts';
import type { Line, Measure, Segment } from './lines.ts';
import { writeMetadata, type Named } from './metadata.ts';
import { colours, type Colour, type Face, type Hand } from './look.ts';

/** An element of the document's structure: what a screen reader follows. */
export interface Tagged {
  readonly element: PDFKit.PDFStructureElement;
  readonly type: string;
}

type Pdf = PDFKit.PDFDocument;
type Features = PDFKit.Mixins.OpenTypeFeatures[];
/** Figures of one width stand under each other; between letters they would stand apart. */
const featuresOf = (text: string): { features?: Features } => (/\p{L}/u.test(text) ? {} : { features: ['tnum'] });

/** The XML of a Factur-X invoice. */
export interface AttachedInvoice { readonly fileName: string; readonly xml: string }

/** The page and the file inside it say the same: either alone is the invoice (AFRelationship Alternative). */
function attach(pdf: Pdf, { fileName, xml }: AttachedInvoice, at: Date): void {
  pdf.file(Buffer.from(xml, 'utf8'), { name: fileName, type: 'text/xml', description: 'Factur-X', relationship: 'Alternative', creationDate: at, modifiedDate: at } as never);
}

/** The paper: what is measured and drawn, and which part of the document's structure it belongs to. */
export class Sheet {
  readonly pdf: Pdf;
  readonly root: Tagged;
  readonly #widths = new Map<string, number>();

  /** `invoice`: the file is made to be archived (PDF/A-3), with this invoice inside it for machines. */
  constructor(given: Named & { lang: string; invoice: AttachedInvoice | null }) {
    this.pdf = new PDFDocument({ ...(given.invoice ? { subset: 'PDF/A-3a' as never } : {}),
      size: 'A4', margin: 0, autoFirstPage: false, bufferPages: true, tagged: true, lang: given.lang, displayTitle: true, pdfVersion: '1.7', font: null as never, // no font by default: those of the page are registered
      // Named, so that neither the clock nor chance has a part in the bytes: the file's id is made of these.
      info: { Title: given.title, Subject: given.subject, Creator: 'OFF-WORKS', Producer: 'OFF-WORKS', CreationDate: given.at, ModDate: given.at },
    });
    writeMetadata(this.pdf, given, given.invoice?.fileName ?? null);
    if (given.invoice) attach(this.pdf, given.invoice, given.at);
    for (const face of Object.keys(faces) as Face[]) this.pdf.registerFont(face, faces[face] as never);
    const root = this.pdf.struct('Document');
    this.pdf.addStructure(root);
    this.root = { element: root, type: 'Document' };
  }

  readonly measure: Measure = (text, hand) => {
    const key = `${hand.face}/${hand.size}/${hand.tracking ?? 0}/${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known;
    const width = this.pdf.font(hand.face).fontSize(hand.size).widthOfString(text, { ...featuresOf(text), characterSpacing: hand.tracking ?? 0 });
    this.#widths.set(key, width);
    return width;
  };

  part(parent: Tagged, type: string, options: { alt?: string; scope?: 'Column' | 'Row' } = {}): Tagged {
    const element = this.pdf.struct(type, options);
    parent.element.add(element);
    return { element, type };
  }

  /** Draws what belongs to a part of the structure, or to none: rules, grounds, and what a page says again. */
  within(part: Tagged | null, draw: () => void): void {
    if (part) part.element.add(this.pdf.markStructureContent(part.type));
    else this.pdf.markContent('Artifact', { type: 'Layout' });
    draw();
    this.pdf.endMarkedContent();
  }

  line(line: Line, left: number, top: number, part: Tagged | null): void {
    let x = left;
    let held: { segment: Extract<Segment, { text: string }>; x: number }[] = [];
    const release = (last: boolean): void => {
      const some = held;
      held = [];
      if (some.length > 0) this.within(part, () => some.forEach(({ segment, x: at }, index) => this.#write(segment, at, top + line.baseline, last && line.goesOn && index === some.length - 1 ? ' ' : '')));
    };
    for (const segment of line.segments) {
      if ('text' in segment) held.push({ segment, x });
      else {
        release(false);
        this.within(part && this.part(part, 'Figure', { alt: segment.label }), () => this.#box(segment.box, x, top + line.baseline - 7.6));
      }
      x += segment.width;
    }
    release(true);
  }

  rule(left: number, right: number, y: number, colour: Colour, width = 0.6): void {
    this.within(null, () => this.pdf.lineWidth(width).moveTo(left, y).lineTo(right, y).stroke(colours[colour]));
  }

  ground(left: number, top: number, width: number, height: number, colour: Colour): void {
    this.within(null, () => this.pdf.rect(left, top, width, height).fill(colours[colour]));
  }

  #write({ text, hand, width }: { text: string; hand: Hand; width: number }, x: number, y: number, after: string): void {
    this.pdf.font(hand.face).fontSize(hand.size).fillColor(colours[hand.colour]).text(text + after, x, y, { lineBreak: false, baseline: 'alphabetic', ...featuresOf(text), characterSpacing: hand.tracking ?? 0 });
    if (hand.strike) this.pdf.lineWidth(0.6).moveTo(x, y - hand.size * 0.28).lineTo(x + width, y - hand.size * 0.28).stroke(colours[hand.colour]);
  }

  #box(state: 'ticked' | 'unticked', x: number, y: number): void {
    const colour = colours[state === 'ticked' ? 'accent' : 'ink'];
    this.pdf.lineWidth(0.9).roundedRect(x + 0.5, y, 8, 8, 1).stroke(colour);
    if (state === 'ticked') this.pdf.lineWidth(1.4).moveTo(x + 2.3, y + 4.1).lineTo(x + 4, y + 5.9).lineTo(x + 6.9, y + 2.2).stroke(colour);
  }
}
