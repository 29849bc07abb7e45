import type { Request, RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { maySee } from '../domain/roles.ts';
import { sendQuoteFile } from '../web/member/quote-file.ts';
import type { Staff } from './actions/console-step.ts';

/** M9: a file joined to a member's quote, for staff who may open the quote workbench; for anybody else it is not there. */
export function quoteFile(deps: Deps): RequestHandler {
  return async (request: Request & { session?: { adminUser?: Staff } }, response) => {
    const id = request.session?.adminUser?.id ?? '';
    const staff = id ? await deps.db.staff.findFirst({ where: { id, active: true } }) : null;
    try {
      if (!staff || !maySee(staff.role, 'workbench')) throw new Problem('not_found', 'not for them');
      await sendQuoteFile(deps, { id: String(request.params.id) }, response);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      response.sendStatus(404);
    }
  };
}
