-- I6: the letter of a level of dunning; a level that falls while reminders are paused is sent after.
ALTER TABLE "ClientInvoice" ADD COLUMN "heldDunningLevel" INTEGER, ADD COLUMN "heldDunningAt" TIMESTAMP(3);

CREATE TABLE "DunningLetter" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "clientInvoiceId" TEXT NOT NULL,
    "wave" INTEGER NOT NULL DEFAULT 0,
    "level" INTEGER NOT NULL,
    "tone" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DunningLetter_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "DunningLetter_reference_key" ON "DunningLetter"("reference");
CREATE UNIQUE INDEX "DunningLetter_documentId_key" ON "DunningLetter"("documentId");
CREATE INDEX "DunningLetter_sentAt_id_idx" ON "DunningLetter"("sentAt", "id");
CREATE UNIQUE INDEX "DunningLetter_clientInvoiceId_wave_level_key" ON "DunningLetter"("clientInvoiceId", "wave", "level");
ALTER TABLE "DunningLetter" ADD CONSTRAINT "DunningLetter_clientInvoiceId_fkey" FOREIGN KEY ("clientInvoiceId") REFERENCES "ClientInvoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DunningLetter" ADD CONSTRAINT "DunningLetter_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- I7: what a member was told was paid, and for what.
CREATE TABLE "PayoutAdvice" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "payoutId" TEXT NOT NULL,
    "sending" INTEGER NOT NULL,
    "memberId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PayoutAdvice_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "PayoutAdvice_reference_key" ON "PayoutAdvice"("reference");
CREATE UNIQUE INDEX "PayoutAdvice_documentId_key" ON "PayoutAdvice"("documentId");
CREATE UNIQUE INDEX "PayoutAdvice_payoutId_sending_key" ON "PayoutAdvice"("payoutId", "sending");
CREATE INDEX "PayoutAdvice_sentAt_id_idx" ON "PayoutAdvice"("sentAt", "id");
CREATE INDEX "PayoutAdvice_memberId_sentAt_idx" ON "PayoutAdvice"("memberId", "sentAt");
ALTER TABLE "PayoutAdvice" ADD CONSTRAINT "PayoutAdvice_payoutId_fkey" FOREIGN KEY ("payoutId") REFERENCES "Payout"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PayoutAdvice" ADD CONSTRAINT "PayoutAdvice_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PayoutAdvice" ADD CONSTRAINT "PayoutAdvice_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
