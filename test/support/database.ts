import { afterAll } from 'vitest';
import { type Db, openDatabase } from '../../database/open.ts';
import { ask } from './ask.ts';

/**
 * A migrated, empty database for this test file alone. Call it at the top of the file: `const { db, url } = await freshDatabase();`
 * `prepares`: opened as the worker opens it.
 */
export async function freshDatabase(options: { prepares?: boolean } = {}): Promise<{ db: Db; url: string }> {
  const url = await ask('database');
  const db = openDatabase({ url, ...options });
  afterAll(() => db.$disconnect());
  return { db, url };
}
