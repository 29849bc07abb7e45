import { hash, verify } from '@node-rs/argon2';
import type { Db } from '../database/open.ts';
import type { Staff } from './actions/console-step.ts';
import { pagesOf } from './pages/index.ts';

/** A password as it is kept: argon2id. */
export function passwordHash(password: string): Promise<string> {
  return hash(password);
}

/** A hash of nothing, so that an unknown address takes as long as a known one. */
const nobody = hash('nobody knows this password');

/** The active staff member behind an address and a password, or null. */
export async function authenticate(db: Db, email: string, password: string): Promise<Staff | null> {
  const staff = await db.staff.findFirst({ where: { email: String(email ?? '').trim().toLowerCase(), active: true } });
  const right = await verify(staff?.passwordHash ?? (await nobody), String(password ?? '')).catch(() => false);
  return staff && right ? { id: staff.id, name: staff.name, role: staff.role, email: staff.email, pages: pagesOf(staff.role) } : null;
}
