import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../domain/problem.ts';
import { passwordFault, shortestPassword } from '../domain/password-choice.ts';

/** A password as it is kept: argon2id. */
export function passwordHash(password: string): Promise<string> {
  return hash(password);
}

/** What is kept of somebody who has chosen none yet: no password is right. */
export const noPassword = '';

/** A hash of nothing, so that an unknown address takes as long as a known one. */
const nobody = hash('nobody knows this password');

/** Is this the password behind a hash? Takes as long without one. */
export async function isPassword(kept: string | undefined, typed: string): Promise<boolean> {
  const right = await verify(kept || (await nobody), typed).catch(() => false);
  return Boolean(kept) && right;
}

/** @throws Problem `password_short` (details: minimum), `password_trivial` */
export function checkPasswordChoice(password: string, about: readonly string[]): void {
  const fault = passwordFault(password, about);
  if (fault) throw new Problem(fault, 'the password will not do', { minimum: shortestPassword, fields: 'password' });
}
