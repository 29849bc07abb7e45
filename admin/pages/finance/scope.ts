import type { Prisma } from '@prisma/client';
import type { PageField } from '../blocks.ts';
import type { Asked } from '../page.ts';

/** How many clients a typed part of a name may stand for. */
const mostCompanies = 200;

/** Which projects a finance page is narrowed to: those of a client, by a part of its name, and of an account manager. */
export interface Scope {
  /** Null: any. */
  readonly companyIds: readonly string[] | null;
  readonly managerId: string | null;
  readonly project: Prisma.ProjectWhereInput;
  readonly fields: readonly PageField[];
}

export async function scopeOf({ deps: { db }, say, query }: Asked): Promise<Scope> {
  const client = (query.client ?? '').trim();
  const [managers, companies] = await Promise.all([
    db.staff.findMany({ where: { role: { in: ['account_manager', 'administrative', 'administrator'] } }, orderBy: { name: 'asc' }, select: { id: true, name: true } }),
    client === '' ? null : db.company.findMany({ where: { name: { contains: client, mode: 'insensitive' } }, select: { id: true }, orderBy: { id: 'asc' }, take: mostCompanies }),
  ]);
  const companyIds = companies?.map(({ id }) => id) ?? null;
  const managerId = managers.some(({ id }) => id === query.manager) ? (query.manager ?? null) : null;
  return {
    companyIds, managerId,
    project: { ...(companyIds ? { companyId: { in: companyIds } } : {}), ...(managerId ? { accountManagerId: managerId } : {}) },
    fields: [
      { name: 'client', kind: 'text', label: say.say('finance.client'), value: client },
      { name: 'manager', kind: 'choice', label: say.say('finance.manager'), value: managerId ?? '', options: managers.map(({ id, name }) => ({ value: id, label: name })) },
    ],
  };
}
