import type { Deps } from '../../deps.ts';

/** What posting a message works with. */
export function postingWith(deps: Deps) {
  return { db: deps.db, temporal: deps.temporal, taskQueue: deps.config.taskQueue, late: (cause: unknown) => deps.log.warn({ err: cause }, 'those away will be told of this message later') };
}
