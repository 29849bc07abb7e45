import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ask } from './ask.ts';

export interface Verdict {
  /** Of the PDF/A rules (veraPDF), and of the XML: schema, EN 16931, and the rules of the French reform. */
  readonly pdf: boolean;
  readonly xml: boolean;
  /** Rules that were broken, notices of the French reform among them; those of the German profile, which ours is not, left out. */
  readonly broken: readonly string[];
  /** What the validator said on the way. */
  readonly said: string;
}

/** What the Mustang validator finds of each file, in one run. */
export async function validated(files: Readonly<Record<string, Uint8Array>>): Promise<Readonly<Record<string, Verdict>>> {
  const program = await ask('mustang-program');
  const folder = await mkdtemp(join(tmpdir(), 'off-works-invoices-'));
  try {
    await Promise.all(Object.entries(files).map(([name, bytes]) => writeFile(join(folder, `${name}.pdf`), bytes)));
    return verdictsIn(await saidBy(program, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function saidBy(program: string, folder: string): Promise<string> {
  const java = spawn('java', ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-jar', program, '--disable-file-logging', '--action', 'validateExpectValid', '-d', folder], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [java.stdout, java.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    java.once('error', reject);
    java.once('close', () => resolve(said));
  });
}

/** The validator tells of each file: a line with the state of its two parts and the rules broken, then its verdict, which is the XML's, with the file's path. */
function verdictsIn(said: string): Record<string, Verdict> {
  const verdicts: Record<string, Verdict> = {};
  let from = 0;
  for (const found of said.matchAll(/Testing file \d+:\s+(valid|invalid) \((.+\.pdf)\)/g)) {
    const told = said.slice(from, found.index);
    from = found.index + found[0].length;
    const parts = /Parsed PDF:(\w+) XML:(\w+)/.exec(told);
    const rules = /ErrorIDs: \[([^\]]*)\]/.exec(told)?.[1]?.split(',') ?? [];
    verdicts[basename(found[2] ?? '', '.pdf')] = {
      pdf: parts?.[1] === 'valid', xml: found[1] === 'valid' && parts?.[2] === 'valid',
      broken: rules.map((rule) => rule.trim()).filter((rule) => rule !== '' && !/^(BR-DE|PEPPOL)-/.test(rule)), said: told.slice(-4_000),
    };
  }
  return verdicts;
}
