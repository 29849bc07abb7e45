import type { Request, RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { maySee, type ConsolePageName } from '../domain/roles.ts';
import { sendCandidatureFile, sendMemberFile } from '../web/member-file.ts';
import type { Staff } from './actions/console-step.ts';

/** A member's file for staff who may open the compliance page; for anybody else it is not there. */
export const memberFile = (deps: Deps): RequestHandler => fileFor(deps, 'compliance', sendMemberFile);

/** M1: a file that came with a candidature, for staff who may open the page of candidatures. */
export const candidatureFile = (deps: Deps): RequestHandler => fileFor(deps, 'candidatures', sendCandidatureFile);

function fileFor(deps: Deps, page: ConsolePageName, send: typeof sendMemberFile): RequestHandler {
  return async (request: Request & { session?: { adminUser?: Staff } }, response) => {
    const id = request.session?.adminUser?.id ?? '';
    const staff = id ? await deps.db.staff.findFirst({ where: { id, active: true } }) : null;
    if (!staff || !maySee(staff.role, page)) {
      response.sendStatus(404);
      return;
    }
    try {
      await send(deps, { id: String(request.params.id) }, response);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      response.sendStatus(404);
    }
  };
}
