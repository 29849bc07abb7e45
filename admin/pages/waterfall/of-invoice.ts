import type { Prisma } from '@prisma/client';
import type { Db } from '../../../database/open.ts';
import { Problem } from '../../../domain/problem.ts';

const whole = {
  project: { include: { company: true, referral: { include: { member: { include: { billing: true } } } } } },
  memberInvoices: { include: { member: { include: { billing: true } }, payouts: true }, orderBy: { ref: 'asc' } },
  payments: { include: { creditNote: { include: { parts: true } }, payouts: { include: { member: { include: { billing: true } } } } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.ClientInvoiceInclude;

export type WholeInvoice = Prisma.ClientInvoiceGetPayload<{ include: typeof whole }>;

/** One client invoice with everything that moves with it, by its reference or its number. @throws Problem `not_found` */
export async function wholeInvoice(db: Db, named: string): Promise<WholeInvoice> {
  const text = named.trim();
  const invoice = (await db.clientInvoice.findUnique({ where: { ref: text.toUpperCase() }, include: whole })) ?? (await db.clientInvoice.findUnique({ where: { number: text.toUpperCase() }, include: whole }));
  if (!invoice) throw new Problem('not_found', `no client invoice ${text}`);
  return invoice;
}
