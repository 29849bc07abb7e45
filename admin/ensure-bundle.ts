import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFolder } from './environment.ts';

const mark = join(bundleFolder, 'made-from');
const components = fileURLToPath(new URL('./components', import.meta.url));

/** Makes the bundle when it is missing or older than its sources: some twenty seconds, once. */
export async function ensureBundle(say: (line: string) => void): Promise<void> {
  const known = await readFile(mark, 'utf8').catch(() => '');
  if (known === (await sourceHash())) return;
  say('Bundling the console’s components, about twenty seconds, once …');
  await new Promise<void>((done, fail) => {
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./bundle.ts', import.meta.url))], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`the console’s components could not be bundled: ${said.slice(-2000)}`))));
  });
}

/** Remembers what the bundle was made from. */
export async function writeBundleMark(): Promise<void> {
  await mkdir(bundleFolder, { recursive: true });
  await writeFile(mark, await sourceHash());
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(components)).sort()) hash.update(file).update(await readFile(join(components, file)));
  return hash.digest('hex');
}
