import type { Request } from 'express';

/** The address of the page somebody is on, wherever its router is mounted, without what follows the question mark. */
export function ownPath(request: Request): string {
  return request.originalUrl.split('?')[0] ?? '/';
}
