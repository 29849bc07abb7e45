import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { passwordHash } from '../admin/sign-in.ts';
import { freePort } from '../local/ports.ts';
import { startProject } from '../steps/start-project.ts';
import { emptyStep, emptyUpdate } from './bare-workflows.ts';
import { median, until } from './lifecycles.ts';
import type { BenchStack } from './stack.ts';

const turns = 60;

/** Approving a brief in the console, from the click to the record shown again, against an empty update with one transaction. Medians in ms. */
export async function measureConsoleStep(stack: BenchStack, say: (line: string) => void): Promise<{ approveMs: number; emptyMs: number }> {
  const { deps } = stack;
  // The server in its own process, as it runs: what the worker does meanwhile is not what the person waits for.
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = fork(fileURLToPath(new URL('../server.ts', import.meta.url)), [], {
    env: {
      ...process.env, DATABASE_URL: stack.databaseUrl, TEMPORAL_ADDRESS: stack.temporalAddress, SMTP_URL: deps.smtpUrl, PORT: String(port), PUBLIC_URL: base,
      SECRET: deps.secret, LOG_LEVEL: 'silent',
    },
    execArgv: ['--import', 'tsx'],
  });
  await once(server, 'message');
  const staff = await deps.db.staff.create({
    data: { handle: 'bench', email: 'bench@off-works.test', name: 'Bench', role: 'administrator', passwordHash: await passwordHash('a bench needs no secret') },
  });
  const signIn = await fetch(`${base}/console/login`, {
    method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: staff.email, password: 'a bench needs no secret' }),
  });
  const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  say(`Approving ${turns} briefs in the console, against ${turns} empty updates …`);
  const bare = await deps.temporal.workflow.start(emptyStep, { workflowId: `empty/${randomUUID()}`, taskQueue: 'bare' });
  const approve: number[] = [];
  const empty: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const { projectId } = await startProject(deps, {
      key: randomUUID(), client: { email: `${randomUUID()}@bench.test`, name: 'Claire', companyName: `Maison ${turn}` },
      brief: { title: 'Un site', problem: 'À refaire', objectives: '', context: '', deliverables: '', constraints: '', requirements: '', timing: '', budgetCents: null, themeIds: [] },
    });
    // Nobody clicks in the instant a brief arrives: its own mails have left before.
    await until(async () => (await deps.db.mail.count({ where: { projectId, state: { not: 'sent' } } })) === 0);
    const began = performance.now();
    const answer = await fetch(`${base}/console/api/resources/Project/records/${projectId}/approveBrief`, {
      method: 'POST', headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ key: randomUUID(), values: JSON.stringify({ accountManagerId: staff.id }) }),
    });
    const { record, notice } = (await answer.json()) as { record?: { params: { stage: string } }; notice?: { type: string; message: string } };
    const took = performance.now() - began;
    if (record?.params.stage !== 'approved') throw new Error(`not approved: ${JSON.stringify(notice)}`);
    const then = performance.now();
    await bare.executeUpdate(emptyUpdate, { args: [{ key: randomUUID() }] });
    const floor = performance.now() - then;
    if (turn >= 10) {
      approve.push(took);
      empty.push(floor);
    }
  }
  await bare.terminate('measured');
  server.kill();
  await once(server, 'exit');
  return { approveMs: median(approve), emptyMs: median(empty) };
}
