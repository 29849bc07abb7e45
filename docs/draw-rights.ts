// `npm run docs:rights` writes docs/rights.md from domain/roles.ts; a test says when it is no longer current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { actNames, maskedFor, maskedResources, mayDo, mayRead, maySee, pageNames, resourceNames, roles, type Role } from '../domain/roles.ts';

const page = fileURLToPath(new URL('./rights.md', import.meta.url));

function table(what: string, names: readonly string[], may: (role: Role, name: string) => boolean): string {
  const head = `| ${what} | ${roles.join(' | ')} |\n|---|${roles.map(() => '---').join('|')}|`;
  return [head, ...names.map((name) => `| ${name} | ${roles.map((role) => (may(role, name) ? 'yes' : '—')).join(' | ')} |`)].join('\n');
}

/** The whole page, as it must stand in the repository. */
export function rightsPage(): string {
  const masked = maskedResources.map((model) => `- **${model}**: hidden from ${roles.filter((role) => maskedFor(role, model).length > 0).map((role) => `${role} (${maskedFor(role, model).join(', ')})`).join('; ')}.`);
  const parts = [
    '# Rights of the console (S5)',
    'Drawn from `domain/roles.ts`, which every list, page and action asks on the server. Do not edit: `npm run docs:rights`.',
    '## Who may do what', table('act', actNames, mayDo),
    '## Who may open which page', table('page', pageNames, (role, name) => maySee(role, name as (typeof pageNames)[number])),
    '## Who may read what', table('object', resourceNames, mayRead),
    '## What is hidden from whom', masked.join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, rightsPage());

/** What the repository holds now. */
export const currentRights = (): string => readFileSync(page, 'utf8');
