import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/open.ts';
import { signInToConsole } from '../../demo/console.ts';
import { openMailbox, waitFor } from '../../demo/mailbox.ts';
import { handInBrief } from '../../demo/hand-in-brief.ts';
import { visitor } from '../../demo/person.ts';
import { balanceOf, type Account } from '../../domain/ledger.ts';
import { freePort } from '../../local/ports.ts';
import { postgresFolder } from '../../local/postgres.ts';

const ports = Object.fromEntries(
  await Promise.all(['PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'MAILBOX_PORT'].map(async (name) => [name, String(await freePort())] as const)),
);
const dataDir = await mkdtemp(join(tmpdir(), 'off-works-e2e-'));
await chmod(dataDir, 0o755);
const root = fileURLToPath(new URL('../..', import.meta.url));
const said: string[] = [];
const house = spawn(process.execPath, ['--import', 'tsx', 'start.ts'], {
  cwd: root,
  env: { ...process.env, NODE_ENV: 'production', DATA_DIR: dataDir, PUBLIC_URL: `http://localhost:${ports.PORT}`, ...ports },
});
const ended = new Promise<number | null>((done) => house.once('close', done));
for (const stream of [house.stdout, house.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
await new Promise<void>((ready, fail) => {
  house.stdout.on('data', () => said.join('').includes('is ready after') && ready());
  house.once('close', () => fail(new Error(said.join(''))));
});
afterAll(async () => {
  house.kill('SIGTERM');
  await ended;
  await rm(dataDir, { recursive: true, force: true });
  await rm(postgresFolder(dataDir), { recursive: true, force: true });
});

const publicUrl = `http://localhost:${ports.PORT}`;
const password = (await readFile(join(postgresFolder(dataDir), 'password'), 'utf8')).trim();
const db = openDatabase({ url: `postgresql://off_works:${password}@127.0.0.1:${ports.POSTGRES_PORT}/off_works` });
afterAll(() => db.$disconnect());
const mailbox = openMailbox(`http://localhost:${ports.MAILBOX_PORT}`, publicUrl);
const mailTo = (address: string, subject: RegExp): Promise<string> =>
  waitFor(`a mail ${String(subject)} to ${address}`, async () => (await mailbox.to(address)).find((mail) => subject.test(mail.subject))?.links[0] ?? null);

describe('W1 the whole stack, from npm start to payouts', () => {
  it('healthz says that all answer', async () => {
    const response = await fetch(`${publicUrl}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ok', database: 'up', temporal: 'up', mail: 'up' });
  });

  it('demo data stands in every stage, made by the workflows', async () => {
    const stages = new Set((await db.project.findMany({ select: { stage: true } })).map(({ stage }) => stage));
    for (const stage of ['brief_review', 'changes_requested', 'approved', 'casting', 'published', 'quoting', 'quote_review', 'quote_sent', 'running', 'settling', 'closed', 'rejected', 'declined']) {
      expect(stages).toContain(stage);
    }
    expect(await db.project.count()).toBeGreaterThanOrEqual(12);
  });

  it('a brief becomes a project, quotes, a signature, invoices, payments and payouts, with the links read from the mailbox', { timeout: 120_000 }, async () => {
    await db.setting.createMany({ data: [{ key: 'anomalyWindow', value: { unit: 'seconds', count: 2 }, changedBy: 'test' }] });
    const client = visitor('fr');
    const brief = await client.open(`${publicUrl}/brief`);
    const themes = (await db.theme.findMany()).map(({ nameFr }) => nameFr);
    await handInBrief(client, brief, {
      title: 'Une identité pour la cave', problem: 'Nos étiquettes datent de 1987.', budget: '12 000', name: 'Anne Vasseur', email: 'anne@cave.example', companyName: 'Cave Vasseur',
    }, themes);
    const confirm = await client.open(await mailTo('anne@cave.example', /Confirmez/));
    const projectPage = await client.submit(confirm, new URL(confirm.url).pathname);
    const project = await db.project.findFirstOrThrow({ where: { title: 'Une identité pour la cave' } });

    const staff = await signInToConsole(publicUrl, 'helene@off-works.example', 'demo-off-works-helene');
    await staff.act('Project', project.id, 'approveBrief');
    await client.submit(await client.open(projectPage.url), '/do/publish');

    const alerted = await waitFor('an alert', async () => {
      const sent = await db.mail.findMany({ where: { projectId: project.id, template: 'project_alert', state: 'sent', toKind: 'member' } });
      // Somebody who charges VAT, or has yet to say so.
      const without = new Set((await db.billingEntity.findMany({ where: { vatRegime: { not: 'standard' } } })).map(({ memberId }) => memberId));
      return sent.find(({ toId }) => toId !== null && !without.has(toId)) ?? null;
    });
    const member = visitor('fr');
    const projectForMember = await member.open(await mailTo(alerted.toEmail, /Une identité pour la cave/));
    await member.submit(projectForMember, '/do/apply', { message: 'J’ai redessiné les étiquettes de trois domaines voisins, et j’aime le vin.' });

    const [application] = await db.application.findMany({ where: { projectId: project.id } });
    await client.submit(await client.open(`${new URL(projectPage.url).origin}/projects/${project.ref}/p/candidates/${project.id}`), '/do/selectTeam', { applicationIds: [application?.id ?? ''], answerToOthers: 'Merci à tous.' });
    const quoteForm = await member.open(await mailTo(alerted.toEmail, /Vous êtes choisi pour « Une identité/));
    const known = await db.billingEntity.count({ where: { memberId: alerted.toId ?? '' } });
    // M3: the billing entity comes with the first quote.
    const billing = {
      legalName: 'Atelier des Étiquettes', legalForm: 'EI', siret: '732 829 320 00074', vatRegime: 'standard', address: '1 rue des Essais', postcode: '75011', city: 'Paris',
      iban: 'FR76 3000 6000 0112 3456 7890 189', mandate: 'yes',
    };
    await member.submit(quoteForm, '/do/submitQuote', {
      ...(known === 0 ? billing : {}),
      'lines[0][label]': 'Étiquettes et charte', 'lines[0][kind]': 'days', 'lines[0][quantity]': '2', 'lines[0][unit]': '415,00', conditions: 'Cession pour dix ans',
    });

    const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: project.ref } });
    await staff.act('QuoteRound', round.id, 'sendClientQuote');
    const quotePage = await client.open(await mailTo('anne@cave.example', /Votre devis P/));
    expect(quotePage.html).toContain('Étiquettes et charte');
    const signed = await client.submit(quotePage, '/do/signQuote', { signerName: 'Anne Vasseur', consent: 'yes' });
    expect(signed.html).toContain('SHA-256');

    const invoicing = await member.open(await mailTo(alerted.toEmail, /votre lien de facturation/));
    const refusal = member.submit(invoicing, '/do/enterAmount', { amount: '830,01' });
    await expect(refusal).rejects.toThrow(/830,00/);
    await member.submit(invoicing, '/do/enterAmount', { amount: '830,00' });
    const preview = await member.open(await mailTo(alerted.toEmail, /Aperçu de votre facture/));
    expect(preview.html).toContain('996,00');

    const issued = await waitFor('the client invoice', () => db.clientInvoice.findFirst({ where: { projectId: project.id, state: 'issued' } }));
    expect(issued).toMatchObject({ membersCents: 83_000, feeCents: 17_000, totalCents: 120_000 });
    const invoicePage = await client.open(await mailTo('anne@cave.example', /^Facture OW/));
    await client.submit(invoicePage, '/do/declareTransfer', { reference: 'VIR 42' });
    await staff.act('ClientInvoice', issued.id, 'recordPayment', { amount: '1200,00', reference: 'VIR 42' });
    await staff.act('ClientInvoice', issued.id, 'sendPayout');
    await waitFor('the end of the project', async () => ((await db.project.findUniqueOrThrow({ where: { id: project.id } })).stage === 'closed' ? true : null));

    const lines = (await db.ledgerLine.findMany({ where: { entry: { projectId: project.id } } })).map((line) => ({ ...line, account: line.account as Account, party: line.party ?? undefined }));
    expect(lines.reduce((sum, line) => sum + line.debitCents - line.creditCents, 0)).toBe(0);
    for (const settled of ['client_receivable', 'member_payable', 'member_services', 'vat_pending'] as const) expect(balanceOf(lines, settled)).toBe(0);
    await waitFor('every mail sent', async () => ((await db.mail.count({ where: { projectId: project.id, state: { not: 'sent' } } })) === 0 ? true : null));
    const kept = await db.mail.findMany({ where: { projectId: project.id } });
    for (const mail of kept) expect(`${mail.subject}${mail.html ?? ''}${mail.text ?? ''}`).not.toMatch(/\/l\/[A-Za-z0-9_-]{20,}/);

    const connection = await Connection.connect({ address: `127.0.0.1:${ports.TEMPORAL_PORT}` });
    const spine = new Client({ connection }).workflow.getHandle(`project/${project.ref}`);
    // The stage is kept by the last activity; the workflow itself ends a task later.
    await waitFor('the end of the workflow', async () => ((await spine.describe()).status.name === 'COMPLETED' ? true : null));
    await connection.close();
  });

  it('I9: npm run demo plays one project to its last payout, and says so with its figures', { timeout: 120_000 }, async () => {
    const tour = spawn(process.execPath, ['--import', 'tsx', 'demo/play.ts'], {
      cwd: root, env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', DATA_DIR: dataDir, PUBLIC_URL: publicUrl, ...ports },
    });
    const told: string[] = [];
    for (const stream of [tour.stdout, tour.stderr]) stream.on('data', (chunk: Buffer) => told.push(chunk.toString()));
    expect([await new Promise((done) => tour.once('close', done)), told.join('')]).toEqual([0, expect.stringContaining('✓ client paid = members + fee + VAT')]);
    const project = await db.project.findFirstOrThrow({ where: { company: { name: 'Manufacture Aubin' } }, include: { memberInvoices: { orderBy: { ref: 'asc' } } } });
    expect(project).toMatchObject({ stage: 'closed', memberInvoices: [{ state: 'final' }, { state: 'final', previewVersion: 2 }] });
  });

  it('no token stands in the logs', async () => {
    const log = await readFile(join(dataDir, 'logs', 'server.log'), 'utf8');
    expect(log).toContain('/l/***');
    expect(log).not.toMatch(/\/l\/[A-Za-z0-9_-]{20,}/);
  });

  it('stops cleanly when asked', async () => {
    house.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said.join('')).toContain('Stopped.');
  });
});
