import { handleOf } from '../domain/handle.ts';

/** A handle nobody has: the name's own, or followed by the first free number. */
export async function freeHandle(name: string, taken: (handle: string) => Promise<boolean>): Promise<string> {
  const base = handleOf(name);
  for (let number = 1; ; number += 1) {
    const handle = number === 1 ? base : `${base}-${number}`;
    if (!(await taken(handle))) return handle;
  }
}
