import type { Logger } from 'pino';

/** How long a process may take to finish what it is doing, in ms. */
const patience = 15_000;

/**
 * Runs `close` once when the process is asked to stop, by a signal or because the start that began it has gone (its channel closed),
 * then exits; exits anyway when closing takes too long.
 */
export function onShutdown(log: Logger, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => {
      log.error('still busy: exiting anyway');
      process.exit(1);
    }, patience).unref();
    close().then(
      () => process.exit(0),
      (cause: unknown) => {
        log.error({ err: cause }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('disconnect'));
}
