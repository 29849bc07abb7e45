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
