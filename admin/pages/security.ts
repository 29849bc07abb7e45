import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, renewRecoveryCodes, waitingKey } from '../../database/second-factor.ts';
import { sendPasswordLink } from '../../database/staff-password-links.ts';
import { endSessions, openSessions } from '../../database/staff-sessions.ts';
import { Problem } from '../../domain/problem.ts';
import { sendQueuedMail } from '../../web/send-queued-mail.ts';
import { askPasswordAgain } from '../own-password.ts';
import { byStaff } from '../by-staff.ts';
import type { Block, PageField } from './blocks.ts';
import type { Asked, ConsolePage, Done, PageAct } from './page.ts';
import { qrPage } from './qr.ts';
import { sessionCells, sessionHead } from './session-rows.ts';

const text = (held: unknown): string => (typeof held === 'string' ? held : '');

/** S5: one's own second factor, recovery codes, password and sessions. */
export const securityPage: ConsolePage = {
  name: 'security',
  icon: 'Lock',
  title: ({ say }) => say.say('security.title'),
  blocks: async (asked) => [...(await factorBlocks(asked)), ...passwordBlocks(asked), ...(await sessionBlocks(asked))],
  acts: {
    begin: async (asked) => {
      await askPasswordAgain(asked, asked.values.password);
      await beginSecondFactor(asked.deps.db, asked.deps.secret, asked.staff.id, Date.now());
      return { message: asked.say.say('security.begun') };
    },
    confirm: withCodes((asked, whose) => confirmSecondFactor(asked.deps.db, asked.deps.secret, { ...whose, code: text(asked.values.code) }), 'security.on'),
    renew: withCodes(async (asked, whose) => {
      await askPasswordAgain(asked, asked.values.password);
      return renewRecoveryCodes(asked.deps.db, asked.deps.secret, whose);
    }, 'security.renewed'),
    turnOff: async (asked) => {
      const reason = text(asked.values.reason).trim();
      if (reason.length < 3) throw new Problem('reason_missing', 'no reason');
      await askPasswordAgain(asked, asked.values.password);
      await removeSecondFactor(asked.deps.db, { ...(await whoAsks(asked)), reason });
      return { message: asked.say.say('security.off') };
    },
    passwordLink: async ({ deps, staff, key, say }) => {
      sendQueuedMail(deps, await sendPasswordLink(deps.db, deps.secret, { form: key, staffId: staff.id, by: byStaff(staff), at: Date.now() }));
      return { message: say.say('security.linkSent', { email: staff.email }) };
    },
    endOne: async ({ deps, staff, values, say }) => {
      await endSessions(deps.db, { id: text(values.id), staffId: staff.id }, byStaff(staff), Date.now());
      return { message: say.say('security.ended') };
    },
    endOthers: async ({ deps, staff, sessionId, say }) => {
      await endSessions(deps.db, { staffId: staff.id, exceptSid: sessionId ?? '' }, byStaff(staff), Date.now());
      return { message: say.say('security.othersEnded') };
    },
  },
};

const whoAsks = async ({ deps, staff }: Asked) => ({ staff: await deps.db.staff.findUniqueOrThrow({ where: { id: staff.id }, select: { id: true, handle: true } }), by: byStaff(staff), at: Date.now() });

/** What brings new recovery codes shows them above the page, this once. */
function withCodes(act: (asked: Parameters<PageAct>[0], whose: Awaited<ReturnType<typeof whoAsks>>) => Promise<readonly string[]>, message: string): PageAct {
  return async (asked): Promise<Done> => {
    const codes = await act(asked, await whoAsks(asked));
    const { say } = asked;
    return { message: say.say(message), shown: [{ kind: 'heading', text: say.say('security.codes') }, { kind: 'text', text: say.say('security.codesOnce'), tone: 'strong' }, { kind: 'pre', text: codes.join('\n') }] };
  };
}

async function factorBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db, secret }, staff, say } = asked;
  const password: PageField = { name: 'password', kind: 'password', required: true, label: say.say('security.password') };
  const heading: Block = { kind: 'heading', text: say.say('security.factor') };
  const [factor, left] = await Promise.all([
    db.staffSecondFactor.findUnique({ where: { staffId: staff.id } }), db.staffRecoveryCode.count({ where: { staffId: staff.id, usedAt: null } }),
  ]);
  const begin = (button: string): Block => ({ kind: 'form', method: 'post', act: 'begin', title: button, button, fields: [password] });
  if (factor?.confirmedAt) {
    return [
      heading,
      { kind: 'text', text: say.say('security.factorOn', { since: factor.confirmedAt.toISOString(), left, few: left <= 3 }), tone: 'good' },
      { kind: 'columns', columns: [
        [{ kind: 'form', method: 'post', act: 'renew', title: say.say('security.renew'), button: say.say('security.renewButton'), consequence: say.say('security.renewConsequence'), fields: [password] }],
        [{ kind: 'form', method: 'post', act: 'turnOff', title: say.say('security.turnOff'), button: say.say('security.turnOffButton'), consequence: say.say('security.turnOffConsequence'), fields: [password, { name: 'reason', kind: 'text', required: true, label: say.say('security.reason') }] }],
      ] },
    ];
  }
  const key = await waitingKey(db, secret, { id: staff.id, email: staff.email });
  if (!key) return [heading, { kind: 'text', text: say.say('security.factorNone') }, begin(say.say('security.begin'))];
  return [
    heading,
    { kind: 'columns', columns: [
      [{ kind: 'text', text: say.say('security.scan') }, { kind: 'frame', title: say.say('security.qr'), html: qrPage(key.address, say.say('security.qr')), width: 260, height: 260 }],
      [
        { kind: 'text', text: say.say('security.orType') }, { kind: 'pre', text: key.typed },
        { kind: 'form', method: 'post', act: 'confirm', title: say.say('security.confirm'), button: say.say('security.confirmButton'), fields: [{ name: 'code', kind: 'text', required: true, label: say.say('security.code'), help: say.say('security.codeHelp') }] },
      ],
    ] },
    { kind: 'details', summary: say.say('security.otherKey'), blocks: [begin(say.say('security.otherKeyButton'))] },
  ];
}

function passwordBlocks({ say, staff }: Asked): Block[] {
  return [
    { kind: 'heading', text: say.say('security.passwordTitle') },
    { kind: 'form', method: 'post', act: 'passwordLink', button: say.say('security.passwordButton'), consequence: say.say('security.passwordConsequence', { email: staff.email }), fields: [] },
  ];
}

async function sessionBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, staff, say, sessionId } = asked;
  const sessions = await openSessions(db, Date.now(), staff.id);
  const others = sessions.filter(({ sid }) => sid !== sessionId);
  return [
    { kind: 'heading', text: say.say('security.sessions') },
    {
      kind: 'table', head: sessionHead(asked), empty: say.say('security.noSessions'),
      rows: sessions.map((one) => ({ cells: sessionCells(asked, one), deeds: one.sid === sessionId ? [] : [{ act: 'endOne', label: say.say('security.end'), values: { id: one.id } }] })),
    },
    ...(others.length > 0 ? [{ kind: 'form', method: 'post', act: 'endOthers', button: say.say('security.endOthers'), consequence: say.say('security.endOthersConsequence', { count: others.length }), fields: [] } as const] : []),
  ];
}
