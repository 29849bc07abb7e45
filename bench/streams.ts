import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { directConversation } from '../database/conversations/begin.ts';
import { say as write } from '../database/conversations/say.ts';
import { startProject } from '../steps/start-project.ts';
import { openEvents, type EventStream } from '../test/support/event-stream.ts';
import type { BenchStack } from './stack.ts';
import { sessionOf } from './web-session.ts';

interface Measured { readonly perStreamKb: number; readonly deliverMs: number }

/**
 * C7: `streams` pages open on one conversation of one server process, then `messages` said one after another: what a stream weighs in that process (kB), and how long
 * from the start of the transaction that says a message until every page has it, in order (median, ms); against a bare Express broadcaster that keeps nothing.
 */
export async function measureStreams({ deps, databaseUrl, temporalAddress }: BenchStack, say: (line: string) => void, { streams = 500, messages = 40 } = {}): Promise<{ ours: Measured; bare: Measured; streams: number; messages: number }> {
  say(`${messages} messages to ${streams} open streams …`);
  const { projectId, ref } = await startProject(deps, {
    key: randomUUID(), client: { email: `${randomUUID()}@bench.test`, name: 'Claire', companyName: 'Maison Bench' },
    brief: { title: 'Un site', problem: 'À refaire', objectives: '', context: '', deliverables: '', constraints: '', requirements: '', timing: '', budgetCents: null, themeIds: [] },
  });
  const { ownerId } = await deps.db.project.findUniqueOrThrow({ where: { id: projectId } });
  const member = await deps.db.member.create({ data: { handle: `bench-${randomUUID().slice(0, 8)}`, email: `${randomUUID()}@bench.test`, name: 'Léa Fontaine', state: 'active' } });
  const talk = await deps.db.$transaction((tx) => directConversation(tx, projectId, member.id, Date.now()));
  const cookies = await Promise.all(Array.from({ length: 10 }, () => sessionOf(deps.db, { kind: 'client', id: ownerId })));
  const text = 'Voici la proposition, avec les trois pistes dont nous avons parlé. '.repeat(4);

  const env = { ...process.env, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, SMTP_URL: deps.smtpUrl, SECRET: deps.secret, LOG_LEVEL: 'silent' };
  let sample = '';
  const ours = await measure('ours', env, (base, index) => openEvents(`${base}/projects/${ref}/p/conversation/${talk}/stream?after=0`, { cookie: cookies[index % cookies.length] ?? '' }), async () => {
    await deps.db.$transaction((tx) => write(tx, { conversationId: talk, kind: 'message', author: { kind: 'member', id: member.id, name: member.name }, text, told: true, key: randomUUID(), at: Date.now() }));
  });
  const bare = await measure('bare', env, (base) => openEvents(`${base}/stream`, {}), async (base, seq) => {
    await fetch(`${base}/say?seq=${seq}`, { method: 'POST', body: sample });
  });
  return { ours, bare, streams, messages };

  async function measure(kind: 'ours' | 'bare', childEnv: NodeJS.ProcessEnv, open: (base: string, index: number) => Promise<EventStream>, post: (base: string, seq: number) => Promise<void>): Promise<Measured> {
    const child = fork(fileURLToPath(new URL('./stream-server.ts', import.meta.url)), [kind], { env: childEnv, execArgv: ['--expose-gc', '--import', 'tsx'] });
    try {
      const [{ port }] = (await once(child, 'message')) as [{ port: number }];
      const base = `http://127.0.0.1:${port}`;
      // What the first streams bring with them (templates, connections) is no stream's own.
      const warm = await Promise.all(Array.from({ length: 20 }, (_, index) => open(base, index)));
      await post(base, 1);
      await until(() => warm.every(({ events }) => events.length === 1));
      for (const { close } of warm) close();
      const before = await memoryOf(child);
      const opened: EventStream[] = [];
      for (let from = 0; from < streams; from += 50) opened.push(...(await Promise.all(Array.from({ length: Math.min(50, streams - from) }, (_, index) => open(base, from + index)))));
      const already = kind === 'ours' ? 1 : 0;
      await until(() => opened.every(({ status, events }) => status === 200 && events.length === already));
      const perStreamKb = ((await memoryOf(child)) - before) / streams / 1024;
      const took: number[] = [];
      for (let seq = 2; seq <= messages + 1; seq += 1) {
        const began = performance.now();
        const posted = post(base, seq);
        await until(() => opened.every(({ events }) => events.at(-1)?.id === seq));
        took.push(performance.now() - began);
        await posted;
      }
      const wanted = JSON.stringify(Array.from({ length: messages + already }, (_, index) => index + 2 - already));
      if (!opened.every(({ events }) => JSON.stringify(events.map(({ id }) => id)) === wanted)) throw new Error(`${kind}: a stream missed a message, or had one out of order`);
      sample ||= opened[0]?.events.at(-1)?.data ?? '';
      for (const { close } of opened) close();
      return { perStreamKb, deliverMs: took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0 };
    } finally {
      child.disconnect();
    }
  }
}

/** What is alive in the heap and beside it, once the collector has passed: resident memory would say how much was ever asked for. */
async function memoryOf(child: ChildProcess): Promise<number> {
  await pause(300);
  child.send('memory');
  const [{ bytes }] = (await once(child, 'message')) as [{ bytes: number }];
  return bytes;
}

async function until(holds: () => boolean): Promise<void> {
  const patience = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > patience) throw new Error('the streams do not get what they should');
    await pause(1);
  }
}
