import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { ask } from '../support/ask.ts';
import { freshDatabase } from '../support/database.ts';
import { testMailbox } from '../support/mailbox.ts';
import { devTemporal } from '../support/temporal.ts';

const { db, url } = await freshDatabase();
const mailbox = await testMailbox();
const server = await devTemporal();
const taskQueue = `killed-${randomUUID()}`;
const bundle = await ask('workflow-bundle');
const crowd = 160;
/** No more than these may be on their way at once: activities/mail.ts. */
const onTheirWay = 40;

const running = new Set<ChildProcess>();
afterAll(() => { for (const child of running) child.kill('SIGKILL'); });

async function startWorker(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('../support/alert-worker.ts', import.meta.url)), [url, mailbox.smtpUrl, server.address, taskQueue, bundle], { execArgv: ['--import', 'tsx'] });
  running.add(child);
  await once(child, 'message');
  return child;
}

it('M7, W4: a worker killed in the middle: nobody is written to twice, whoever was not certainly told is in doubt and shown, and everybody else is told', { timeout: 90_000 }, async () => {
  const doomed = await startWorker();
  const theme = await db.theme.create({ data: { slug: 'photo', nameFr: 'Photo', nameEn: 'Photo' } });
  const company = await db.company.create({ data: { handle: 'c', name: 'Maison' } });
  const owner = await db.clientUser.create({ data: { companyId: company.id, email: 'c@clients.test', name: 'C' } });
  const ref = `K-${randomUUID().slice(0, 8)}`;
  const project = await db.project.create({ data: { ref, title: 'Refonte', problem: 'Le site', stage: 'published', companyId: company.id, ownerId: owner.id, terms: {}, feeRateBp: 1_700, feeBasis: 'of_final_amount', themes: { create: { themeId: theme.id } } } });
  await db.member.createMany({ data: Array.from({ length: crowd }, (_, index) => ({ id: `m${String(index).padStart(4, '0')}`, handle: `m${index}`, name: `M${index}`, email: `m${index}@membres.test`, state: 'active' })) });
  await db.memberTheme.createMany({ data: Array.from({ length: crowd }, (_, index) => ({ memberId: `m${String(index).padStart(4, '0')}`, themeId: theme.id })) });

  const told = await server.client.workflow.start('projectAlerts', { taskQueue, workflowId: `alerts/${ref}`, args: [{ projectId: project.id, ref, pace: { batch: 80, batchesPerRun: 2, silence: 6_000 } }] });
  await mailbox.waitFor(() => mailbox.mails.length >= 30, 30_000);
  // Whoever is sending now is killed: nothing is asked of it first.
  const claimedBefore = mailbox.mails.length;
  doomed.kill('SIGKILL');
  await once(doomed, 'exit');
  expect(claimedBefore).toBeLessThan(crowd);
  expect(await db.mail.count({ where: { state: 'sending' } })).toBeGreaterThan(0);

  await startWorker();
  await told.result();
  const mails = await db.mail.findMany({ where: { key: { startsWith: `alert/${ref}/` } } });
  expect(mails).toHaveLength(crowd);
  const received = new Map<string, number>();
  for (const { to } of mailbox.mails) for (const address of to) received.set(address, (received.get(address) ?? 0) + 1);
  expect([...received.values()].filter((count) => count !== 1)).toEqual([]);
  expect(new Set(mailbox.mails.map(({ messageId }) => messageId)).size).toBe(mailbox.mails.length);
  const inDoubt = mails.filter(({ state }) => state === 'in_doubt');
  expect(inDoubt.length).toBeLessThanOrEqual(onTheirWay);
  expect(mails.filter(({ state }) => state === 'sent').length + inDoubt.length).toBe(crowd);
  for (const { state, toEmail } of mails) if (!received.has(toEmail)) expect(state).toBe('in_doubt');
});
