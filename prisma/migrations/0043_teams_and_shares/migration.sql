-- M6: members asked to join an application, who count once they have accepted.
CREATE TABLE "TeamInvitation" (
    "id" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'sent',
    "answer" TEXT NOT NULL DEFAULT '',
    "times" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMP(3),

    CONSTRAINT "TeamInvitation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "TeamInvitation_applicationId_memberId_key" ON "TeamInvitation"("applicationId", "memberId");
CREATE INDEX "TeamInvitation_memberId_state_idx" ON "TeamInvitation"("memberId", "state");
ALTER TABLE "TeamInvitation" ADD CONSTRAINT "TeamInvitation_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TeamInvitation" ADD CONSTRAINT "TeamInvitation_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whoever was in somebody's team before is taken to have agreed.
INSERT INTO "TeamInvitation" ("id", "applicationId", "memberId", "state", "createdAt", "answeredAt")
SELECT gen_random_uuid()::text, a."id", m."memberId", 'accepted', a."createdAt", a."createdAt"
FROM "ApplicationMember" m JOIN "Application" a ON a."id" = m."applicationId" WHERE m."memberId" <> a."leadId";

-- M12: a project sent to somebody.
CREATE TABLE "ProjectShare" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "candidateId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProjectShare_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ProjectShare_projectId_memberId_email_key" ON "ProjectShare"("projectId", "memberId", "email");
CREATE INDEX "ProjectShare_memberId_createdAt_idx" ON "ProjectShare"("memberId", "createdAt");
CREATE INDEX "ProjectShare_email_createdAt_idx" ON "ProjectShare"("email", "createdAt");
CREATE INDEX "ProjectShare_candidateId_idx" ON "ProjectShare"("candidateId");
CREATE INDEX "ProjectShare_createdAt_idx" ON "ProjectShare"("createdAt");
ALTER TABLE "ProjectShare" ADD CONSTRAINT "ProjectShare_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProjectShare" ADD CONSTRAINT "ProjectShare_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProjectShare" ADD CONSTRAINT "ProjectShare_candidateId_fkey" FOREIGN KEY ("candidateId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "ShareRefusal" (
    "emailHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShareRefusal_pkey" PRIMARY KEY ("emailHash")
);
