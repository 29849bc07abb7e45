import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programCache } from '../../local/temporal-program.ts';

const pom = fileURLToPath(new URL('../validators/mustang/pom.xml', import.meta.url));

/**
 * Path of the Mustang validator of electronic invoices, fetched from Maven Central by its pom once and kept in the cache folder; `say` hears what is going on.
 * @throws Error that says what to install when Java or Maven is missing
 */
export async function mustangProgram(say: (line: string) => void): Promise<string> {
  const version = /Mustang-CLI<\/artifactId>\s*<version>([\d.]+)</.exec(readFileSync(pom, 'utf8'))?.[1];
  if (!version) throw new Error(`${pom} names no version of the validator`);
  need('java', 'Java 17 (Debian: apt-get install default-jre-headless)');
  const folder = join(programCache, `mustang-${version}`);
  const program = join(folder, 'mustang.jar');
  if (existsSync(program)) return program;
  need('mvn', 'Maven (Debian: apt-get install maven), once, to fetch the validator');
  say(`Fetching the Mustang validator ${version} from Maven Central (once, 57 MB) …`);
  const making = `${folder}.making.${process.pid}`;
  await mkdir(making, { recursive: true });
  const started = Date.now();
  const clock = setInterval(() => say(`  … ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  try {
    const maven = spawn('mvn', ['-q', '-B', '-f', pom, 'dependency:copy', `-DoutputDirectory=${making}`], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [maven.stdout, maven.stderr]) stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    const code = await new Promise<number | null>((resolve) => maven.once('close', resolve));
    if (code !== 0 || !existsSync(join(making, 'mustang.jar'))) throw new Error(`Maven could not fetch the Mustang validator:\n${said}`);
    await rename(making, folder).catch((cause: unknown) => {
      if (!existsSync(program)) throw cause; // another run was quicker
    });
  } finally {
    clearInterval(clock);
    await rm(making, { recursive: true, force: true });
  }
  return program;
}

function need(program: string, what: string): void {
  if (spawnSync(program, ['-version']).status !== 0) throw new Error(`The validation of electronic invoices needs ${what}: ${program} is missing.`);
}
