import express, { type NextFunction, type Request, type Response as Answer } from 'express';
import { largestDocument, largestFile, largestPicture } from '../domain/file-content.ts';
import { Problem } from '../domain/problem.ts';

/** A file as a form brought it. */
export interface UploadedFile { readonly name: string; readonly bytes: Uint8Array }

/** The acts whose forms come with files, and how much they may bring in bytes; nowhere else is a file read. */
const actsWithFiles: Readonly<Record<string, number>> = {
  sendDocument: largestDocument,
  attachFiles: largestFile, // all of them together
  say: largestFile,
  begin: largestFile,
  saveFace: largestPicture,
  saveReference: largestPicture,
  submitQuote: largestFile, // all of them together
  changeCandidature: largestFile, // all of them together
};
/** M1: the one form of a visitor that comes with files. */
const visitorForm = '/candidature';
const margin = 256 * 1024; // the form's other fields, and what stands between them

/** Reads a form that comes with files into `request.body`, its files beside its other fields, in memory only. @throws Problem `file_too_large`, `form_invalid` */
export function uploads(request: Request, response: Answer, next: NextFunction): void {
  const limit = request.path === visitorForm ? largestFile : actsWithFiles[/\/do\/(\w+)$/.exec(request.path)?.[1] ?? ''];
  if (request.method !== 'POST' || !request.is('multipart/form-data') || !limit) return next();
  // Past the limit it is read all the same, up to twice as much: only the files are let go, and what was typed beside them is not.
  express.raw({ type: 'multipart/form-data', limit: 2 * limit + margin })(request, response, (cause?: unknown) => {
    if ((cause as { type?: string } | undefined)?.type === 'entity.too.large') return next(tooLarge(limit));
    if (cause) return next(cause);
    fieldsOf(request.body as Buffer, request.headers['content-type'] ?? '').then(
      (fields) => {
        const tooMuch = (request.body as Buffer).length > limit + margin;
        request.body = tooMuch ? withoutFiles(fields) : fields;
        if (tooMuch) refused.set(request, tooLarge(limit));
        next();
      },
      () => next(new Problem('form_invalid', 'the form cannot be read', { fields: 'file' })),
    );
  });
}

const refused = new WeakMap<Request, Problem>();

/** Its files are let go, the fields beside them kept. @throws Problem `file_too_large` when the form's files were more than it takes */
export function requireFilesTaken(request: Request): void {
  const problem = refused.get(request);
  if (problem) throw problem;
}

function withoutFiles(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => filesIn(fields, name).length === 0));
}

/** `limit` in bytes. */
export function tooLarge(limit: number = largestDocument): Problem {
  return new Problem('file_too_large', 'the file is too large', { megabytes: limit / 1024 / 1024 });
}

/** The file of a field, when one was chosen: an empty choice comes as a file without a name. */
export function fileIn(body: Readonly<Record<string, unknown>>, name: string): UploadedFile | null {
  return filesIn(body, name)[0] ?? null;
}

/** The files of a field that takes several. */
export function filesIn(body: Readonly<Record<string, unknown>>, name: string): UploadedFile[] {
  return [body[name]].flat().filter(isFile);
}

/** Is this a file, of the fields that a form posted? */
export function isFile(value: unknown): value is UploadedFile {
  return typeof value === 'object' && value !== null && 'bytes' in value;
}

async function fieldsOf(body: Buffer, contentType: string): Promise<Record<string, unknown>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const fields: Record<string, unknown> = {};
  const files: Promise<void>[] = [];
  form.forEach((value, name) => {
    if (typeof value === 'string') add(fields, name, value);
    else if (value.name !== '' || value.size > 0) {
      files.push(value.arrayBuffer().then((bytes) => add(fields, name, { name: value.name, bytes: new Uint8Array(bytes) } satisfies UploadedFile)));
    }
  });
  await Promise.all(files);
  return fields;
}

/** A name given several times is a list, as in any other form; `lines[2][label]` is a field of the third row of `lines`. */
function add(fields: Record<string, unknown>, name: string, value: unknown): void {
  const [, list = '', row = '', field = ''] = /^(\w+)\[(\d{1,3})\]\[(\w+)\]$/.exec(name) ?? [];
  if (list !== '' && list !== '__proto__' && field !== '__proto__') {
    const rows = (fields[list] ??= {}) as Record<string, Record<string, unknown>>;
    if (typeof rows !== 'object' || 'bytes' in rows) return;
    const of = (rows[row] ??= {});
    of[field] = value;
    return;
  }
  const before = fields[name];
  fields[name] = before === undefined ? value : [before, value].flat();
}
