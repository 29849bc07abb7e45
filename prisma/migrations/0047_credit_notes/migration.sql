-- AlterTable
ALTER TABLE "MemberInvoice" ADD COLUMN     "creditedCents" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "creditedTotalCents" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "givenBackCents" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ClientInvoice" ADD COLUMN     "creditedCents" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "keptCents" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reopened" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reopenedAt" TIMESTAMP(3),
ADD COLUMN     "writeOffReason" TEXT,
ADD COLUMN     "writtenOffAt" TIMESTAMP(3),
ADD COLUMN     "writtenOffCents" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Payment" ADD COLUMN     "creditNoteId" TEXT,
ADD COLUMN     "excessCents" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'transfer',
ADD COLUMN     "reason" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "referralCents" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "referralId" TEXT,
ADD COLUMN     "takesBackId" TEXT;

-- AlterTable
ALTER TABLE "BankMatch" ADD COLUMN     "takesBackId" TEXT;

-- CreateTable
CREATE TABLE "CreditNote" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "clientInvoiceId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "givesBack" BOOLEAN NOT NULL,
    "cancels" BOOLEAN NOT NULL DEFAULT false,
    "membersCents" INTEGER NOT NULL,
    "feeCents" INTEGER NOT NULL,
    "vatCents" INTEGER NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "keptCents" INTEGER NOT NULL DEFAULT 0,
    "issuedAt" TIMESTAMP(3) NOT NULL,
    "issuedBy" TEXT NOT NULL,
    "documentId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CreditNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberCreditNote" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "creditNoteId" TEXT NOT NULL,
    "memberInvoiceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "amountCents" INTEGER NOT NULL,
    "vatCents" INTEGER NOT NULL,
    "totalCents" INTEGER NOT NULL,
    "feeCents" INTEGER NOT NULL,
    "issuedAt" TIMESTAMP(3) NOT NULL,
    "documentId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MemberCreditNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClientCredit" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "companyId" TEXT NOT NULL,
    "clientInvoiceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amountCents" INTEGER NOT NULL,
    "paymentId" TEXT,
    "creditNoteId" TEXT,
    "reference" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "happenedOn" DATE NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ClientCredit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "CreditNote_number_key" ON "CreditNote"("number");

-- CreateIndex
CREATE INDEX "CreditNote_clientInvoiceId_createdAt_idx" ON "CreditNote"("clientInvoiceId", "createdAt");

-- CreateIndex
CREATE INDEX "CreditNote_issuedAt_id_idx" ON "CreditNote"("issuedAt", "id");

-- CreateIndex
CREATE INDEX "CreditNote_createdAt_id_idx" ON "CreditNote"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MemberCreditNote_number_key" ON "MemberCreditNote"("number");

-- CreateIndex
CREATE INDEX "MemberCreditNote_memberInvoiceId_idx" ON "MemberCreditNote"("memberInvoiceId");

-- CreateIndex
CREATE INDEX "MemberCreditNote_memberId_createdAt_idx" ON "MemberCreditNote"("memberId", "createdAt");

-- CreateIndex
CREATE INDEX "MemberCreditNote_createdAt_id_idx" ON "MemberCreditNote"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MemberCreditNote_creditNoteId_memberInvoiceId_key" ON "MemberCreditNote"("creditNoteId", "memberInvoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "ClientCredit_key_key" ON "ClientCredit"("key");

-- CreateIndex
CREATE INDEX "ClientCredit_companyId_createdAt_idx" ON "ClientCredit"("companyId", "createdAt");

-- CreateIndex
CREATE INDEX "ClientCredit_clientInvoiceId_createdAt_idx" ON "ClientCredit"("clientInvoiceId", "createdAt");

-- CreateIndex
CREATE INDEX "ClientCredit_createdAt_id_idx" ON "ClientCredit"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_takesBackId_key" ON "Payment"("takesBackId");

-- CreateIndex
CREATE UNIQUE INDEX "Payment_creditNoteId_key" ON "Payment"("creditNoteId");

-- CreateIndex
CREATE INDEX "BankMatch_takesBackId_idx" ON "BankMatch"("takesBackId");

-- CreateIndex
CREATE UNIQUE INDEX "BankMatch_lineId_takesBackId_key" ON "BankMatch"("lineId", "takesBackId");

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_referralId_fkey" FOREIGN KEY ("referralId") REFERENCES "Referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_takesBackId_fkey" FOREIGN KEY ("takesBackId") REFERENCES "Payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_creditNoteId_fkey" FOREIGN KEY ("creditNoteId") REFERENCES "CreditNote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditNote" ADD CONSTRAINT "CreditNote_clientInvoiceId_fkey" FOREIGN KEY ("clientInvoiceId") REFERENCES "ClientInvoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditNote" ADD CONSTRAINT "CreditNote_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberCreditNote" ADD CONSTRAINT "MemberCreditNote_creditNoteId_fkey" FOREIGN KEY ("creditNoteId") REFERENCES "CreditNote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberCreditNote" ADD CONSTRAINT "MemberCreditNote_memberInvoiceId_fkey" FOREIGN KEY ("memberInvoiceId") REFERENCES "MemberInvoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberCreditNote" ADD CONSTRAINT "MemberCreditNote_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberCreditNote" ADD CONSTRAINT "MemberCreditNote_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClientCredit" ADD CONSTRAINT "ClientCredit_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClientCredit" ADD CONSTRAINT "ClientCredit_clientInvoiceId_fkey" FOREIGN KEY ("clientInvoiceId") REFERENCES "ClientInvoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClientCredit" ADD CONSTRAINT "ClientCredit_paymentId_fkey" FOREIGN KEY ("paymentId") REFERENCES "Payment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClientCredit" ADD CONSTRAINT "ClientCredit_creditNoteId_fkey" FOREIGN KEY ("creditNoteId") REFERENCES "CreditNote"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankMatch" ADD CONSTRAINT "BankMatch_takesBackId_fkey" FOREIGN KEY ("takesBackId") REFERENCES "Payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was earned for a referrer until now stands on the payments it came with.
UPDATE "Payment" p SET "referralCents" = s.cents, "referralId" = s.id
FROM (SELECT "paymentId", min("referralId") AS id, sum("amountCents") AS cents FROM "Payout" WHERE "kind" = 'referral' GROUP BY 1) s WHERE s."paymentId" = p."id";

-- I1: a credit note may give back what an invoice had taken of the quote; the quote's row is the lock, as before.
CREATE OR REPLACE FUNCTION within_allowance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  accepted integer;
  invoiced bigint;
BEGIN
  IF NEW."state" = 'cancelled' THEN RETURN NEW; END IF;
  SELECT "acceptedCents" INTO accepted FROM "MemberQuote" WHERE "id" = NEW."quoteId" FOR UPDATE;
  SELECT coalesce(sum("amountCents"::bigint - "givenBackCents"), 0) INTO invoiced FROM "MemberInvoice"
    WHERE "quoteId" = NEW."quoteId" AND "state" <> 'cancelled' AND "id" <> NEW."id";
  IF invoiced + NEW."amountCents" - NEW."givenBackCents" > coalesce(accepted, 0) THEN
    RAISE EXCEPTION 'quote % allows % cents, % are asked', NEW."quoteId", accepted, invoiced + NEW."amountCents" - NEW."givenBackCents" USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
ALTER TABLE "MemberInvoice" ADD CONSTRAINT "MemberInvoice_credited_within"
  CHECK ("givenBackCents" >= 0 AND "givenBackCents" <= "creditedCents" AND "creditedCents" <= "amountCents" AND "creditedTotalCents" BETWEEN 0 AND "totalCents");

-- I7, I12: never paid past what is left of it, whatever its credit notes took off or was given up.
ALTER TABLE "ClientInvoice" DROP CONSTRAINT "ClientInvoice_paid_within";
ALTER TABLE "ClientInvoice" ADD CONSTRAINT "ClientInvoice_paid_within" CHECK ("paidCents" >= 0 AND "creditedCents" >= 0 AND "writtenOffCents" >= 0
  AND ("state" = 'gathering' OR "paidCents" + "creditedCents" + "writtenOffCents" <= "totalCents"));
ALTER TABLE "Payment" DROP CONSTRAINT "Payment_positive";
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_by_kind" CHECK (CASE "kind"
  WHEN 'transfer' THEN "amountCents" >= 0 AND "excessCents" >= 0 AND "amountCents" + "excessCents" > 0
  WHEN 'client_credit' THEN "amountCents" > 0 AND "excessCents" = 0
  WHEN 'taken_back' THEN "amountCents" <= 0 AND "takesBackId" IS NOT NULL
  WHEN 'credit_note' THEN "amountCents" <= 0 AND "creditNoteId" IS NOT NULL
  WHEN 'write_off' THEN "amountCents" = 0
  WHEN 'revived' THEN "amountCents" = 0
  ELSE false END);
ALTER TABLE "Payout" DROP CONSTRAINT "Payout_positive";
ALTER TABLE "Payout" ADD CONSTRAINT "Payout_signed" CHECK ("amountCents" > 0 OR ("amountCents" < 0 AND "state" IN ('to_recover', 'recovered', 'cancelled')));

-- I11: a line that leaves the account may be a client's payment taken back.
ALTER TABLE "BankMatch" DROP CONSTRAINT "BankMatch_one_object";
ALTER TABLE "BankMatch" ADD CONSTRAINT "BankMatch_one_object" CHECK ("cents" > 0 AND CASE "kind"
  WHEN 'payment' THEN "clientInvoiceId" IS NOT NULL AND "payoutId" IS NULL AND "takesBackId" IS NULL
  WHEN 'taken_back' THEN "takesBackId" IS NOT NULL AND "clientInvoiceId" IS NULL AND "payoutId" IS NULL
  ELSE "payoutId" IS NOT NULL AND "clientInvoiceId" IS NULL AND "takesBackId" IS NULL END);

-- I12: a credit note keeps its number and its amounts; the client's credit is a sum of movements, none of which ever changes.
CREATE FUNCTION credit_note_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'documentId' = to_jsonb(OLD) - 'documentId' AND (OLD."documentId" IS NULL OR NEW."documentId" = OLD."documentId") THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the credit note % stays as it is', OLD."number" USING ERRCODE = '23514';
END $$;
CREATE TRIGGER "CreditNote_stays" BEFORE UPDATE OR DELETE ON "CreditNote" FOR EACH ROW EXECUTE FUNCTION credit_note_stays();
CREATE TRIGGER "MemberCreditNote_stays" BEFORE UPDATE OR DELETE ON "MemberCreditNote" FOR EACH ROW EXECUTE FUNCTION credit_note_stays();
ALTER TABLE "CreditNote" ADD CONSTRAINT "CreditNote_adds_up" CHECK ("membersCents" > 0 AND "feeCents" >= 0 AND "vatCents" >= 0 AND "totalCents" = "membersCents" + "feeCents" + "vatCents" AND "keptCents" BETWEEN 0 AND "totalCents");
ALTER TABLE "MemberCreditNote" ADD CONSTRAINT "MemberCreditNote_adds_up" CHECK ("amountCents" > 0 AND "vatCents" >= 0 AND "feeCents" >= 0 AND "totalCents" = "amountCents" + "vatCents");
CREATE TRIGGER "ClientCredit_append_only" BEFORE UPDATE OR DELETE ON "ClientCredit" FOR EACH ROW EXECUTE FUNCTION append_only();
ALTER TABLE "ClientCredit" ADD CONSTRAINT "ClientCredit_by_kind" CHECK (CASE "kind" WHEN 'kept' THEN "amountCents" > 0 WHEN 'given_back' THEN "amountCents" > 0 ELSE "amountCents" < 0 END);
