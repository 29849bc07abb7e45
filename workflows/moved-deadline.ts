import type { Alarm } from '../domain/stage-schedule.ts';

interface Moved { readonly rings: boolean }

/** S3: a deadline that staff move later, to now or count again, in its turn; what is moved to now rings what would have come next. */
export async function moveDeadline<Rung extends Pick<Alarm, 'at'>, Answer extends Moved>(
  clock: { inTurn(act: () => Promise<void>): Promise<void>; alarms(): readonly Rung[]; ring(alarm: Rung): Promise<void> }, step: () => Promise<Answer>, follow: (answer: Answer) => void,
): Promise<void> {
  const next = clock.alarms().find(({ at }) => at > Date.now());
  let rings = false;
  await clock.inTurn(async () => {
    const answer = await step();
    ({ rings } = answer);
    follow(answer);
  });
  if (rings && next) await clock.ring(next);
}
