/** How the file of a document is called once downloaded: its title, with nothing a file system or a header would stumble on. */
export function pdfFileName(title: string): string {
  const plain = title.normalize('NFD').replace(/\p{Mn}/gu, '').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 80);
  return `${plain || 'document'}.pdf`;
}
