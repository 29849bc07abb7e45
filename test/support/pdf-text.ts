import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

interface Node { readonly role?: string; readonly alt?: string; readonly children?: readonly Node[]; readonly type?: string; readonly id?: string }

export interface ReadPdf {
  readonly pages: readonly string[];
  readonly text: string;
  /** Roles of the document's structure, page by page. */
  readonly roles: readonly (readonly string[])[];
  readonly alts: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly lang: string | null;
}

/** What a program that opens a PDF finds in it; spaces are ordinary ones. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  const pdf = await task.promise;
  const pages: string[] = [];
  const roles: string[][] = [];
  const alts: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('').replace(/[\u00a0\u202f\s]+/g, ' '));
    const found: string[] = [];
    const walk = (node: Node): void => {
      if (node.role) found.push(node.role);
      if (node.alt) alts.push(node.alt);
      node.children?.forEach(walk);
    };
    const tree = (await page.getStructTree()) as Node | null;
    if (tree) walk(tree);
    roles.push(found);
  }
  const { info } = await pdf.getMetadata();
  const lang = ((await pdf.getMetadata()).info as { Language?: string }).Language ?? null;
  await task.destroy();
  return { pages, text: pages.join(' '), roles, alts, info: info as Record<string, unknown>, lang };
}
