import { Prisma, type ReminderRule } from '@prisma/client';
import { Problem } from '../domain/problem.ts';
import { firingsWaiting, type RuleContent, type RuleSubject } from '../domain/reminder-rules.ts';
import { checkedRule } from '../domain/rule-check.ts';
import { recordEvent, type By } from './audit.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';

/** How many subjects already in a stage a rule takes up when it begins; also how far counts go. */
export const mostTakenUp = 2_000;

export interface RuleChange {
  /** The form's own key: the same key is the same deed. */
  readonly form: string;
  /** The rule, whatever its version; null for a new one. */
  readonly rule: string | null;
  readonly content: RuleContent;
  readonly active: boolean;
  readonly reason: string;
  /** The number of the version its author saw. */
  readonly seen: number;
  /** Count from now for the subjects in the stage already, too. */
  readonly takeUp: boolean;
  /** What the earlier version still waits for is cancelled; always so when the rule is put aside. */
  readonly cancelWaiting: boolean;
  readonly by: By;
  /** ms */
  readonly at: number;
}

/** What a row says, as the rules of domain/ read it. */
export function ruleOf(row: ReminderRule): RuleContent {
  const { name, subject, stage, delayCount, delayUnit, target, queue, headlineFr, messageFr, headlineEn, messageEn } = row;
  return { name, subject, stage, delayCount, delayUnit, target, queue, headlineFr, messageFr, headlineEn, messageEn } as RuleContent;
}

/** The latest version of every rule, those that hold first. */
export async function latestRules(db: Db): Promise<ReminderRule[]> {
  return db.$queryRaw<ReminderRule[]>`SELECT * FROM (SELECT DISTINCT ON ("rule") * FROM "ReminderRule" ORDER BY "rule", "number" DESC) latest ORDER BY "active" DESC, "name" LIMIT 300`;
}

/** Every version of one rule, the latest first. @throws Problem `not_found` */
export async function ruleVersions(db: Db | Tx, rule: string): Promise<[ReminderRule, ...ReminderRule[]]> {
  const [latest, ...earlier] = await db.reminderRule.findMany({ where: { rule }, orderBy: { number: 'desc' }, take: 200 });
  if (!latest) throw new Problem('not_found', `no rule ${rule}`);
  return [latest, ...earlier];
}

/** How many entries a rule waits for, all versions together; at most `mostTakenUp` are counted. */
export function waitingOf(db: Db | Tx, rule: string): Promise<number> {
  return db.reminderFiring.count({ where: { rule: { rule }, state: { in: [...firingsWaiting] } }, take: mostTakenUp });
}

const tables = { project: ['Project', 'stage', 'id'], quote: ['QuoteRound', 'state', 'projectId'], member_invoice: ['MemberInvoice', 'state', 'projectId'], client_invoice: ['ClientInvoice', 'state', 'projectId'] } as const satisfies Record<RuleSubject, readonly string[]>;

/** Who is in the stage of a rule now; names and stages come from domain/reminder-rules, so that the indexes of each stage serve. */
function inStage({ subject, stage }: RuleContent): Prisma.Sql {
  const [table, column] = tables[subject];
  return Prisma.raw(`"${table}" s WHERE s."${column}" = '${stage.replaceAll("'", '')}'`);
}

/** How many subjects are in the stage now; at most `mostTakenUp` are counted. */
export async function alreadyThere(db: Db | Tx, content: RuleContent): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM (SELECT 1 FROM ${inStage(content)} LIMIT ${mostTakenUp}) found`;
  return row?.count ?? 0;
}

/**
 * S4: a rule written, changed, put aside or taken back: each is a version more, dated, with its author and reason. What an earlier version
 * waits for goes on as it was announced, unless it is cancelled with it.
 * @returns the rule @throws Problem those of `checkedRule`, `reason_missing`, `not_found`, `setting_same`, `setting_changed` (details: who)
 */
export async function changeRule(db: Db, change: RuleChange): Promise<{ rule: string }> {
  const content = checkedRule(change.content);
  const reason = change.reason.trim().slice(0, 500);
  if (reason === '') throw new Problem('reason_missing', content.name);
  return once(db, `reminder-rule/${change.form}`, async (tx) => {
    const { at, by, active } = change;
    const rule = change.rule ?? change.form;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`reminder-rule/${rule}`}, 0))`;
    const latest = change.rule === null ? null : (await ruleVersions(tx, rule))[0];
    if (latest && latest.number !== change.seen) throw new Problem('setting_changed', `${latest.name} is at ${latest.number}, seen ${change.seen}`, { who: latest.byName });
    if (latest && latest.active === active && JSON.stringify(ruleOf(latest)) === JSON.stringify({ ...ruleOf(latest), ...content })) throw new Problem('setting_same', latest.name);
    await tx.reminderRule.updateMany({ where: { rule, live: true }, data: { live: false } });
    const version = await tx.reminderRule.create({
      data: { ...content, rule, number: (latest?.number ?? 0) + 1, active, live: active, reason, byId: by.id ?? '', byName: by.name, createdAt: new Date(at) },
    });
    const cancelled = change.cancelWaiting || !active
      ? await tx.reminderFiring.updateMany({ where: { rule: { rule }, state: { in: [...firingsWaiting] } }, data: { state: 'cancelled', endedAt: new Date(at), endedBy: by.name } })
      : { count: 0 };
    const takenUp = change.takeUp && active ? await takeUp(tx, version, at) : 0;
    const action = !latest ? 'created' : latest.active === active ? 'changed' : active ? 'activated' : 'deactivated';
    await recordEvent(tx, { by, action: `reminderRule.${action}`, subject: `reminder/${content.name}`, data: { reason, number: version.number, cancelled: cancelled.count, takenUp }, at });
    return { rule };
  });
}

/** One entry for each subject in the stage now, counted from now; those the rule waits for already are left alone. */
async function takeUp(tx: Tx, version: ReminderRule, at: number): Promise<number> {
  const content = ruleOf(version);
  const project = Prisma.raw(`s."${tables[content.subject][2]}"`);
  return tx.$executeRaw`
    INSERT INTO "ReminderFiring" ("id", "ruleId", "subject", "subjectId", "subjectRef", "projectId", "enteredAt")
    SELECT gen_random_uuid(), ${version.id}, ${version.subject}, s."id", s."ref", ${project}, ${new Date(at)}::timestamp(3)
    FROM ${inStage(content)} AND NOT EXISTS (
      SELECT 1 FROM "ReminderFiring" f JOIN "ReminderRule" r ON r."id" = f."ruleId" WHERE f."subjectId" = s."id" AND r."rule" = ${version.rule} AND f."state" IN ('entered', 'scheduled', 'queued')
    ) LIMIT ${mostTakenUp} ON CONFLICT DO NOTHING`;
}

/** An item of the work queue that somebody dealt with. @throws Problem `not_found`, `stage_changed` (it is no longer there) */
export async function settleQueueItem(db: Db, { form, firingId, by, at }: { form: string; firingId: string; by: By; at: number }): Promise<void> {
  await once(db, `reminder-done/${form}`, async (tx) => {
    const firing = await tx.reminderFiring.findUnique({ where: { id: firingId }, include: { rule: true } });
    if (!firing) throw new Problem('not_found', `no reminder ${firingId}`);
    const settled = await tx.reminderFiring.updateMany({ where: { id: firingId, state: 'queued' }, data: { state: 'done', endedAt: new Date(at), endedBy: by.name } });
    if (settled.count === 0) throw new Problem('stage_changed', `this reminder is ${firing.state}`);
    await recordEvent(tx, { by, action: 'reminder.done', subject: firing.subjectRef, projectId: firing.projectId, data: { reason: firing.rule.name }, at });
    return {};
  });
}
