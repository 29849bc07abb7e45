import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import nodemailer from 'nodemailer';
import type { Db } from './database/open.ts';

/** How long each part may take to answer, in ms. */
const patience = 2_000;

export type Part = 'database' | 'temporal' | 'mail';

export interface Health {
  readonly ok: boolean;
  readonly parts: Readonly<Record<Part, 'up' | 'away'>>;
  /** For the log: addresses and causes are not for everyone. */
  readonly causes: Readonly<Partial<Record<Part, string>>>;
}

/** Asks the database, Temporal and the mail server whether they work, all at once; answers within about 2 s whatever they do. */
export async function checkHealth(deps: { db: Db; temporal: Client; config: { smtpUrl: string; temporalNamespace: string } }): Promise<Health> {
  const questions: Record<Part, () => Promise<unknown>> = {
    database: () => deps.db.$queryRaw`SELECT 1`,
    temporal: () =>
      deps.temporal.withDeadline(Date.now() + patience, () =>
        deps.temporal.workflowService.describeNamespace({ namespace: deps.config.temporalNamespace }),
      ),
    mail: () => greetMail(deps.config.smtpUrl),
  };
  const parts: Record<string, 'up' | 'away'> = {};
  const causes: Record<string, string> = {};
  await Promise.all(
    Object.entries(questions).map(async ([part, question]) => {
      try {
        await within(patience, question());
        parts[part] = 'up';
      } catch (cause) {
        parts[part] = 'away';
        causes[part] = String(cause);
      }
    }),
  );
  return { ok: Object.keys(causes).length === 0, parts: parts as Health['parts'], causes };
}

/**
 * Asks until everything answers: on a busy machine, what has just started may be slow to say so. `tries` with a pause in between.
 * @throws Error with the part that does not, and why
 */
export async function untilHealthy(ask: () => Promise<Health>, { tries = 8, betweenMs = 1_000 } = {}): Promise<void> {
  for (let left = tries - 1; ; left -= 1) {
    const { ok, parts, causes } = await ask();
    if (ok) return;
    if (left <= 0) throw new Error(`Not everything answers: ${JSON.stringify({ ...parts, ...causes })}`);
    await pause(betweenMs);
  }
}

async function greetMail(smtpUrl: string): Promise<void> {
  const transport = nodemailer.createTransport({ url: smtpUrl, connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

async function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  // When it loses the race, its own failure comes later and has nobody left to tell.
  answer.catch(() => undefined);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
