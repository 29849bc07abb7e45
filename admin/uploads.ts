import { unlink } from 'node:fs/promises';
import type { NextFunction, Request, Response } from 'express';

/** The pages whose forms come with a file. */
const takeFiles = new Set(['/api/pages/downloads', '/api/pages/card', '/api/pages/bank']);

/** Files come to these pages only, and leave the disk with the answer, whoever sent them. */
export function uploads(request: Request & { files?: Record<string, { path?: string }> }, response: Response, next: NextFunction): void {
  if (!request.is('multipart/form-data')) return next();
  if (!takeFiles.has(request.path)) {
    response.sendStatus(415);
    return;
  }
  response.once('close', () => {
    for (const { path } of Object.values(request.files ?? {})) if (path) void unlink(path).catch(() => undefined);
  });
  next();
}
