import { z } from 'zod';
import { confirmEmail, giveUpEmail, stopEmail } from '../../database/email-change/answer.ts';
import { askEmail } from '../../database/email-change/ask.ts';
import type { Deed } from '../../database/email-change/person.ts';
import type { Deps } from '../../deps.ts';
import { mayStopEmail, stopEmailWithin } from '../../domain/email-change.ts';
import { Problem } from '../../domain/problem.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

const address = z.email().max(200);

/** M2, C6: the address somebody signs in with and is written to, and another one they ask for. */
export const emailPage: Page = {
  template: 'email',
  async show(deps, access) {
    const { person } = deedOf(access);
    const now = new Date();
    const theirs = { personKind: person.kind, personId: person.id };
    const [email, asked] = await Promise.all([
      addressOf(deps, access), deps.db.emailChange.findFirst({ where: { ...theirs, state: 'asked', expiresAt: { gt: now } }, select: { id: true, email: true, expiresAt: true } }),
    ]);
    return { title: '', email, asked };
  },
  acts: {
    async askEmail(deps, access, body, key) {
      const email = address.safeParse(text(body, 'email').toLowerCase());
      if (!email.success) throw new Problem('form_invalid', 'no address', { fields: 'email' });
      const { mailIds } = await askEmail(deps.db, deps.secret, deedOf(access), email.data, key);
      for (const id of mailIds) sendQueuedMail(deps, id);
      return { notice: 'emailAsked' };
    },
    async giveUpEmail(deps, access, body) {
      await giveUpEmail(deps.db, deedOf(access), text(body, 'changeId'));
      return { notice: 'emailGivenUp' };
    },
  },
};

/** M2, C6: behind the link sent to the new address. */
export const confirmEmailPage: Page = {
  template: 'email-confirm',
  async show(deps, access) {
    const change = await changeOf(deps, access);
    return { title: '', ...change, open: change.state === 'asked' && change.expiresAt.getTime() > Date.now() };
  },
  acts: {
    async confirmEmail(deps, access) {
      const { mailIds } = await confirmEmail(deps.db, deps.secret, deedOf(access), access.subjectId ?? '');
      for (const id of mailIds) sendQueuedMail(deps, id);
      return { notice: 'emailConfirmed' };
    },
  },
};

/** M2, C6: behind the link sent to the former address. */
export const stopEmailPage: Page = {
  template: 'email-stop',
  async show(deps, access) {
    const change = await changeOf(deps, access);
    return { title: '', ...change, mayStop: mayStopEmail(change, Date.now()), stopUntil: change.confirmedAt && new Date(change.confirmedAt.getTime() + stopEmailWithin) };
  },
  acts: {
    async stopEmail(deps, access) {
      await stopEmail(deps.db, deedOf(access), access.subjectId ?? '');
      return { notice: 'emailStopped' };
    },
  },
};

/** @throws Problem `not_found` for anybody but a client or a member */
function deedOf(access: Access): Deed {
  const { kind, id } = access.person;
  if ((kind !== 'client' && kind !== 'member') || !id) throw new Problem('not_found', 'clients and members only');
  return { person: { kind, id }, by: { kind, id, name: access.name }, at: Date.now() };
}

async function addressOf(deps: Deps, access: Access): Promise<string> {
  const { kind, id } = deedOf(access).person;
  const row = kind === 'member' ? await deps.db.member.findUniqueOrThrow({ where: { id }, select: { email: true } }) : await deps.db.clientUser.findUniqueOrThrow({ where: { id }, select: { email: true } });
  return row.email;
}

async function changeOf(deps: Deps, access: Access) {
  const { kind, id } = deedOf(access).person;
  const change = await deps.db.emailChange.findFirst({ where: { id: access.subjectId ?? '', personKind: kind, personId: id }, select: { state: true, email: true, formerEmail: true, expiresAt: true, confirmedAt: true } });
  if (!change) throw new Problem('not_found', 'no such change of theirs');
  return change;
}
