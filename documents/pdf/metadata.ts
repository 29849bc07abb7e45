import { group, leaf, type Xml } from '../factur-x/xml.ts';

export interface Named { readonly title: string; readonly subject: string; readonly at: Date }

const facturX = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#';

/**
 * What the file says of itself (XMP), in step with its information dictionary, as PDF/A asks. The library's own writes text as it comes, and an
 * ampersand in a title would break it. An invoice says besides that it holds one, by the extension schema of Factur-X.
 */
export function writeMetadata(pdf: PDFKit.PDFDocument, named: Named, invoiceFile: string | null): void {
  const inside = pdf as unknown as { _addInfo: () => void; appendXML: (xml: string) => void };
  inside._addInfo = () => {
    for (const part of [...ofDocument(named), ...(invoiceFile === null ? [] : ofInvoice(invoiceFile))]) if (part) inside.appendXML(part);
  };
}

function ofDocument({ title, subject, at }: Named): Xml[] {
  const when = `${at.toISOString().slice(0, 19)}Z`;
  const inAnyLanguage = (name: string, said: string): Xml => group(name, [group('rdf:Alt', [leaf('rdf:li', said, { 'xml:lang': 'x-default' })])]);
  return [
    described({ 'xmlns:xmp': 'http://ns.adobe.com/xap/1.0/' }, [leaf('xmp:CreateDate', when), leaf('xmp:ModifyDate', when), leaf('xmp:CreatorTool', 'OFF-WORKS')]),
    described({ 'xmlns:dc': 'http://purl.org/dc/elements/1.1/' }, [leaf('dc:format', 'application/pdf'), inAnyLanguage('dc:title', title), inAnyLanguage('dc:description', subject)]),
    described({ 'xmlns:pdf': 'http://ns.adobe.com/pdf/1.3/' }, [leaf('pdf:Producer', 'OFF-WORKS')]),
  ];
}

/** What the Factur-X properties are, which PDF/A wants said in the file itself, then the properties. */
function ofInvoice(fileName: string): Xml[] {
  const property = (name: string, description: string): Xml => group('rdf:li', [
    leaf('pdfaProperty:name', name), leaf('pdfaProperty:valueType', 'Text'), leaf('pdfaProperty:category', 'external'), leaf('pdfaProperty:description', description),
  ], { 'rdf:parseType': 'Resource' });
  const schema = group('rdf:li', [
    leaf('pdfaSchema:schema', 'Factur-X PDFA Extension Schema'),
    leaf('pdfaSchema:namespaceURI', facturX),
    leaf('pdfaSchema:prefix', 'fx'),
    group('pdfaSchema:property', [group('rdf:Seq', [
      property('DocumentFileName', 'The name of the embedded XML document'),
      property('DocumentType', 'The type of the hybrid document in capital letters'),
      property('Version', 'The version of the standard that applies to the embedded XML document'),
      property('ConformanceLevel', 'The conformance level of the embedded XML document'),
    ])]),
  ], { 'rdf:parseType': 'Resource' });
  return [
    described({
      'xmlns:pdfaExtension': 'http://www.aiim.org/pdfa/ns/extension/', 'xmlns:pdfaSchema': 'http://www.aiim.org/pdfa/ns/schema#', 'xmlns:pdfaProperty': 'http://www.aiim.org/pdfa/ns/property#',
    }, [group('pdfaExtension:schemas', [group('rdf:Bag', [schema])])]),
    described({ 'xmlns:fx': facturX }, [
      leaf('fx:DocumentType', 'INVOICE'), leaf('fx:DocumentFileName', fileName), leaf('fx:Version', '1.0'), leaf('fx:ConformanceLevel', 'EN 16931'),
    ]),
  ];
}

const described = (namespaces: Record<string, string>, parts: readonly Xml[]): Xml => group('rdf:Description', parts, { 'rdf:about': '', ...namespaces });
