import { createHash, createHmac } from 'node:crypto';

/** The 256-bit token of a personal link: made again from the secret whenever a mail is rendered, so that it is stored nowhere. */
export function linkToken(secret: string, linkId: string): string {
  return createHmac('sha256', secret).update(`link:${linkId}`).digest('base64url');
}

/** What the database keeps of a token. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function linkPath(token: string): string {
  return `/l/${token}`;
}
