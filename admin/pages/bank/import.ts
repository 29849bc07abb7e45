import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { largestStatements, readStatements } from '../../../bank/read-statements.ts';
import { importStatements } from '../../../database/bank/import-statements.ts';
import { proposeForLines } from '../../../database/bank/propose.ts';
import { Problem } from '../../../domain/problem.ts';
import type { PageAct } from '../page.ts';
import { whoMay } from './may.ts';

/** Reads a file of the bank, keeps the lines nobody had, and says what each most likely is. */
export const importFile: PageAct = async (act) => {
  const who = whoMay(act, 'importStatement');
  const { file } = act.files;
  if (!file || file.size === 0) throw new Problem('form_invalid', 'no file', { fields: 'file' });
  if (file.size > largestStatements) throw new Problem('file_too_large', `${file.size} bytes`, { megabytes: largestStatements / 1_048_576 });
  const bytes = await readFile(file.path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const before = await act.deps.db.bankStatement.findFirst({ where: { sha256 }, orderBy: { importedAt: 'asc' } });
  if (before) throw new Problem('statement_known', 'the same file was read before', { who: before.importedBy, at: before.importedAt.toISOString() });
  const statements = readStatements(bytes);
  const { added, known } = await importStatements(act.deps.db, { statements, sha256, fileName: file.name.slice(0, 160), secret: act.deps.secret, ...who });
  const proposed = await proposeForLines(act.deps.db);
  return { message: act.say.say('bank.imported', { statements: statements.length, added, known, proposed }), redirect: '/console/pages/bank' };
};
