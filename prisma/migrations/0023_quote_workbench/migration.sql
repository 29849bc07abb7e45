-- AlterTable
ALTER TABLE "ClientQuote" ADD COLUMN     "layout" JSONB;

-- CreateTable
CREATE TABLE "QuoteDraft" (
    "roundId" TEXT NOT NULL,
    "layout" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "savedById" TEXT NOT NULL,
    "savedBy" TEXT NOT NULL,
    "savedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "QuoteDraft_pkey" PRIMARY KEY ("roundId")
);

-- CreateTable
CREATE TABLE "QuoteCheck" (
    "quoteId" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "staff" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "QuoteCheck_pkey" PRIMARY KEY ("quoteId","item")
);

-- CreateTable
CREATE TABLE "StaffAbsence" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "standInId" TEXT NOT NULL,
    "from" TIMESTAMP(3) NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedBy" TEXT,

    CONSTRAINT "StaffAbsence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "StaffAbsence_staffId_from_idx" ON "StaffAbsence"("staffId", "from");

-- CreateIndex
CREATE INDEX "StaffAbsence_until_idx" ON "StaffAbsence"("until");

-- An absence has an order, and nobody stands in for themselves.
ALTER TABLE "StaffAbsence" ADD CONSTRAINT "StaffAbsence_has_an_order" CHECK ("until" >= "from");
ALTER TABLE "StaffAbsence" ADD CONSTRAINT "StaffAbsence_of_two_people" CHECK ("staffId" <> "standInId");
