import type { Response } from 'express';
import type { Db } from '../database/open.ts';
import { Problem } from '../domain/problem.ts';

interface Wanted { readonly id: string; readonly memberId?: string }

/** Shows a member's file as it came: a PDF or a picture, in its own kind and nothing else. @throws Problem `not_found` */
export async function sendMemberFile(deps: { db: Db }, wanted: Wanted, response: Response): Promise<void> {
  send(await deps.db.memberFile.findFirst({ where: wanted }), wanted, response);
}

/** The same for a file that came with a candidature; one that waits to be confirmed is nobody's yet. @throws Problem `not_found` */
export async function sendCandidatureFile(deps: { db: Db }, wanted: Wanted, response: Response): Promise<void> {
  send(await deps.db.candidatureFile.findFirst({ where: { memberId: { not: null }, ...wanted } }), wanted, response);
}

function send(file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array } | null, wanted: Wanted, response: Response): void {
  if (!file) throw new Problem('not_found', `no file ${wanted.id} of theirs`);
  response
    .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'; base-uri 'none'")
    .set('Content-Disposition', `inline; filename="document.${extensions[file.type] ?? 'bin'}"; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .set('X-Content-Type-Options', 'nosniff')
    .set('Cache-Control', 'private, no-store')
    .type(file.type)
    .send(Buffer.from(file.bytes));
}

const extensions: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' };
