-- Q3: how long a member holds to their quote, and in how many instalments it is paid.
ALTER TABLE "MemberQuote" ADD COLUMN "instalments" INTEGER, ADD COLUMN "validityDays" INTEGER;

-- M9: a quote being written, as it was typed.
CREATE TABLE "MemberQuoteDraft" (
    "roundId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "fields" JSONB NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "MemberQuoteDraft_pkey" PRIMARY KEY ("roundId","memberId")
);
CREATE INDEX "MemberQuoteDraft_memberId_idx" ON "MemberQuoteDraft"("memberId");
ALTER TABLE "MemberQuoteDraft" ADD CONSTRAINT "MemberQuoteDraft_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "QuoteRound"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "MemberQuoteDraft" ADD CONSTRAINT "MemberQuoteDraft_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- M9: files joined to a quote, or to the draft of one.
CREATE TABLE "QuoteFile" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "quoteId" TEXT,
    "fileId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QuoteFile_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "QuoteFile_roundId_memberId_idx" ON "QuoteFile"("roundId", "memberId");
CREATE INDEX "QuoteFile_memberId_idx" ON "QuoteFile"("memberId");
CREATE INDEX "QuoteFile_fileId_idx" ON "QuoteFile"("fileId");
CREATE UNIQUE INDEX "QuoteFile_quoteId_fileId_key" ON "QuoteFile"("quoteId", "fileId");
ALTER TABLE "QuoteFile" ADD CONSTRAINT "QuoteFile_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "QuoteRound"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "QuoteFile" ADD CONSTRAINT "QuoteFile_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "QuoteFile" ADD CONSTRAINT "QuoteFile_quoteId_fkey" FOREIGN KEY ("quoteId") REFERENCES "MemberQuote"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "QuoteFile" ADD CONSTRAINT "QuoteFile_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "StoredFile"("id") ON DELETE CASCADE ON UPDATE CASCADE;
