import { Prisma } from '@prisma/client';
import type { Db } from '../open.ts';

export interface Found { readonly id: string; readonly title: string; readonly detail: string; readonly cents: number | null }
export type SearchKind = 'project' | 'company' | 'client' | 'member' | 'clientQuote' | 'clientInvoice' | 'memberInvoice' | 'payment';

interface Place {
  readonly from: Prisma.Sql;
  readonly title: Prisma.Sql;
  readonly detail: Prisma.Sql;
  readonly cents?: Prisma.Sql;
  /** What an index of the migration stands on, without searchable(). */
  readonly words?: Prisma.Sql;
  /** Columns in cents, each with its index. */
  readonly amounts?: readonly Prisma.Sql[];
}

const places: Record<SearchKind, Place> = {
  project: { from: Prisma.sql`"Project" x`, title: Prisma.sql`x."title"`, detail: Prisma.sql`x."ref"`, words: Prisma.sql`x."ref" || ' ' || x."title"` },
  company: { from: Prisma.sql`"Company" x`, title: Prisma.sql`x."name"`, detail: Prisma.sql`x."city"`, words: Prisma.sql`x."name"` },
  client: { from: Prisma.sql`"ClientUser" x`, title: Prisma.sql`x."name"`, detail: Prisma.sql`x."email"`, words: Prisma.sql`x."name" || ' ' || x."email"` },
  member: { from: Prisma.sql`"Member" x`, title: Prisma.sql`x."name"`, detail: Prisma.sql`x."email"`, words: Prisma.sql`x."name" || ' ' || x."email"` },
  clientQuote: { from: Prisma.sql`"ClientQuote" x`, title: Prisma.sql`x."number"`, detail: Prisma.sql`''`, cents: Prisma.sql`x."totalWithTaxCents"`, words: Prisma.sql`x."number"`, amounts: [Prisma.sql`x."totalCents"`, Prisma.sql`x."totalWithTaxCents"`] },
  clientInvoice: { from: Prisma.sql`"ClientInvoice" x`, title: Prisma.sql`coalesce(x."number", x."ref")`, detail: Prisma.sql`x."ref"`, cents: Prisma.sql`x."totalCents"`, words: Prisma.sql`x."ref" || ' ' || coalesce(x."number", '')`, amounts: [Prisma.sql`x."totalCents"`] },
  memberInvoice: { from: Prisma.sql`"MemberInvoice" x`, title: Prisma.sql`coalesce(x."number", x."ref")`, detail: Prisma.sql`x."ref"`, cents: Prisma.sql`x."totalCents"`, words: Prisma.sql`x."ref" || ' ' || coalesce(x."number", '')`, amounts: [Prisma.sql`x."totalCents"`, Prisma.sql`x."amountCents"`] },
  payment: { from: Prisma.sql`"Payment" x`, title: Prisma.sql`x."reference"`, detail: Prisma.sql`to_char(x."receivedOn", 'DD/MM/YYYY')`, cents: Prisma.sql`x."amountCents"`, amounts: [Prisma.sql`x."amountCents"`] },
};

/** Every kind of thing that can be searched, in the order it is shown. */
export const searchKinds = Object.keys(places) as SearchKind[];

/** Pattern of LIKE around what was typed, taken for itself. */
const around = (typed: string): string => `%${typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/**
 * S1: things of a kind whose words hold what was typed (accents and capitals aside), or else, when none does, resemble it; and those of that amount, in cents.
 * At most `take`, from trigram and amount indexes. Fewer than three characters are not searched as words.
 */
export async function findOf(db: Db, kind: SearchKind, typed: string, cents: number | null, take: number): Promise<Found[]> {
  const { from, title, detail, cents: shown, words, amounts } = places[kind];
  const select = (condition: Prisma.Sql): Promise<Found[]> => db.$queryRaw<Found[]>`
    SELECT x."id", ${title} AS title, ${detail} AS detail, ${shown ?? Prisma.sql`NULL::int`} AS cents FROM ${from} WHERE ${condition} LIMIT ${take}`;
  const found: Found[] = [];
  if (cents !== null && amounts) for (const amount of amounts) found.push(...await select(Prisma.sql`${amount} = ${cents}`));
  if (words && typed.length >= 3) {
    const held = await select(Prisma.join(typed.split(/\s+/).map((word) => Prisma.sql`searchable(${words}) LIKE searchable(${around(word)}::text)`), ' AND '));
    found.push(...held);
    if (held.length === 0 && typed.length >= 4 && !/\d/.test(typed)) found.push(...await select(Prisma.sql`searchable(${typed}::text) <% searchable(${words})`));
  }
  return [...new Map(found.map((one) => [one.id, one])).values()].slice(0, take);
}
