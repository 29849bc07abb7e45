-- I6: late fees may be received in parts. What was received whole until now is one receipt, known by the same id: its ledger entry keeps its key.
CREATE TABLE "LateFeeReceipt" (
    "id" TEXT NOT NULL,
    "lateFeeId" TEXT NOT NULL,
    "amountCents" INTEGER NOT NULL,
    "receivedOn" DATE NOT NULL,
    "reference" TEXT NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LateFeeReceipt_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "LateFeeReceipt_amount_positive" CHECK ("amountCents" > 0)
);
CREATE INDEX "LateFeeReceipt_lateFeeId_createdAt_idx" ON "LateFeeReceipt"("lateFeeId", "createdAt");
ALTER TABLE "LateFeeReceipt" ADD CONSTRAINT "LateFeeReceipt_lateFeeId_fkey" FOREIGN KEY ("lateFeeId") REFERENCES "LateFee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "LateFee" ADD COLUMN "receivedCents" INTEGER NOT NULL DEFAULT 0;
INSERT INTO "LateFeeReceipt" ("id", "lateFeeId", "amountCents", "receivedOn", "reference", "recordedBy")
  SELECT "id", "id", "interestCents" + "indemnityCents", "receivedOn", "reference", coalesce("receivedBy", '') FROM "LateFee" WHERE "receivedOn" IS NOT NULL;
UPDATE "LateFee" SET "receivedCents" = "interestCents" + "indemnityCents" WHERE "receivedOn" IS NOT NULL;
ALTER TABLE "LateFee" ADD CONSTRAINT "LateFee_received_within_due" CHECK ("receivedCents" BETWEEN 0 AND "interestCents" + "indemnityCents");
ALTER TABLE "LateFee" DROP COLUMN "receivedOn", DROP COLUMN "receivedBy", DROP COLUMN "reference";

-- I12: what a bank line holds above what is due on an invoice is kept as the client's credit when it is confirmed so.
ALTER TABLE "BankMatch" ADD COLUMN "keptCents" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "BankMatch" ADD CONSTRAINT "BankMatch_kept_of_a_payment" CHECK ("keptCents" = 0 OR ("keptCents" BETWEEN 1 AND "cents" - 1 AND "kind" = 'payment'));

-- I6, I7: the PDF of a letter or of an advice is drawn once.
CREATE TABLE "SentPdf" (
    "documentId" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SentPdf_pkey" PRIMARY KEY ("documentId")
);
ALTER TABLE "SentPdf" ADD CONSTRAINT "SentPdf_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "SentPdf" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
CREATE FUNCTION refuse_sent_pdf_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was sent is never changed nor removed (%)', OLD."documentId";
END
$$;
CREATE TRIGGER sent_pdf_never_changes BEFORE UPDATE OR DELETE ON "SentPdf" FOR EACH ROW EXECUTE FUNCTION refuse_sent_pdf_change();
