import type { RenderedMail } from './render.ts';

const token = /(\/l\/)[A-Za-z0-9_-]{20,}/g;

/** The mail as it may be kept and shown to staff: without the tokens that open somebody's pages. */
export function masked(mail: RenderedMail): RenderedMail {
  const mask = (text: string): string => text.replace(token, '$1•••');
  return { subject: mask(mail.subject), html: mask(mail.html), text: mask(mail.text) };
}
