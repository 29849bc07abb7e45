// `npm run migration -- NAME` writes the SQL of what changed in schema.prisma since the last migration; read it before committing it.
// `npm run migration -- --renew` rewrites the first migration in place: only before the first release.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prismaFolder } from './migrate.ts';
import { withSchemaEngine } from './schema-engine.ts';

const schemaFile = join(prismaFolder, 'schema.prisma');
const migrations = join(prismaFolder, 'migrations');
/** The schema as it was when the last migration was drafted. */
const drafted = join(migrations, '.drafted.prisma');

const asked = process.argv[2];
if (!asked || (asked !== '--renew' && !/^[a-z][a-z0-9_]*$/.test(asked))) {
  console.error('Usage: npm run migration -- name_in_snake_case   or   npm run migration -- --renew');
  process.exit(1);
}

await mkdir(migrations, { recursive: true });
const existing = (await readdir(migrations, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
const renew = asked === '--renew';
const before = renew || !existsSync(drafted) ? null : await readFile(drafted, 'utf8');
const sql = await difference(before, await readFile(schemaFile, 'utf8'));
if (sql.trim() === '' || sql.includes('This is an empty migration')) {
  console.log('schema.prisma has not changed since the last migration.');
  process.exit(0);
}
const name = renew ? (existing[0] ?? '0001_spine') : `${String(Math.max(0, ...existing.map((folder) => Number.parseInt(folder, 10))) + 1).padStart(4, '0')}_${asked}`;
await mkdir(join(migrations, name), { recursive: true });
await writeFile(join(migrations, name, 'migration.sql'), sql);
await writeFile(join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n');
await copyFile(schemaFile, drafted);
console.log(`Wrote prisma/migrations/${name}/migration.sql`);

/** SQL that leads from one datamodel (null: nothing) to another; no database is asked. */
async function difference(from: string | null, to: string): Promise<string> {
  const file = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] });
  const { stdout } = await withSchemaEngine(null, to, (engine) =>
    engine.diff({
      from: from === null ? { tag: 'empty' } : file(from),
      to: file(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return stdout ?? '';
}
