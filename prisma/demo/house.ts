import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../database/open.ts';
import { perform } from '../../steps/perform.ts';
import type { StartDeps } from '../../steps/start-project.ts';
import type { Person, Step } from '../../steps/step.ts';
import type { DemoClient } from './companies.ts';
import type { DemoStaff } from './staff.ts';

/** Who is in the house, by the short names stories call them. */
export interface House {
  readonly deps: StartDeps;
  readonly db: Db;
  readonly staff: Readonly<Record<DemoStaff, Person>>;
  readonly clients: Readonly<Record<DemoClient, Person & { readonly name: string }>>;
  readonly members: ReadonlyMap<string, DemoPerson>;
  readonly themes: ReadonlyMap<string, string>;
}

export interface DemoPerson extends Person {
  readonly handle: string;
  readonly name: string;
}

/** Asks a step as a person would; the key says which step of the demo it is, so that it happens once however often the demo is told. */
export function ask(house: House, key: string, step: Step<unknown>, subject: string, person: Person, payload: unknown): Promise<Record<string, unknown>> {
  return perform(house.deps, { step, subject, person, key: `demo/${key}`, payload, context: { ip: '203.0.113.24', userAgent: 'Démonstration' } });
}

/** Waits for what a workflow does by itself, a minute at most. @throws Error that names what did not come */
export async function untilFound<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(100)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`the demo waited in vain for ${what}`);
}
