import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { programCache } from '../../local/temporal-program.ts';

const library = 'io.temporal:temporal-test-server:1.38.0';

/**
 * Path of Temporal's time-skipping test server: downloaded by the SDK, or else its Java library from Maven Central behind a small script.
 * Kept in the cache folder; `say` hears what is going on.
 */
export async function timeSkippingProgram(say: (line: string) => void): Promise<string> {
  return (await downloaded()) ?? (await fromJava(say));
}

async function downloaded(): Promise<string | null> {
  const downloadDir = join(programCache, 'download');
  await mkdir(downloadDir, { recursive: true });
  const kept = async () => (await readdir(downloadDir)).find((name) => name.startsWith('temporal-test-server') && !name.endsWith('.downloading'));
  if (!(await kept())) {
    try {
      const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'cached-download', downloadDir } } });
      await environment.teardown();
    } catch {
      return null;
    }
  }
  const name = await kept();
  return name ? join(downloadDir, name) : null;
}

async function fromJava(say: (line: string) => void): Promise<string> {
  const folder = join(programCache, `time-skipping-${library.split(':')[2]}`);
  const script = join(folder, 'time-skipping-server');
  if (existsSync(script)) return script;
  for (const program of ['java', 'mvn']) {
    if (spawnSync(program, ['-version']).error) throw new Error(`The workflow tests need Temporal's time-skipping server: install Java 17 and Maven (${program} is missing).`);
  }
  say('Fetching the time-skipping server from Maven Central (once, 33 MB) …');
  const making = `${folder}.making.${process.pid}`;
  await mkdir(making, { recursive: true });
  const [groupId, artifactId, version] = library.split(':');
  await writeFile(
    join(making, 'pom.xml'),
    `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>time-skipping</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`,
  );
  const maven = spawn('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${join(making, 'lib')}`], { cwd: making, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  maven.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  maven.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => maven.once('close', resolve));
  if (code !== 0) throw new Error(`Maven could not fetch ${library}:\n${said.slice(-2000)}`);
  // The watcher ends the server when the tests that started it were killed.
  await writeFile(
    join(making, 'time-skipping-server'),
    `#!/bin/sh
lib="$(dirname "$0")/lib"
tests=$PPID
server=$$
( while kill -0 "$tests" && kill -0 "$server"; do sleep 2; done; kill "$server" ) >/dev/null 2>&1 </dev/null &
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -cp "$lib/*" io.temporal.testserver.TestServer "$@"
`,
    { mode: 0o755 },
  );
  await rename(making, folder).catch(() => rm(making, { recursive: true, force: true }));
  return script;
}
