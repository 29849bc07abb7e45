import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { facturXOf, type InvoiceDraft } from '../../documents/factur-x/from-document.ts';
import type { FacturXInvoice } from '../../documents/factur-x/invoice.ts';
import { facturXSamples } from '../../documents/factur-x/samples.ts';
import { writeCii } from '../../documents/factur-x/write-cii.ts';
import { makePdf } from '../../documents/pdf/make-pdf.ts';
import { renderDocument } from '../../documents/render.ts';
import { sha256Of } from '../../documents/store.ts';
import { validated, type Verdict } from '../support/mustang.ts';
import { readPdf } from '../support/pdf-text.ts';

const createdAt = new Date('2026-06-15T08:00:00Z');
const made = (draft: InvoiceDraft, xml = writeCii(facturXOf(draft))): Promise<Buffer> => {
  const html = renderDocument(draft.kind, draft.data as never, draft.locale);
  return makePdf({ html, sha256: sha256Of(html), createdAt, xml });
};
const sample = (name: string): InvoiceDraft => facturXSamples[name] ?? expect.unreachable(`no sample ${name}`);
const attachment = async (bytes: Uint8Array): Promise<Record<string, { filename: string; content: Uint8Array }>> => {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const found = (await (await task.promise).getAttachments()) as Record<string, { filename: string; content: Uint8Array }>;
  await task.destroy();
  return found;
};

describe('I10 invoices that an official validator passes', () => {
  const spoiled = { sum: 'spoiled-sum', schema: 'spoiled-schema', plain: 'spoiled-plain' };
  let verdicts: Readonly<Record<string, Verdict>> = {};
  beforeAll(async () => {
    const files: Record<string, Uint8Array> = {};
    for (const [name, draft] of Object.entries(facturXSamples)) files[name] = await made(draft);
    const xml = writeCii(facturXOf(sample('client-20')));
    files[spoiled.sum] = await made(sample('client-20'), xml.replace('<ram:DuePayableAmount>12000.00', '<ram:DuePayableAmount>12000.01'));
    files[spoiled.schema] = await made(sample('client-20'), xml.replace('<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>', ''));
    // The text of the page in a font that is not embedded: an archive that another machine would show otherwise.
    files[spoiled.plain] = Buffer.from((await made(sample('client-20'))).toString('latin1').replaceAll('/FontFile2', '/FontFileX'), 'latin1');
    verdicts = await validated(files);
  }, 180_000);

  it.each(Object.keys(facturXSamples))('I10: %s', (name) => {
    expect(verdicts[name]).toMatchObject({ pdf: true, xml: true, broken: [] });
  });

  it('I10: the validator refuses an invoice with a sum a cent off, one past the schema, and one whose fonts are missing', () => {
    expect(verdicts[spoiled.sum]).toMatchObject({ pdf: true, xml: false });
    expect(verdicts[spoiled.sum]?.broken).toContain('BR-CO-16');
    expect(verdicts[spoiled.schema]).toMatchObject({ pdf: true, xml: false });
    expect(verdicts[spoiled.plain]).toMatchObject({ pdf: false, xml: true });
  });
});

describe('I10 the file inside says what the page says', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('I10: is attached under its name, byte for byte, in a file that is still read aloud in order', async () => {
    const xml = writeCii(facturXOf(sample('client-awkward')));
    const bytes = await made(sample('client-awkward'));
    const files = await attachment(bytes);
    expect(Object.keys(files)).toEqual(['factur-x.xml']);
    expect(Buffer.from(files['factur-x.xml']?.content ?? []).toString('utf8')).toBe(xml);
    const { roles, lang } = await readPdf(bytes);
    for (const role of ['Document', 'H1', 'Table', 'TH', 'TD']) expect(roles.flat()).toContain(role);
    expect(lang).toBe('fr');
    expect(bytes.includes('/AFRelationship /Alternative')).toBe(true);
  });

  it('I10: gives the same bytes whatever the day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date('2026-06-15T08:00:00Z'));
    const first = await made(sample('member-franchise-balance'));
    vi.setSystemTime(new Date('2031-01-02T20:00:00Z'));
    expect((await made(sample('member-franchise-balance'))).equals(first)).toBe(true);
  });

  const field = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<ram:${name}(?: [^>]*)?>([^<]*)</ram:${name}>`, 'g'))].map((found) => found[1] ?? '');

  it.each([
    ['client-20', '380', '12000.00', ['S']], ['client-deposit', '386', '3600.00', ['S']], ['client-reverse-charge', '380', '10000.00', ['AE']],
    ['member-franchise-balance', '389', '8659.00', ['E']], ['credit-client', '381', '1200.00', ['S']], ['credit-member-franchise', '261', '830.00', ['E']],
    ['client-several-rates', '380', '11525.00', ['S', 'S', 'S']],
  ])('I10: %s is of type %s, and its total is the page’s', (name, type, total, categories) => {
    const xml = writeCii(facturXOf(sample(name)));
    expect(/<ram:TypeCode>(\d+)<\/ram:TypeCode><ram:IssueDateTime>/.exec(xml)?.[1]).toBe(type);
    expect(field(xml, 'GrandTotalAmount')).toEqual([total]);
    const summedUp = xml.slice(xml.indexOf('<ram:ApplicableHeaderTradeSettlement>')).match(/<ram:ApplicableTradeTax>.*?<\/ram:ApplicableTradeTax>/g) ?? [];
    expect(summedUp.flatMap((one) => field(one, 'CategoryCode'))).toEqual(categories);
  });

  it('I10: says why no VAT is charged, by code and in the words of the page', () => {
    const franchise = writeCii(facturXOf(sample('member-franchise-balance')));
    expect(field(franchise, 'ExemptionReasonCode')).toEqual(['VATEX-FR-FRANCHISE']);
    expect(field(franchise, 'ExemptionReason')[0]).toBe(sample('member-franchise-balance').data.totals.exemption?.wording);
    // A member without a VAT number is known to the tax office by their SIREN.
    expect(franchise).toContain('<ram:ID schemeID="FC">987654324</ram:ID>');
    expect(field(writeCii(facturXOf(sample('client-reverse-charge'))), 'ExemptionReasonCode')).toEqual(['VATEX-EU-AE']);
  });

  it('I10: a balance takes its deposits off what is due and names them; a credit note names what it corrects', () => {
    const balance = writeCii(facturXOf(sample('client-balance-deducted')));
    expect([field(balance, 'TotalPrepaidAmount'), field(balance, 'DuePayableAmount')]).toEqual([['4200.00'], ['7800.00']]);
    const named = (xml: string): string[] => [...xml.matchAll(/<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>([^<]+)/g)].map((found) => found[1] ?? '');
    expect(named(balance)).toEqual(['F-2026-0306', 'F-2026-0298']);
    expect(named(writeCii(facturXOf(sample('credit-client'))))).toEqual(['F-2026-0208']);
  });

  it('Q2: a discount is an allowance of the document, an offered line an allowance of all of it', () => {
    expect(writeCii(facturXOf(sample('client-discount')))).toContain('<ram:AllowanceTotalAmount>600.00</ram:AllowanceTotalAmount>');
    const offered = writeCii(facturXOf(sample('client-offered-line')));
    expect(offered).toContain('<ram:CalculationPercent>100.00</ram:CalculationPercent><ram:BasisAmount>310.00</ram:BasisAmount><ram:ActualAmount>310.00</ram:ActualAmount>');
    expect(field(offered, 'LineTotalAmount')).toEqual(['4000.00', '4300.00', '0.00', '1700.00', '10000.00']);
  });

  it('I4: the self-billed invoice says so, holds no account, and neither does the page', () => {
    const xml = writeCii(facturXOf(sample('member-20')));
    expect(xml).toContain('Auto-facturation');
    expect(xml).not.toContain('IBANID');
  });

  it('I2: a specimen has no file inside', () => {
    const draft = sample('member-20');
    expect(() => facturXOf({ ...draft, data: { ...draft.data, number: null } } as InvoiceDraft)).toThrow('specimen');
  });

  const invoice = facturXOf(facturXSamples['client-20'] ?? expect.unreachable());

  it('I9: an invoice whose lines, discounts, VAT and total do not hold together, by a cent anywhere, gives no file', () => {
    fc.assert(fc.property(fc.array(fc.record({ cents: fc.integer({ min: 1, max: 5_000_000 }), rateBp: fc.constantFrom(2_000, 1_000, 550), offered: fc.boolean() }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 7 }), fc.constantFrom(-1, 1), (some, at, cent) => {
      const whole = holding(some);
      expect(writeCii(whole)).toContain('<ram:GrandTotalAmount>');
      const part = whole.vat[at % whole.vat.length];
      expect(() => writeCii({ ...whole, totalCents: whole.totalCents + cent })).toThrow('cents');
      expect(() => writeCii({ ...whole, vat: whole.vat.map((one) => (one === part ? { ...one, baseCents: one.baseCents + cent } : one)) })).toThrow('cents');
      expect(() => writeCii({ ...whole, lines: whole.lines.map((line, index) => (index === at % whole.lines.length ? { ...line, amountCents: line.amountCents + cent } : line)) })).toThrow();
    }));
  });

  const holding = (some: readonly { cents: number; rateBp: number; offered: boolean }[]): FacturXInvoice => {
    const lines = some.map(({ cents, rateBp, offered }) => ({ name: 'Ligne', description: null, quantityMilli: 1_000, unitCents: cents, amountCents: cents, offered: offered ? { label: 'Offert' } : null, vat: { category: 'S' as const, rateBp } }));
    const vat = [...new Set(some.map(({ rateBp }) => rateBp))].map((rateBp) => {
      const baseCents = some.reduce((sum, one) => (one.rateBp === rateBp && !one.offered ? sum + one.cents : sum), 0);
      return { category: 'S' as const, rateBp, baseCents, cents: Math.round((baseCents * rateBp) / 10_000), exemption: null };
    });
    return { ...invoice, lines, vat, totalCents: vat.reduce((sum, { baseCents, cents }) => sum + baseCents + cents, 0) };
  };
});
