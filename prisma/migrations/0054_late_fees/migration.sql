-- I6: interest and indemnity of an invoice paid late stay due once it is paid: claimed, waived for a reason, received.
CREATE TABLE "LateFee" (
    "id" TEXT NOT NULL,
    "clientInvoiceId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "daysLate" INTEGER NOT NULL,
    "interestCents" INTEGER NOT NULL,
    "indemnityCents" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimedAt" TIMESTAMP(3),
    "claimedBy" TEXT,
    "waivedAt" TIMESTAMP(3),
    "waivedBy" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "receivedOn" DATE,
    "receivedBy" TEXT,
    "reference" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "LateFee_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "LateFee_clientInvoiceId_key" ON "LateFee"("clientInvoiceId");
CREATE INDEX "LateFee_state_createdAt_idx" ON "LateFee"("state", "createdAt");
ALTER TABLE "LateFee" ADD CONSTRAINT "LateFee_clientInvoiceId_fkey" FOREIGN KEY ("clientInvoiceId") REFERENCES "ClientInvoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
