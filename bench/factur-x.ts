import { openSync } from 'fontkit';
import PDFDocument from 'pdfkit';
import { facturXSamples } from '../documents/factur-x/samples.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { invoicePdf, keepInvoice } from '../documents/keep-invoice.ts';
import type { InvoiceDraft } from '../documents/factur-x/from-document.ts';
import type { ClientInvoiceData } from '../documents/kinds.ts';
import { faceFiles } from '../documents/pdf/fonts.ts';
import { page, type Face } from '../documents/pdf/look.ts';
import { readPdf } from '../test/support/pdf-text.ts';
import { median } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

const turns = 15;
const warmUp = 3;
const names = ['Camille Roux', 'Atelier Pergame', 'Lou Maréchal', 'Inès Faure', 'Théo Lambert'];

interface Measured {
  /** Data to a Factur-X kept in the database with its page and its XML. Per second. */
  readonly archived: number;
  /** The same words on as many pages by the library alone, in the same fonts, kept nowhere. Per second. */
  readonly bare: number;
  readonly pages: number;
}

/** I10: the global invoice of a team of five, from its data to its archived Factur-X. */
export async function measureFacturX(stack: BenchStack, say: (line: string) => void): Promise<Measured> {
  say('Global invoices of five members, from data to archived Factur-X …');
  await stack.deps.db.$executeRawUnsafe('CREATE DATABASE factur_x_bench');
  const url = stack.databaseUrl.replace(/\/bench(?=$|\?)/, '/factur_x_bench');
  await migrate(url);
  const db = openDatabase({ url, poolSize: 2 });
  try {
    const times = { archived: [] as number[], bare: [] as number[] };
    const first = await archive(0);
    const { pages } = await readPdf(first.bytes);
    // In turn, so that whatever else the machine does weighs on both alike.
    for (let turn = 1; turn <= turns + warmUp; turn += 1) {
      const archivedMs = await timed(() => archive(turn));
      const bareMs = await timed(() => barePdf(pages));
      if (turn <= warmUp) continue;
      times.archived.push(archivedMs);
      times.bare.push(bareMs);
    }
    return { archived: 1_000 / median(times.archived), bare: 1_000 / median(times.bare), pages: pages.length };
  } finally {
    await db.$disconnect();
  }

  async function archive(turn: number) {
    const { id } = await db.$transaction((tx) => keepInvoice(tx, invoiceOfFive(turn), { key: `bench/${turn}`, at: Date.parse('2026-06-15T08:00:00Z') }));
    const kept = await invoicePdf(db, id);
    if (!kept) throw new Error('no Factur-X was kept');
    return kept;
  }
}

function invoiceOfFive(turn: number): InvoiceDraft {
  const sample = facturXSamples['client-20'];
  if (sample?.kind !== 'client_invoice') throw new Error('the sample is no client invoice');
  const lines = names.map((name): ClientInvoiceData['lines'][number] => ({
    label: `${name}\u00a0: prestations`, details: ['Plateforme et identité, Déclinaisons, Cession de droits', 'Devis D-2026-0117 accepté le 2 avril 2026', '50 % du montant accepté de 3 320,00 € HT'],
    quantityMilli: 1_000, unitCents: 166_000, amountCents: 166_000, vatRateBp: 2_000, offered: false,
  }));
  return { ...sample, data: { ...sample.data, number: `F-2026-${String(turn).padStart(4, '0')}`, lines } };
}

const bareFaces = Object.entries(faceFiles).map(([face, file]) => [face as Face, openSync(file)] as const);

/** The words of each page one after another, in the four faces the document has. */
function barePdf(pages: readonly string[]): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margins: { left: page.left, right: page.right, top: page.top, bottom: page.bottom }, autoFirstPage: false, font: null as never });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve) => pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))));
  const all = bareFaces.map(([face]) => face);
  for (const [face, font] of bareFaces) pdf.registerFont(face, font as never);
  for (const text of pages) {
    pdf.addPage();
    const words = text.split(' ');
    const part = Math.ceil(words.length / all.length);
    all.forEach((face, index) => pdf.font(face).fontSize(8.8).text(words.slice(index * part, (index + 1) * part).join(' ')));
  }
  pdf.end();
  return done;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}
