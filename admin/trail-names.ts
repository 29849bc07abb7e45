import type { Db } from '../database/open.ts';

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
export const isId = (text: string): boolean => new RegExp(`^${id.source}$`).test(text);

interface Told { readonly subject: string; readonly data: unknown }

/** S5: the trail keeps ids, for names change; whoever reads it is told names. Of what is gone there is none. */
export async function trailNames({ company, clientUser, clientInvitation, billingContact, staff, member }: Db, events: readonly Told[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(events.flatMap(({ subject, data }) => `${subject} ${JSON.stringify(data ?? null)}`.match(id) ?? []))];
  if (ids.length === 0) return new Map();
  const asked = { where: { id: { in: ids } }, select: { id: true, name: true } };
  const found = await Promise.all([company.findMany(asked), clientUser.findMany(asked), clientInvitation.findMany(asked), billingContact.findMany(asked), staff.findMany(asked), member.findMany(asked)]);
  return new Map(found.flat().map((one) => [one.id, one.name]));
}
