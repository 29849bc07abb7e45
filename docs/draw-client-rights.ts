// `npm run docs:client-rights` writes docs/client-rights.md from domain/client-rights.ts; a test says when it is no longer current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { clientActs, clientMay, clientRoles } from '../domain/client-rights.ts';

const page = fileURLToPath(new URL('./client-rights.md', import.meta.url));

/** The whole page, as it must stand in the repository. */
export function clientRightsPage(): string {
  const rows = clientActs.map((act) => `| ${act} | ${clientRoles.map((role) => (clientMay(role, act) ? 'yes' : '—')).join(' | ')} |`);
  return [
    '# Rights in a company’s workspace (C6)', '',
    'Drawn from `domain/client-rights.ts`, which every page asks on the server (`requireRight` in `web/access.ts`). Do not edit: `npm run docs:client-rights`.', '',
    'A restricted collaborator has the same rights on the projects they were given, and sees no other. Behind a personal link its owner’s rights count.', '',
    `| act | ${clientRoles.join(' | ')} |`, `|---|${clientRoles.map(() => '---').join('|')}|`, ...rows, '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, clientRightsPage());

/** What the repository holds now. */
export const currentClientRights = (): string => readFileSync(page, 'utf8');
