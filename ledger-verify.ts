// `npm run ledger:verify` works out every balance, number series, allowance and document hash again, and says in words what does not fit; exits with 1 then (I9).
import { resolve } from 'node:path';
import { readEnvironment } from './config.ts';
import { openDatabase } from './database/open.ts';
import { verifyLedger } from './database/verify-ledger.ts';
import { ledgerMisfitInWords } from './database/verify-ledger/misfit.ts';
import { postgresFolder, postgresUrl } from './local/postgres.ts';

const settings = readEnvironment(process.env);
const url = settings.DATABASE_URL ?? (await postgresUrl(postgresFolder(resolve(settings.DATA_DIR)), settings.POSTGRES_PORT, 'off_works'));
const db = openDatabase({ url, poolSize: 1 });
try {
  const { entries, numbers, documents, misfits } = await verifyLedger(db);
  for (const misfit of misfits) console.log(`✗ ${ledgerMisfitInWords(misfit)}`);
  console.log(`${misfits.length === 0 ? 'The books fit' : `${misfits.length} thing${misfits.length > 1 ? 's do' : ' does'} not fit`}: ${entries} entries, ${numbers} numbers and ${documents} documents worked out again.`);
  process.exitCode = misfits.length === 0 ? 0 : 1;
} catch (cause) {
  console.error(`The books could not be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exitCode = 2;
} finally {
  await db.$disconnect();
}
