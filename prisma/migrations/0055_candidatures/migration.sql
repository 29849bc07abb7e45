-- M1, M12: members who recommend somebody, and what candidates join to their candidature.
CREATE TABLE "Recommendation" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "candidateId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Recommendation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Recommendation_memberId_email_key" ON "Recommendation"("memberId", "email");
CREATE INDEX "Recommendation_memberId_createdAt_idx" ON "Recommendation"("memberId", "createdAt");
CREATE INDEX "Recommendation_email_createdAt_idx" ON "Recommendation"("email", "createdAt");
CREATE INDEX "Recommendation_candidateId_idx" ON "Recommendation"("candidateId");
CREATE INDEX "Recommendation_createdAt_idx" ON "Recommendation"("createdAt");
ALTER TABLE "Recommendation" ADD CONSTRAINT "Recommendation_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Recommendation" ADD CONSTRAINT "Recommendation_candidateId_fkey" FOREIGN KEY ("candidateId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "CandidatureFile" (
    "id" TEXT NOT NULL,
    "formKey" TEXT NOT NULL,
    "memberId" TEXT,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CandidatureFile_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CandidatureFile_formKey_sha256_key" ON "CandidatureFile"("formKey", "sha256");
CREATE INDEX "CandidatureFile_memberId_idx" ON "CandidatureFile"("memberId");
CREATE INDEX "CandidatureFile_createdAt_idx" ON "CandidatureFile"("createdAt");
ALTER TABLE "CandidatureFile" ADD CONSTRAINT "CandidatureFile_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
