import type { Tx } from '../open.ts';
import type { LedgerMisfit } from './misfit.ts';

interface Compared { readonly subject: string; readonly expected: bigint; readonly found: bigint }

/** What is kept beside the ledger is worked out again: invoices from what they gather, what was paid, what each party is owed (I9). */
export async function verifySums(tx: Tx, tell: (misfit: LedgerMisfit) => void): Promise<void> {
  const compare = (what: string, rows: readonly Compared[]): void => {
    for (const { subject, expected, found } of rows) tell({ kind: 'sum_differs', subject, what, expectedCents: Number(expected), foundCents: Number(found) });
  };
  compare('its members’ part', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT i."number" AS subject, coalesce(sum(m."amountCents"::bigint), 0) AS expected, i."membersCents"::bigint AS found
      FROM "ClientInvoice" i LEFT JOIN "MemberInvoice" m ON m."clientInvoiceId" = i."id" WHERE i."number" IS NOT NULL GROUP BY i."id") s WHERE expected <> found`);
  compare('its fee', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT i."number" AS subject, coalesce(sum(m."feeCents"::bigint), 0) AS expected, i."feeCents"::bigint AS found
      FROM "ClientInvoice" i LEFT JOIN "MemberInvoice" m ON m."clientInvoiceId" = i."id" WHERE i."number" IS NOT NULL GROUP BY i."id") s WHERE expected <> found`);
  compare('its total', await tx.$queryRaw<Compared[]>`
    SELECT "number" AS subject, "membersCents"::bigint + "feeCents" + "vatCents" AS expected, "totalCents"::bigint AS found
    FROM "ClientInvoice" WHERE "number" IS NOT NULL AND "membersCents"::bigint + "feeCents" + "vatCents" <> "totalCents"`);
  compare('its total', await tx.$queryRaw<Compared[]>`
    SELECT "number" AS subject, "amountCents"::bigint + "vatCents" AS expected, "totalCents"::bigint AS found
    FROM "MemberInvoice" WHERE "number" IS NOT NULL AND "amountCents"::bigint + "vatCents" <> "totalCents"`);
  compare('its total', await tx.$queryRaw<Compared[]>`
    SELECT "number" AS subject, "membersCents"::bigint + "feeCents" + "vatCents" AS expected, "totalCents"::bigint AS found
    FROM "CreditNote" WHERE "membersCents"::bigint + "feeCents" + "vatCents" <> "totalCents"`);
  compare('its total', await tx.$queryRaw<Compared[]>`
    SELECT "number" AS subject, "amountCents"::bigint + "vatCents" AS expected, "totalCents"::bigint AS found
    FROM "MemberCreditNote" WHERE "amountCents"::bigint + "vatCents" <> "totalCents"`);
  compare('what was paid', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT i."number" AS subject, coalesce(sum(p."amountCents"::bigint), 0) AS expected, i."paidCents"::bigint AS found
      FROM "ClientInvoice" i LEFT JOIN "Payment" p ON p."clientInvoiceId" = i."id" WHERE i."number" IS NOT NULL GROUP BY i."id") s WHERE expected <> found`);
  compare('what was credited', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT i."number" AS subject, coalesce(sum(n."totalCents"::bigint), 0) AS expected, i."creditedCents"::bigint AS found
      FROM "ClientInvoice" i LEFT JOIN "CreditNote" n ON n."clientInvoiceId" = i."id" WHERE i."number" IS NOT NULL GROUP BY i."id") s WHERE expected <> found`);
  compare('what was credited', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT m."number" AS subject, coalesce(sum(n."amountCents"::bigint), 0) AS expected, m."creditedCents"::bigint AS found
      FROM "MemberInvoice" m LEFT JOIN "MemberCreditNote" n ON n."memberInvoiceId" = m."id" WHERE m."number" IS NOT NULL GROUP BY m."id") s WHERE expected <> found`);
  compare('what was credited, including tax', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT m."number" AS subject, coalesce(sum(n."totalCents"::bigint), 0) AS expected, m."creditedTotalCents"::bigint AS found
      FROM "MemberInvoice" m LEFT JOIN "MemberCreditNote" n ON n."memberInvoiceId" = m."id" WHERE m."number" IS NOT NULL GROUP BY m."id") s WHERE expected <> found`);
  compare('what may be invoiced again', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT m."number" AS subject, coalesce(sum(n."amountCents"::bigint) FILTER (WHERE c."givesBack"), 0) AS expected, m."givenBackCents"::bigint AS found
      FROM "MemberInvoice" m LEFT JOIN "MemberCreditNote" n ON n."memberInvoiceId" = m."id" LEFT JOIN "CreditNote" c ON c."id" = n."creditNoteId" WHERE m."number" IS NOT NULL GROUP BY m."id") s WHERE expected <> found`);
  compare('the work its parts take back', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT c."number" AS subject, coalesce(sum(n."amountCents"::bigint + n."feeCents"), 0) AS expected, c."membersCents"::bigint + c."feeCents" AS found
      FROM "CreditNote" c LEFT JOIN "MemberCreditNote" n ON n."creditNoteId" = c."id" GROUP BY c."id") s WHERE expected <> found`);
  compare('what is kept of it as the client’s credit', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT coalesce(i."number", i."ref") AS subject, coalesce(sum(c."amountCents"::bigint), 0) AS expected, i."keptCents"::bigint AS found
      FROM "ClientInvoice" i LEFT JOIN "ClientCredit" c ON c."clientInvoiceId" = i."id" GROUP BY i."id") s WHERE expected <> found`);
  compare('the client’s credit, in the ledger', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT y."handle" AS subject, (SELECT coalesce(sum(c."amountCents"::bigint), 0) FROM "ClientCredit" c WHERE c."companyId" = y."id") AS expected,
        (SELECT coalesce(sum(l."creditCents"::bigint - l."debitCents"), 0) FROM "LedgerLine" l WHERE l."account" = 'client_credit' AND l."party" = y."id") AS found
      FROM "Company" y) s WHERE expected <> found`);
  compare('what was received of its late fees', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT i."number" AS subject, coalesce(sum(r."amountCents"::bigint), 0) AS expected, f."receivedCents"::bigint AS found
      FROM "LateFee" f JOIN "ClientInvoice" i ON i."id" = f."clientInvoiceId" LEFT JOIN "LateFeeReceipt" r ON r."lateFeeId" = f."id" GROUP BY f."id", i."number") s WHERE expected <> found`);
  compare('what is left of its late fees, in the ledger', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT i."number" AS subject, CASE WHEN f."state" = 'claimed' THEN f."interestCents"::bigint + f."indemnityCents" - f."receivedCents" ELSE 0 END AS expected,
        (SELECT coalesce(sum(l."debitCents"::bigint - l."creditCents"), 0) FROM "LedgerLine" l WHERE l."account" = 'late_fee_receivable' AND l."party" = i."id") AS found
      FROM "LateFee" f JOIN "ClientInvoice" i ON i."id" = f."clientInvoiceId") s WHERE expected <> found`);
  compare('what is left to pay, in the ledger', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT i."number" AS subject, i."totalCents"::bigint - i."creditedCents" - i."writtenOffCents" - i."paidCents" AS expected, coalesce(sum(l."debitCents"::bigint - l."creditCents"), 0) AS found
      FROM "ClientInvoice" i LEFT JOIN "LedgerLine" l ON l."account" = 'client_receivable' AND l."party" = i."id" WHERE i."number" IS NOT NULL GROUP BY i."id") s WHERE expected <> found`);
  compare('what the member is owed, in the ledger', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT m."handle" AS subject,
        (SELECT coalesce(sum(i."totalCents"::bigint - i."creditedTotalCents"), 0) FROM "MemberInvoice" i WHERE i."memberId" = m."id" AND i."number" IS NOT NULL)
        - (SELECT coalesce(sum(p."amountCents"::bigint), 0) FROM "Payout" p WHERE p."memberId" = m."id" AND p."kind" = 'services' AND (p."sentAt" IS NOT NULL OR p."state" = 'recovered')) AS expected,
        (SELECT coalesce(sum(l."creditCents"::bigint - l."debitCents"), 0) FROM "LedgerLine" l WHERE l."account" = 'member_payable' AND l."party" = m."id") AS found
      FROM "Member" m) s WHERE expected <> found`);
  compare('what the referrer is owed, in the ledger', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT m."handle" AS subject,
        (SELECT coalesce(sum(p."amountCents"::bigint), 0) FROM "Payout" p WHERE p."memberId" = m."id" AND p."kind" = 'referral' AND p."state" IN ('to_send', 'held', 'to_recover')) AS expected,
        (SELECT coalesce(sum(l."creditCents"::bigint - l."debitCents"), 0) FROM "LedgerLine" l WHERE l."account" = 'referral_payable' AND l."party" = m."id") AS found
      FROM "Member" m) s WHERE expected <> found`);
  compare('what the referrer was set aside', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT coalesce(i."number", i."ref") AS subject, (SELECT coalesce(sum(p."referralCents"::bigint), 0) FROM "Payment" p WHERE p."clientInvoiceId" = i."id") AS expected,
        (SELECT coalesce(sum(o."amountCents"::bigint), 0) FROM "Payout" o JOIN "Payment" p ON p."id" = o."paymentId" WHERE p."clientInvoiceId" = i."id" AND o."kind" = 'referral' AND o."state" <> 'cancelled') AS found
      FROM "ClientInvoice" i) s WHERE expected <> found`);
  compare('what its members were paid, or will be', await tx.$queryRaw<Compared[]>`
    SELECT * FROM (SELECT m."number" AS subject, m."totalCents"::bigint - m."creditedTotalCents" AS expected, coalesce(sum(p."amountCents"::bigint), 0) AS found
      FROM "MemberInvoice" m JOIN "ClientInvoice" i ON i."id" = m."clientInvoiceId" AND i."paidCents" + i."creditedCents" + i."writtenOffCents" = i."totalCents" AND i."number" IS NOT NULL
      LEFT JOIN "Payout" p ON p."memberInvoiceId" = m."id" AND p."state" <> 'cancelled' GROUP BY m."id") s WHERE expected <> found`);
}

/** I1: no quote is invoiced past what was accepted. */
export async function verifyAllowances(tx: Tx, tell: (misfit: LedgerMisfit) => void): Promise<void> {
  const passed = await tx.$queryRaw<{ quote: string; accepted: number; invoiced: bigint }[]>`
    SELECT q."id" AS quote, coalesce(q."acceptedCents", 0) AS accepted, sum(i."amountCents"::bigint - i."givenBackCents") AS invoiced
    FROM "MemberInvoice" i JOIN "MemberQuote" q ON q."id" = i."quoteId" WHERE i."state" <> 'cancelled'
    GROUP BY q."id" HAVING sum(i."amountCents"::bigint - i."givenBackCents") > coalesce(q."acceptedCents", 0)`;
  for (const { quote, accepted, invoiced } of passed) tell({ kind: 'allowance_passed', quote, acceptedCents: accepted, invoicedCents: Number(invoiced) });
}
