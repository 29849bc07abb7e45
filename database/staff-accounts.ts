import { z } from 'zod';
import { Problem } from '../domain/problem.ts';
import { roles, type Role } from '../domain/roles.ts';
import { changeRefused } from '../domain/staff-changes.ts';
import { recordEvent, type By } from './audit.ts';
import { freeHandle } from './free-handle.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';
import { queuePasswordLink } from './staff-password-links.ts';
import { noPassword } from './staff-password.ts';

/** `form`: the form's own key, the same key is the same deed. `at` in ms. */
interface Deed { readonly form: string; readonly by: By; readonly at: number }

const named = { name: z.string().trim().min(2).max(120), phone: z.string().trim().max(40), team: z.string().trim().max(60).default('') };
const person = z.object({ ...named, email: z.email().max(200).transform((email) => email.toLowerCase()), role: z.enum(roles as [Role, ...Role[]]) });

/** S5: somebody more, who receives a link to choose their password. @returns the mail's id. @throws Problem `form_invalid`, `staff_exists` */
export async function addStaff(db: Db, secret: string, { form, by, at, ...given }: Deed & { name: string; email: string; phone: string; team: string; role: string }): Promise<string> {
  const read = person.safeParse({ ...given, email: given.email.trim() });
  if (!read.success) throw invalid(read.error);
  const { mailId } = await once(db, `staff/add/${form}`, async (tx) => {
    await inTurn(tx);
    if ((await tx.staff.count({ where: { email: read.data.email } })) > 0) throw new Problem('staff_exists', 'this address is taken', { fields: 'email' });
    const handle = await freeHandle(read.data.name, async (wanted) => (await tx.staff.count({ where: { handle: wanted } })) > 0);
    const staff = await tx.staff.create({ data: { ...read.data, phone: read.data.phone || null, handle, passwordHash: noPassword, createdAt: new Date(at) } });
    await recordEvent(tx, { by, action: 'staff.added', subject: `staff/${handle}`, data: { name: staff.name, role: staff.role }, at });
    return { mailId: await queuePasswordLink(tx, secret, staff, 'staff_invited', at) };
  });
  return mailId;
}

/** Another role; the trigger of the table ends their sessions. @throws Problem `own_role`, `last_administrator`, `form_invalid` */
export async function changeRole(db: Db, { id, role, ...deed }: Deed & { id: string; role: string }): Promise<void> {
  const read = person.shape.role.safeParse(role);
  if (!read.success) throw invalid(read.error);
  await change(db, 'role', id, deed, (before) => ({ role: read.data, active: before.active }), (before) => ({ action: 'staff.roleChanged', data: { before: before.role, after: read.data } }));
}

/** Somebody leaves, or comes back. @throws Problem `own_role`, `last_administrator` */
export async function setActive(db: Db, { id, active, reason, ...deed }: Deed & { id: string; active: boolean; reason: string }): Promise<void> {
  if (!active && deed.by.id === id) throw new Problem('own_role', 'nobody shuts themselves out');
  await change(db, active ? 'activate' : 'deactivate', id, deed, (before) => ({ role: before.role, active }), () => ({ action: active ? 'staff.activated' : 'staff.deactivated', data: { reason } }));
}

/** @throws Problem `form_invalid`, `not_found` */
export async function renameStaff(db: Db, { id, form, by, at, ...given }: Deed & { id: string; name: string; phone: string; team: string }): Promise<void> {
  const read = z.object(named).safeParse(given);
  if (!read.success) throw invalid(read.error);
  await once(db, `staff/name/${form}`, async (tx) => {
    const before = await found(tx, id);
    await tx.staff.update({ where: { id }, data: { name: read.data.name, phone: read.data.phone || null, team: read.data.team } });
    const told = ({ name, team }: { name: string; team: string }): string => [name, team].filter(Boolean).join(' · ');
    await recordEvent(tx, { by, action: 'staff.renamed', subject: `staff/${before.handle}`, data: { before: told(before), after: told(read.data) }, at });
    return {};
  });
}

type Person = Awaited<ReturnType<typeof found>>;

async function change(db: Db, what: string, id: string, { form, by, at }: Deed, next: (before: Person) => { role: string; active: boolean }, event: (before: Person) => { action: string; data: { [key: string]: string } }): Promise<void> {
  await once(db, `staff/${what}/${form}`, async (tx) => {
    await inTurn(tx);
    const before = await found(tx, id);
    const after = next(before);
    if (after.role === before.role && after.active === before.active) throw new Problem('already_applied', `${before.handle} is so already`);
    const refused = changeRefused(by.id ?? '', before, after, await tx.staff.count({ where: { active: true, role: 'administrator' } }));
    if (refused) throw new Problem(refused, `${before.handle} stays as they are`);
    await tx.staff.update({ where: { id }, data: after });
    if (!after.active) await tx.staffPasswordLink.updateMany({ where: { staffId: id, usedAt: null, expiresAt: { gt: new Date(at) } }, data: { expiresAt: new Date(at) } });
    await recordEvent(tx, { by, subject: `staff/${before.handle}`, at, ...event(before) });
    return {};
  });
}

/** One change after the other: two administrators who each remove the other leave one. */
async function inTurn(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('staff', 0))`;
}

async function found(tx: Tx, id: string) {
  const staff = await tx.staff.findUnique({ where: { id } });
  if (!staff) throw new Problem('not_found', `no staff ${id}`);
  return staff;
}

function invalid(error: z.ZodError): Problem {
  return new Problem('form_invalid', error.message, { fields: error.issues.map(({ path }) => path.join('.')).join(', ') });
}
