import { findMates } from '../../database/member/find-mates.ts';
import type { Deps } from '../../deps.ts';
import { missingInFirstMessage } from '../../domain/first-message.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/project-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Access, Act } from '../page.ts';
import { readableProject } from './readable-project.ts';

type Body = Readonly<Record<string, unknown>>;

/** M6: applying, alone or as a team, and what one may change of it until the client has chosen. */
export const applicationActs = {
  async apply(deps, access, body, key) {
    const { ref } = await readableProject(deps, access);
    await askStep(deps, access, key, steps.apply, `project/${ref}`, { message: firstMessage(body), mateIds: await matesIn(deps, access, body) });
    return { notice: 'applied' };
  },
  async answerInvitation(deps, access, body, key) {
    const { ref } = await readableProject(deps, access);
    const interested = text(body, 'answer') === 'interested';
    const payload = { interested, message: interested ? firstMessage(body) : text(body, 'message'), mateIds: interested ? await matesIn(deps, access, body) : [] };
    await askStep(deps, access, key, steps.answerInvitation, `project/${ref}`, payload);
    return { notice: interested ? 'applied' : 'answered' };
  },
  async inviteMates(deps, access, body, key) {
    const { ref } = await readableProject(deps, access);
    const mateIds = await matesIn(deps, access, body);
    if (mateIds.length === 0) throw new Problem('form_invalid', 'nobody named', { fields: 'mates' });
    await askStep(deps, access, key, steps.inviteMates, `project/${ref}`, { mateIds });
    return { notice: 'matesInvited' };
  },
  async dropMate(deps, access, body, key) {
    const { ref } = await readableProject(deps, access);
    await askStep(deps, access, key, steps.dropMate, `project/${ref}`, { memberId: text(body, 'memberId') });
    return { notice: 'mateDropped' };
  },
  async withdrawApplication(deps, access, _body, key) {
    const { ref } = await readableProject(deps, access);
    await askStep(deps, access, key, steps.withdrawApplication, `project/${ref}`, {});
    return { notice: 'applicationWithdrawn' };
  },
} as const satisfies Record<string, Act>;

/** A first message says why (M6). */
function firstMessage(body: Body): string {
  const message = text(body, 'message');
  const missing = missingInFirstMessage(message);
  if (missing > 0) throw new Problem('message_short', `the first message lacks ${missing} characters`, { missing, fields: 'message' });
  return message;
}

function matesIn(deps: Deps, access: Access, body: Body): Promise<string[]> {
  return findMates(deps.db, text(body, 'mates'), access.person.id);
}
