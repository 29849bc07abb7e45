import type { Request } from 'express';

/** The address of the page somebody is on, wherever its router is mounted, without what follows the question mark. */
export function ownPath(request: Request): string {
  return request.originalUrl.split('?')[0] ?? '/';
}

/** A page of ours to go back to: nothing that leaves the site, and no personal link. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[\w\-/.]{0,200}$/.test(path);
}
