import { stopEmailWithin } from '../../domain/email-change.ts';
import { Problem } from '../../domain/problem.ts';
import type { By } from '../audit.ts';
import type { Tx } from '../open.ts';
import { clientRecipient, memberRecipient, type Recipient } from '../recipients.ts';

/** Somebody of the pages: whoever has an address to sign in with. */
export interface Person {
  readonly kind: 'client' | 'member';
  readonly id: string;
}

export interface Deed {
  readonly person: Person;
  readonly by: By;
  /** ms */
  readonly at: number;
}

/** One change of somebody's address at a time. @throws Problem `not_found` when they left */
export async function holdPerson(tx: Tx, { kind, id }: Person): Promise<Recipient> {
  if (kind === 'member') {
    await tx.$queryRaw`SELECT 1 FROM "Member" WHERE "id" = ${id} FOR UPDATE`;
    return memberRecipient(await tx.member.findUniqueOrThrow({ where: { id } }));
  }
  await tx.$queryRaw`SELECT 1 FROM "ClientUser" WHERE "id" = ${id} FOR UPDATE`;
  const user = await tx.clientUser.findFirst({ where: { id, leftAt: null } });
  if (!user) throw new Problem('not_found', `${id} left`);
  return clientRecipient(user);
}

/** Whose address it is already, of both workspaces: one address signs in to one of them. */
export async function holderOf(tx: Tx, email: string): Promise<Recipient | null> {
  const client = await tx.clientUser.findUnique({ where: { email } });
  if (client) return clientRecipient(client);
  const member = await tx.member.findUnique({ where: { email } });
  return member && memberRecipient(member);
}

/** An address that somebody else may still take back. */
export async function mayComeBack(tx: Tx, email: string, { id }: Person, at: number): Promise<boolean> {
  return (await tx.emailChange.count({ where: { formerEmail: email, state: 'confirmed', confirmedAt: { gt: new Date(at - stopEmailWithin) }, personId: { not: id } } })) > 0;
}

/** The address becomes theirs, and what waits to leave for the other one leaves for it. @throws Problem `email_change_over` when somebody has it by now */
export async function giveAddress(tx: Tx, person: Person, from: string, to: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`address/${to}`}, 0))`;
  if (await holderOf(tx, to)) throw new Problem('email_change_over', 'the address is somebody’s by now');
  if (person.kind === 'member') await tx.member.update({ where: { id: person.id }, data: { email: to } });
  else await tx.clientUser.update({ where: { id: person.id }, data: { email: to } });
  await tx.mail.updateMany({ where: { toKind: person.kind, toId: person.id, toEmail: from, state: 'queued', template: { notIn: ['email_change_notice', 'billing_account_changed'] } }, data: { toEmail: to } });
}
