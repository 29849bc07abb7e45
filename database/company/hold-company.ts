import { Problem } from '../../domain/problem.ts';
import type { Tx } from '../open.ts';

/** Who may come in, leave or own is decided one at a time for a company: its row is the lock. @throws Problem `not_found` */
export async function holdCompany(tx: Tx, companyId: string): Promise<{ name: string }> {
  const [company] = await tx.$queryRaw<{ name: string }[]>`SELECT "name" FROM "Company" WHERE "id" = ${companyId} FOR UPDATE`;
  if (!company) throw new Problem('not_found', `no company ${companyId}`);
  return company;
}

/** Somebody of the company, now that nobody else moves. @throws Problem `not_found` once they have left */
export async function collaboratorOf(tx: Tx, companyId: string, id: string) {
  const user = await tx.clientUser.findFirst({ where: { id, companyId, leftAt: null } });
  if (!user) throw new Problem('not_found', `${id} is not of company ${companyId}`);
  return user;
}

/** The projects of a list that are the company's: nobody is given another's. */
export async function ownProjects(tx: Tx, companyId: string, ids: readonly string[]): Promise<string[]> {
  return (await tx.project.findMany({ where: { companyId, id: { in: [...ids] } }, select: { id: true } })).map(({ id }) => id);
}
