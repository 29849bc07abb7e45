import { moved, openAccount, referralMove, type InvoiceAccount } from '../../domain/invoice-account.ts';
import {
  clientInvoicePosting, lateFeePosting, lateFeeReceiptPosting, lateFeeWaiverPosting, memberCreditNotePosting, memberInvoicePosting, payoutKey, payoutPosting, payoutReturnPosting, recoveryPosting, referralPayoutPosting, refundPosting, type PostingLine,
} from '../../domain/ledger.ts';
import { differencesOf } from '../../domain/ledger-differences.ts';
import { movementPosting, type MovementKind } from '../../domain/movement-posting.ts';
import { Problem } from '../../domain/problem.ts';
import { accounted, billedOf, movementOf } from '../invoice-account.ts';
import type { Tx } from '../open.ts';
import { movementKey } from '../record-movement.ts';
import type { LedgerMisfit } from './misfit.ts';

/** A movement that must have been posted, worked out again from what caused it. */
interface Expected { readonly key: string; readonly subject: string; readonly lines: readonly PostingLine[] | Impossible }
/** What it comes from could not have happened: something of it was taken away, or changed. */
interface Impossible { readonly why: string }

const isLines = (lines: Expected['lines']): lines is readonly PostingLine[] => Array.isArray(lines);

const page = 500;

/** Each entry balances, each movement has its entry, each entry says what its cause says, and none stands without a cause. */
export async function verifyEntries(tx: Tx, tell: (misfit: LedgerMisfit) => void): Promise<number> {
  for (const { key, difference } of await tx.$queryRaw<{ key: string; difference: bigint }[]>`
    SELECT e."key", coalesce(sum(l."debitCents"::bigint - l."creditCents"::bigint), 1) AS difference
    FROM "LedgerEntry" e LEFT JOIN "LedgerLine" l ON l."entryId" = e."id" GROUP BY e."id" HAVING coalesce(sum(l."debitCents"::bigint - l."creditCents"::bigint), 1) <> 0`) {
    tell({ kind: 'entry_unbalanced', key, differenceCents: Number(difference) });
  }
  let compared = 0;
  for (const source of [memberInvoices, clientInvoices, movements, memberCreditNotes, refunds, payouts, payoutReturns, recoveries, lateFees]) {
    for await (const expected of source(tx)) {
      const found = new Map((await tx.ledgerEntry.findMany({ where: { key: { in: expected.map(({ key }) => key) } }, include: { lines: true } })).map((entry) => [entry.key, entry]));
      for (const { key, subject, lines } of expected) {
        const entry = found.get(key);
        if (!isLines(lines)) tell({ kind: 'cause_impossible', key, subject, why: lines.why });
        else if (!entry) tell({ kind: 'entry_missing', key, subject });
        else for (const { account, expectedCents, foundCents } of differencesOf(lines, entry.lines)) tell({ kind: 'entry_differs', key, subject, account, expectedCents, foundCents });
      }
      compared += expected.length;
    }
  }
  await unfounded(tx, tell);
  return compared;
}

async function unfounded(tx: Tx, tell: (misfit: LedgerMisfit) => void): Promise<void> {
  const loose = await tx.$queryRaw<{ key: string; what: string }[]>`
    SELECT e."key", e."what" FROM "LedgerEntry" e WHERE NOT CASE split_part(e."key", '/', 1)
      WHEN 'member-invoice' THEN EXISTS (SELECT 1 FROM "MemberInvoice" i WHERE i."id" = split_part(e."key", '/', 2) AND i."number" IS NOT NULL)
      WHEN 'client-invoice' THEN EXISTS (SELECT 1 FROM "ClientInvoice" i WHERE i."id" = split_part(e."key", '/', 2) AND i."number" IS NOT NULL)
      WHEN 'payment' THEN EXISTS (SELECT 1 FROM "Payment" p WHERE p."id" = split_part(e."key", '/', 2) AND p."creditNoteId" IS NULL)
      WHEN 'credit-note' THEN EXISTS (SELECT 1 FROM "CreditNote" n WHERE n."id" = split_part(e."key", '/', 2))
      WHEN 'member-credit' THEN EXISTS (SELECT 1 FROM "MemberCreditNote" n WHERE n."id" = split_part(e."key", '/', 2))
      WHEN 'refund' THEN EXISTS (SELECT 1 FROM "ClientCredit" c WHERE c."id" = split_part(e."key", '/', 2) AND c."kind" = 'refunded')
      WHEN 'recovery' THEN EXISTS (SELECT 1 FROM "Payout" p WHERE p."id" = split_part(e."key", '/', 2) AND p."state" = 'recovered')
      WHEN 'payout' THEN EXISTS (SELECT 1 FROM "Payout" p WHERE p."id" = split_part(e."key", '/', 2)
        AND coalesce(nullif(split_part(e."key", '/', 3), '')::int, 1) <= (SELECT count(*) FROM "PayoutReturn" r WHERE r."payoutId" = p."id") + (p."sentAt" IS NOT NULL)::int)
      WHEN 'payout-return' THEN EXISTS (SELECT 1 FROM "PayoutReturn" r WHERE r."id" = split_part(e."key", '/', 2))
      WHEN 'late-fee' THEN EXISTS (SELECT 1 FROM "LateFee" f WHERE f."id" = split_part(e."key", '/', 2) AND f."claimedAt" IS NOT NULL)
      WHEN 'late-fee-waiver' THEN EXISTS (SELECT 1 FROM "LateFee" f WHERE f."id" = split_part(e."key", '/', 2) AND f."claimedAt" IS NOT NULL AND f."waivedAt" IS NOT NULL)
      WHEN 'late-fee-receipt' THEN EXISTS (SELECT 1 FROM "LateFeeReceipt" f WHERE f."id" = split_part(e."key", '/', 2))
      ELSE false END`;
  for (const { key, what } of loose) tell({ kind: 'entry_unfounded', key, what });
}

async function* memberInvoices(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.memberInvoice.findMany({ where: { id: { gt: after }, number: { not: null } }, orderBy: { id: 'asc' }, take: page });
    yield rows.map((one) => ({ key: `member-invoice/${one.id}`, subject: `The member’s invoice ${one.number}`, lines: memberInvoicePosting(one) }));
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

async function* clientInvoices(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.clientInvoice.findMany({ where: { id: { gt: after }, number: { not: null } }, orderBy: { id: 'asc' }, take: page });
    yield rows.map((one) => ({ key: `client-invoice/${one.id}`, subject: `The invoice ${one.number}`, lines: clientInvoicePosting({ ...one, clientInvoiceId: one.id }) }));
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

/** What happened to an invoice is played again in the order it was recorded: each movement's part depends on those before (I7, I12). */
async function* movements(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.clientInvoice.findMany({
      where: { id: { gt: after }, payments: { some: {} } }, orderBy: { id: 'asc' }, take: page,
      include: {
        project: { select: { companyId: true } }, memberInvoices: { select: { id: true, amountCents: true, vatCents: true, feeCents: true } },
        payments: { orderBy: accounted.payments.orderBy, include: { creditNote: { include: { parts: true } }, referral: true } },
      },
    });
    yield rows.flatMap((invoice) => {
      let account = openAccount(billedOf(invoice));
      let referredCents = 0;
      return invoice.payments.map((payment) => {
        const before = account;
        const next = ofMovement(before, payment);
        const named = { key: movementKey(payment), subject: `The movement ${payment.reference} of ${invoice.number ?? invoice.ref}` };
        if ('why' in next) return { ...named, lines: next };
        account = next;
        // The referrer is the one the movement itself names: another one may have been said since, for what comes later only.
        const cents = payment.referral ? referralMove(before, account, payment.referral.rateBp, referredCents) : 0;
        referredCents += cents;
        return {
          ...named,
          lines: movementPosting({
            clientInvoiceId: invoice.id, companyId: invoice.project.companyId, kind: payment.kind as MovementKind, before, after: account, excessCents: payment.excessCents,
            referral: payment.referral && cents !== 0 ? { memberId: payment.referral.memberId, cents } : null,
          }),
        };
      });
    });
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

function ofMovement(before: InvoiceAccount, payment: Parameters<typeof movementOf>[0]): InvoiceAccount | Impossible {
  try {
    return moved(before, movementOf(payment));
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    return { why: cause.message };
  }
}

async function* memberCreditNotes(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.memberCreditNote.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: page });
    yield rows.map((one) => ({ key: `member-credit/${one.id}`, subject: `The member’s credit note ${one.number}`, lines: memberCreditNotePosting(one) }));
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

async function* refunds(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.clientCredit.findMany({ where: { id: { gt: after }, kind: 'refunded' }, orderBy: { id: 'asc' }, take: page });
    yield rows.map(({ id, companyId, amountCents, reference }) => ({ key: `refund/${id}`, subject: `The refund ${reference}`, lines: refundPosting({ companyId, amountCents: -amountCents }) }));
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

async function* recoveries(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.payout.findMany({ where: { id: { gt: after }, state: 'recovered' }, orderBy: { id: 'asc' }, take: page });
    yield rows.map(({ id, kind, memberId, amountCents }) => ({ key: `recovery/${id}`, subject: `What came back of the payout ${id}`, lines: recoveryPosting({ kind, memberId, amountCents: -amountCents }) }));
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

/** A payout that came back was sent, and posted, as often as it came back, and once more if it left again (I11). */
async function* payouts(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.payout.findMany({ where: { id: { gt: after }, OR: [{ sentAt: { not: null } }, { returns: { some: {} } }] }, include: { returns: { select: { id: true } } }, orderBy: { id: 'asc' }, take: page });
    yield rows.flatMap((one) => Array.from({ length: one.returns.length + (one.sentAt ? 1 : 0) }, (_, index) => ({
      key: payoutKey(one.id, index + 1), subject: `The payout ${one.id}`, lines: one.kind === 'referral' ? referralPayoutPosting(one) : payoutPosting(one),
    })));
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

async function* payoutReturns(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.payoutReturn.findMany({ where: { id: { gt: after } }, include: { payout: true }, orderBy: { id: 'asc' }, take: page });
    yield rows.map(({ id, payout }) => ({ key: `payout-return/${id}`, subject: `The payout ${payout.id}, come back`, lines: payoutReturnPosting(payout) }));
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}

/** I6: late fees that were claimed, and what became of them. */
async function* lateFees(tx: Tx): AsyncGenerator<Expected[]> {
  for (let after = ''; ;) {
    const rows = await tx.lateFee.findMany({ where: { id: { gt: after }, claimedAt: { not: null } }, include: { clientInvoice: { select: { number: true } }, receipts: true }, orderBy: { id: 'asc' }, take: page });
    yield rows.flatMap((fee) => {
      const subject = `The late fees of ${fee.clientInvoice.number}`;
      return [
        { key: `late-fee/${fee.id}`, subject, lines: lateFeePosting(fee) },
        ...(fee.waivedAt ? [{ key: `late-fee-waiver/${fee.id}`, subject, lines: lateFeeWaiverPosting(fee) }] : []),
        ...fee.receipts.map(({ id, amountCents }) => ({ key: `late-fee-receipt/${id}`, subject, lines: lateFeeReceiptPosting({ ...fee, amountCents }) })),
      ];
    });
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? '';
  }
}
