import type { Request, RequestHandler } from 'express';
import { recordEvent } from '../database/audit.ts';
import { unseal } from '../database/cipher.ts';
import type { Deps } from '../deps.ts';
import { mayDo } from '../domain/roles.ts';
import type { Staff } from './actions/console-step.ts';

/** `GET /console/transfer-files/REF`: a file of transfers that was taken to the bank, the same bytes every time, for whoever may take one; the trail keeps who did. */
export function transferFileRoute(deps: Deps): RequestHandler {
  return async (request: Request & { session?: { adminUser?: Staff } }, response) => {
    const id = request.session?.adminUser?.id ?? '';
    const staff = id ? await deps.db.staff.findFirst({ where: { id, active: true } }) : null;
    const file = staff && mayDo(staff.role, 'takeExport') ? await deps.db.sepaExport.findUnique({ where: { ref: String(request.params.ref) } }) : null;
    if (!staff || !file?.fileEncrypted || !file.exportedAt || file.state === 'cancelled') {
      response.sendStatus(404);
      return;
    }
    const xml = unseal(deps.secret, 'transfer-file', file.fileEncrypted);
    await deps.db.$transaction((tx) => recordEvent(tx, { by: { kind: 'staff', id: staff.id, name: staff.name }, action: 'sepaExport.fileRead', subject: file.ref, data: { sha256: file.sha256 ?? '' }, at: Date.now() }));
    response.status(200).set({ 'Content-Type': 'application/xml; charset=utf-8', 'Content-Disposition': `attachment; filename="${file.ref}.xml"`, 'Cache-Control': 'no-store' }).send(xml);
  };
}
