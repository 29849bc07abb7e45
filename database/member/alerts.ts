import { isDigest, type AlertRhythm } from '../../domain/alerts.ts';
import type { Db, Tx } from '../open.ts';
import { saveThemes } from './profile.ts';

/** M7: what a member follows, and how often they are told. Whoever changes to a digest is told from its own beginning: what they had by single e-mails is left out of it. */
export async function keepAlerts(db: Db, memberId: string, wanted: { rhythm: AlertRhythm; themeIds: readonly string[] }): Promise<void> {
  const practised = await db.memberTheme.findMany({ where: { memberId, practised: true }, select: { themeId: true } });
  await saveThemes(db, memberId, { practised: practised.map(({ themeId }) => themeId), subscribed: wanted.themeIds });
  const { alerts: before } = await db.member.findUniqueOrThrow({ where: { id: memberId }, select: { alerts: true } });
  await db.member.update({ where: { id: memberId }, data: { alerts: wanted.rhythm, ...(isDigest(wanted.rhythm) && !isDigest(before) ? { digestedUntil: null } : {}) } });
}

export async function stopAlerts(db: Db | Tx, memberId: string): Promise<void> {
  await db.member.update({ where: { id: memberId }, data: { alerts: 'none' } });
}
