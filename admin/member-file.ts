import type { Request, RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { maySee } from '../domain/roles.ts';
import { sendMemberFile } from '../web/member-file.ts';
import type { Staff } from './actions/console-step.ts';

/** A member's file for staff who may open the compliance page; for anybody else it is not there. */
export function memberFile(deps: Deps): RequestHandler {
  return async (request: Request & { session?: { adminUser?: Staff } }, response) => {
    const id = request.session?.adminUser?.id ?? '';
    const staff = id ? await deps.db.staff.findFirst({ where: { id, active: true } }) : null;
    if (!staff || !maySee(staff.role, 'compliance')) {
      response.sendStatus(404);
      return;
    }
    try {
      await sendMemberFile(deps, { id: String(request.params.id) }, response);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      response.sendStatus(404);
    }
  };
}
