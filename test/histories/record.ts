// Records one history of each workflow, for the replay test: `npm run histories`. Run it after a workflow has changed on purpose and
// running projects have been taken care of (patched or versioned); keep the older ones as long as such projects may run.
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { addTeam, playersOf, playLifecycle } from '../../bench/lifecycles.ts';
import { startBenchStack, type BenchStack } from '../../bench/stack.ts';
import { readStatements } from '../../bank/read-statements.ts';
import { keepAccount } from '../../database/bank/accounts.ts';
import { importStatements } from '../../database/bank/import-statements.ts';
import { makeExport } from '../../database/bank/make-export.ts';
import { proposeForLines } from '../../database/bank/propose.ts';
import { say as write } from '../../database/conversations/say.ts';
import { latestDigest } from '../../domain/alerts.ts';
import { endToEndIdOf } from '../../domain/bank/pain001.ts';
import { targetDayFrom } from '../../domain/bank/target-days.ts';
import { defaultTerms } from '../../domain/default-terms.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { approveExport, confirmLine, takeExport } from '../../steps/bank-steps.ts';
import { reviveDebt, writeOff } from '../../steps/correction-steps.ts';
import { dispute, settleDispute } from '../../steps/invoice-steps.ts';
import { bankLineSubject, startBankLine, startSepaExport } from '../../steps/start-bank.ts';
import { startConversationMails } from '../../steps/start-conversation-mails.ts';
import { correct } from '../support/correct.ts';
import { frenchIban, payTo } from '../support/bank.ts';
import { camtFile } from '../support/camt.ts';
import { beginStory } from '../support/story.ts';

const label = process.argv[2] ?? new Date().toISOString().slice(0, 10);
const say = (line: string): void => console.log(line);
/** Named after the label: those only. */
const only = new Set(process.argv.slice(3));
const wanted = (name: string): boolean => only.size === 0 || only.has(name);
const stack = await startBenchStack(say);
try {
  if (wanted('projects')) await recordProjects();
  if (wanted('bank')) await recordBank();
  if (wanted('digest')) await recordDigest();
} finally {
  await stack.stop();
}
process.exit(0);

/** A whole project, its conversation, and C10: an invoice disputed, answered, and paid. */
async function recordProjects(): Promise<void> {
  const ref = await playLifecycle(playersOf(stack), await addTeam(stack, 2), 2);
  const talk = await talkAbout(stack, ref);
  for (const id of [`conversation-mails/${talk}`, `project/${ref}`, `quote-review/${ref}`, `alerts/${ref}`, `member-invoice/${ref}-F1`, `client-invoice/${ref}-C1`]) await record(id, id.split('/')[0] ?? '');
  const disputed = await playLifecycle(playersOf(stack), await addTeam(stack, 1), 1, async (story, invoiceRef) => {
    await story.ask(dispute, { reason: 'Deux journées de trop.' }, story.client, `client-invoice/${invoiceRef}`);
    await story.ask(settleDispute, { answer: 'Le détail des journées est joint.' }, story.staff, `client-invoice/${invoiceRef}`);
  });
  await record(`client-invoice/${disputed}-C1`, 'client-invoice-disputed');
  // I12: an invoice given up, claimed again, and paid.
  const key = randomUUID();
  const corrected = await playLifecycle(playersOf(stack), await addTeam(stack, 1), 1, async (_story, invoiceRef) => {
    await correct(stack.deps, invoiceRef, writeOff, { reason: 'Le client ne répond plus.' }, key);
    await correct(stack.deps, invoiceRef, reviveDebt, { reason: 'Il répond.' });
  });
  await record(`invoice-correction/${corrected}-C1/${key}`, 'invoice-correction');
  await record(`client-invoice/${corrected}-C1`, 'client-invoice-corrected');
}

/** Somebody writes, and whoever is away is told after a second. */
async function talkAbout({ deps }: BenchStack, ref: string): Promise<string> {
  const { id: projectId, terms } = await deps.db.project.findUniqueOrThrow({ where: { ref }, select: { id: true, terms: true } });
  await deps.db.project.update({ where: { id: projectId }, data: { terms: { ...(terms as object), awayMailDelay: { unit: 'seconds', count: 1 } } } });
  const { id, memberId, members } = await deps.db.conversation.findFirstOrThrow({ where: { projectId, kind: 'direct' }, include: { members: { include: { member: true } } } });
  const author = { kind: 'member' as const, id: memberId, name: members[0]?.member.name ?? '' };
  const { waitingSince } = await deps.db.$transaction((tx) => write(tx, { conversationId: id, kind: 'message', author, text: 'Bonjour', key: randomUUID(), at: Date.now() }));
  await startConversationMails({ db: deps.db, temporal: deps.temporal, taskQueue: deps.taskQueue }, id, waitingSince ?? Date.now());
  return id;
}

/** I11: a file of transfers, approved and taken to the bank, and the line of the statement that shows its transfer as paid. */
async function recordBank(): Promise<void> {
  const { db, secret, temporal, taskQueue } = stack.deps;
  const [member] = await addTeam(stack, 1);
  if (!member) throw new Error('no member');
  await payTo(db, secret, member.id, frenchIban(9));
  const story = await beginStory(stack.deps, { terms: { ...defaultTerms, anomalyWindow: { unit: 'seconds', count: 1 } } });
  await story.untilSigned([member], 60_000);
  await story.enterAmount(member, 60_000);
  const { ref: invoice, totalCents } = await playersOf(stack).issuedOf(story.projectId);
  await story.pay(invoice, totalCents);
  const payout = await db.payout.findFirstOrThrow({ where: { state: 'to_send', payment: { clientInvoice: { ref: invoice } } } });
  const by = { kind: 'staff' as const, id: story.staff.id, name: 'Nadia' };
  const now = Date.now();
  const iban = frenchIban(1);
  await keepAccount(db, secret, { name: 'Compte', holder: 'OFF-WORKS', iban, bic: '' }, { by, at: now });
  const { id: accountId } = await db.bankAccount.findFirstOrThrow();
  const file = await makeExport(db, secret, { accountId, version: '09', transfers: [{ payoutId: payout.id, executeOn: targetDayFrom(parisDay(now + 86_400_000)) }] }, { key: randomUUID(), by, at: now });
  await startSepaExport({ db, temporal, taskQueue }, file);
  const second = await db.staff.create({ data: { handle: 'flore', email: 'flore@bench.example', name: 'Flore', role: 'finance', passwordHash: '-' } });
  await story.ask(approveExport, {}, { kind: 'staff', id: second.id }, `sepa-export/${file.ref}`);
  await story.ask(takeExport, {}, story.staff, `sepa-export/${file.ref}`);
  const day = parisDay(now);
  const xml = camtFile('08', [{ id: 'RELEVE', iban, openingCents: 1_000_000, openingOn: day, closingOn: day, entries: [{ cents: -payout.amountCents, bookedOn: day, reference: 'R1', transfers: [{ name: 'Membre', endToEndId: endToEndIdOf(payout.id, 1) }] }] }]);
  await importStatements(db, { statements: readStatements(Buffer.from(xml, 'utf8')), sha256: 'recorded', fileName: 'releve.xml', secret, by, at: now });
  await proposeForLines(db);
  const line = await db.bankLine.findFirstOrThrow({ where: { state: 'matched' } });
  await startBankLine({ db, temporal, taskQueue }, { bankLineId: line.id });
  await story.ask(confirmLine, { leftReason: '' }, story.staff, bankLineSubject(line.id));
  await record(bankLineSubject(line.id), 'bank-line');
  await record(`sepa-export/${file.ref}`, 'sepa-export');
}

/** M7: the digest of a day long past, for whoever subscribes to it: nobody, or a few. */
async function recordDigest(): Promise<void> {
  const digest = latestDigest('daily', Date.now());
  const workflowId = `alert-digest/recorded-${randomUUID().slice(0, 8)}`;
  await stack.deps.temporal.workflow.start('alertDigest', { taskQueue: stack.deps.taskQueue, workflowId, args: [{ digest }] });
  await record(workflowId, 'alert-digest');
}

async function record(id: string, name: string): Promise<void> {
  const handle = stack.deps.temporal.workflow.getHandle(id);
  await handle.result();
  await writeFile(new URL(`./${name}.${label}.bin`, import.meta.url), proto.temporal.api.history.v1.History.encode(await handle.fetchHistory()).finish());
  say(`recorded ${id}`);
}
