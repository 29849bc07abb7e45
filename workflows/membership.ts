import { allHandlersFinished, condition, continueAsNew, defineUpdate, getExternalWorkflowHandle, setHandler, workflowInfo } from '@temporalio/workflow';
import type { MembershipAnswer } from '../activities/membership.ts';
import { isOver } from '../domain/lifecycle/lifecycle.ts';
import { membershipLifecycle, type MembershipState } from '../domain/lifecycle/membership.ts';
import { erasureMoment, membershipAlarms, type MembershipAlarm, type WatchedDocument, type WatchedOverride } from '../domain/membership-schedule.ts';
import type { StepInput } from '../steps/step.ts';
import { followAlarms } from './alarms.ts';
import { payoutsReviewed, type MembershipInput } from './messages.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openOutbox } from './outbox.ts';
import { local } from './proxies.ts';
import { onlyWhen } from './refuse.ts';
import { standingTeller } from './standing.ts';

const personSteps = ['acceptCandidature', 'refuseCandidature', 'withdrawCandidature', 'sendDocument', 'acceptDocument', 'refuseDocument', 'overrideDocument', 'blockMember', 'unblockMember', 'eraseMember'] as const;

const inWords: Record<MembershipState, string> = {
  candidate: 'Staff study the candidature.',
  active: 'Active member.',
  blocked: 'Blocked by staff.',
  refused: 'Refused: what it said is erased when its time is over.',
  erased: 'Erased.',
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
  let overrides: readonly WatchedOverride[] = input.carried?.overrides ?? [];
  let eraseAt: number | null = input.carried?.eraseAt ?? null; // none for those refused before candidatures were erased from here
  const telling: Promise<void>[] = [];
  let version = 0;
  const rung = new Set<string>(); // alarms of this run already heard: a moved state counts the others again, not these

  const alarms = (): MembershipAlarm[] => membershipAlarms(state, terms, since, { documents, overrides, eraseAt }).filter((alarm) => !rung.has(nameOf(alarm)));
  const stand = (): void => {
    const next = alarms().find(({ at }) => at > Date.now());
    const watched = documents.map(({ kind, expiresOn }) => `${kind} until ${expiresOn}`).join(', ');
    tellStanding({ stage: state, nextDeadline: next?.at ?? null, details: `**${handle}** · ${inWords[state]}${watched ? ` Documents: ${watched}.` : ''}` });
  };
  const follow = (answer: MembershipAnswer): void => {
    outbox.add(answer.mailIds);
    ({ state, documents } = answer);
    overrides = answer.overrides ?? [];
    eraseAt = answer.eraseAt ?? eraseAt;
    for (const { ref, payoutsToSend } of answer.reviewed ?? []) {
      telling.push(getExternalWorkflowHandle(`client-invoice/${ref}`).signal(payoutsReviewed, { payoutsToSend }).catch(() => undefined));
    }
    version += 1;
    stand();
  };

  for (const step of personSteps) {
    const run = async ({ submissionId }: StepInput): Promise<{ state: MembershipState }> => {
      await inTurn(async () => follow(await local[step]({ memberId, submissionId, at: Date.now(), eraseAt: erasureMoment(Date.now(), terms) })));
      return { state };
    };
    setHandler(defineUpdate<{ state: MembershipState }, [StepInput]>(step), run, { validator: onlyWhen(membershipLifecycle, () => state, step) });
  }

  stand();
  outbox.add(input.mailIds);
  const ended = (): boolean => isOver(membershipLifecycle, state) || (state === 'refused' && eraseAt === null);
  await followAlarms<MembershipAlarm>({
    version: () => version,
    over: () => ended() || workflowInfo().continueAsNewSuggested,
    alarms,
    async ring(alarm) {
      rung.add(nameOf(alarm));
      const clock = { memberId, documentId: alarm.documentId ?? '', times: alarm.times, at: Date.now() };
      if (alarm.kind === 'study') outbox.add((await local.remindStudy(clock)).mailIds);
      else if (alarm.kind === 'expiring') outbox.add((await local.announceExpiry(clock)).mailIds);
      else if (alarm.kind === 'expires') await inTurn(async () => follow(await local.expireDocument(clock)));
      else if (alarm.kind === 'overrideEnds') await inTurn(async () => follow(await local.endOverride(clock)));
      else await inTurn(async () => follow(await local.eraseCandidature(clock)));
      stand();
    },
    summary: (alarm) => inShort(alarm, documents),
  });

  await outbox.emptied();
  await condition(allHandlersFinished);
  await Promise.all(telling);
  if (!ended()) await continueAsNew<typeof membership>({ ...input, mailIds: [], carried: { state, since, documents, overrides, eraseAt } });
  return { state };
}

const nameOf = ({ kind, times, documentId }: MembershipAlarm): string => `${kind}/${documentId ?? ''}/${times}`;

function inShort({ kind, times, documentId }: MembershipAlarm, documents: readonly WatchedDocument[]): string {
  if (kind === 'study') return `candidature to study: reminder ${times}`;
  if (kind === 'erase') return 'the refused candidature is erased';
  if (kind === 'overrideEnds') return 'payment without a document is no longer let through';
  const document = documents.find(({ id }) => id === documentId);
  return kind === 'expiring' ? `${document?.kind ?? 'document'} expires in ${times} days: tell the member` : `${document?.kind ?? 'document'} expires`;
}
