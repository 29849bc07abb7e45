import { companyKey, mailDomain, sameCompany, type CompanySigns, type LeadTwinKind, type SameBy } from '../../domain/leads.ts';
import type { Db, Tx } from '../open.ts';

/** The same company, known from elsewhere. */
export interface LeadTwin {
  readonly kind: LeadTwinKind;
  readonly by: SameBy;
  readonly name: string;
  /** When the lead was declared, or the company became a client. */
  readonly at: Date;
  readonly leadId: string | null;
  readonly companyId: string | null;
  readonly memberName: string | null;
}

/** Names this near are read, then compared by the rule: an index of trigrams finds them among however many. */
const read = 40;

/** M14: who else this company is known from: leads that still live, oldest first, then clients. `except`: a lead not to compare with itself. */
export async function leadTwins(db: Db | Tx, said: CompanySigns & { readonly company: string; readonly memberId: string }, except: string | null = null): Promise<LeadTwin[]> {
  const leads = await db.lead.findMany({
    where: { state: { in: ['declared', 'accepted', 'won'] }, ...(except ? { id: { not: except } } : {}), OR: [{ companyKey: said.key }, ...(said.siren ? [{ siren: said.siren }] : []), ...(said.domain ? [{ mailDomain: said.domain }] : [])] },
    orderBy: { createdAt: 'asc' }, take: read, select: { id: true, memberId: true, company: true, companyKey: true, siren: true, mailDomain: true, createdAt: true, companyId: true, member: { select: { name: true } } },
  });
  const clients = await clientsLike(db, said);
  return [
    ...leads.flatMap((lead): LeadTwin[] => {
      const by = sameCompany(said, { key: lead.companyKey, siren: lead.siren, domain: lead.mailDomain });
      return by ? [{ kind: lead.memberId === said.memberId ? 'yours' : 'other_member', by, name: lead.company, at: lead.createdAt, leadId: lead.id, companyId: lead.companyId, memberName: lead.member.name }] : [];
    }),
    ...clients.flatMap((client): LeadTwin[] => {
      const domains = client.domains.map((email) => mailDomain(email));
      const domain = domains.includes(said.domain) ? said.domain : null;
      const by = sameCompany(said, { key: companyKey(client.name), siren: client.siren, domain });
      return by ? [{ kind: 'client', by, name: client.name, at: client.createdAt, leadId: null, companyId: client.id, memberName: null }] : [];
    }),
  ];
}

interface ClientLike { readonly id: string; readonly name: string; readonly siren: string | null; readonly createdAt: Date; readonly domains: readonly string[] }

async function clientsLike(db: Db | Tx, said: CompanySigns & { readonly company: string }): Promise<ClientLike[]> {
  return db.$queryRaw<ClientLike[]>`
    SELECT c."id", c."name", c."siren", c."createdAt", coalesce((SELECT array_agg(u."email") FROM "ClientUser" u WHERE u."companyId" = c."id" AND u."leftAt" IS NULL), '{}') AS "domains"
    FROM "Company" c WHERE c."id" IN (
      SELECT "id" FROM "Company" WHERE ${said.siren}::text IS NOT NULL AND "siren" = ${said.siren}
      UNION (SELECT "id" FROM "Company" WHERE "name" % ${said.company} ORDER BY similarity("name", ${said.company}) DESC LIMIT ${read})
      UNION (SELECT "companyId" FROM "ClientUser" WHERE ${said.domain}::text IS NOT NULL AND "email" LIKE '%@' || ${said.domain} AND "leftAt" IS NULL LIMIT ${read})
    ) ORDER BY c."createdAt"`;
}
