import { randomUUID } from 'node:crypto';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import type { Person } from '../../steps/step.ts';
import type { House } from './house.ts';

export interface Answer { readonly status: number; readonly html: string; readonly to: string; readonly headers: Headers }

/** Somebody signed in to the pages, as a browser is: opens addresses and posts forms without following where they lead. */
export interface WebPerson {
  readonly cookie: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: Record<string, string | readonly string[]>, key?: string): Promise<Answer>;
  /** A form that comes with files, all in the field `files` unless said otherwise. */
  send(path: string, files: readonly File[], body?: Record<string, string>, key?: string, field?: string): Promise<Answer>;
}

export async function signInToPages({ deps, url }: Pick<House, 'deps' | 'url'>, person: Person): Promise<WebPerson> {
  const id = await deps.db.$transaction((tx) => createLink(tx, deps.secret, { purpose: 'sign_in', ownerKind: person.kind as 'client' | 'member', ownerId: person.id, at: Date.now() }));
  const first = await fetch(`${url}${linkPath(linkToken(deps.secret, id))}`, { method: 'POST', redirect: 'manual' });
  return withCookie(url, first.headers.getSetCookie()[0]?.split(';')[0] ?? '');
}

/** Nobody, with no cookie, or whoever a cookie says. */
export function withCookie(url: string, cookie = ''): WebPerson {
  const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', headers: { cookie }, ...init });
    return { status: response.status, html: (await response.text()).replace(/[\u00a0\u202f]/g, ' '), to: response.headers.get('location') ?? '', headers: response.headers };
  };
  return {
    cookie,
    get: (path) => call(path),
    post: (path, body = {}, key = randomUUID()) => {
      const form = new URLSearchParams({ key });
      for (const [name, value] of Object.entries(body)) for (const one of [value].flat()) form.append(name, one);
      return call(path, { method: 'POST', body: form });
    },
    send: (path, files, body = {}, key = randomUUID(), field = 'files') => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ key, ...body })) form.set(name, value);
      for (const file of files) form.append(field, file);
      return call(path, { method: 'POST', body: form });
    },
  };
}
