import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSchemaEngine } from './schema-engine.ts';

export const prismaFolder = fileURLToPath(new URL('../prisma/', import.meta.url));

/**
 * Applies what is missing of prisma/migrations, in the order of the folders' names, and writes Prisma's own `_prisma_migrations` table:
 * `prisma migrate deploy` and this can take turns. Returns the names just applied. A failed migration leaves nothing of itself behind
 * but its row in that table; `prisma migrate resolve` clears it.
 */
export async function migrate(url: string): Promise<string[]> {
  const datamodel = await readFile(join(prismaFolder, 'schema.prisma'), 'utf8');
  const migrationsList = await readMigrations(join(prismaFolder, 'migrations'));
  return withSchemaEngine(url, datamodel, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: { externalTables: [], externalEnums: [] } });
    return appliedMigrationNames;
  });
}

async function readMigrations(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: await readFile(join(folder, name, 'migration.sql'), 'utf8') } },
    })),
  );
  const lockfile = { path: 'migration_lock.toml', content: await readFile(join(folder, 'migration_lock.toml'), 'utf8') };
  return { baseDir: folder, lockfile, shadowDbInitScript: '', migrationDirectories };
}
