import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { recordEvent } from '../audit.ts';
import { forgetMails } from '../forget-mails.ts';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';
import { mayReceive, refuseElsewhere, refuseTooMany, takeTurn } from './limits.ts';

export interface NewRecommendation {
  /** The form's own. */
  readonly key: string;
  readonly memberId: string;
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly note: string;
  readonly locale: 'fr' | 'en';
  /** ms */
  readonly at: number;
}

const day = 86_400_000;

/**
 * M1: a member writes to somebody about us, who may be known to us already: nothing tells the sender. Answers the mail's id; null when none leaves.
 * @throws Problem `share_to_self`, `share_with_link`, `share_limit`, `member_not_active`
 */
export async function recommendUs(db: Db, secret: string, given: NewRecommendation): Promise<string | null> {
  refuseElsewhere(`${given.name} ${given.note}`);
  const { mailId } = await once(db, `recommend/${given.memberId}/${given.key}`, async (tx) => ({ mailId: await send(tx, secret, given) }));
  return mailId;
}

async function send(tx: Tx, secret: string, { memberId, email, name, note, locale, at }: NewRecommendation): Promise<string | null> {
  await takeTurn(tx, memberId, email);
  const member = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
  if (member.state !== 'active') throw new Problem('member_not_active', `${member.handle} is ${member.state}`);
  if (member.email === email) throw new Problem('share_to_self', 'their own address', { fields: 'email' });
  if (await tx.recommendation.findUnique({ where: { memberId_email: { memberId, email } } })) return null;
  await refuseTooMany(tx, memberId, at);
  const welcome = await mayReceive(tx, email, at);
  const known = await tx.member.count({ where: { email } });
  const { id } = await tx.recommendation.create({ data: { memberId, email, name, note, createdAt: new Date(at) } });
  await recordEvent(tx, { by: { kind: 'member', id: memberId, name: member.name }, action: 'member.recommended', subject: member.handle, data: { recommendationId: id }, at });
  if (!welcome || known > 0) return null;
  const linkId = await createLink(tx, secret, { purpose: 'recommended', ownerKind: 'visitor', ownerId: id, subjectId: id, at });
  return queueMail(tx, { key: `recommendation/${id}`, template: 'recommendation', to: { kind: 'visitor', id: null, email, name, locale }, linkId, at, data: { memberName: member.name, message: note, settingsLink: linkId } });
}

/** The member's own link, to give to whomever they like; the one they have is given again. Answers its id. `at` in ms. */
export function ownRecommendationLink(db: Db, secret: string, memberId: string, at: number): Promise<string> {
  return db.$transaction((tx) => createLink(tx, secret, { purpose: 'recommendation', ownerKind: 'visitor', ownerId: memberId, subjectId: memberId, at }));
}

/** A month after their links end, addresses are forgotten (GDPR 5.1.e). Returns how many. `at` in ms. */
export async function forgetOldRecommendations(db: Db, at: number): Promise<number> {
  const old = await db.recommendation.findMany({ where: { createdAt: { lt: new Date(at - 90 * day) } }, select: { id: true }, take: 500 });
  return old.length === 0 ? 0 : db.$transaction((tx) => forgetRecommendations(tx, old.map(({ id }) => id)));
}

/** Takes these away, with their links and what their mails said. Returns how many. */
export async function forgetRecommendations(tx: Tx, ids: readonly string[]): Promise<number> {
  await tx.personalLink.deleteMany({ where: { purpose: 'recommended', ownerId: { in: [...ids] } } });
  await forgetMails(tx, ids.map((id) => `recommendation/${id}`));
  return (await tx.recommendation.deleteMany({ where: { id: { in: [...ids] } } })).count;
}
