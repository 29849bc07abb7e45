import { Prisma } from '@prisma/client';
import type { SealedContent } from '../domain/audit-chain.ts';
import type { Tx } from './open.ts';

export interface MailRow {
  readonly id: string;
  readonly key: string;
  readonly template: string;
  readonly locale: string;
  readonly toEmail: string;
  readonly toName: string;
  readonly toKind: string;
  readonly toId: string | null;
  readonly data: Prisma.InputJsonObject;
  readonly messageId: string;
  readonly projectId: string | null;
  readonly createdAt: Date;
}

export interface EventRow extends SealedContent { readonly data: Prisma.InputJsonObject }

interface Closing { readonly mails: MailRow[]; readonly events: EventRow[] }

const closings = new WeakMap<Tx, Closing>();

/**
 * From here on the mails and the events of this transaction, which nothing in it reads again, wait for its last statement: one instead of one each.
 * Whoever calls it must close with `writeClosing`.
 */
export function openClosing(tx: Tx): void {
  closings.set(tx, { mails: [], events: [] });
}

/** Where what is written at the end waits; undefined in a transaction that has no last statement of this kind. */
export function closingOf(tx: Tx): Closing | undefined {
  return closings.get(tx);
}

/** The last statement of an applied step: its mails, its events, and the answer kept under its key. A mail already queued under its key stays as it is. */
export async function writeClosing(tx: Tx, key: string, result: object): Promise<void> {
  const { mails, events } = closings.get(tx) ?? { mails: [], events: [] };
  closings.delete(tx);
  await tx.$executeRaw`
    WITH "mails" AS (${insertMails(mails)}), "events" AS (
      INSERT INTO "AuditEvent" ("id", "at", "actorKind", "actorId", "actorName", "action", "subject", "projectId", "data")
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        AS e("id" text, "at" timestamp, "actorKind" text, "actorId" text, "actorName" text, "action" text, "subject" text, "projectId" text, "data" jsonb)
    )
    UPDATE "AppliedStep" SET "result" = ${JSON.stringify(result)}::jsonb WHERE "key" = ${key}`;
}

/** Writes mails to send in one statement, however many; one already queued under its key stays as it is. */
export async function writeMails(tx: Tx, mails: readonly MailRow[]): Promise<void> {
  await tx.$executeRaw(insertMails(mails));
}

const insertMails = (mails: readonly MailRow[]): Prisma.Sql => Prisma.sql`
      INSERT INTO "Mail" ("id", "key", "template", "locale", "toEmail", "toName", "toKind", "toId", "data", "messageId", "projectId", "createdAt")
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(mails)}::jsonb)
        AS m("id" text, "key" text, "template" text, "locale" text, "toEmail" text, "toName" text, "toKind" text, "toId" text, "data" jsonb, "messageId" text, "projectId" text, "createdAt" timestamp)
      ON CONFLICT DO NOTHING`;
