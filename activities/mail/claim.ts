import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import type { Mail } from '@prisma/client';
import type { Db } from '../../database/open.ts';
import type { WrittenWording } from '../../mail/compile.ts';

/** A mail that is ours to send, with what its reader is told of the project. */
export type ClaimedMail = Pick<Mail, 'id' | 'template' | 'locale' | 'toEmail' | 'toName' | 'toKind' | 'data' | 'messageId'> & {
  readonly written: WrittenWording | null;
  readonly project: { ref: string; title: string; clientName: string } | null;
  readonly manager: { name: string; email: string; phone: string } | null;
};

/** Who claims: an attempt of an activity. */
export interface Claimant { readonly task: string; readonly attempt: number }

/** A claim older than this (ms) belongs to nobody any more: longer than an attempt may last. */
const patience = 6 * 60_000;

/** The attempt this is; somebody else's each time outside a worker. */
export function claimantOf(): Claimant {
  try {
    const { workflowExecution, activityId, attempt } = activityInfo();
    return { task: `${workflowExecution?.runId ?? ''}/${activityId}`, attempt };
  } catch {
    return { task: randomUUID(), attempt: 1 };
  }
}

/**
 * Takes those of these mails that are queued, in one statement, in the order asked for. Nobody else can take the same one. Claims among them that nobody
 * answers for, of an earlier attempt or of a worker long gone, become doubts: what happened after a claim is never guessed.
 */
export async function claimMails(db: Db, ids: readonly string[], { task, attempt }: Claimant): Promise<ClaimedMail[]> {
  const now = Date.now();
  const mine = `${task}#${attempt}`;
  const claimed = await db.$queryRaw<ClaimedMail[]>`
    WITH "doubted" AS (
      UPDATE "Mail" SET "state" = 'in_doubt', "problem" = 'interrupted between sending and the answer'
      WHERE "id" = ANY(${ids}::text[]) AND "state" = 'sending' AND ((starts_with("claimedBy", ${`${task}#`}) AND "claimedBy" <> ${mine}) OR "claimedAt" < ${new Date(now - patience)})
    )
    UPDATE "Mail" m SET "state" = 'sending', "claimedAt" = ${new Date(now)}, "claimedBy" = ${mine}, "attempts" = m."attempts" + 1
    FROM "Mail" q LEFT JOIN "Project" p ON p."id" = q."projectId" LEFT JOIN "Company" c ON c."id" = p."companyId" LEFT JOIN "Staff" s ON s."id" = p."accountManagerId"
    WHERE m."id" = ANY(${ids}::text[]) AND q."id" = m."id" AND m."state" = 'queued'
    RETURNING m."id", m."template", m."locale", m."toEmail", m."toName", m."toKind", m."data", m."messageId",
      (SELECT jsonb_build_object('id', v."id", 'subject', v."subject", 'source', v."source") FROM "MailTemplateVersion" v WHERE v."id" = m."templateVersionId") AS "written",
      CASE WHEN p."id" IS NULL THEN NULL ELSE jsonb_build_object('ref', p."ref", 'title', p."title", 'clientName', c."name") END AS "project",
      CASE WHEN s."id" IS NULL THEN NULL ELSE jsonb_build_object('name', s."name", 'email', s."email", 'phone', coalesce(s."phone", '')) END AS "manager"`;
  return claimed.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** What became of a claimed mail. */
export interface Settled {
  readonly id: string;
  readonly state: 'sent' | 'failed' | 'in_doubt' | 'queued';
  readonly problem?: string | null;
  readonly sentAt?: Date;
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
}

/** Waits between tries (ms): a database that comes back soon leaves no doubt behind. */
const waits = [200, 1_000, 3_000];

/** Writes what became of these mails, in one statement; one that is not ours any more stays as it is. */
export async function settleMails(db: Db, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  for (let tries = 0; ; tries += 1) {
    try {
      await write(db, settled);
      return;
    } catch (cause) {
      const wait = waits[tries];
      if (wait === undefined) throw cause;
      await pause(wait);
    }
  }
}

/** M1, M2: of a mail whose people were erased while it was on its way, nothing that was in it is written again, nor is it tried again. */
async function write(db: Db, settled: readonly Settled[]): Promise<void> {
  await db.$executeRaw`
    UPDATE "Mail" m SET
      "state" = CASE WHEN (m."toEmail" = '' OR m."data" = '{}') AND s."state" = 'queued' THEN 'failed' ELSE s."state" END, "problem" = s."problem", "sentAt" = coalesce(s."sentAt", m."sentAt"),
      "subject" = CASE WHEN (m."toEmail" = '' OR m."data" = '{}') THEN '' ELSE coalesce(s."subject", m."subject") END,
      "html" = CASE WHEN (m."toEmail" = '' OR m."data" = '{}') THEN NULL ELSE coalesce(s."html", m."html") END, "text" = CASE WHEN (m."toEmail" = '' OR m."data" = '{}') THEN NULL ELSE coalesce(s."text", m."text") END
    FROM json_to_recordset(${JSON.stringify(settled)}::json) AS s("id" text, "state" text, "problem" text, "sentAt" timestamp, "subject" text, "html" text, "text" text)
    WHERE m."id" = s."id" AND m."state" = 'sending'`;
}
