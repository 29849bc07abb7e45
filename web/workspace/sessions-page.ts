import { deviceName } from '../../domain/device-name.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';

/** Where somebody is signed in, each of which they may end. */
export const sessionsPage: Page = {
  template: 'sessions',
  async show(deps, access) {
    const sessions = await deps.db.webSession.findMany({
      where: { personKind: access.person.kind, personId: access.person.id, endedAt: null, expiresAt: { gt: new Date() } }, orderBy: { lastSeenAt: 'desc' }, take: 50,
    });
    return {
      sessions: sessions.map(({ id, userAgent, lastSeenAt, createdAt }) => ({ handle: handleOf(id), device: deviceName(userAgent), lastSeenAt, createdAt, here: id === access.sessionId })),
      others: sessions.some(({ id }) => id !== access.sessionId),
    };
  },
  acts: {
    async endSession(deps, access, body) {
      await deps.db.webSession.updateMany({
        where: { personKind: access.person.kind, personId: access.person.id, endedAt: null, id: { startsWith: text(body, 'session').replace(/[^0-9a-f]/g, '').padEnd(24, '-') } }, data: { endedAt: new Date() },
      });
      return { notice: 'sessionEnded' };
    },
    async endOthers(deps, access) {
      await deps.db.webSession.updateMany({
        where: { personKind: access.person.kind, personId: access.person.id, endedAt: null, id: { not: access.sessionId ?? '' } }, data: { endedAt: new Date() },
      });
      return { notice: 'sessionEnded' };
    },
  },
};

/** Enough of a session's hash to name it on the page; a whole one opens nothing either. */
const handleOf = (id: string): string => id.slice(0, 24);
