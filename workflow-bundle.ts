import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = fileURLToPath(new URL('.', import.meta.url));
/** Everything that may end up in the bundle. */
const sources = ['workflows', 'domain', 'steps', 'package-lock.json', 'workflow-bundle.ts'];

/**
 * Path of the bundled workflow code. Bundling takes seconds, so the bundle is kept in `folder` under the hash of what it was made from,
 * and a worker whose workflows have not changed starts at once.
 */
export async function workflowBundle(folder: string): Promise<string> {
  const path = join(folder, `workflows-${await hashOf(sources)}.js`);
  const known = await readFile(path).then(() => true, () => false);
  if (known) return path;
  const workflowsPath = join(root, 'workflows', 'index.ts');
  // Read once by a worker, not again for each workflow it opens: no module of ours keeps anything of one workflow.
  const { code } = await bundleWorkflowCode({ workflowsPath, preloadModules: [workflowsPath], logger: new DefaultLogger('WARN') });
  await mkdir(folder, { recursive: true });
  // Written beside and moved, so that nobody reads half a bundle.
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
  return path;
}

async function hashOf(names: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of names) for (const file of await filesOf(name)) hash.update(file).update(await readFile(join(root, file)));
  return hash.digest('hex').slice(0, 20);
}

async function filesOf(name: string): Promise<string[]> {
  if (name.includes('.')) return [name];
  const entries = await readdir(join(root, name), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
