-- CreateTable
CREATE TABLE "BriefDraft" (
    "id" TEXT NOT NULL,
    "secretHash" TEXT,
    "clientUserId" TEXT,
    "fields" JSONB NOT NULL DEFAULT '{}',
    "sentAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BriefDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BriefRemark" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" TEXT NOT NULL DEFAULT '',
    "answeredBy" TEXT NOT NULL DEFAULT '',
    "answeredAt" TIMESTAMP(3),
    "settledAt" TIMESTAMP(3),

    CONSTRAINT "BriefRemark_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "BriefDraft_clientUserId_updatedAt_idx" ON "BriefDraft"("clientUserId", "updatedAt");

-- CreateIndex
CREATE INDEX "BriefDraft_secretHash_updatedAt_idx" ON "BriefDraft"("secretHash", "updatedAt");

-- CreateIndex
CREATE INDEX "BriefDraft_updatedAt_idx" ON "BriefDraft"("updatedAt");

-- CreateIndex
CREATE INDEX "BriefRemark_projectId_createdAt_idx" ON "BriefRemark"("projectId", "createdAt");

-- AddForeignKey
ALTER TABLE "BriefRemark" ADD CONSTRAINT "BriefRemark_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
