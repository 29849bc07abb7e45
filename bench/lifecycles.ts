import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../database/open.ts';
import { defaultTerms } from '../domain/default-terms.ts';
import type { Terms } from '../domain/terms.ts';
import type { Person } from '../steps/step.ts';
import { addMember, beginStory, type Story } from '../test/support/story.ts';
import { bareLifecycle, bareStep, type BarePlan } from './bare-workflows.ts';
import type { BenchStack } from './stack.ts';

/** The default story with its one unavoidable wait, the anomaly window, at the server's shortest timer. */
const terms: Terms = { ...defaultTerms, anomalyWindow: { unit: 'seconds', count: 1 } };

/** Looks again every 100 ms: more often, the looking itself would be measured. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(100);
}

interface Issued { readonly projectId: string; readonly ref: string; readonly totalCents: number }

/**
 * Tells of a project's issued invoice. One look for all the lives under way: a person sees the invoice in the console or in a mail, and what that
 * looking costs is not the lifecycle's. Everything else is waited for as the bare workflow is: by its result.
 */
function invoiceWatcher(db: Db): (projectId: string) => Promise<Issued> {
  const waiting = new Map<string, (issued: Issued) => void>();
  const look = async (): Promise<void> => {
    while (waiting.size > 0) {
      await pause(100);
      const issued = await db.$queryRaw<Issued[]>`SELECT "projectId", "ref", "totalCents" FROM "ClientInvoice" WHERE "projectId" = ANY(${[...waiting.keys()]}) AND "state" = 'issued'`;
      for (const one of issued) {
        waiting.get(one.projectId)?.(one);
        waiting.delete(one.projectId);
      }
    }
  };
  return (projectId) =>
    new Promise((told) => {
      waiting.set(projectId, told);
      if (waiting.size === 1) void look();
    });
}

export interface Players { readonly stack: BenchStack; readonly issuedOf: (projectId: string) => Promise<Issued> }

export const playersOf = (stack: BenchStack): Players => ({ stack, issuedOf: invoiceWatcher(stack.deps.db) });

/** Members are there before the projects they work on. */
export const addTeam = (stack: BenchStack, members: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: members }, (_, index) => addMember(stack.deps.db, `Bench${index}`)));

/** One whole life, brief to payouts: each of the team quotes once and invoices so many times; `onIssued` does more with each client invoice. Returns the project's reference. */
export async function playLifecycle({ stack: { deps }, issuedOf }: Players, team: Person[], invoicesEach: number, onIssued?: (story: Story, ref: string) => Promise<void>): Promise<string> {
  const story = await beginStory(deps, { terms });
  await story.untilSigned(team, 60_000);
  for (let round = 0; round < invoicesEach; round += 1) {
    await Promise.all(team.map((member) => story.enterAmount(member, 60_000 / invoicesEach)));
    const { ref, totalCents } = await issuedOf(story.projectId);
    await onIssued?.(story, ref);
    await story.pay(ref, totalCents);
    await story.sendPayouts(ref);
    await deps.temporal.workflow.getHandle(`client-invoice/${ref}`).result();
  }
  await deps.temporal.workflow.getHandle(`project/${story.ref}`).result();
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

export async function playBare({ deps }: BenchStack, plan: BarePlan): Promise<void> {
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
  const players = playersOf(stack);
  const histories = await historiesOf(stack, await playLifecycle(players, await addTeam(stack, 1), 1));
  for (const [id, events] of histories) say(`  ${id}: ${events.length} events`);
  const plan = planOf(histories);
  say(`  ${JSON.stringify(plan)}`);
  await playBare(stack, plan);
  const [total, atOnce] = [60, 12];
  const rates = { real: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < 3; turn += 1) {
    say(`Turn ${turn + 1} of 3: ${total} lives each, ${atOnce} at once …`);
    const teams = await Promise.all(Array.from({ length: total }, () => addTeam(stack, 1)));
    rates.real.push(await rate(total, atOnce, () => playLifecycle(players, teams.pop() ?? [], 1)));
    rates.bare.push(await rate(total, atOnce, () => playBare(stack, plan)));
  }
  say('Five members, six invoices each …');
  const many = await historiesOf(stack, await playLifecycle(players, await addTeam(stack, 5), 6));
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

