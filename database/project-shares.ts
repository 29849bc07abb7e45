import { Problem } from '../domain/problem.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import { recordEvent } from './audit.ts';
import { forgetMails } from './forget-mails.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';
import { mayReceive, refusalHash, refuseElsewhere, refuseTooMany, takeTurn } from './recommendations/limits.ts';
import type { NewRecommendation } from './recommendations/recommend.ts';

/** M12: what is sent of a project, by the rules of every recommendation. */
export interface NewShare extends NewRecommendation {
  readonly projectId: string;
}

const day = 86_400_000;

/**
 * M12: sends a published project to somebody, member or not; nothing tells the sender which. Answers the mail's id; null when none leaves: the same
 * project went there before, or the address has had enough of it.
 * @throws Problem `share_closed`, `share_to_self`, `share_with_link`, `share_limit`
 */
export async function shareProject(db: Db, secret: string, share: NewShare): Promise<string | null> {
  refuseElsewhere(`${share.name} ${share.note}`);
  const { mailId } = await once(db, `share/${share.memberId}/${share.key}`, async (tx) => ({ mailId: await send(tx, secret, share) }));
  return mailId;
}

async function send(tx: Tx, secret: string, { memberId, projectId, email, name, note, locale, at }: NewShare): Promise<string | null> {
  await takeTurn(tx, memberId, email);
  const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
  const project = await tx.project.findUniqueOrThrow({ where: { id: projectId }, include: { themes: { include: { theme: true } } } });
  if (member.state !== 'active') throw new Problem('member_not_active', `${member.handle} is ${member.state}`);
  if (project.stage !== 'published') throw new Problem('share_closed', `${project.ref} is ${project.stage}`);
  if (member.email === email) throw new Problem('share_to_self', 'their own address', { fields: 'email' });
  const to = { projectId, memberId, email };
  if (await tx.projectShare.findUnique({ where: { projectId_memberId_email: to } })) return null;
  await refuseTooMany(tx, memberId, at);
  const welcome = await mayReceive(tx, email, at);
  const { id } = await tx.projectShare.create({ data: { ...to, name, note, createdAt: new Date(at) } });
  await recordEvent(tx, { by: { kind: 'member', id: memberId, name: member.name }, action: 'project.shared', subject: project.ref, projectId, data: { shareId: id }, at });
  if (!welcome) return null;
  const linkId = await createLink(tx, secret, { purpose: 'shared_project', ownerKind: 'visitor', ownerId: id, projectId, subjectId: id, at });
  return queueMail(tx, {
    key: `project-share/${id}`, template: 'project_shared', to: { kind: 'visitor', id: null, email, name, locale }, linkId, at,
    data: {
      memberName: member.name, message: note, title: project.title, problem: project.problem,
      themes: project.themes.map(({ theme }) => (locale === 'fr' ? theme.nameFr : theme.nameEn)), settingsLink: linkId,
    },
  });
}

/** Whoever got this project, or this recommendation, wants no other. Twice is once. `at` in ms. */
export async function refuseShares(db: Db, id: string, at: number): Promise<void> {
  const sent = (await db.projectShare.findUnique({ where: { id } })) ?? (await db.recommendation.findUnique({ where: { id } }));
  if (sent) await db.shareRefusal.createMany({ data: { emailHash: refusalHash(sent.email), createdAt: new Date(at) }, skipDuplicates: true });
}

/** Links last 60 days; a month later the addresses are forgotten (GDPR 5.1.e). Returns how many. `at` in ms. */
export async function forgetOldShares(db: Db, at: number): Promise<number> {
  const old = await db.projectShare.findMany({ where: { createdAt: { lt: new Date(at - 90 * day) } }, select: { id: true }, take: 500 });
  return old.length === 0 ? 0 : db.$transaction((tx) => forgetShares(tx, old.map(({ id }) => id)));
}

/** Takes these shares away, with their links and what their mails said. Returns how many. */
export async function forgetShares(tx: Tx, ids: readonly string[]): Promise<number> {
  await tx.personalLink.deleteMany({ where: { purpose: 'shared_project', ownerId: { in: [...ids] } } });
  await forgetMails(tx, ids.map((id) => `project-share/${id}`));
  const { count } = await tx.projectShare.deleteMany({ where: { id: { in: [...ids] } } });
  return count;
}
