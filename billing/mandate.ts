import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../templates/documents/fr/mandate.txt', import.meta.url), 'utf8').trim();

/** The mandate to invoice in a member's name, as it is read and accepted with the billing entity (M3, CGI 289-I-2). */
export function mandateText(legalName: string): string {
  return text.replace('{{legalName}}', legalName);
}
