import type { Request, RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import { maySee } from '../domain/roles.ts';
import { sendStoredFile } from '../web/stored-file.ts';
import type { Staff } from './actions/console-step.ts';

/** C7: a file joined to a message, for staff who may read conversations; for anybody else it is not there. */
export function conversationFile(deps: Deps): RequestHandler {
  return async (request: Request & { session?: { adminUser?: Staff } }, response) => {
    const id = request.session?.adminUser?.id ?? '';
    const staff = id ? await deps.db.staff.findFirst({ where: { id, active: true } }) : null;
    const file = staff && maySee(staff.role, 'conversations') ? await deps.db.storedFile.findFirst({ where: { id: String(request.params.id), messages: { some: {} } } }) : null;
    if (file) sendStoredFile(file, response);
    else response.sendStatus(404);
  };
}
