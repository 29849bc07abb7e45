import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runningFrom } from './leftover.ts';

/** What a start keeps in DATA_DIR. */
export interface DataFolder {
  readonly path: string;
  file(name: string): string;
  /** A log of this start; the one of the start before is kept beside it. */
  logFile(name: string): string;
  pidFile(name: string): string;
  /** Lets another start use the folder. */
  close(): void;
}

/** Says that the folder was made by us, so that `--reset` may empty it. */
const mark = '.off-works';

/**
 * Makes or opens the data folder for this process alone.
 * @throws Error when another start uses it now.
 */
export function openDataFolder(path: string): DataFolder {
  const fresh = !existsSync(path) || readdirSync(path).length === 0;
  for (const folder of ['logs', 'run']) mkdirSync(join(path, folder), { recursive: true });
  if (fresh) writeFileSync(join(path, mark), 'Made by `npm start`; `npm start -- --reset` empties this folder.\n');
  const pidFile = join(path, 'run', 'start.pid');
  const other = runningFrom(pidFile, 'start.ts');
  if (other !== null && other !== process.pid) {
    throw new Error(`${path} is in use by another \`npm start\` (process ${other}). Stop it first, or set DATA_DIR to another folder.`);
  }
  writeFileSync(pidFile, String(process.pid));
  return {
    path,
    file: (name) => join(path, name),
    logFile: (name) => {
      const file = join(path, 'logs', `${name}.log`);
      if (existsSync(file)) renameSync(file, join(path, 'logs', `${name}.previous.log`));
      writeFileSync(file, '');
      return file;
    },
    pidFile: (name) => join(path, 'run', `${name}.pid`),
    close: () => rmSync(pidFile, { force: true }),
  };
}

/**
 * Empties the data folder.
 * @throws Error when it holds what we did not put there.
 */
export function emptyDataFolder(path: string): void {
  if (!existsSync(path)) return;
  const entries = readdirSync(path);
  if (entries.length > 0 && !entries.includes(mark)) {
    throw new Error(`${path} was not made by \`npm start\` and is left alone. Empty it yourself, or set DATA_DIR to another folder.`);
  }
  for (const entry of entries) rmSync(join(path, entry), { recursive: true, force: true });
}
