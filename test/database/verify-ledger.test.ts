import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../database/verify-ledger.ts';
import { ledgerMisfitInWords } from '../../database/verify-ledger/misfit.ts';
import { accounts } from '../../domain/ledger.ts';
import { differencesOf } from '../../domain/ledger-differences.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { addStaff } from '../support/story.ts';

const { deps } = await openHouse();
const { db } = deps;
const staff = await addStaff(db);
const { story, refs } = await issuedInvoices(deps, [40_000, 43_000]);
const [firstRef = '', secondRef = ''] = refs;
const first = await db.clientInvoice.findUniqueOrThrow({ where: { ref: firstRef } });
for (const amountCents of [10_001, first.totalCents - 10_001]) {
  await story.ask(invoiceSteps.recordPayment, { amountCents, receivedOn: '2026-11-20', reference: `VIR ${amountCents}` }, staff, `client-invoice/${firstRef}`);
}
const payout = await db.payout.findFirstOrThrow({ where: { payment: { clientInvoiceId: first.id } }, orderBy: { createdAt: 'asc' } });
await story.ask(invoiceSteps.sendPayout, { payoutIds: [payout.id] }, staff, `client-invoice/${firstRef}`);

/** Damages the books behind the program's back, looks, and puts everything back. */
async function damaged(damage: readonly string[]): Promise<string[]> {
  const back = new Error('put back');
  let said: string[] = [];
  await db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe("SET LOCAL session_replication_role = 'replica'");
    for (const sql of damage) await tx.$executeRawUnsafe(sql);
    // The verification opens its own view; here it looks from inside the damage.
    const inside = { $transaction: (run: (inner: typeof tx) => Promise<unknown>) => run(tx) } as unknown as typeof db;
    said = (await verifyLedger(inside)).misfits.map(ledgerMisfitInWords);
    throw back;
  }, { timeout: 30_000 }).catch((cause: unknown) => {
    if (cause !== back) throw cause;
  });
  return said;
}

describe('I9 the books are worked out again', () => {
  it('I9: a project paid in parts, paid out in part, fits to the cent', async () => {
    const found = await verifyLedger(db);
    expect(found.misfits.map(ledgerMisfitInWords)).toEqual([]);
    // Two members' invoices, two client invoices, two payments, one payout.
    expect(found.entries).toBe(7);
    expect(found.numbers).toBe(4);
    expect(found.documents).toBeGreaterThan(4);
  });

  it.each([
    ['an entry that vanished', [`DELETE FROM "LedgerLine" WHERE "entryId" = (SELECT "id" FROM "LedgerEntry" WHERE "key" = 'client-invoice/${first.id}')`, `DELETE FROM "LedgerEntry" WHERE "key" = 'client-invoice/${first.id}'`], 'has no entry in the ledger'],
    ['a line moved by a cent', [`UPDATE "LedgerLine" SET "debitCents" = "debitCents" + 1 WHERE "account" = 'bank' AND "debitCents" > 0`], 'does not balance'],
    ['two lines moved alike', [`UPDATE "LedgerLine" SET "creditCents" = "creditCents" + 1 WHERE "account" = 'fee_revenue'`, `UPDATE "LedgerLine" SET "creditCents" = "creditCents" - 1 WHERE "account" = 'vat_pending' AND "creditCents" > 0`], 'fee_revenue should have moved by'],
    ['an entry from nowhere', [`INSERT INTO "LedgerEntry" ("id", "key", "what") VALUES ('x', 'payout/nobody', 'gift')`, `INSERT INTO "LedgerLine" ("id", "entryId", "account", "debitCents", "creditCents") VALUES ('x1', 'x', 'bank', 0, 5), ('x2', 'x', 'member_payable', 5, 0)`], 'has nothing it comes from'],
    ['a paid amount changed', [`UPDATE "ClientInvoice" SET "paidCents" = "paidCents" - 1 WHERE "id" = '${first.id}'`], 'what was paid should be'],
    ['a fee changed', [`UPDATE "ClientInvoice" SET "feeCents" = "feeCents" + 100 WHERE "id" = '${first.id}'`], 'its fee should be'],
    ['a number skipped', [`UPDATE "NumberSeries" SET "last" = "last" + 1 WHERE "series" LIKE 'client-invoice/%'`], 'there is a gap'],
    ['a number made up', [`UPDATE "ClientInvoice" SET "number" = 'OW-2026-00099' WHERE "id" = '${first.id}'`], 'is past its last'],
    ['more invoiced than accepted', [`UPDATE "MemberQuote" SET "acceptedCents" = 10`], 'allows 0.10 €'],
    ['a document touched up', [`UPDATE "Document" SET "html" = replace("html", 'OFF-WORKS', 'OFF-WORK')`], 'is not the one that was kept'],
    ['the file machines read touched up', [`UPDATE "InvoiceXml" SET "xml" = replace("xml", '<ram:DuePayableAmount>', '<ram:DuePayableAmount>1')`], 'is not the one that was kept'],
    ['a Factur-X touched up', [`INSERT INTO "InvoicePdf" ("documentId", "bytes", "sha256") SELECT "documentId", 'x', repeat('0', 64) FROM "InvoiceXml" LIMIT 1`], 'is not the one that was kept'],
    ['an invoice without its document', [`UPDATE "ClientInvoice" SET "documentId" = NULL WHERE "ref" = '${secondRef}'`], 'has a number and no document'],
    ['a payout lost', [`UPDATE "Payout" SET "amountCents" = "amountCents" - 1 WHERE "id" = '${payout.id}'`], 'what its members were paid, or will be should be'],
  ])('tells %s', async (_what, damage, words) => {
    expect((await damaged(damage)).join('\n')).toContain(words);
    expect((await verifyLedger(db)).misfits).toEqual([]);
  });

  it('compares movements whatever the order of their lines, and every account', () => {
    const lines = Object.keys(accounts).map((account, index) => ({ account: account as keyof typeof accounts, debitCents: index + 1, creditCents: 0 }));
    const found = lines.map((line) => ({ ...line, party: null }));
    expect(differencesOf(lines, [...found].reverse())).toEqual([]);
    expect(differencesOf(lines, found.slice(1))).toEqual([{ account: lines[0]?.account, party: null, expectedCents: 1, foundCents: 0 }]);
  });
});
