import { createHash } from 'node:crypto';
import { readStatements } from '../bank/read-statements.ts';
import { keepAccount } from '../database/bank/accounts.ts';
import { importStatements } from '../database/bank/import-statements.ts';
import { openInvoices, proposeForLines, sentPayouts } from '../database/bank/propose.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase, type Db } from '../database/open.ts';
import { proposeMatches, type LineToMatch } from '../domain/bank/match.ts';
import { camtFile, type SampleEntry } from '../test/support/camt.ts';
import { median } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

const turns = 9;
const warmUp = 2;
const iban = 'FR7630006000011234567890189';
const clients = 'FR1420041010050500013M02606';
const secret = 'bench'.repeat(8);
const by = { kind: 'staff' as const, id: null, name: 'Bench' };

interface Measured {
  /** The file and every open invoice, read and nothing more. ms */
  readonly readMs: number;
  /** The same, and each line matched. ms */
  readonly matchMs: number;
  /** The file kept line by line in the database, and every proposal with it. ms */
  readonly keepMs: number;
  readonly proposed: number;
}

/** I11: a file of so many lines against so many open invoices. A third quote a number, a third an amount and a name, the others a name, or nothing. */
export async function measureBank(stack: BenchStack, say: (line: string) => void, sizes: { lines: number; invoices: number }): Promise<Measured> {
  say(`${sizes.lines.toLocaleString('en')} lines of a statement against ${sizes.invoices.toLocaleString('en')} open invoices …`);
  await stack.deps.db.$executeRawUnsafe('CREATE DATABASE bank_bench');
  const url = stack.databaseUrl.replace(/\/bench(?=$|\?)/, '/bank_bench');
  await migrate(url);
  const db = openDatabase({ url, poolSize: 4 });
  await fill(db, sizes.invoices);
  await keepAccount(db, secret, { name: 'Compte', holder: 'OFF-WORKS', iban, bic: '' }, { by, at: Date.now() });
  const bytes = Buffer.from(fileOf(sizes));
  const read = async () => ({ statements: readStatements(bytes), invoices: await openInvoices(db), payouts: await sentPayouts(db) });
  const times = { read: [] as number[], match: [] as number[] };
  let proposed = 0;
  // In turn, so that whatever else the machine does weighs on both alike.
  for (let turn = 0; turn < turns + warmUp; turn += 1) {
    const readMs = await timed(read);
    const matchMs = await timed(async () => {
      const { statements, ...known } = await read();
      proposed = proposeMatches(statements.flatMap(({ lines }) => lines.map((line, index): LineToMatch => ({ ...line, id: String(index) }))), known).length;
    });
    if (turn < warmUp) continue;
    times.read.push(readMs);
    times.match.push(matchMs);
  }
  const keepMs = await timed(async () => {
    await importStatements(db, { statements: readStatements(bytes), sha256: createHash('sha256').update(bytes).digest('hex'), fileName: 'bench.xml', secret, by, at: Date.now() });
    const kept = await proposeForLines(db);
    if (kept !== proposed) throw new Error(`${kept} proposals kept, ${proposed} made`);
  });
  await db.$disconnect();
  return { readMs: median(times.read), matchMs: median(times.match), keepMs, proposed };
}

/** A hundred invoices a client, of amounts that repeat. */
async function fill(db: Db, invoices: number): Promise<void> {
  await db.$executeRawUnsafe(`INSERT INTO "Company" ("id", "handle", "name") SELECT 'c' || n, 'c' || n, 'Maison ' || md5(n::text) FROM generate_series(0, ${Math.ceil(invoices / 100) - 1}) n`);
  await db.$executeRawUnsafe(`INSERT INTO "ClientUser" ("id", "companyId", "email", "name") SELECT 'u' || n, 'c' || n, 'u' || n || '@bench.test', 'U' FROM generate_series(0, ${Math.ceil(invoices / 100) - 1}) n`);
  await db.$executeRawUnsafe(`INSERT INTO "Project" ("id", "ref", "title", "problem", "stage", "companyId", "ownerId", "terms", "feeRateBp", "feeBasis", "updatedAt")
    SELECT 'p' || n, 'P' || n, 'Refonte', 'Le site', 'running', 'c' || n, 'u' || n, '{}', 1700, 'of_final_amount', now() FROM generate_series(0, ${Math.ceil(invoices / 100) - 1}) n`);
  await db.$executeRawUnsafe(`INSERT INTO "ClientInvoice" ("id", "ref", "projectId", "state", "number", "totalCents", "issuedAt", "dueAt")
    SELECT 'i' || n, 'P' || (n / 100) || '-C' || n, 'p' || (n / 100), 'issued', 'OW-2026-' || lpad(n::text, 5, '0'), 10000 + (n * 7919) % 900000, now(), now() + (n % 60) * interval '1 day' FROM generate_series(0, ${invoices - 1}) n`);
  await db.$executeRawUnsafe('ANALYZE');
}

function fileOf({ lines, invoices }: { lines: number; invoices: number }): string {
  const entries = Array.from({ length: lines }, (_, index): SampleEntry => {
    const invoice = (index * 6_151) % invoices;
    const cents = 10_000 + ((invoice * 7_919) % 900_000);
    const name = `MAISON ${createHash('md5').update(String(Math.floor(invoice / 100))).digest('hex').toUpperCase()}`;
    const number = `OW-2026-${String(invoice).padStart(5, '0')}`;
    const shape = index % 9;
    const said = shape < 3 ? { remittance: [`Virement facture ${number} merci`], name } : shape < 6 ? { remittance: ['Reglement prestation de novembre'], name } : shape < 8 ? { remittance: ['divers'], name } : { remittance: ['divers et varies'], name: 'INCONNU' };
    return { cents: shape < 6 ? cents : cents + 1, bookedOn: '2026-11-03', reference: `R${index}`, transfers: [{ ...said, iban: clients, endToEndId: `E${index}` }] };
  });
  return camtFile('08', [{ id: 'BENCH', iban, openingCents: 0, openingOn: '2026-11-03', closingOn: '2026-11-03', entries }]);
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
