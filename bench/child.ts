import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of the bench's own, and its first word. */
export async function startChild(file: string, ...args: string[]): Promise<{ child: ChildProcess; first: Record<string, unknown> }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return { child, first: await answer(child) };
}

/** Its next word, after being told something. */
export async function ask(child: ChildProcess, what: object): Promise<Record<string, unknown>> {
  const answered = answer(child);
  child.send(what);
  return answered;
}

function answer(child: ChildProcess): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', gone);
    child.once('message', (message: Record<string, unknown>) => {
      child.off('exit', gone);
      resolve(message);
    });
  });
}
