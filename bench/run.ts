// `npm run bench`: each figure a ratio against a bare baseline of the same run, printed and written to docs/benchmarks.md.
// `npm run bench -- NAME …`: only these parts, printed only.
import { cpus } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { measureBank } from './bank.ts';
import { measureCasting } from './casting.ts';
import { measureFirstPage } from './console-first-page.ts';
import { measureConsoleLists } from './console-lists.ts';
import { measureConsoleStep } from './console-step.ts';
import { measureFacturX } from './factur-x.ts';
import { measureFeed } from './feed.ts';
import { measureLifecycles } from './lifecycles.ts';
import { measurePages } from './pages.ts';
import { measurePublishing, measureRendering } from './publishing.ts';
import { startBenchStack, type BenchStack } from './stack.ts';
import { streamRows } from './stream-rows.ts';

interface Row { what: string; measured: string; baseline: string; ratio: string; wanted: string; reached: boolean }

const say = (line: string): void => console.log(line);
const rate = (perSecond: number): string => `${perSecond.toFixed(2)}/s`;
const ms = (duration: number): string => `${duration.toFixed(1)} ms`;

/** Each part by its name, and the rows it measures. */
const parts: Record<string, (stack: BenchStack) => Promise<Row[]>> = {
  async lifecycles(stack) {
    const lives = await measureLifecycles(stack, say);
    const share = lives.realPerSecond / lives.barePerSecond;
    return [
      {
        what: 'Whole lifecycles, 12 at once', measured: rate(lives.realPerSecond), reached: share >= 0.6, wanted: 'at least 0.6',
        baseline: `${rate(lives.barePerSecond)} bare: ${Object.entries(lives.plan).map(([name, count]) => `${count} ${name}`).join(', ')}`, ratio: share.toFixed(2),
      },
      {
        what: 'Events of one project, one member, one invoice', measured: String(lives.eventsOfOne), baseline: '—', ratio: '—', wanted: 'at most 300', reached: lives.eventsOfOne <= 300,
      },
      {
        what: 'Longest history, five members, six invoices each', measured: String(lives.longestOfMany), baseline: '—', ratio: '—', wanted: 'at most 2,000', reached: lives.longestOfMany <= 2_000,
      },
    ];
  },
  async 'console-step'(stack) {
    const step = await measureConsoleStep(stack, say);
    const times = step.approveMs / step.emptyMs;
    return [{
      what: 'Console step: approve a brief, click to shown', measured: ms(step.approveMs), baseline: `${ms(step.emptyMs)} empty update with one transaction`,
      ratio: times.toFixed(2), wanted: 'at most 3', reached: times <= 3,
    }];
  },
  async 'console-lists'(stack) {
    const lists = await measureConsoleLists(stack, say, { small: 1_000, large: 1_000_000 });
    return Object.entries(lists).map(([page, { smallMs, largeMs }]) => ({
      what: `Console, 1,000,000 projects and 200,000 invoices: ${page}`, measured: ms(largeMs), baseline: `${ms(smallMs)} with 1,000 projects`, ratio: (largeMs / smallMs).toFixed(2), wanted: 'at most 2', reached: largeMs / smallMs <= 2,
    }));
  },
  async 'console-first-page'(stack) {
    const { consoleMs, emptyMs } = await measureFirstPage(stack, say);
    const times = consoleMs / emptyMs;
    return [{ what: 'Console: first page after start, compiled', measured: ms(consoleMs), baseline: `${ms(emptyMs)} an empty AdminJS of the same versions, compiled and started the same way`, ratio: times.toFixed(2), wanted: 'under 4', reached: times < 4 }];
  },
  async pages(stack) {
    const pages = await measurePages(stack, say);
    return Object.entries(pages).map(([name, { page, bare }]) => ({
      what: `Pages: ${name}`, measured: rate(page), baseline: `${rate(bare)} a bare Express page with one Prisma query`, ratio: (page / bare).toFixed(2), wanted: 'at least 0.5', reached: page / bare >= 0.5,
    }));
  },
  async bank(stack) {
    const { readMs, matchMs, keepMs, proposed } = await measureBank(stack, say, { lines: 10_000, invoices: 50_000 });
    const what = `Bank: 10,000 lines against 50,000 open invoices, ${proposed.toLocaleString('en')} matched`;
    return [
      { what, measured: ms(matchMs), baseline: `${ms(readMs)} reading the file and the invoices`, ratio: (matchMs / readMs).toFixed(2), wanted: 'at most 3', reached: matchMs / readMs <= 3 },
      { what: `${what}, every line and proposal kept`, measured: ms(keepMs), baseline: `${ms(readMs)} reading the file and the invoices`, ratio: (keepMs / readMs).toFixed(2), wanted: '—', reached: true },
    ];
  },
  async 'factur-x'(stack) {
    const { archived, bare, pages } = await measureFacturX(stack, say);
    return [{
      what: `Global invoice of five members: data to archived Factur-X, ${pages} page${pages > 1 ? 's' : ''}`, measured: rate(archived), baseline: `${rate(bare)} a bare PDF of the same pages with the same library`,
      ratio: (archived / bare).toFixed(2), wanted: 'at least 0.4', reached: archived / bare >= 0.4,
    }];
  },
  streams: (stack) => streamRows(stack, say),
  async casting(stack) {
    const searches = await measureCasting(stack, say, { small: 1_000, large: 100_000 });
    return Object.entries(searches).flatMap(([search, { smallMs, largeMs, rawMs }]) => [
      { what: `Casting, 100,000 members: ${search}`, measured: ms(largeMs), baseline: `${ms(rawMs)} the same SQL alone`, ratio: (largeMs / rawMs).toFixed(2), wanted: 'at most 1.5', reached: largeMs / rawMs <= 1.5 },
      { what: `Casting, 100,000 members: ${search}`, measured: ms(largeMs), baseline: `${ms(smallMs)} with 1,000 members`, ratio: (largeMs / smallMs).toFixed(2), wanted: 'at most 3', reached: largeMs / smallMs <= 3 },
    ]);
  },
  async publishing(stack) {
    const { renderMs, compileMs } = await measureRendering();
    const many = Number(process.env.BENCH_SUBSCRIBERS ?? 100_000);
    const { perSecond, barePerSecond, mails, twice, smallBytes, largeBytes } = await measurePublishing(stack, say, { few: many / 10, many, loop: Math.min(many, 10_000) });
    const [count, few] = [many.toLocaleString('en'), (many / 10).toLocaleString('en')];
    const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
    return [
      { what: 'Rendering a mail', measured: `${renderMs.toFixed(3)} ms`, baseline: `${ms(compileMs)} its MJML compiled each time`, ratio: (compileMs / renderMs).toFixed(0), wanted: 'at least 50', reached: compileMs / renderMs >= 50 },
      { what: `Publishing to ${count} subscribers: mails handed to SMTP`, measured: rate(perSecond), baseline: `${rate(barePerSecond)} a bare loop, same template, same pool`, ratio: (perSecond / barePerSecond).toFixed(2), wanted: 'at least 0.5', reached: perSecond / barePerSecond >= 0.5 },
      { what: `Publishing to ${count} subscribers: addresses written to`, measured: `${(mails - twice).toLocaleString('en')}, ${twice} of them twice`, baseline: '—', ratio: '—', wanted: `${count}, none twice`, reached: mails === many && twice === 0 },
      { what: `Publishing to ${count} subscribers: most memory of the worker (RSS)`, measured: megabytes(largeBytes), baseline: `${megabytes(smallBytes)} with ${few}`, ratio: (largeBytes / smallBytes).toFixed(2), wanted: 'at most 1.3', reached: largeBytes / smallBytes <= 1.3 },
    ];
  },
  async feed(stack) {
    const pages = await measureFeed(stack, say, { small: 1_000, large: 1_000_000 });
    return Object.entries(pages).flatMap(([page, { smallMs, largeMs, rawMs }]) => [
      { what: `Feed, 1,000,000 projects: ${page}`, measured: ms(largeMs), baseline: `${ms(rawMs)} the best SQL we know, alone`, ratio: (largeMs / rawMs).toFixed(2), wanted: 'at most 2', reached: largeMs / rawMs <= 2 },
      { what: `Feed, 1,000,000 projects: ${page}`, measured: ms(largeMs), baseline: `${ms(smallMs)} with 1,000 projects`, ratio: (largeMs / smallMs).toFixed(2), wanted: 'at most 2', reached: largeMs / smallMs <= 2 },
    ]);
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
const stack = await startBenchStack(say);
try {
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) rows.push(...await measure(stack));
  const table = [
    '| what | measured | baseline, same run | ratio | wanted | reached |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.measured} | ${row.baseline} | ${row.ratio} | ${row.wanted} | ${row.reached ? 'yes' : '**no**'} |`),
  ].join('\n');
  say(`\n${table}\n`);
  const page = `# Benchmarks\n\nWritten by \`npm run bench\` on ${cpus().length} cores with Node ${process.versions.node}, median of the turns. Speeds are ratios against a bare baseline measured in the same run, on the same servers.\n\n${table}\n`;
  if (asked.length === 0) await writeFile(new URL('../docs/benchmarks.md', import.meta.url), page);
  process.exitCode = rows.every(({ reached }) => reached) ? 0 : 1;
} finally {
  await stack.stop();
}
process.exit();
