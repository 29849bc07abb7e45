import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { mailActivities } from './activities/mail.ts';
import { sendLeftOver } from './mail/send-left-over.ts';
import { resumeSubmissions } from './steps/resume-submissions.ts';
import { startMissingMemberships } from './steps/start-membership.ts';
import { startMissingProjects, type StartDeps } from './steps/start-project.ts';

const every = 60_000;

/** Once a minute, beside the worker: finishes what a crash or an absence left half asked. Every part of it may run on many workers at once. */
export async function keepUpWithPeople(deps: StartDeps, log: Logger, signal: AbortSignal): Promise<void> {
  const { deliverMails } = mailActivities(deps);
  while (!signal.aborted) {
    try {
      const projects = await startMissingProjects(deps);
      const memberships = await startMissingMemberships(deps);
      const submissions = await resumeSubmissions(deps, Date.now());
      const mails = await sendLeftOver(deps.db, deliverMails, Date.now());
      if (projects + memberships + submissions + mails > 0) log.info({ projects, memberships, submissions, mails }, 'carried out what was waiting');
    } catch (cause) {
      log.warn({ err: cause }, 'upkeep will try again');
    }
    await pause(every, undefined, { signal }).catch(() => undefined);
  }
}
