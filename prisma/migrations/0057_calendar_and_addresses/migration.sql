-- AlterTable
ALTER TABLE "MemberSearch" ADD COLUMN     "freeDays" datemultirange NOT NULL DEFAULT '{}'::datemultirange,
ADD COLUMN     "partlyDays" datemultirange NOT NULL DEFAULT '{}'::datemultirange,
ADD COLUMN     "notFreeDays" datemultirange NOT NULL DEFAULT '{}'::datemultirange;

-- CreateTable
CREATE TABLE "AvailabilityPeriod" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "fromOn" DATE NOT NULL,
    "toOn" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AvailabilityPeriod_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EmailChange" (
    "id" TEXT NOT NULL,
    "personKind" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "formerEmail" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "EmailChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AvailabilityPeriod_memberId_fromOn_idx" ON "AvailabilityPeriod"("memberId", "fromOn");

-- CreateIndex
CREATE INDEX "EmailChange_personKind_personId_createdAt_idx" ON "EmailChange"("personKind", "personId", "createdAt");

-- AddForeignKey
ALTER TABLE "AvailabilityPeriod" ADD CONSTRAINT "AvailabilityPeriod_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── M2: the calendar ───────────────────────────────────────────────────────────────────────────────────────────────
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE "AvailabilityPeriod" ADD CONSTRAINT "AvailabilityPeriod_in_order" CHECK ("fromOn" <= "toOn");
ALTER TABLE "AvailabilityPeriod" ADD CONSTRAINT "AvailabilityPeriod_kind" CHECK ("kind" IN ('free', 'partly', 'taken'));
-- A day is one thing: whoever writes, two periods of one member never overlap.
ALTER TABLE "AvailabilityPeriod" ADD CONSTRAINT "AvailabilityPeriod_apart" EXCLUDE USING gist ("memberId" WITH =, daterange("fromOn", "toOn", '[]') WITH &&);

CREATE FUNCTION calendar_days(who text, VARIADIC what text[]) RETURNS datemultirange LANGUAGE sql STABLE
  AS $$ SELECT coalesce(range_agg(daterange("fromOn", "toOn", '[]')), '{}'::datemultirange) FROM "AvailabilityPeriod" WHERE "memberId" = who AND "kind" = ANY(what) $$;

-- C4: the search holds the days beside the words. Whoever is found for the first time brings theirs; later only the days are written, never the words again.
CREATE FUNCTION member_found_with_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."freeDays" := calendar_days(NEW."memberId", 'free'); NEW."partlyDays" := calendar_days(NEW."memberId", 'partly'); NEW."notFreeDays" := calendar_days(NEW."memberId", 'partly', 'taken');
  RETURN NEW;
END $$;
CREATE TRIGGER "MemberSearch_days" BEFORE INSERT ON "MemberSearch" FOR EACH ROW EXECUTE FUNCTION member_found_with_days();

CREATE FUNCTION calendar_searched_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE who text := CASE WHEN TG_OP = 'DELETE' THEN OLD."memberId" ELSE NEW."memberId" END;
BEGIN
  UPDATE "MemberSearch" SET "freeDays" = calendar_days(who, 'free'), "partlyDays" = calendar_days(who, 'partly'), "notFreeDays" = calendar_days(who, 'partly', 'taken') WHERE "memberId" = who;
  RETURN NULL;
END $$;
CREATE TRIGGER "AvailabilityPeriod_search" AFTER INSERT OR UPDATE OR DELETE ON "AvailabilityPeriod" FOR EACH ROW EXECUTE FUNCTION calendar_searched_otherwise();

-- ── M2, C6: another e-mail address, one asked for at a time ────────────────────────────────────────────────────────
CREATE UNIQUE INDEX "EmailChange_one_asked" ON "EmailChange"("personKind", "personId") WHERE "state" = 'asked';
