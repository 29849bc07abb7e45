-- S5: the trail as a chain, second factors, sessions that can be seen and ended, tries to sign in.

-- ── The trail ──────────────────────────────────────────────────────────────────────────────────────────────────────
DROP INDEX "AuditEvent_at_idx";
CREATE INDEX "AuditEvent_at_id_idx" ON "AuditEvent"("at", "id");
CREATE INDEX "AuditEvent_actorId_at_idx" ON "AuditEvent"("actorId", "at");
CREATE INDEX "AuditEvent_actorKind_at_idx" ON "AuditEvent"("actorKind", "at");
-- Read by the beginning of a reference.
CREATE INDEX "AuditEvent_subject_at_idx" ON "AuditEvent"("subject" text_pattern_ops, "at");

CREATE TABLE "AuditSeal" (
    "sequence" INTEGER NOT NULL,
    "eventId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditSeal_pkey" PRIMARY KEY ("sequence")
);
CREATE UNIQUE INDEX "AuditSeal_eventId_key" ON "AuditSeal"("eventId");
ALTER TABLE "AuditSeal" ADD CONSTRAINT "AuditSeal_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "AuditEvent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "AuditUnsealed" (
    "eventId" TEXT NOT NULL,

    CONSTRAINT "AuditUnsealed_pkey" PRIMARY KEY ("eventId")
);
INSERT INTO "AuditUnsealed" SELECT "id" FROM "AuditEvent";

-- Whoever writes an event queues it for its seal, in the same transaction: no lock is shared, the chain is made afterwards.
CREATE FUNCTION queue_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "AuditUnsealed" SELECT "id" FROM added;
  RETURN NULL;
END $$;
CREATE TRIGGER "AuditEvent_queue_for_seal" AFTER INSERT ON "AuditEvent" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION queue_for_seal();

CREATE TRIGGER "AuditSeal_append_only" BEFORE UPDATE OR DELETE ON "AuditSeal" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER "AuditSeal_not_emptied" BEFORE TRUNCATE ON "AuditSeal" FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER "AuditEvent_not_emptied" BEFORE TRUNCATE ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER "LedgerEntry_not_emptied" BEFORE TRUNCATE ON "LedgerEntry" FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER "LedgerLine_not_emptied" BEFORE TRUNCATE ON "LedgerLine" FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- ── Staff ──────────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE "StaffSecondFactor" (
    "staffId" TEXT NOT NULL,
    "secretEncrypted" TEXT NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "lastStep" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffSecondFactor_pkey" PRIMARY KEY ("staffId")
);
ALTER TABLE "StaffSecondFactor" ADD CONSTRAINT "StaffSecondFactor_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "StaffRecoveryCode" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffRecoveryCode_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "StaffRecoveryCode_staffId_codeHash_key" ON "StaffRecoveryCode"("staffId", "codeHash");
ALTER TABLE "StaffRecoveryCode" ADD CONSTRAINT "StaffRecoveryCode_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Sessions from before this migration say nobody's name: they end here, and people sign in again.
DELETE FROM "StaffSession";
ALTER TABLE "StaffSession"
  ADD COLUMN "id" TEXT NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN "staffId" TEXT,
  ADD COLUMN "userAgent" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "address" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "lastSeenAt" TIMESTAMP(3);
CREATE UNIQUE INDEX "StaffSession_id_key" ON "StaffSession"("id");
CREATE INDEX "StaffSession_staffId_idx" ON "StaffSession"("staffId");
ALTER TABLE "StaffSession" ADD CONSTRAINT "StaffSession_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Someone who leaves, changes role or gets another password is out at once, whoever writes it and wherever they are signed in.
CREATE FUNCTION end_staff_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "StaffSession" WHERE "staffId" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "Staff_ends_sessions" AFTER UPDATE OF "role", "active", "passwordHash" ON "Staff" FOR EACH ROW
  WHEN (OLD."role" IS DISTINCT FROM NEW."role" OR OLD."active" IS DISTINCT FROM NEW."active" OR OLD."passwordHash" IS DISTINCT FROM NEW."passwordHash")
  EXECUTE FUNCTION end_staff_sessions();

CREATE TABLE "SignInTry" (
    "key" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "lastAt" TIMESTAMP(3) NOT NULL,
    "openAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SignInTry_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "SignInTry_lastAt_idx" ON "SignInTry"("lastAt");

CREATE TABLE "StaffPasswordLink" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffPasswordLink_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "StaffPasswordLink_tokenHash_key" ON "StaffPasswordLink"("tokenHash");
CREATE INDEX "StaffPasswordLink_staffId_idx" ON "StaffPasswordLink"("staffId");
