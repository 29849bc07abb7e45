import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import * as steps from '../../steps/membership-steps.ts';
import { perform } from '../../steps/perform.ts';
import type { Step } from '../../steps/step.ts';
import { complianceBlocks } from './compliance/list.ts';
import { documentBlocks, documentOf } from './compliance/document.ts';
import { memberBlocks, memberOf } from './compliance/member.ts';
import type { Asked, ConsolePage, Done, PageAct } from './page.ts';

type Values = Readonly<Record<string, unknown>>;

/** M4: documents to check, what is missing and what it holds back, members blocked, documents let through. */
export const compliancePage: ConsolePage = {
  name: 'compliance',
  icon: 'Shield',
  title: async (asked) => {
    if (asked.query.document) return asked.say.say('compliance.documentTitle', { name: (await documentOf(asked)).member.name });
    return asked.query.member ? (await memberOf(asked)).name : asked.say.say('compliance.title');
  },
  blocks: async (asked) => {
    if (asked.query.document) return documentBlocks(asked, await documentOf(asked));
    return asked.query.member ? memberBlocks(asked, await memberOf(asked)) : complianceBlocks(asked);
  },
  acts: {
    acceptDocument: check(steps.acceptDocument, ({ expiresOn, verification }) => ({ expiresOn: expiresOn || null, verification })),
    refuseDocument: check(steps.refuseDocument, ({ reason }) => ({ reason })),
    override: onMember(steps.overrideDocument, ({ kind, reason, until }) => ({ kind, reason, until })),
    block: onMember(steps.blockMember, ({ reason }) => ({ reason })),
    unblock: onMember(steps.unblockMember, ({ reason }) => ({ reason })),
  },
};

/** An act on the document of the address: then back to those that wait. */
function check(step: Step<unknown>, payloadOf: (values: Values) => object): PageAct {
  return async (asked): Promise<Done> => {
    const { id, member } = await documentOf(asked);
    await ask(asked, step, member.handle, { documentId: id, ...payloadOf(asked.values) });
    return { message: asked.say.say(`compliance.done.${step.name}`, { name: member.name }), redirect: '/console/pages/compliance' };
  };
}

function onMember(step: Step<unknown>, payloadOf: (values: Values) => object): PageAct {
  return async (asked): Promise<Done> => {
    const { handle, name } = await memberOf(asked);
    await ask(asked, step, handle, payloadOf(asked.values));
    return { message: asked.say.say(`compliance.done.${step.name}`, { name }) };
  };
}

async function ask({ deps, staff, key }: Asked & { key: string }, step: Step<unknown>, handle: string, payload: object): Promise<void> {
  if (!mayDo(staff.role, step.name)) throw new Problem('not_allowed', `${staff.role} may not ${step.name}`);
  await perform(deps, { step, subject: `membership/${handle}`, person: { kind: 'staff', id: staff.id }, key, payload, context: {} });
}
