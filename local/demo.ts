import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Deps } from '../deps.ts';

/** What prisma/demo/seed.ts offers. */
interface DemoData {
  /** False when the house has people of its own: it stays theirs. */
  isDemoHouse(db: Deps['db']): Promise<boolean>;
  /** Plays the demo projects through the real workflows; may be called again after an interrupted first time. */
  seedDemo(deps: Deps, say: (line: string) => void): Promise<void>;
  /** Who can sign in, and how, one line each. */
  readonly signIns: readonly string[];
}

/** Fills an empty house on the first start and answers how to sign in; `doneFile` remembers that it was done. */
export async function demoData(deps: Deps, doneFile: string, say: (line: string) => void): Promise<readonly string[]> {
  const path = fileURLToPath(new URL('../prisma/demo/seed.ts', import.meta.url));
  if (!existsSync(path)) return [];
  const { isDemoHouse, seedDemo, signIns } = (await import(path)) as DemoData;
  if (!(await isDemoHouse(deps.db))) return [];
  if (existsSync(doneFile)) return signIns;
  await seedDemo(deps, say);
  writeFileSync(doneFile, `${new Date().toISOString()}\n`);
  return signIns;
}
