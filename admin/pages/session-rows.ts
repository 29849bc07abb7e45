import type { openSessions } from '../../database/staff-sessions.ts';
import { deviceName } from '../../domain/device-name.ts';
import type { Cell } from './blocks.ts';
import type { Asked } from './page.ts';

type Session = Awaited<ReturnType<typeof openSessions>>[number];

/** Where a session runs and since when, as people recognise it. */
export function sessionCells({ say, sessionId }: Asked, one: Session): Cell[] {
  return [
    { text: deviceName(one.userAgent) || say.say('security.unknownDevice'), ...(one.sid === sessionId ? { detail: say.say('security.thisOne'), tone: 'good' as const } : {}) },
    one.address || '—', say.moment(one.createdAt), say.moment(one.lastSeenAt),
  ];
}

export const sessionHead = ({ say }: Asked): string[] => ['device', 'address', 'since', 'seen'].map((one) => say.say(`security.head.${one}`));
