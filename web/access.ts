import type { Request } from 'express';
import type { Deps } from '../deps.ts';
import { clientMay, type ClientAct } from '../domain/client-rights.ts';
import { Problem } from '../domain/problem.ts';
import { cookiesOf, localeOf, type PageLocale } from './locale.ts';
import type { Access } from './page.ts';
import { signedIn, type SignedIn } from './session.ts';

/** Nobody is signed in: the way to the sign-in page is shown instead. */
export class NotSignedIn extends Error {}

/** Whoever is signed in, on a page of their own. @throws NotSignedIn */
export async function personAccess(deps: Deps, request: Request, root: string): Promise<Access> {
  const who = await signedIn(deps, request);
  if (!who) throw new NotSignedIn();
  return accessOf(request, who, root);
}

function accessOf(request: Request, who: SignedIn, root: string): Access {
  return {
    person: who.person, name: who.name, locale: readerLocale(request, who.locale), projectId: null, subjectId: null, base: root, root, linkId: null, sessionId: who.sessionId,
    company: who.company, may: (act) => who.company !== null && clientMay(who.company.role, act),
    context: { ip: request.ip ?? '', userAgent: (request.get('user-agent') ?? '').slice(0, 300) },
  };
}

/** @throws NotSignedIn, Problem `not_found` for a client */
export async function memberAccess(deps: Deps, request: Request, root: string): Promise<Access> {
  const access = await personAccess(deps, request, root);
  if (access.person.kind !== 'member') throw new Problem('not_found', 'members only');
  return access;
}

/** @throws NotSignedIn, Problem `not_found` for a member */
export async function clientAccess(deps: Deps, request: Request, root: string): Promise<Access> {
  const access = await personAccess(deps, request, root);
  if (access.person.kind !== 'client') throw new Problem('not_found', 'clients only');
  return access;
}

/** Whoever is signed in, on a project. A company's people see its projects, a restricted one those they were given (C6); what a member may see, each of their pages decides. @throws NotSignedIn, Problem `not_found` */
export async function projectAccess(deps: Deps, request: Request): Promise<Access> {
  const ref = String(request.params.ref);
  const who = await signedIn(deps, request, ref);
  if (!who) throw new NotSignedIn();
  const { project } = who;
  if (!project?.seen) throw new Problem('not_found', `${ref} is not theirs`);
  return { ...accessOf(request, who, `/projects/${ref}`), projectId: project.id, subjectId: project.id };
}

/** Says no to a collaborator whose role does not allow an act (C6). @throws Problem `not_allowed` */
export function requireRight(access: Access, act: ClientAct): void {
  if (!access.may(act)) throw new Problem('not_allowed', `${access.company?.role ?? access.person.kind} may not ${act}`);
}

/** What this person asked for here, else what they chose for good. */
function readerLocale(request: Request, chosen: string): PageLocale {
  const asked = request.query.lang ?? cookiesOf(request).get('lang');
  if (asked === 'fr' || asked === 'en') return localeOf(request);
  return chosen === 'en' ? 'en' : 'fr';
}
