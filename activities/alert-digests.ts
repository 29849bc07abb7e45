import type { Member } from '@prisma/client';
import { memberRecipient } from '../database/recipients.ts';
import { digestFrom, type Digest } from '../domain/alerts.ts';
import { formatAmount } from '../domain/money-text.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import type { ActivityDeps } from './deps.ts';

export interface DigestBatchInput {
  readonly digest: Digest;
  /** The last member already looked at; null to begin. */
  readonly after: string | null;
  readonly size: number;
  /** ms */
  readonly at: number;
}

export interface DigestBatch {
  readonly mailIds: readonly string[];
  readonly last: string | null;
  readonly done: boolean;
}

/** Named in one e-mail; the others are counted, and stand in the feed. */
const mostNamed = 8;

/** M7: one e-mail a day or a week with what was published on the themes a member follows. */
export function alertDigestActivities(deps: ActivityDeps) {
  return {
    /** Queues one batch, in the order of members' ids; somebody for whom nothing was published hears nothing. A member has one e-mail a digest, however often a batch runs. */
    queueDigests: async ({ digest, after, size, at }: DigestBatchInput): Promise<DigestBatch> => {
      const members = await deps.db.member.findMany({ where: { state: 'active', alerts: digest.rhythm, id: { gt: after ?? '' } }, orderBy: { id: 'asc' }, take: size });
      const known = new Map((await deps.db.mail.findMany({ where: { key: { in: members.map((member) => keyOf(digest, member.id)) } }, select: { id: true, key: true } })).map(({ id, key }) => [key, id]));
      const told = await publishedFor(members, digest);
      const mailIds: string[] = [];
      for (const member of members) {
        const before = known.get(keyOf(digest, member.id));
        const projects = told.filter(({ memberId }) => memberId === member.id);
        if (before) mailIds.push(before);
        else if (projects.length > 0) mailIds.push(await queueDigest(member, projects, digest, at));
      }
      await deps.db.member.updateMany({ where: { id: { in: members.map(({ id }) => id) }, alerts: digest.rhythm }, data: { digestedUntil: new Date(digest.until) } });
      return { mailIds, last: members.at(-1)?.id ?? after, done: members.length < size };
    },
  };

  /** Newest first; without those the member was told of by an e-mail of its own. */
  async function publishedFor(members: readonly Member[], digest: Digest): Promise<Published[]> {
    const [ids, from] = [members.map(({ id }) => id), members.map(({ digestedUntil }) => new Date(digestFrom(digest, digestedUntil?.getTime() ?? null)).toISOString())];
    return deps.db.$queryRaw<Published[]>`
      SELECT w.id AS "memberId", p."id", p."ref", p."title", p."budgetCents",
        array_agg(t."nameFr" ORDER BY t."position") AS "themesFr", array_agg(t."nameEn" ORDER BY t."position") AS "themesEn"
      FROM unnest(${ids}::text[], ${from}::text[]) AS w(id, since) JOIN "MemberTheme" x ON x."memberId" = w.id AND x."subscribed"
      JOIN "Theme" t ON t."id" = x."themeId" JOIN "ProjectTheme" pt ON pt."themeId" = t."id"
      JOIN "FeedEntry" f ON f."projectId" = pt."projectId" AND f."publishedAt" >= w.since::timestamptz AT TIME ZONE 'UTC' AND f."publishedAt" < ${new Date(digest.until).toISOString()}::timestamptz AT TIME ZONE 'UTC'
      JOIN "Project" p ON p."id" = f."projectId"
      WHERE f."publishedAt" >= ${new Date(digest.until - farthest).toISOString()}::timestamptz AT TIME ZONE 'UTC' AND NOT EXISTS (SELECT 1 FROM "Mail" m WHERE m."key" = 'alert/' || p."ref" || '/' || w.id)
      GROUP BY w.id, p."id", f."publishedAt" ORDER BY w.id, f."publishedAt" DESC, p."id" DESC`;
  }

  async function queueDigest(member: Member, published: readonly Published[], digest: Digest, at: number): Promise<string> {
    const locale = member.locale === 'en' ? 'en' : 'fr';
    return deps.db.$transaction(async (tx) => {
      const owner = { ownerKind: 'member' as const, ownerId: member.id, at };
      const settingsLink = await createLink(tx, deps.secret, { ...owner, purpose: 'alert_settings' });
      const projects: { name: string; link: string }[] = [];
      for (const { id, title, budgetCents } of published.slice(0, mostNamed)) {
        const link = await createLink(tx, deps.secret, { ...owner, purpose: 'member_project', projectId: id, subjectId: id });
        projects.push({ name: budgetCents === null ? title : `${title} · ${formatAmount(budgetCents, locale)}`, link });
      }
      const themes = [...new Set(published.flatMap(({ themesFr, themesEn }) => (locale === 'en' ? themesEn : themesFr)))];
      return queueMail(tx, {
        key: keyOf(digest, member.id), template: 'alert_digest', to: memberRecipient(member), at,
        data: { rhythm: digest.rhythm, count: published.length, themes, projects, more: published.length - projects.length, settingsLink },
      });
    });
  }
}

interface Published {
  readonly memberId: string;
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly budgetCents: number | null;
  readonly themesFr: string[];
  readonly themesEn: string[];
}

/** Nothing older is ever told, in ms: lets the index of dates do the work. */
const farthest = 31 * 86_400_000;

const keyOf = ({ rhythm, day }: Digest, memberId: string): string => `digest/${rhythm}/${day}/${memberId}`;
