import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentTypeOf } from '../../domain/file-content.ts';
import { jpegFile, pdfFile, pngFile } from '../support/files.ts';

describe('M4 what a document is, by its own bytes', () => {
  it('knows a PDF, a PNG and a JPEG', () => {
    expect([pdfFile(), pngFile(), jpegFile()].map(documentTypeOf)).toEqual(['application/pdf', 'image/png', 'image/jpeg']);
  });

  it('takes none of them cut short', () => {
    for (const whole of [pdfFile(), pngFile(), jpegFile()]) expect(documentTypeOf(whole.slice(0, Math.floor(whole.length / 2)))).toBeNull();
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script> %PDF-1.4 %%EOF')],
    ['an archive', Buffer.from('PK\u0003\u0004 %%EOF')],
    ['a drawing that runs', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a signature alone', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ])('refuses %s', (_what, bytes) => {
    expect(documentTypeOf(bytes)).toBeNull();
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => documentTypeOf(bytes) === null || bytes.length > 8));
  });
});
