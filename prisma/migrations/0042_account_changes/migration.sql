-- M3: every mandate that was accepted, as it was read.
CREATE TABLE "BillingMandate" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "acceptedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "BillingMandate_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "BillingMandate_memberId_acceptedAt_idx" ON "BillingMandate"("memberId", "acceptedAt");
ALTER TABLE "BillingMandate" ADD CONSTRAINT "BillingMandate_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
INSERT INTO "BillingMandate" ("id", "memberId", "text", "sha256", "acceptedAt")
  SELECT gen_random_uuid()::text, "memberId", "mandateText", "mandateTextSha256", "mandateAcceptedAt" FROM "BillingEntity"
  WHERE "mandateAcceptedAt" IS NOT NULL AND "mandateText" IS NOT NULL AND "mandateTextSha256" IS NOT NULL;

-- What was accepted is proof: of a mandate only the end may be written, once.
CREATE FUNCTION mandate_only_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."endedAt" IS NULL AND to_jsonb(NEW) - 'endedAt' = to_jsonb(OLD) - 'endedAt' THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER "BillingMandate_only_ended" BEFORE UPDATE ON "BillingMandate" FOR EACH ROW EXECUTE FUNCTION mandate_only_ended();

-- M3: another account to be paid to; one at a time is asked for.
CREATE TABLE "AccountChange" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "email" TEXT NOT NULL,
    "ibanEncrypted" TEXT NOT NULL,
    "ibanLast4" TEXT NOT NULL,
    "bic" TEXT,
    "formerEncrypted" TEXT NOT NULL DEFAULT '',
    "formerLast4" TEXT NOT NULL DEFAULT '',
    "formerBic" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "AccountChange_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AccountChange_memberId_createdAt_idx" ON "AccountChange"("memberId", "createdAt");
CREATE UNIQUE INDEX "AccountChange_one_asked" ON "AccountChange"("memberId") WHERE "state" = 'asked';
ALTER TABLE "AccountChange" ADD CONSTRAINT "AccountChange_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
