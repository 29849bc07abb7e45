import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultTerms } from '../domain/default-terms.ts';
import type { Terms } from '../domain/terms.ts';
import { addMember, beginStory } from '../test/support/story.ts';
import { bareLifecycle, bareStep, type BarePlan } from './bare-workflows.ts';
import type { BenchStack } from './stack.ts';

/** The default story with its one unavoidable wait, the anomaly window, at the server's shortest timer. */
const terms: Terms = { ...defaultTerms, anomalyWindow: { unit: 'seconds', count: 1 } };

/** Looks again every 100 ms: more often, the looking itself would be measured. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(100);
}

/** One whole life, brief to payouts: each of the members quotes once and invoices so many times. Returns the project's reference. */
export async function playLifecycle({ deps }: BenchStack, members: number, invoicesEach: number): Promise<string> {
  const { db } = deps;
  const team = [];
  for (let index = 0; index < members; index += 1) team.push(await addMember(db, `Bench${index}`));
  const story = await beginStory(deps, { terms });
  await story.untilSigned(team, 60_000);
  for (let round = 0; round < invoicesEach; round += 1) {
    await Promise.all(team.map((member) => story.enterAmount(member, 60_000 / invoicesEach)));
    let ref = '';
    await until(async () => {
      const issued = await db.clientInvoice.findFirst({ where: { projectId: story.projectId, state: 'issued' } });
      ref = issued?.ref ?? '';
      return issued !== null;
    });
    const invoice = await db.clientInvoice.findUniqueOrThrow({ where: { ref } });
    await story.pay(ref, invoice.totalCents);
    await story.sendPayouts(ref);
    await until(async () => (await db.clientInvoice.findUniqueOrThrow({ where: { ref } })).state === 'settled');
  }
  await until(async () => (await story.stage()) === 'closed');
  return story.ref;
}

/** Every history of one project, by workflow id, as event types in order. */
export async function historiesOf({ deps }: BenchStack, ref: string): Promise<Map<string, number[]>> {
  const invoices = await deps.db.memberInvoice.findMany({ where: { project: { ref } }, select: { ref: true } });
  const clientInvoices = await deps.db.clientInvoice.findMany({ where: { project: { ref } }, select: { ref: true } });
  const ids = [
    `project/${ref}`, `quote-review/${ref}`, `alerts/${ref}`,
    ...invoices.map((invoice) => `member-invoice/${invoice.ref}`), ...clientInvoices.map((invoice) => `client-invoice/${invoice.ref}`),
  ];
  const histories = new Map<string, number[]>();
  for (const id of ids) {
    const handle = deps.temporal.workflow.getHandle(id);
    await handle.result();
    const { events } = await handle.fetchHistory();
    histories.set(id, (events ?? []).map((event) => Number(event.eventType)));
  }
  return histories;
}

const eventTypes = { updateAccepted: 41, marker: 25, activityScheduled: 10, timerStarted: 17, timerFired: 18, timerCanceled: 19 };

/** What the bare workflow must do to have done as much. */
export function planOf(histories: Map<string, number[]>): BarePlan {
  const all = [...histories.values()].flat();
  const count = (type: number): number => all.filter((event) => event === type).length;
  return {
    updates: count(eventTypes.updateAccepted),
    localActivities: count(eventTypes.marker),
    activities: count(eventTypes.activityScheduled),
    timersFired: count(eventTypes.timerFired),
    timersCancelled: count(eventTypes.timerCanceled),
  };
}

async function playBare({ deps }: BenchStack, plan: BarePlan): Promise<void> {
  const handle = await deps.temporal.workflow.start(bareLifecycle, { workflowId: `bare/${randomUUID()}`, taskQueue: 'bare', args: [plan] });
  for (let update = 0; update < plan.updates; update += 1) await handle.executeUpdate(bareStep);
  await handle.result();
}

/** Lives per second, so many at once. */
async function rate(total: number, atOnce: number, play: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let left = total;
  const hand = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await play();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
  return total / ((performance.now() - began) / 1000);
}

export interface LifecycleFigures {
  readonly plan: BarePlan;
  readonly realPerSecond: number;
  readonly barePerSecond: number;
  readonly eventsOfOne: number;
  readonly longestOfMany: number;
}

export async function measureLifecycles(stack: BenchStack, say: (line: string) => void): Promise<LifecycleFigures> {
  say('One lifecycle, to warm up and to count its events …');
  const histories = await historiesOf(stack, await playLifecycle(stack, 1, 1));
  for (const [id, events] of histories) say(`  ${id}: ${events.length} events`);
  const plan = planOf(histories);
  say(`  ${JSON.stringify(plan)}`);
  await playBare(stack, plan);
  const [total, atOnce] = [60, 12];
  const rates = { real: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < 3; turn += 1) {
    say(`Turn ${turn + 1} of 3: ${total} lives each, ${atOnce} at once …`);
    rates.real.push(await rate(total, atOnce, () => playLifecycle(stack, 1, 1)));
    rates.bare.push(await rate(total, atOnce, () => playBare(stack, plan)));
  }
  say('Five members, six invoices each …');
  const many = await historiesOf(stack, await playLifecycle(stack, 5, 6));
  return {
    plan,
    realPerSecond: median(rates.real),
    barePerSecond: median(rates.bare),
    eventsOfOne: [...histories.values()].reduce((sum, events) => sum + events.length, 0),
    longestOfMany: Math.max(...[...many.values()].map((events) => events.length)),
  };
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

