import type { Request, Response } from 'express';
import { newDraftSecret, type DraftOwner } from '../../database/briefs/drafts.ts';
import { draftDays } from '../../domain/brief-steps.ts';
import type { Deps } from '../../deps.ts';
import { NotSignedIn, personAccess, requireRight } from '../access.ts';
import { cookiesOf, localeOf } from '../locale.ts';
import type { Access } from '../page.ts';

const cookie = 'brief';

/** Who writes a brief: a signed-in client, or a visitor whose browser keeps a secret; `owner` is null for one who has begun nothing. */
export async function draftWriter(deps: Deps, request: Request, base: string): Promise<{ access: Access; owner: DraftOwner | null }> {
  const signedIn = await personAccess(deps, request, base).catch((cause: unknown) => {
    if (cause instanceof NotSignedIn) return null;
    throw cause;
  });
  if (signedIn?.person.kind === 'client') {
    requireRight(signedIn, 'writeBrief');
    return { access: signedIn, owner: { clientUserId: signedIn.person.id } };
  }
  const secret = cookiesOf(request).get(cookie);
  const access: Access = {
    person: { kind: 'visitor', id: '' }, name: '', locale: localeOf(request), projectId: null, subjectId: null, base, root: base, linkId: null, company: null, may: () => false,
    context: { ip: request.ip ?? '', userAgent: '' },
  };
  return { access, owner: secret ? { secret } : null };
}

/** The visitor's browser keeps its secret as long as the drafts are kept. */
export function rememberDrafts(deps: Deps, response: Response): DraftOwner {
  const secret = newDraftSecret();
  response.cookie(cookie, secret, { httpOnly: true, sameSite: 'lax', secure: deps.config.publicUrl.startsWith('https://'), maxAge: draftDays * 86_400_000 });
  return { secret };
}
