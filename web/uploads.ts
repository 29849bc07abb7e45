import express, { type NextFunction, type Request, type Response as Answer } from 'express';
import { largestDocument } from '../domain/file-content.ts';
import { Problem } from '../domain/problem.ts';

/** A file as a form brought it. */
export interface UploadedFile { readonly name: string; readonly bytes: Uint8Array }

/** The acts whose forms come with a file; nowhere else is one read. */
const takeFiles = /\/do\/sendDocument$/;
const margin = 64 * 1024; // the form's other fields, and what stands between them
const read = express.raw({ type: 'multipart/form-data', limit: largestDocument + margin });

/** Reads a form that comes with files into `request.body`, its files beside its other fields, in memory only. @throws Problem `file_too_large`, `form_invalid` */
export function uploads(request: Request, response: Answer, next: NextFunction): void {
  if (request.method !== 'POST' || !request.is('multipart/form-data') || !takeFiles.test(request.path)) return next();
  read(request, response, (cause?: unknown) => {
    if ((cause as { type?: string } | undefined)?.type === 'entity.too.large') return next(tooLarge());
    if (cause) return next(cause);
    fieldsOf(request.body as Buffer, request.headers['content-type'] ?? '').then(
      (fields) => {
        request.body = fields;
        next();
      },
      () => next(new Problem('form_invalid', 'the form cannot be read', { fields: 'file' })),
    );
  });
}

export function tooLarge(): Problem {
  return new Problem('file_too_large', 'the file is too large', { megabytes: largestDocument / 1024 / 1024 });
}

/** The file of a field, when one was chosen: an empty choice comes as a file without a name. */
export function fileIn(body: Readonly<Record<string, unknown>>, name: string): UploadedFile | null {
  const value = body[name];
  return typeof value === 'object' && value !== null && 'bytes' in value ? (value as UploadedFile) : null;
}

async function fieldsOf(body: Buffer, contentType: string): Promise<Record<string, unknown>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const fields: Record<string, unknown> = {};
  const files: Promise<void>[] = [];
  form.forEach((value, name) => {
    if (typeof value === 'string') fields[name] = value;
    else if (value.name !== '' || value.size > 0) {
      files.push(value.arrayBuffer().then((bytes) => {
        fields[name] = { name: value.name, bytes: new Uint8Array(bytes) } satisfies UploadedFile;
      }));
    }
  });
  await Promise.all(files);
  return fields;
}
