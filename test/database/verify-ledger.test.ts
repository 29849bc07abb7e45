import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../database/verify-ledger.ts';
import { ledgerMisfitInWords } from '../../database/verify-ledger/misfit.ts';
import { accounts } from '../../domain/ledger.ts';
import { differencesOf } from '../../domain/ledger-differences.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import * as corrections from '../../steps/correction-steps.ts';
import { correct } from '../support/correct.ts';
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
const second = await db.clientInvoice.findUniqueOrThrow({ where: { ref: secondRef }, include: { memberInvoices: true } });
await correct(deps, secondRef, corrections.creditInvoice, { memberInvoiceIds: second.memberInvoices.map(({ id }) => id), amountCents: 8_300, givesBack: false, reason: 'Une journée de moins.' });
const note = await db.creditNote.findFirstOrThrow({ where: { clientInvoiceId: second.id }, include: { parts: true } });
const [part] = note.parts;

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
    // Two members' invoices, two client invoices, two payments, one payout, a credit note on each side.
    expect(found.entries).toBe(9);
    expect(found.numbers).toBe(6);
    expect(found.documents).toBeGreaterThan(4);
  });

  it.each([
    ['an entry that vanished', [`DELETE FROM "LedgerLine" WHERE "entryId" = (SELECT "id" FROM "LedgerEntry" WHERE "key" = 'client-invoice/${first.id}')`, `DELETE FROM "LedgerEntry" WHERE "key" = 'client-invoice/${first.id}'`], 'has no entry in the ledger'],
    ['a line moved by a cent', [`UPDATE "LedgerLine" SET "debitCents" = "debitCents" + 1 WHERE "account" = 'bank' AND "debitCents" > 0`], 'does not balance'],
    ['two lines moved alike', [`UPDATE "LedgerLine" SET "creditCents" = "creditCents" + 1 WHERE "account" = 'fee_revenue' AND "creditCents" > 0`, `UPDATE "LedgerLine" SET "creditCents" = "creditCents" - 1 WHERE "account" = 'vat_pending' AND "creditCents" > 0`], 'fee_revenue should have moved by'],
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
    ['I12: a credit note whose total was changed', [`ALTER TABLE "CreditNote" DROP CONSTRAINT "CreditNote_adds_up"`, `UPDATE "CreditNote" SET "totalCents" = "totalCents" + 100`], `${note.number}: its total should be ${(note.totalCents / 100).toFixed(2)} €`],
    ['I12: a credit note that took less off its invoice', [`UPDATE "CreditNote" SET "totalCents" = "totalCents" - 120, "vatCents" = "vatCents" - 20, "feeCents" = "feeCents" - 100`], 'what was credited should be'],
    ['I12: a credit note that took something else than its parts', [`UPDATE "CreditNote" SET "membersCents" = "membersCents" + 1, "feeCents" = "feeCents" - 2, "vatCents" = "vatCents" + 1`], `${note.number}: the work its parts take back should be`],
    ['I12: a member’s credit note whose total was changed', [`ALTER TABLE "MemberCreditNote" DROP CONSTRAINT "MemberCreditNote_adds_up"`, `UPDATE "MemberCreditNote" SET "totalCents" = "totalCents" + 1`], `${part?.number}: its total should be`],
    ['I12: a credit note renumbered', [`UPDATE "CreditNote" SET "number" = 'AV-2026-00099'`], 'Number 1 of the series credit-note/'],
    ['I12: a credit note given a number past its series', [`UPDATE "CreditNote" SET "number" = regexp_replace("number", '\\d+$', '00099')`], 'is past its last'],
    ['I12: a member’s credit note renumbered', [`UPDATE "MemberCreditNote" SET "number" = regexp_replace("number", '-A\\d+$', '-A0007')`], 'Number 7 of the series member-credit-note/'],
    ['I12: a credit note that vanished', [`DELETE FROM "MemberCreditNote"`, `DELETE FROM "CreditNote"`], `The entry credit-note/${note.id}`],
    ['I12: the parts of a credit note that vanished', [`DELETE FROM "MemberCreditNote"`], 'cannot have happened as it is kept'],
    ['I12: a credit note touched up', [`UPDATE "Document" SET "html" = replace("html", 'Une journée de moins', 'Deux journées de moins') WHERE "id" = '${note.documentId}'`], `${note.number}” (${note.documentId}) is not the one that was kept`],
    ['I12: a credit note kept with another’s document', [`UPDATE "CreditNote" SET "documentId" = '${part?.documentId}'`], `${note.number} is kept with the document`],
    ['I12: a credit note without its document', [`UPDATE "CreditNote" SET "documentId" = NULL`], `${note.number} has a number and no document`],
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
