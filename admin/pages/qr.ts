import qrcode from 'qrcode-generator';

/** A QR code as a page of its own for a frame: drawn here, so that a key never goes to anybody else. */
export function qrPage(content: string, label: string): string {
  const code = qrcode(0, 'M');
  code.addData(content);
  code.make();
  const svg = code.createSvgTag({ cellSize: 4, margin: 16, scalable: true });
  return `<!doctype html><title>${label}</title><body style="margin:0"><div role="img" aria-label="${label}">${svg}</div></body>`;
}
