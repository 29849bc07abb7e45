// `npm run demo`: plays one project against the running stack, told step by step. It reads the same variables as `npm start`.
import { resolve } from 'node:path';
import { readEnvironment } from '../config.ts';
import { openDatabase } from '../database/open.ts';
import { postgresFolder, postgresUrl } from '../local/postgres.ts';
import { figuresOf } from './figures.ts';
import { playTour, type TourHouse, type TourStep } from './tour.ts';
import { inWords, wordsFor } from './words.ts';

const { locale, words } = wordsFor(process.env);
const began = Date.now();
let steps = 0;

const money = (cents: number): string => new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { style: 'currency', currency: 'EUR' }).format(cents / 100).padStart(14);

function tell({ what, data = {}, look = [] }: TourStep): void {
  steps += 1;
  console.log(`${String(steps).padStart(3)}  ${inWords(words[what], data)}`);
  for (const [kind, address] of look) console.log(`       ${words[kind].padEnd(9)} ${address}`);
}

/** @throws Error that says what does not answer */
async function house(): Promise<TourHouse> {
  const settings = readEnvironment(process.env);
  const publicUrl = (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, '');
  const mailboxUrl = (settings.MAILBOX_URL ?? `http://localhost:${settings.MAILBOX_PORT}`).replace(/\/+$/, '');
  const health = await fetch(`${publicUrl}/healthz`).catch(() => null);
  if (!health) throw new Error(`nothing answers at ${publicUrl}. Is \`npm start\` running, with the same variables?`);
  if (!health.ok) throw new Error(`${publicUrl}/healthz says ${await health.text()}`);
  if (!(await fetch(`${mailboxUrl}/api/healthz`).catch(() => null))?.ok) throw new Error(`no local mailbox at ${mailboxUrl}: the tour reads its links there`);
  const databaseUrl = settings.DATABASE_URL ?? (await postgresUrl(postgresFolder(resolve(settings.DATA_DIR)), settings.POSTGRES_PORT, 'off_works'));
  return {
    publicUrl, mailboxUrl, db: openDatabase({ url: databaseUrl, poolSize: 2 }), locale, namespace: settings.TEMPORAL_NAMESPACE,
    temporalUiUrl: settings.TEMPORAL_UI_URL ?? (settings.TEMPORAL_ADDRESS ? null : `http://localhost:${settings.TEMPORAL_UI_PORT}`),
  };
}

try {
  console.log(`${words.intro}\n`);
  const here = await house();
  const { ref, projectId } = await playTour(here, tell);
  const figures = await figuresOf(here.db, projectId);
  console.log(`\n${inWords(words.ledger, { ref })}`);
  for (const { account, debitCents, creditCents } of figures.accounts) console.log(`  ${account.padEnd(22)}${money(debitCents)}${money(creditCents)}`);
  console.log(`\n${words.figures}`);
  for (const [what, cents] of [['clientPaid', figures.clientPaidCents], ['membersNet', figures.membersCents], ['fee', figures.feeCents], ['vat', figures.vatCents], ['members', figures.payoutsCents]] as const) {
    console.log(`  ${words[what].padEnd(44)}${money(cents)}`);
  }
  if (!figures.holds) throw new Error(`${words.holds}: ${JSON.stringify(figures)}`);
  console.log(`  ✓ ${words.holds}`);
  console.log(`\n${inWords(words.end, { seconds: Math.round((Date.now() - began) / 1000) })}`);
  await here.db.$disconnect();
} catch (cause) {
  console.error(`\n${inWords(words.failed, { step: steps + 1, problem: cause instanceof Error ? cause.message : String(cause) })}`);
  if (process.env.DEBUG) console.error(cause);
  process.exit(1);
}
