import { setTimeout as pause } from 'node:timers/promises';

interface Running {
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Starts a server and, should it end without being asked to, starts it again, waiting longer each time (1 s to 30 s).
 * @throws whatever the first start throws.
 */
export async function keepUp<Server extends Running>(name: string, start: () => Promise<Server>, say: (line: string) => void): Promise<{ first: Server; stop(): Promise<void> }> {
  const stopping = new AbortController();
  const first = await start();
  let current: Running | null = first;
  const watch = async (): Promise<void> => {
    for (let wait = 1_000; ; wait = Math.min(wait * 2, 30_000)) {
      if (current) {
        await current.ended;
        current = null;
      }
      if (stopping.signal.aborted) return;
      say(`${name} stopped unexpectedly; starting it again.`);
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        current = await start();
        wait = 1_000;
      } catch (cause) {
        say(String(cause));
      }
    }
  };
  const watching = watch();
  return {
    first,
    stop: async () => {
      stopping.abort();
      await current?.stop();
      await watching;
      // It may have been on its way up when we asked.
      await (current)?.stop();
    },
  };
}
