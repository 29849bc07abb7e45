import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export interface Child {
  /** Resolves when the process first says that it is ready; rejects when it cannot get there. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/** Failed starts in a row, before it was ever ready, after which we give up. */
const attempts = 3;

/**
 * Runs one of our own processes and starts it again when it breaks, waiting longer each time (0.5 s to 30 s).
 * It is asked to stop by closing its channel, which also happens when we are killed.
 */
export function keepRunning(options: {
  name: string;
  entry: string;
  args?: readonly string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  pidFile: string;
  say: (line: string) => void;
}): Child {
  let child: ChildProcess | undefined;
  let ended: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();
  let everReady = false;

  const ready = new Promise<void>((resolve, reject) => {
    const run = async (): Promise<void> => {
      let wait = 500;
      for (let failures = 0; !stopping.signal.aborted; ) {
        const started = Date.now();
        const process_ = begin(options);
        child = process_;
        ended = new Promise((done) => process_.once('exit', done));
        process_.on('message', (message) => {
          if (message !== 'ready') return;
          everReady = true;
          resolve();
        });
        await ended;
        rmSync(options.pidFile, { force: true });
        if (stopping.signal.aborted) return;
        if (!everReady && ++failures >= attempts) {
          return reject(new Error(`${options.name} does not start. The end of ${options.logFile}:\n${readFileSync(options.logFile, 'utf8').slice(-3000)}`));
        }
        wait = Date.now() - started > 60_000 ? 500 : Math.min(wait * 2, 30_000);
        options.say(`${options.name} stopped unexpectedly (see ${options.logFile}); starting it again in ${wait / 1000} s.`);
        await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    };
    run().catch(reject);
  });
  return {
    ready,
    stop: async () => {
      stopping.abort();
      if (child?.connected) child.disconnect();
      await ended;
    },
  };
}

function begin(options: Parameters<typeof keepRunning>[0]): ChildProcess {
  const log = openSync(options.logFile, 'a');
  // A group of its own keeps Ctrl-C in the terminal from reaching everyone at once: we stop them in order.
  const child = fork(options.entry, options.args ?? [], {
    execArgv: process.execArgv,
    env: options.env,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  if (child.pid) writeFileSync(options.pidFile, String(child.pid));
  return child;
}
