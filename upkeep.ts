import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { mailActivities } from './activities/mail.ts';
import type { Db } from './database/open.ts';
import { dropOldDrafts } from './database/briefs/drafts.ts';
import { forgetOldEmailChanges } from './database/email-change/forget.ts';
import { forgetOldLeads } from './database/leads/forget.ts';
import { sealAuditTrail } from './database/seal-audit-trail.ts';
import { forgetOldRecommendations } from './database/recommendations/recommend.ts';
import { dropUnconfirmedCandidatures } from './database/drop-unconfirmed.ts';
import { forgetOldShares } from './database/project-shares.ts';
import { dropOldTries } from './database/sign-in-tries.ts';
import { drawInvoices } from './documents/draw-invoices.ts';
import { dropStrayFiles } from './documents/member-files.ts';
import { sendLeftOver } from './mail/send-left-over.ts';
import { resumeSubmissions } from './steps/resume-submissions.ts';
import { startDueDigests } from './steps/start-alert-digests.ts';
import { startMissingSepaExports } from './steps/start-bank.ts';
import { startMissingConversationMails } from './steps/start-conversation-mails.ts';
import { startMissingMemberships } from './steps/start-membership.ts';
import { startMissingProjects, type StartDeps } from './steps/start-project.ts';
import { startReminders } from './steps/start-reminders.ts';

const every = 60_000;

/** Once a minute, beside the worker: finishes what a crash or an absence left half asked. Every part of it may run on many workers at once. */
export async function keepUpWithPeople(deps: StartDeps, log: Logger, signal: AbortSignal): Promise<void> {
  const { deliverMails } = mailActivities(deps);
  while (!signal.aborted) {
    try {
      const projects = await startMissingProjects(deps);
      const memberships = await startMissingMemberships(deps);
      const conversations = await startMissingConversationMails(deps, Date.now());
      const digests = await startDueDigests(deps, Date.now());
      const exports = await startMissingSepaExports(deps);
      const submissions = await resumeSubmissions(deps, Date.now());
      const mails = await sendLeftOver(deps.db, deliverMails, Date.now());
      const forgotten = (await dropUnconfirmedCandidatures(deps.db, Date.now())) + (await dropStrayFiles(deps.db, Date.now())) + (await dropOldTries(deps.db, Date.now())) + (await dropOldDrafts(deps.db, Date.now())) + (await forgetOldShares(deps.db, Date.now())) + (await forgetOldRecommendations(deps.db, Date.now())) + (await forgetOldLeads(deps.db, Date.now())) + (await forgetOldEmailChanges(deps.db, Date.now()));
      if (projects + memberships + conversations + digests + exports + submissions + mails + forgotten > 0) log.info({ projects, memberships, conversations, digests, exports, submissions, mails, forgotten }, 'carried out what was waiting');
    } catch (cause) {
      log.warn({ err: cause }, 'upkeep will try again');
    }
    await pause(every, undefined, { signal }).catch(() => undefined);
  }
}

const sealEvery = 5_000;

/** S5: chains what was added to the trail, a few seconds after it was. The head goes to the log, where whoever may change the database may not reach it. */
export async function keepTrailSealed(db: Db, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if ((await sealAuditTrail(db, Date.now())) > 0) {
        const head = await db.auditSeal.findFirst({ orderBy: { sequence: 'desc' }, select: { sequence: true, hash: true } });
        log.info({ head: `${head?.sequence}:${head?.hash}` }, 'trail sealed');
      }
    } catch (cause) {
      log.warn({ err: cause }, 'the trail will be sealed later');
    }
    await pause(sealEvery, undefined, { signal }).catch(() => undefined);
  }
}

const remindersEvery = 2_000;

/** S4: starts what the rules of staff have to wait for, seconds after a subject entered its stage. */
export async function keepRemindersStarted(deps: Pick<StartDeps, 'db' | 'temporal' | 'taskQueue'>, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const started = await startReminders(deps);
      if (started > 0) {
        log.info({ started }, 'reminders wait');
        continue;
      }
    } catch (cause) {
      log.warn({ err: cause }, 'reminders will be started later');
    }
    await pause(remindersEvery, undefined, { signal }).catch(() => undefined);
  }
}

const drawEvery = 3_000;

/** I10: draws the Factur-X of each invoice seconds after it was issued, beside the lifecycle rather than in it. */
export async function keepInvoicesDrawn(db: Db, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const drawn = await drawInvoices(db, (documentId, cause) => log.error({ err: cause, documentId }, 'an invoice could not be drawn; it will be tried again'), () => signal.aborted);
      if (drawn > 0) log.info({ drawn }, 'invoices drawn');
    } catch (cause) {
      log.warn({ err: cause }, 'invoices will be drawn later');
    }
    await pause(drawEvery, undefined, { signal }).catch(() => undefined);
  }
}
