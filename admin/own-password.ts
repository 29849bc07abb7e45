import { forgetTries, takeTry } from '../database/sign-in-tries.ts';
import { isPassword } from '../database/staff-password.ts';
import { Problem } from '../domain/problem.ts';
import type { Asked } from './pages/page.ts';

/** S5: somebody signed in says again who they are, before what a borrowed screen must not do. @throws Problem `password_wrong`, `sign_in_wait` */
export async function askPasswordAgain({ deps: { db }, staff, sessionId }: Asked, typed: unknown): Promise<void> {
  const at = Date.now();
  const { email, passwordHash } = await db.staff.findUniqueOrThrow({ where: { id: staff.id } });
  await takeTry(db, { email, address: `session ${sessionId}` }, at);
  if (!(await isPassword(passwordHash, typeof typed === 'string' ? typed : ''))) throw new Problem('password_wrong', 'not their password');
  await forgetTries(db, email);
}
