import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';

/** A server program that runs beside us and never outlives us. */
export interface Leashed {
  readonly process: ChildProcess;
  /** Resolves with the exit code once the program has ended, for whatever reason. */
  readonly ended: Promise<number | null>;
  /** Asks the program to stop and waits until it has. */
  stop(): Promise<void>;
}

// The shell keeps the read end of a pipe whose other end only we hold. When that closes, because we let go or because we were killed,
// it stops the program. The group of its own keeps a Ctrl-C in the terminal from reaching the program before its users have stopped.
const script = `
signal="$1"; pidfile="$2"; shift 2
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
if [ -n "$pidfile" ]; then echo "$program" > "$pidfile"; fi
( while read -r _ <&3; do :; done; kill -s "$signal" "$program" ) 2>/dev/null &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

/**
 * Starts `command` so that it ends with us, however we end.
 * `signal` is what asks it to stop; output goes to the end of `logFile`, the program's number into `pidFile`.
 */
export function onLeash(
  command: readonly string[],
  options: { signal: 'INT' | 'TERM'; logFile: string; pidFile?: string; uid?: number; gid?: number; env?: NodeJS.ProcessEnv },
): Leashed {
  const log = openSync(options.logFile, 'a');
  const child = spawn('/bin/sh', ['-c', script, 'leash', options.signal, options.pidFile ?? '', ...command], {
    stdio: ['pipe', log, log],
    detached: true,
    cwd: '/',
    env: options.env ?? process.env,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid }),
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  return {
    process: child,
    ended,
    stop: async () => {
      child.stdin?.destroy();
      await ended;
    },
  };
}
