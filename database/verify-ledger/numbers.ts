import type { Tx } from '../open.ts';
import type { LedgerMisfit } from './misfit.ts';

/** I3, I4, I12: every number a series gave is on an invoice or a credit note, and none has one it did not give. Answers how many numbers were looked at. */
export async function verifyNumbers(tx: Tx, tell: (misfit: LedgerMisfit) => void): Promise<number> {
  // The year in a number is the year of its series; a member's handle may hold dashes, so both are read from the end.
  const given = await tx.$queryRaw<{ series: string; last: number; numbers: number[] }[]>`
    WITH used AS (
      SELECT 'client-invoice/' || split_part("number", '-', 2) AS series, split_part("number", '-', 3)::int AS n FROM "ClientInvoice" WHERE "number" IS NOT NULL
      UNION ALL
      SELECT 'credit-note/' || split_part("number", '-', 2), split_part("number", '-', 3)::int FROM "CreditNote"
      UNION ALL
      SELECT 'member-credit-note/' || "memberId" || '/' || (regexp_match("number", '-(\\d{4})-A\\d+$'))[1], (regexp_match("number", '-A(\\d+)$'))[1]::int FROM "MemberCreditNote"
      UNION ALL
      SELECT 'member-invoice/' || "memberId" || '/' || (regexp_match("number", '-(\\d{4})-\\d+$'))[1], (regexp_match("number", '-(\\d+)$'))[1]::int FROM "MemberInvoice" WHERE "number" IS NOT NULL
    )
    SELECT coalesce(s."series", u.series) AS series, coalesce(max(s."last"), 0) AS last, array_remove(array_agg(u.n ORDER BY u.n), NULL) AS numbers
    FROM (SELECT * FROM "NumberSeries" WHERE "series" LIKE ANY (ARRAY['client-invoice/%', 'member-invoice/%', 'credit-note/%', 'member-credit-note/%'])) s FULL JOIN used u ON u.series = s."series"
    GROUP BY 1 ORDER BY 1`;
  let looked = 0;
  for (const { series, last, numbers } of given) {
    const used = new Set(numbers);
    for (let number = 1; number <= last; number += 1) if (!used.has(number)) tell({ kind: 'number_missing', series, number });
    for (const number of used) if (number > last || number < 1) tell({ kind: 'number_beyond', series, number, last });
    looked += used.size;
  }
  return looked;
}
