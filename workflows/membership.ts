import { allHandlersFinished, condition, continueAsNew, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';
import type { MembershipAnswer } from '../activities/membership.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import { membershipLifecycle, type MembershipState } from '../domain/lifecycle/membership.ts';
import { membershipAlarms, type MembershipAlarm, type WatchedDocument } from '../domain/membership-schedule.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import type { MembershipInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';

const personSteps = ['acceptCandidature', 'refuseCandidature', 'sendDocument', 'acceptDocument', 'refuseDocument', 'blockMember', 'unblockMember'] as const;

const inWords: Record<MembershipState, string> = {
  candidate: 'Staff study the candidature.',
  active: 'Active member.',
  blocked: 'Blocked by staff.',
  refused: 'Refused.',
};

/** M1, M4: one person, from their candidature onwards: the study and its reminders, then the documents that keep them in good standing. */
export async function membership(input: MembershipInput): Promise<{ state: MembershipState }> {
  const { memberId, handle, terms } = input;
  const outbox = openOutbox();
  const inTurn = oneAtATime();
  const tellStanding = standingTeller();
  const since = input.carried?.since ?? Date.now();
  let state: MembershipState = input.carried?.state ?? membershipLifecycle.initial;
  let documents: readonly WatchedDocument[] = input.carried?.documents ?? [];
  let version = 0;
  const rung = new Set<string>(); // alarms of this run already heard: a moved state counts the others again, not these

  const alarms = (): MembershipAlarm[] => membershipAlarms(state, terms, since, documents).filter((alarm) => !rung.has(nameOf(alarm)));
  const stand = (): void => {
    const next = alarms().find(({ at }) => at > Date.now());
    const watched = documents.map(({ kind, expiresOn }) => `${kind} until ${expiresOn}`).join(', ');
    tellStanding({ stage: state, nextDeadline: next?.at ?? null, details: `**${handle}** · ${inWords[state]}${watched ? ` Documents: ${watched}.` : ''}` });
  };
  const follow = (answer: MembershipAnswer): void => {
    outbox.add(answer.mailIds);
    ({ state, documents } = answer);
    version += 1;
    stand();
  };

  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: MembershipState }> => {
      await inTurn(async () => follow(await local[step]({ memberId, submissionId, at: Date.now() })));
      return { state };
    };
    setHandler(defineUpdate<{ state: MembershipState }, [StepInput]>(step), run, { validator: onlyWhen(membershipLifecycle, () => state, step) });
  }

  stand();
  outbox.add(input.mailIds);
  const ended = (): boolean => isOver(membershipLifecycle, state);
  await followAlarms<MembershipAlarm>({
    version: () => version,
    over: () => ended() || workflowInfo().continueAsNewSuggested,
    alarms,
    async ring(alarm) {
      rung.add(nameOf(alarm));
      const clock = { memberId, documentId: alarm.documentId ?? '', times: alarm.times, at: Date.now() };
      if (alarm.kind === 'study') outbox.add((await local.remindStudy(clock)).mailIds);
      else if (alarm.kind === 'expiring') outbox.add((await local.announceExpiry(clock)).mailIds);
      else await inTurn(async () => follow(await local.expireDocument(clock)));
      stand();
    },
    summary: (alarm) => inShort(alarm, documents),
  });

  await outbox.emptied();
  await condition(allHandlersFinished);
  if (!ended()) await continueAsNew<typeof membership>({ ...input, mailIds: [], carried: { state, since, documents } });
  return { state };
}

const nameOf = ({ kind, times, documentId }: MembershipAlarm): string => `${kind}/${documentId ?? ''}/${times}`;

function inShort({ kind, times, documentId }: MembershipAlarm, documents: readonly WatchedDocument[]): string {
  if (kind === 'study') return `candidature to study: reminder ${times}`;
  const document = documents.find(({ id }) => id === documentId);
  return kind === 'expiring' ? `${document?.kind ?? 'document'} expires in ${times} days: tell the member` : `${document?.kind ?? 'document'} expires`;
}
