import type { Staff as StaffRow } from '@prisma/client';
import type { Db } from '../database/open.ts';
import { isPassword } from '../database/staff-password.ts';
import type { Staff } from './actions/console-step.ts';
import { menuOf } from './pages/index.ts';

export { passwordHash } from '../database/staff-password.ts';

/** The active staff member behind an address and a password, or null; as slow for an unknown address as for a known one. */
export async function authenticate(db: Db, email: string, password: string): Promise<StaffRow | null> {
  const staff = await db.staff.findFirst({ where: { email: email.trim().toLowerCase(), active: true } });
  return (await isPassword(staff?.passwordHash, password)) ? staff : null;
}

/** Somebody of staff as a session keeps them. */
export function signedInAs({ id, name, role, email }: StaffRow): Staff {
  return { id, name, role, email, menu: menuOf(role) };
}
