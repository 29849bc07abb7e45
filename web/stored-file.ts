import type { StoredFile } from '@prisma/client';
import type { Response } from 'express';

/** Kinds a browser may show inside the page; anything else is downloaded. */
const shown = /^(application\/pdf|image\/(png|jpeg|gif|webp))$/;

/** Sends a stored file to somebody who may read it: as it came, in its own kind and nothing else. */
export function sendStoredFile(file: Pick<StoredFile, 'name' | 'type' | 'bytes' | 'sha256'>, response: Response, download = false): void {
  const way = !download && shown.test(file.type) ? 'inline' : 'attachment';
  response
    .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'; base-uri 'none'")
    .set('Content-Disposition', `${way}; filename="document"; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .set('X-Content-Type-Options', 'nosniff')
    .set('Cache-Control', 'private, max-age=0, must-revalidate')
    .set('ETag', `"${file.sha256}"`)
    .type(file.type)
    .send(Buffer.from(file.bytes));
}
