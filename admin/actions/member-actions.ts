import { obligatoryKinds } from '../../domain/vigilance.ts';
import { membershipLifecycle } from '../../domain/lifecycle/membership.ts';
import * as steps from '../../steps/membership-steps.ts';
import type { Step } from '../../steps/step.ts';
import type { ConsoleStep, Field } from './console-step.ts';

const reason: Field = { name: 'reason', kind: 'long', required: true };

/** M1, M4: candidatures, documents, blocking. */
export const memberActions: readonly ConsoleStep[] = [
  member(steps.acceptCandidature, 'Check', () => Promise.resolve([{ name: 'message', kind: 'long' }])),
  member(steps.refuseCandidature, 'X', () => Promise.resolve([reason])),
  member(steps.acceptDocument, 'FileText', async (deps, id, say) => [
    { name: 'documentId', kind: 'choice', required: true, options: await documentsToCheck(deps, id, say) }, { name: 'expiresOn', kind: 'date' },
  ]),
  member(steps.refuseDocument, 'FileMinus', async (deps, id, say) => [{ name: 'documentId', kind: 'choice', required: true, options: await documentsToCheck(deps, id, say) }, reason]),
  member(steps.overrideDocument, 'Shield', (_deps, _id, say) => Promise.resolve([
    { name: 'kind', kind: 'choice', required: true, options: obligatoryKinds.map((kind) => ({ value: kind, label: say.say(`kind.${kind}`) })) }, reason, { name: 'until', kind: 'date', required: true },
  ])),
  member(steps.blockMember, 'Lock', () => Promise.resolve([reason])),
  member(steps.unblockMember, 'Unlock', () => Promise.resolve([reason])),
];

function member(step: Step<never> | Step<unknown>, icon: string, fields: ConsoleStep['fields']): ConsoleStep {
  return { step: step, icon, fields, readsAmounts: true, stateField: 'state', lifecycle: membershipLifecycle, subject: (params) => `membership/${params.handle}` };
}

async function documentsToCheck(deps: Parameters<NonNullable<ConsoleStep['fields']>>[0], memberId: string, say: Parameters<NonNullable<ConsoleStep['fields']>>[2]) {
  const documents = await deps.db.memberDocument.findMany({ where: { memberId, state: 'to_check' } });
  return documents.map(({ id, kind, fileName }) => ({ value: id, label: `${say.say(`kind.${kind}`)} — ${fileName}` }));
}
