-- M14: business that members bring: a lead, before it has become a project.

-- CreateTable
CREATE TABLE "Lead" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "company" TEXT NOT NULL,
    "companyKey" TEXT NOT NULL,
    "siren" TEXT,
    "contactName" TEXT NOT NULL,
    "contactEmail" TEXT NOT NULL,
    "mailDomain" TEXT,
    "contactPhone" TEXT NOT NULL DEFAULT '',
    "need" TEXT NOT NULL,
    "wishedLevel" TEXT NOT NULL,
    "level" TEXT,
    "answer" TEXT NOT NULL DEFAULT '',
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),
    "companyId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Lead_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "Referral" ADD COLUMN "leadId" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Lead_key_key" ON "Lead"("key");
CREATE INDEX "Lead_state_createdAt_idx" ON "Lead"("state", "createdAt");
CREATE INDEX "Lead_memberId_createdAt_idx" ON "Lead"("memberId", "createdAt");
CREATE INDEX "Lead_companyId_idx" ON "Lead"("companyId");
CREATE INDEX "Lead_companyKey_idx" ON "Lead"("companyKey");
CREATE INDEX "Lead_siren_idx" ON "Lead"("siren");
CREATE INDEX "Lead_mailDomain_idx" ON "Lead"("mailDomain");
CREATE INDEX "Referral_leadId_idx" ON "Referral"("leadId");

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Referral" ADD CONSTRAINT "Referral_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead"("id") ON DELETE SET NULL ON UPDATE CASCADE;
