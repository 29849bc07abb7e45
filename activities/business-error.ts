import { ApplicationFailure } from '@temporalio/common';
import { Problem } from '../domain/problem.ts';

/** A rule that said no will say no again: it is not retried, and its code travels to the person. Everything else is retried. */
export function asFailure(cause: unknown): unknown {
  if (!(cause instanceof Problem)) return cause;
  return ApplicationFailure.create({ type: 'Problem', message: cause.message, nonRetryable: true, details: [cause.code, { ...cause.details }] });
}

type Activity = (input: never) => Promise<unknown>;

/** Wraps a group of activities so that a `Problem` reaches the workflow as a typed, non-retryable failure. */
export function withBusinessErrors<Group extends Record<string, Activity>>(group: Group): Group {
  const wrapped = Object.entries(group).map(([name, run]) => [
    name,
    async (input: never) => {
      try {
        return await run(input);
      } catch (cause) {
        throw asFailure(cause);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as Group;
}
