// `npm run audit:verify [-- --head SEQUENCE:HASH …]` computes the trail's chain again and says in words what does not fit; exits with 1 then (S5).
import { resolve } from 'node:path';
import { readEnvironment } from './config.ts';
import { postgresFolder, postgresUrl } from './local/postgres.ts';
import { misfitInWords } from './database/misfit-in-words.ts';
import { openDatabase } from './database/open.ts';
import { type ChainHead, verifyAuditTrail } from './database/verify-audit-trail.ts';

const known: ChainHead[] = [];
const args = process.argv.slice(2);
while (args.length > 0) {
  const [option, value] = args.splice(0, 2);
  const head = /^([1-9]\d*):([0-9a-f]{64})$/.exec(value ?? '');
  if (option !== '--head' || !head) {
    console.error('Usage: npm run audit:verify [-- --head SEQUENCE:HASH …]   with heads that earlier runs, or the worker’s log, have told');
    process.exit(2);
  }
  known.push({ sequence: Number(head[1]), hash: String(head[2]) });
}

const settings = readEnvironment(process.env);
const url = settings.DATABASE_URL ?? (await postgresUrl(postgresFolder(resolve(settings.DATA_DIR)), settings.POSTGRES_PORT, 'off_works'));
const db = openDatabase({ url, poolSize: 1 });
try {
  const { sealed, waiting, head, misfits } = await verifyAuditTrail(db, known);
  for (const misfit of misfits) console.log(`✗ ${misfitInWords(misfit)}`);
  console.log(`${misfits.length === 0 ? 'The trail fits' : `${misfits.length} thing${misfits.length > 1 ? 's do' : ' does'} not fit`}: ${sealed} events sealed, ${waiting} waiting for their seal.`);
  if (sealed > 0) console.log(`Head to keep elsewhere: ${head.sequence}:${head.hash}`);
  process.exitCode = misfits.length === 0 ? 0 : 1;
} catch (cause) {
  console.error(`The trail could not be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exitCode = 2;
} finally {
  await db.$disconnect();
}
