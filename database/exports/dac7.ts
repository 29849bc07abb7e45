import { DateTime } from 'luxon';
import { parisZone } from '../../domain/calendar.ts';
import type { Tx } from '../open.ts';

/** What a platform tells the State of one seller over a calendar year (directive 2021/514, CGI 1649 ter A): paid by quarter, and for how many deeds. */
export interface SellerYear {
  readonly memberId: string;
  readonly legalName: string;
  readonly siret: string;
  readonly vatNumber: string | null;
  readonly address: string;
  readonly country: string;
  readonly ibanLast4: string;
  readonly quarters: readonly { readonly cents: number; readonly deeds: number }[];
  /** Fees kept from what the seller is paid: none, the fee is the client's. */
  readonly feesCents: number;
}

/** Members who were paid for their work in the year, by name; amounts with their tax, on the day they left. */
export async function sellersOf(tx: Tx, year: number): Promise<SellerYear[]> {
  const from = DateTime.fromObject({ year }, { zone: parisZone });
  const paid = await tx.$queryRaw<{ memberId: string; quarter: number; cents: bigint; deeds: bigint }[]>`
    SELECT "memberId", extract(quarter FROM ("sentAt" AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Paris')::int AS quarter, sum("amountCents"::bigint) AS cents, count(DISTINCT "memberInvoiceId") AS deeds
    FROM "Payout" WHERE "kind" = 'services' AND "sentAt" >= ${from.toJSDate()} AND "sentAt" < ${from.plus({ years: 1 }).toJSDate()} GROUP BY 1, 2`;
  const entities = await tx.billingEntity.findMany({ where: { memberId: { in: [...new Set(paid.map(({ memberId }) => memberId))] } }, orderBy: [{ legalName: 'asc' }, { id: 'asc' }] });
  return entities.map(({ memberId, legalName, siret, vatNumber, address, postcode, city, country, ibanLast4 }) => ({
    memberId, legalName, siret, vatNumber, address: `${address}, ${postcode} ${city}`, country, ibanLast4, feesCents: 0,
    quarters: [1, 2, 3, 4].map((quarter) => {
      const row = paid.find((one) => one.memberId === memberId && one.quarter === quarter);
      return { cents: Number(row?.cents ?? 0), deeds: Number(row?.deeds ?? 0) };
    }),
  }));
}
