-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "erasedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "MemberDocument" ADD COLUMN     "fileId" TEXT;

-- AlterTable
ALTER TABLE "Payout" ADD COLUMN     "heldFor" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "MemberFile" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MemberFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DocumentOverride" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" DATE NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "DocumentOverride_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CandidatureReview" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "experience" INTEGER,
    "references" INTEGER,
    "creativity" INTEGER,
    "expertise" INTEGER,
    "experienceNote" TEXT NOT NULL DEFAULT '',
    "referencesNote" TEXT NOT NULL DEFAULT '',
    "creativityNote" TEXT NOT NULL DEFAULT '',
    "expertiseNote" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CandidatureReview_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MemberFile_memberId_idx" ON "MemberFile"("memberId");

-- CreateIndex
CREATE INDEX "DocumentOverride_memberId_kind_idx" ON "DocumentOverride"("memberId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "CandidatureReview_memberId_staffId_key" ON "CandidatureReview"("memberId", "staffId");

-- AddForeignKey
ALTER TABLE "MemberDocument" ADD CONSTRAINT "MemberDocument_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "MemberFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentOverride" ADD CONSTRAINT "DocumentOverride_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CandidatureReview" ADD CONSTRAINT "CandidatureReview_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CandidatureReview" ADD CONSTRAINT "CandidatureReview_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What staff decided about a document stays as it was written, apart from the moment it ended (M4).
CREATE FUNCTION override_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'endedAt' IS DISTINCT FROM to_jsonb(OLD) - 'endedAt' THEN
    RAISE EXCEPTION 'an override of % stays as it was decided', OLD."kind" USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "DocumentOverride_stays" BEFORE UPDATE OR DELETE ON "DocumentOverride" FOR EACH ROW EXECUTE FUNCTION override_stays();

-- A scorecard notes each point from 0 to 5 (M1).
ALTER TABLE "CandidatureReview" ADD CONSTRAINT "CandidatureReview_notes" CHECK (
  "experience" BETWEEN 0 AND 5 AND "references" BETWEEN 0 AND 5 AND "creativity" BETWEEN 0 AND 5 AND "expertise" BETWEEN 0 AND 5
);
