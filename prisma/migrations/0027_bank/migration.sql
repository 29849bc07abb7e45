-- AlterTable
ALTER TABLE "BillingEntity" ADD COLUMN     "ibanChangedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "bankMatchId" TEXT;

-- AlterTable
ALTER TABLE "Payout" ADD COLUMN     "exportId" TEXT,
ADD COLUMN     "paidAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "PayoutReturn" (
    "id" TEXT NOT NULL,
    "payoutId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "amountCents" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "ibanLast4" TEXT NOT NULL DEFAULT '',
    "sentAt" TIMESTAMP(3) NOT NULL,
    "sentBy" TEXT NOT NULL,
    "exportId" TEXT,
    "bankMatchId" TEXT,
    "returnedOn" DATE NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PayoutReturn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BankAccount" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "ibanEncrypted" TEXT NOT NULL,
    "ibanHash" TEXT NOT NULL,
    "ibanLast4" TEXT NOT NULL,
    "bic" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BankAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BankStatement" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "statementId" TEXT NOT NULL,
    "sequence" INTEGER,
    "from" TIMESTAMP(3) NOT NULL,
    "to" TIMESTAMP(3) NOT NULL,
    "openingCents" BIGINT NOT NULL,
    "closingCents" BIGINT NOT NULL,
    "openingOn" DATE NOT NULL,
    "closingOn" DATE NOT NULL,
    "version" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "importedBy" TEXT NOT NULL,
    "importedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "known" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "BankStatement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BankLine" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "statementId" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "bookedOn" DATE NOT NULL,
    "valuedOn" DATE NOT NULL,
    "amountCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "counterpartyName" TEXT NOT NULL DEFAULT '',
    "counterpartyLast4" TEXT NOT NULL DEFAULT '',
    "remittance" TEXT NOT NULL DEFAULT '',
    "endToEndId" TEXT NOT NULL DEFAULT '',
    "batchId" TEXT NOT NULL DEFAULT '',
    "reversal" BOOLEAN NOT NULL DEFAULT false,
    "returnCode" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'new',
    "reason" TEXT NOT NULL DEFAULT '',
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "BankLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BankMatch" (
    "id" TEXT NOT NULL,
    "lineId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "clientInvoiceId" TEXT,
    "payoutId" TEXT,
    "cents" INTEGER NOT NULL,
    "reasons" TEXT[],
    "confidence" TEXT NOT NULL,
    "proposedBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedBy" TEXT,
    "confirmedAt" TIMESTAMP(3),

    CONSTRAINT "BankMatch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SepaExport" (
    "id" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "sha256" TEXT,
    "fileEncrypted" TEXT,
    "createdById" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approvedById" TEXT,
    "approvedBy" TEXT,
    "approvedAt" TIMESTAMP(3),
    "exportedBy" TEXT,
    "exportedAt" TIMESTAMP(3),
    "cancelledBy" TEXT,
    "cancelledAt" TIMESTAMP(3),
    "cancelReason" TEXT,
    "completedAt" TIMESTAMP(3),

    CONSTRAINT "SepaExport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SepaExportLine" (
    "id" TEXT NOT NULL,
    "exportId" TEXT NOT NULL,
    "payoutId" TEXT NOT NULL,
    "endToEndId" TEXT NOT NULL,
    "amountCents" INTEGER NOT NULL,
    "executeOn" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "ibanEncrypted" TEXT NOT NULL,
    "ibanLast4" TEXT NOT NULL,
    "bic" TEXT,
    "remittance" TEXT NOT NULL,
    "live" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "SepaExportLine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PayoutReturn_bankMatchId_key" ON "PayoutReturn"("bankMatchId");

-- CreateIndex
CREATE INDEX "PayoutReturn_createdAt_idx" ON "PayoutReturn"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "PayoutReturn_payoutId_number_key" ON "PayoutReturn"("payoutId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "BankAccount_ibanHash_key" ON "BankAccount"("ibanHash");

-- CreateIndex
CREATE INDEX "BankStatement_accountId_to_idx" ON "BankStatement"("accountId", "to");

-- CreateIndex
CREATE INDEX "BankStatement_sha256_idx" ON "BankStatement"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "BankStatement_accountId_statementId_from_key" ON "BankStatement"("accountId", "statementId", "from");

-- CreateIndex
CREATE INDEX "BankLine_state_bookedOn_id_idx" ON "BankLine"("state", "bookedOn", "id");

-- CreateIndex
CREATE INDEX "BankLine_statementId_idx" ON "BankLine"("statementId");

-- CreateIndex
CREATE INDEX "BankLine_amountCents_id_idx" ON "BankLine"("amountCents", "id");

-- CreateIndex
CREATE UNIQUE INDEX "BankLine_accountId_identity_key" ON "BankLine"("accountId", "identity");

-- CreateIndex
CREATE INDEX "BankMatch_clientInvoiceId_idx" ON "BankMatch"("clientInvoiceId");

-- CreateIndex
CREATE INDEX "BankMatch_payoutId_idx" ON "BankMatch"("payoutId");

-- CreateIndex
CREATE UNIQUE INDEX "BankMatch_lineId_clientInvoiceId_key" ON "BankMatch"("lineId", "clientInvoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "BankMatch_lineId_payoutId_key" ON "BankMatch"("lineId", "payoutId");

-- CreateIndex
CREATE UNIQUE INDEX "SepaExport_ref_key" ON "SepaExport"("ref");

-- CreateIndex
CREATE INDEX "SepaExport_state_createdAt_idx" ON "SepaExport"("state", "createdAt");

-- CreateIndex
CREATE INDEX "SepaExport_createdAt_id_idx" ON "SepaExport"("createdAt", "id");

-- CreateIndex
CREATE INDEX "SepaExportLine_payoutId_idx" ON "SepaExportLine"("payoutId");

-- CreateIndex
CREATE INDEX "SepaExportLine_endToEndId_idx" ON "SepaExportLine"("endToEndId");

-- CreateIndex
CREATE UNIQUE INDEX "SepaExportLine_exportId_payoutId_key" ON "SepaExportLine"("exportId", "payoutId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_bankMatchId_key" ON "Payment"("bankMatchId");

-- CreateIndex
CREATE INDEX "Payout_exportId_idx" ON "Payout"("exportId");

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_bankMatchId_fkey" FOREIGN KEY ("bankMatchId") REFERENCES "BankMatch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payout" ADD CONSTRAINT "Payout_exportId_fkey" FOREIGN KEY ("exportId") REFERENCES "SepaExport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PayoutReturn" ADD CONSTRAINT "PayoutReturn_payoutId_fkey" FOREIGN KEY ("payoutId") REFERENCES "Payout"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PayoutReturn" ADD CONSTRAINT "PayoutReturn_bankMatchId_fkey" FOREIGN KEY ("bankMatchId") REFERENCES "BankMatch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankStatement" ADD CONSTRAINT "BankStatement_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "BankAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankLine" ADD CONSTRAINT "BankLine_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "BankAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankLine" ADD CONSTRAINT "BankLine_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "BankStatement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankMatch" ADD CONSTRAINT "BankMatch_lineId_fkey" FOREIGN KEY ("lineId") REFERENCES "BankLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankMatch" ADD CONSTRAINT "BankMatch_clientInvoiceId_fkey" FOREIGN KEY ("clientInvoiceId") REFERENCES "ClientInvoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankMatch" ADD CONSTRAINT "BankMatch_payoutId_fkey" FOREIGN KEY ("payoutId") REFERENCES "Payout"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SepaExport" ADD CONSTRAINT "SepaExport_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "BankAccount"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SepaExportLine" ADD CONSTRAINT "SepaExportLine_exportId_fkey" FOREIGN KEY ("exportId") REFERENCES "SepaExport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SepaExportLine" ADD CONSTRAINT "SepaExportLine_payoutId_fkey" FOREIGN KEY ("payoutId") REFERENCES "Payout"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── Rules the database keeps itself ────────────────────────────────────────────────────────────────────────────────

-- Another account number is noted with its moment, whoever writes it: payouts wait after it. An encryption of the same number counts too.
CREATE FUNCTION iban_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."ibanChangedAt" := now() AT TIME ZONE 'UTC';
  RETURN NEW;
END $$;
CREATE TRIGGER "BillingEntity_iban_changed" BEFORE UPDATE OF "ibanEncrypted" ON "BillingEntity" FOR EACH ROW
  WHEN (OLD."ibanEncrypted" IS DISTINCT FROM NEW."ibanEncrypted") EXECUTE FUNCTION iban_changed();

-- A payout is in one live file of transfers at most.
CREATE UNIQUE INDEX "SepaExportLine_one_live" ON "SepaExportLine"("payoutId") WHERE "live";

-- Whoever made a file does not approve it, and an approved file is what it is.
ALTER TABLE "SepaExport" ADD CONSTRAINT "SepaExport_four_eyes" CHECK ("approvedById" IS NULL OR "approvedById" <> "createdById");
ALTER TABLE "SepaExport" ADD CONSTRAINT "SepaExport_approved_before_taken" CHECK ("exportedAt" IS NULL OR ("approvedAt" IS NOT NULL AND "sha256" IS NOT NULL AND "fileEncrypted" IS NOT NULL));
CREATE FUNCTION sepa_file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an approved file of transfers never changes';
END $$;
CREATE TRIGGER "SepaExport_file_stays" BEFORE UPDATE OF "sha256", "fileEncrypted", "approvedById", "totalCents" ON "SepaExport" FOR EACH ROW
  WHEN (OLD."sha256" IS NOT NULL AND (OLD."sha256", OLD."fileEncrypted", OLD."approvedById", OLD."totalCents") IS DISTINCT FROM (NEW."sha256", NEW."fileEncrypted", NEW."approvedById", NEW."totalCents"))
  EXECUTE FUNCTION sepa_file_stays();

-- What the bank said of a movement never changes, and no movement goes.
CREATE FUNCTION bank_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a line of a statement is never deleted'; END IF;
  IF (OLD."accountId", OLD."statementId", OLD."identity", OLD."bookedOn", OLD."valuedOn", OLD."amountCents", OLD."currency", OLD."counterpartyName", OLD."remittance", OLD."endToEndId", OLD."batchId", OLD."reversal")
    IS DISTINCT FROM (NEW."accountId", NEW."statementId", NEW."identity", NEW."bookedOn", NEW."valuedOn", NEW."amountCents", NEW."currency", NEW."counterpartyName", NEW."remittance", NEW."endToEndId", NEW."batchId", NEW."reversal")
    THEN RAISE EXCEPTION 'what a line of a statement says never changes'; END IF;
  IF OLD."state" = 'confirmed' AND NEW."state" <> 'confirmed' THEN RAISE EXCEPTION 'a confirmed line of a statement stays confirmed'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "BankLine_stays" BEFORE UPDATE OR DELETE ON "BankLine" FOR EACH ROW EXECUTE FUNCTION bank_line_stays();
CREATE TRIGGER "PayoutReturn_append_only" BEFORE UPDATE OR DELETE ON "PayoutReturn" FOR EACH ROW EXECUTE FUNCTION append_only();

-- A match has one object and an amount; those of a line never exceed it; a confirmed one stays.
ALTER TABLE "BankMatch" ADD CONSTRAINT "BankMatch_one_object" CHECK ("cents" > 0 AND CASE WHEN "kind" = 'payment' THEN "clientInvoiceId" IS NOT NULL AND "payoutId" IS NULL ELSE "clientInvoiceId" IS NULL AND "payoutId" IS NOT NULL END);
CREATE FUNCTION matches_within_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(m."cents"::bigint) > abs(l."amountCents"::bigint) FROM "BankLine" l JOIN "BankMatch" m ON m."lineId" = l."id" WHERE l."id" = NEW."lineId" GROUP BY l."id")
    THEN RAISE EXCEPTION 'the matches of a line of a statement exceed it'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "BankMatch_within_line" AFTER INSERT OR UPDATE ON "BankMatch" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION matches_within_line();
CREATE FUNCTION confirmed_match_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a confirmed match never changes';
END $$;
CREATE TRIGGER "BankMatch_confirmed_stays" BEFORE UPDATE OR DELETE ON "BankMatch" FOR EACH ROW WHEN (OLD."confirmedAt" IS NOT NULL) EXECUTE FUNCTION confirmed_match_stays();

-- Lines are found again by the mark their identity begins with.
CREATE INDEX "BankLine_mark" ON "BankLine"("accountId", left("identity", 64));
