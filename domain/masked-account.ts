/** What stands for a hidden end of an account or a hidden detail. */
export const dots = '••••';

/** A sentence of a document or a mail without the end of the account it names, whichever of our wordings it uses. */
export function withoutAccountEnd(text: string): string {
  return text.replace(/(se terminant par|se termine par|ending in|••••)(\s*)((?:<[^>]*>\s*)*)[0-9A-Z]{4}\b/g, `$1$2$3${dots}`);
}
