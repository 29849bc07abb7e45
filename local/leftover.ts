import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The process a pid file speaks of, when it still runs and is the one meant: its command line must contain `mark`,
 * because the system gives old numbers to new processes.
 */
export function runningFrom(pidFile: string, mark: string): number | null {
  if (!existsSync(pidFile)) return null;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return commandOf(pid).includes(mark) ? pid : null;
}

/**
 * Stops what an earlier start left behind when it was killed, and waits until it has gone. Asks with `signal` first, ends it after 10 s.
 * Answers whether there was anything to stop.
 */
export async function stopLeftover(pidFile: string, mark: string, signal: NodeJS.Signals): Promise<boolean> {
  const pid = runningFrom(pidFile, mark);
  if (pid !== null) {
    tell(pid, signal);
    const patience = Date.now() + 10_000;
    while (commandOf(pid).includes(mark)) {
      if (Date.now() > patience) tell(pid, 'SIGKILL');
      await pause(50);
    }
  }
  rmSync(pidFile, { force: true });
  return pid !== null;
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

/** Command line of a process, '' when it has ended (a zombie has ended too). */
function commandOf(pid: number): string {
  try {
    if (existsSync('/proc/self')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
