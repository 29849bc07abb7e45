import type { Request, RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import { documentPdf } from '../documents/document-pdf.ts';
import { Problem } from '../domain/problem.ts';
import { mayReadFile } from '../domain/roles.ts';
import type { Staff } from './actions/console-step.ts';

/** Where staff download a document. */
export const documentFilePath = (id: string): string => `/console/document-files/${id}`;

/** I10: a kept document as a PDF, an invoice as its Factur-X, for staff who may read all of it; for anybody else it is not there. */
export function documentFile(deps: Deps): RequestHandler {
  return async (request: Request & { session?: { adminUser?: Staff } }, response) => {
    const id = request.session?.adminUser?.id ?? '';
    const staff = id ? await deps.db.staff.findFirst({ where: { id, active: true } }) : null;
    try {
      const { kind, ...file } = await documentPdf(deps.db, String(request.params.id));
      if (!staff || !mayReadFile(staff.role, kind)) throw new Problem('not_found', `the file of a ${kind} for ${staff?.role ?? 'nobody'}`);
      response.set({ 'Content-Disposition': `attachment; filename="${file.name}"`, 'X-Document-Sha256': file.sha256, 'Cache-Control': 'private, no-store' }).type('application/pdf').send(file.bytes);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      response.sendStatus(404);
    }
  };
}
