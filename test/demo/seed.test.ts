import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { readConfig } from '../../config.ts';
import { isIban, isSiret } from '../../domain/identifiers.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { sendLeftOver } from '../../mail/send-left-over.ts';
import { fictitiousIban, fictitiousSiret } from '../../prisma/demo/fictitious-numbers.ts';
import { demoMembers } from '../../prisma/demo/members.ts';
import { demoProjects, isDemoHouse, seedDemo, signIns } from '../../prisma/demo/seed.ts';
import { demoStaff } from '../../prisma/demo/staff.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { devTemporal, runWorker } from '../support/temporal.ts';

const { db, url } = await freshDatabase();
const mailbox = await testMailbox();
const server = await devTemporal();
const taskQueue = `demo-${randomUUID()}`;
const config = readConfig({ DATABASE_URL: url, TEMPORAL_ADDRESS: server.address, SMTP_URL: mailbox.smtpUrl, TASK_QUEUE: taskQueue });
const deps = { db, temporal: server.client, secret: 's'.repeat(32), config };
const activities = createActivities({ ...deps, publicUrl: config.publicUrl, mailFrom: config.mailFrom, smtpUrl: config.smtpUrl });
await runWorker(server, activities, { taskQueue });
// The server is shared by files whose databases all number their projects from 1.
await db.numberSeries.create({ data: { series: `project/${new Date().getFullYear() % 100}`, last: 3_000 } });

const minutes = 60_000;
const countRows = async () => [
  await db.project.count(), await db.member.count(), await db.auditEvent.count(), await db.memberQuote.count(), await db.memberInvoice.count(), await db.payment.count(), await db.payout.count(),
];

describe('W1, W4 demo data', () => {
  it('goes on where it was interrupted, and is told once', { timeout: 3 * minutes }, async () => {
    let left = 60;
    const workflow = server.client.workflow;
    const interrupted = {
      withDeadline: server.client.withDeadline.bind(server.client),
      workflow: {
        start: workflow.start.bind(workflow),
        getHandle: (id: string) => {
          left -= 1;
          if (left < 0) throw new Error('interrupted');
          return workflow.getHandle(id);
        },
      },
    } as unknown as Client;
    await expect(seedDemo({ ...deps, temporal: interrupted }, () => undefined)).rejects.toThrow('interrupted');
    const said: string[] = [];
    await seedDemo(deps, (line) => said.push(line));
    expect(said.filter((line) => line.includes('left as it is'))).toEqual([]);
    const before = await countRows();
    expect(before.slice(0, 2)).toEqual([demoProjects.length, demoMembers.length + 3]);
    await seedDemo(deps, () => undefined);
    expect(await countRows()).toEqual(before);
  });

  it('stands at every stage of a project, with something for everybody to do (S1)', async () => {
    const stages = new Set((await db.project.findMany({ select: { stage: true } })).map(({ stage }) => stage));
    expect([...stages].sort()).toEqual([...projectLifecycle.states].sort());
    expect(demoProjects.length).toBeGreaterThanOrEqual(12);
    const waiting = {
      candidatures: await db.member.count({ where: { state: 'candidate' } }),
      documents: await db.memberDocument.count({ where: { state: 'to_check' } }),
      clockRunning: await db.quoteRound.count({ where: { state: 'validating', deadlineAt: { gt: new Date() } } }),
      escalated: await db.quoteRound.count({ where: { escalatedAt: { not: null } } }),
      anomalies: await db.memberInvoice.count({ where: { state: 'anomaly' } }),
      windows: await db.memberInvoice.count({ where: { state: 'preview', windowEndsAt: { gt: new Date() } } }),
      late: await db.clientInvoice.count({ where: { state: { in: ['issued', 'part_paid'] }, dueAt: { lt: new Date() } } }),
      notYetDue: await db.clientInvoice.count({ where: { state: 'issued', dueAt: { gt: new Date() } } }),
      partPaid: await db.clientInvoice.count({ where: { state: 'part_paid' } }),
      payouts: await db.payout.count({ where: { state: 'to_send' } }),
      amendments: await db.quoteRound.count({ where: { number: { gt: 0 } } }),
      referrals: await db.payout.count({ where: { kind: 'referral' } }),
    };
    for (const [what, count] of Object.entries(waiting)) expect([what, count > 0]).toEqual([what, true]);
  });

  it('W3: every project, member and invoice is followed by its workflow', async () => {
    for (const { ref, stage } of await db.project.findMany()) {
      const { searchAttributes } = await server.client.workflow.getHandle(`project/${ref}`).describe();
      expect([ref, searchAttributes.Stage]).toEqual([ref, [stage]]);
    }
    for (const { handle, state } of await db.member.findMany()) {
      const { searchAttributes } = await server.client.workflow.getHandle(`membership/${handle}`).describe();
      expect([handle, searchAttributes.Stage]).toEqual([handle, [state]]);
    }
  });

  it('I9: its ledger balances, and its mails all leave', async () => {
    const { _sum } = await db.ledgerLine.aggregate({ _sum: { debitCents: true, creditCents: true } });
    expect(_sum.debitCents).toBe(_sum.creditCents);
    expect(_sum.debitCents).toBeGreaterThan(0);
    // What belongs to no workflow (a lead declared on a page) leaves with the worker's upkeep, a minute later.
    await sendLeftOver(db, activities.deliverMails, Date.now() + 2 * minutes);
    await eventually(async () => expect(await db.mail.count({ where: { state: { not: 'sent' } } })).toBe(0), 20_000);
    expect(mailbox.mails.every(({ to }) => to.every((address) => address.endsWith('.example')))).toBe(true);
  });

  it('M3: billing numbers pass their checks', () => {
    for (let seed = 1; seed <= 40; seed += 1) expect([seed, isSiret(fictitiousSiret(seed)), isIban(fictitiousIban(seed))]).toEqual([seed, true, true]);
  });

  it('P1: one sign-in per role; a house with people of its own is left alone', async () => {
    expect(new Set(demoStaff.map(({ role }) => role)).size).toBe(5);
    for (const { handle } of demoStaff) expect(signIns.some((line) => line.includes(`${handle}@`))).toBe(true);
    await db.staff.create({ data: { handle: 'real', email: 'real@off-works.test', name: 'Réelle', role: 'administrator', passwordHash: '-' } });
    expect(await isDemoHouse(db)).toBe(false);
    const said: string[] = [];
    await seedDemo(deps, (line) => said.push(line));
    expect(said).toEqual(['This house has people of its own: no demo data.']);
  });
});
