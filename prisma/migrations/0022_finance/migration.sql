-- Issue 4, finance: what its pages sort, filter and join on, so that they stay fast with many invoices.

-- Open invoices by due date, with what their totals add up: the others never come back.
CREATE INDEX "ClientInvoice_open_dueAt" ON "ClientInvoice"("dueAt", "id") INCLUDE ("projectId", "totalCents", "paidCents") WHERE "state" IN ('issued', 'part_paid');
-- Those whose reminders are held back.
CREATE INDEX "ClientInvoice_paused_dueAt" ON "ClientInvoice"("dueAt", "id") WHERE "dunningPaused" AND "state" IN ('issued', 'part_paid');
-- Projects under contract, newest first.
CREATE INDEX "Project_contract_createdAt" ON "Project"("createdAt" DESC, "id" DESC) WHERE "stage" IN ('running', 'settling', 'closed');
-- Payouts that wait, oldest first, and those sent, newest first.
CREATE INDEX "Payout_waiting_createdAt" ON "Payout"("state", "createdAt", "id") WHERE "state" <> 'sent';
CREATE INDEX "Payout_sentAt" ON "Payout"("sentAt" DESC, "id" DESC) WHERE "state" = 'sent';

-- CreateIndex
CREATE INDEX "MemberInvoice_clientInvoiceId_idx" ON "MemberInvoice"("clientInvoiceId");

-- CreateIndex
CREATE INDEX "Payout_memberInvoiceId_idx" ON "Payout"("memberInvoiceId");

-- CreateIndex
CREATE INDEX "Payout_referralId_idx" ON "Payout"("referralId");
