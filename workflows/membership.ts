import { allHandlersFinished, condition, continueAsNew, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';
import type { MembershipAnswer } from '../activities/membership.ts';
import { afterDelay } from '../domain/calendar.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import { membershipLifecycle, type MembershipState } from '../domain/lifecycle/membership.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import type { MembershipInput } from './messages.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';

const personSteps = ['acceptCandidature', 'refuseCandidature', 'sendDocument', 'acceptDocument', 'refuseDocument', 'blockMember', 'unblockMember'] as const;

interface MembershipAlarm { readonly at: number; readonly kind: 'study' | 'document'; readonly times: number; readonly documentId: string }

const inWords: Record<MembershipState, string> = {
  candidate: 'Staff study the candidature.', active: 'Active.', blocked: 'Blocked by staff.', refused: 'Refused.',
};
const day = 86_400_000;

/** M1, M4: from the candidature onwards, with the expiry of each document. */
export async function membership(input: MembershipInput): Promise<{ state: MembershipState }> {
  const { memberId, handle, terms } = input;
  const outbox = openOutbox();
  const tellStanding = standingTeller();
  let standing: MembershipAnswer = { state: membershipLifecycle.initial, mailIds: [], expiries: [] };
  let version = 0;
  const since = input.since ?? Date.now();

  const stand = (): void =>
    tellStanding({ stage: standing.state, nextDeadline: standing.expiries[0]?.at ?? null, details: `**${handle}** · ${inWords[standing.state]}` });
  const follow = (answer: MembershipAnswer): void => {
    outbox.add(answer.mailIds);
    standing = answer;
    version += 1;
    stand();
  };
  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: MembershipState }> => {
      follow(await local[step]({ memberId, submissionId, at: Date.now() }));
      return { state: standing.state };
    };
    setHandler(defineUpdate<{ state: MembershipState }, [StepInput]>(step), run, { validator: onlyWhen(membershipLifecycle, () => standing.state, step) });
  }

  const alarms = (): MembershipAlarm[] => {
    if (standing.state === 'candidate') {
      return terms.studyReminders.map((delay, index) => ({ at: afterDelay(new Date(since), delay).getTime(), kind: 'study', times: index + 1, documentId: '' }));
    }
    const notices = standing.expiries.flatMap(({ documentId, at }) =>
      [...terms.expiryNoticeDays, 0].map((days): MembershipAlarm => ({ at: at - days * day, kind: 'document', times: days, documentId })),
    );
    return notices.sort((a, b) => a.at - b.at);
  };

  follow(await local.readMembership({ memberId }));
  outbox.add(input.mailIds);
  const ended = (): boolean => isOver(membershipLifecycle, standing.state);
  await followAlarms<MembershipAlarm>({
    version: () => version,
    over: () => ended() || workflowInfo().continueAsNewSuggested,
    alarms,
    async ring(alarm) {
      if (alarm.kind === 'study') {
        outbox.add((await local.remindStudy({ memberId, times: alarm.times, at: Date.now() })).mailIds);
        return;
      }
      const answer = await local.documentExpires({ memberId, documentId: alarm.documentId, daysBefore: alarm.times, at: Date.now() });
      // Only an expiry changes what is still to come: a notice must not count its own list again.
      if (alarm.times === 0) follow(answer);
      else outbox.add(answer.mailIds);
    },
    summary: (alarm) => (alarm.kind === 'study' ? `study: reminder ${alarm.times}` : `a document expires in ${alarm.times} days`),
  });
  await outbox.emptied();
  await condition(allHandlersFinished);
  if (!ended()) await continueAsNew<typeof membership>({ ...input, mailIds: [], since });
  return { state: standing.state };
}
