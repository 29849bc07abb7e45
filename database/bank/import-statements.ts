import { createHash } from 'node:crypto';
import type { Prisma } from '@prisma/client';
import type { Statement, StatementLine } from '../../domain/bank/statement.ts';
import { ibanLast4 } from '../../domain/identifiers.ts';
import { Problem } from '../../domain/problem.ts';
import { recordEvent, type By } from '../audit.ts';
import { markOf } from '../cipher.ts';
import type { Db, Tx } from '../open.ts';

/** What a file brought: lines nobody had, and lines another file had brought already. */
export interface Imported { readonly statements: number; readonly added: number; readonly known: number; readonly accountIds: readonly string[] }

export interface StatementFile { readonly statements: readonly Statement[]; readonly sha256: string; readonly fileName: string; readonly secret: string; readonly by: By; readonly at: number }

/** How many rows one statement of SQL takes. */
const batch = 1_000;

/**
 * I11: keeps the statements of a file, in whatever order files come. A line that another file brought is not kept twice: the bank's reference of it
 * says that it is the same; without one, what it says and the days its statement covers do.
 * @throws Problem `bank_account_unknown` (details: account)
 */
export async function importStatements(db: Db, file: StatementFile): Promise<Imported> {
  return db.$transaction(async (tx) => {
    const accounts = new Map((await tx.bankAccount.findMany()).map((account) => [account.ibanHash, account]));
    const totals = { added: 0, known: 0 };
    const accountIds = new Set<string>();
    for (const statement of [...file.statements].sort((a, b) => a.from - b.from)) {
      const account = accounts.get(markOf(file.secret, 'iban', statement.iban));
      if (!account) throw new Problem('bank_account_unknown', 'a statement of an account that is not ours', { account: `•••• ${ibanLast4(statement.iban)}` });
      // One file of an account at a time: what is there already is counted under the lock.
      await tx.$executeRaw`SELECT 1 FROM "BankAccount" WHERE "id" = ${account.id} FOR UPDATE`;
      accountIds.add(account.id);
      const { added, known } = await keepStatement(tx, account.id, statement, file);
      totals.added += added;
      totals.known += known;
      await recordEvent(tx, { by: file.by, action: 'bank.statementImported', subject: `${account.name} ${statement.id}`, data: { added, known, file: file.fileName, sha256: file.sha256 }, at: file.at });
    }
    return { statements: file.statements.length, ...totals, accountIds: [...accountIds] };
  }, { timeout: 120_000, maxWait: 10_000 });
}

async function keepStatement(tx: Tx, accountId: string, statement: Statement, file: StatementFile): Promise<{ added: number; known: number }> {
  const from = new Date(statement.from);
  const to = new Date(statement.to);
  const before = await tx.bankStatement.findUnique({ where: { accountId_statementId_from: { accountId, statementId: statement.id, from } } });
  const row = before ?? await tx.bankStatement.create({
    data: {
      accountId, statementId: statement.id, sequence: statement.sequence, from, to, openingCents: BigInt(statement.openingCents), openingOn: new Date(statement.openingOn),
      closingCents: BigInt(statement.closingCents), closingOn: new Date(statement.closingOn), version: statement.version, sha256: file.sha256, fileName: file.fileName, importedBy: file.by.name, importedAt: new Date(file.at),
    },
  });
  const marks = statement.lines.map((line) => createHash('sha256').update(line.identity, 'utf8').digest('hex'));
  const standing = await standingOf(tx, accountId, statement, marks);
  const taken = new Map<string, number>();
  const fresh: Prisma.BankLineCreateManyInput[] = [];
  for (const [index, line] of statement.lines.entries()) {
    const mark = marks[index] ?? '';
    const { same, all } = standing.get(mark) ?? { same: 0, all: 0 };
    const nth = taken.get(mark) ?? 0;
    taken.set(mark, nth + 1);
    // A reference of the bank is of one movement; what only looks alike is the same as often as statements of these days have it.
    if (nth < (line.referenced ? all : same)) continue;
    fresh.push(rowOf(line, { accountId, statementId: row.id, identity: `${mark}.${all + nth - (line.referenced ? all : same)}` }));
  }
  for (let at = 0; at < fresh.length; at += batch) await tx.bankLine.createMany({ data: fresh.slice(at, at + batch) });
  const known = statement.lines.length - fresh.length;
  if (known > 0) await tx.bankStatement.update({ where: { id: row.id }, data: { known } });
  return { added: fresh.length, known };
}

/** How many lines of the account have each of these marks already: in statements of the same days, and in all. */
async function standingOf(tx: Tx, accountId: string, { from, to }: Statement, marks: readonly string[]): Promise<Map<string, { same: number; all: number }>> {
  const standing = new Map<string, { same: number; all: number }>();
  const distinct = [...new Set(marks)];
  for (let at = 0; at < distinct.length; at += batch) {
    const rows = await tx.$queryRaw<{ mark: string; same: bigint; all: bigint }[]>`
      SELECT left(l."identity", 64) AS mark, count(*) AS "all", count(*) FILTER (WHERE s."from" <= ${new Date(to)} AND s."to" >= ${new Date(from)}) AS same
      FROM "BankLine" l JOIN "BankStatement" s ON s."id" = l."statementId"
      WHERE l."accountId" = ${accountId} AND left(l."identity", 64) = ANY(${distinct.slice(at, at + batch)}) GROUP BY 1`;
    for (const { mark, same, all } of rows) standing.set(mark, { same: Number(same), all: Number(all) });
  }
  return standing;
}

function rowOf(line: StatementLine, place: { accountId: string; statementId: string; identity: string }): Prisma.BankLineCreateManyInput {
  return {
    ...place, bookedOn: new Date(line.bookedOn), valuedOn: new Date(line.valuedOn), amountCents: line.amountCents, currency: line.currency, counterpartyName: line.counterpartyName,
    counterpartyLast4: line.counterpartyIban ? ibanLast4(line.counterpartyIban) : '', remittance: line.remittance, endToEndId: line.endToEndId, batchId: line.batchId, reversal: line.reversal, returnCode: line.returnCode,
  };
}
