// `npm run bench`: each figure a ratio against a bare baseline of the same run, printed and written to docs/benchmarks.md.
import { cpus } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { measureConsoleLists } from './console-lists.ts';
import { measureConsoleStep } from './console-step.ts';
import { measureLifecycles } from './lifecycles.ts';
import { startBenchStack } from './stack.ts';

interface Row { what: string; measured: string; baseline: string; ratio: string; wanted: string; reached: boolean }

const say = (line: string): void => console.log(line);
const rate = (perSecond: number): string => `${perSecond.toFixed(2)}/s`;
const ms = (duration: number): string => `${duration.toFixed(1)} ms`;

const stack = await startBenchStack(say);
try {
  const lives = await measureLifecycles(stack, say);
  const step = await measureConsoleStep(stack, say);
  const lists = await measureConsoleLists(stack, say, { small: 1_000, large: 1_000_000 });
  const share = lives.realPerSecond / lives.barePerSecond;
  const times = step.approveMs / step.emptyMs;
  const rows: Row[] = [
    {
      what: 'Whole lifecycles, 12 at once', measured: rate(lives.realPerSecond), reached: share >= 0.6, wanted: 'at least 0.6',
      baseline: `${rate(lives.barePerSecond)} bare: ${Object.entries(lives.plan).map(([name, count]) => `${count} ${name}`).join(', ')}`, ratio: share.toFixed(2),
    },
    {
      what: 'Console step: approve a brief, click to shown', measured: ms(step.approveMs), baseline: `${ms(step.emptyMs)} empty update with one transaction`,
      ratio: times.toFixed(2), wanted: 'at most 3', reached: times <= 3,
    },
    {
      what: 'Events of one project, one member, one invoice', measured: String(lives.eventsOfOne), baseline: '—', ratio: '—', wanted: 'at most 300', reached: lives.eventsOfOne <= 300,
    },
    {
      what: 'Longest history, five members, six invoices each', measured: String(lives.longestOfMany), baseline: '—', ratio: '—', wanted: 'at most 2,000', reached: lives.longestOfMany <= 2_000,
    },
    ...Object.entries(lists).map(([page, { smallMs, largeMs }]): Row => ({
      what: `Console, 1,000,000 projects and 200,000 invoices: ${page}`, measured: ms(largeMs), baseline: `${ms(smallMs)} with 1,000 projects`, ratio: (largeMs / smallMs).toFixed(2), wanted: 'at most 2', reached: largeMs / smallMs <= 2,
    })),
  ];
  const table = [
    '| what | measured | baseline, same run | ratio | wanted | reached |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.measured} | ${row.baseline} | ${row.ratio} | ${row.wanted} | ${row.reached ? 'yes' : '**no**'} |`),
  ].join('\n');
  say(`\n${table}\n`);
  const page = `# Benchmarks\n\nWritten by \`npm run bench\` on ${cpus().length} cores with Node ${process.versions.node}, median of the turns. Speeds are ratios against a bare baseline measured in the same run, on the same servers.\n\n${table}\n`;
  await writeFile(new URL('../docs/benchmarks.md', import.meta.url), page);
  process.exitCode = rows.every(({ reached }) => reached) ? 0 : 1;
} finally {
  await stack.stop();
}
process.exit();
