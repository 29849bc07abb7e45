import { endSessions, openSessions } from '../../database/staff-sessions.ts';
import { byStaff } from '../by-staff.ts';
import { sessionCells, sessionHead } from './session-rows.ts';
import type { ConsolePage } from './page.ts';

/** S5: who is signed in to the console, and from where; administrators end what should not be open. */
export const staffSessionsPage: ConsolePage = {
  name: 'staffSessions',
  icon: 'Monitor',
  title: ({ say }) => say.say('staffSessions.title'),
  blocks: async (asked) => {
    const { deps: { db }, say, sessionId } = asked;
    const sessions = await openSessions(db, Date.now());
    return [
      { kind: 'text', text: say.say('staffSessions.intro') },
      {
        kind: 'table', head: [say.say('staffSessions.who'), ...sessionHead(asked)], empty: say.say('security.noSessions'),
        rows: sessions.map((one) => ({
          cells: [{ text: one.staff?.name ?? '', href: `/console/pages/staff?person=${one.staffId}`, detail: say.say(`role.${one.staff?.role}`) }, ...sessionCells(asked, one)],
          deeds: one.sid === sessionId ? [] : [{ act: 'end', label: say.say('security.end'), values: { id: one.id }, confirm: say.say('staffSessions.confirm', { name: one.staff?.name ?? '' }), tone: 'bad' }],
        })),
      },
    ];
  },
  acts: {
    end: async ({ deps, staff, values, say }) => {
      await endSessions(deps.db, { id: typeof values.id === 'string' ? values.id : '' }, byStaff(staff), Date.now());
      return { message: say.say('security.ended') };
    },
  },
};
