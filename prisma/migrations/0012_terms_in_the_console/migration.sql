-- S4, C11: settings, special rates and themes changed in the console: dated, attributed, never retroactive.

ALTER TABLE "Setting" ADD COLUMN "reason" TEXT NOT NULL DEFAULT '', ADD COLUMN "cancelledAt" TIMESTAMP(3), ADD COLUMN "cancelledBy" TEXT;
ALTER TABLE "SpecialFeeRate" ADD COLUMN "endedBy" TEXT;
ALTER TABLE "Theme" ADD COLUMN "retiredAt" TIMESTAMP(3);

-- Projects under way, counted beside each setting.
CREATE INDEX "Project_running" ON "Project"("id") WHERE "closedAt" IS NULL;

-- ── A setting ──────────────────────────────────────────────────────────────────────────────────────────────────────
-- Written once; the only change is to cancel it before its date.
CREATE FUNCTION setting_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."cancelledAt" IS NOT NULL
    OR (to_jsonb(NEW) - 'cancelledAt' - 'cancelledBy') IS DISTINCT FROM (to_jsonb(OLD) - 'cancelledAt' - 'cancelledBy')
    OR NEW."cancelledAt" IS NULL OR NEW."cancelledBy" IS NULL OR OLD."effectiveFrom" <= (now() AT TIME ZONE 'UTC') THEN
    RAISE EXCEPTION 'setting % is written once; only one not in force yet is cancelled', OLD."key" USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Setting_stays" BEFORE UPDATE OR DELETE ON "Setting" FOR EACH ROW EXECUTE FUNCTION setting_stays();
ALTER TABLE "Setting" ADD CONSTRAINT "Setting_never_retroactive" CHECK ("effectiveFrom" >= "createdAt") NOT VALID;

-- ── A special rate ─────────────────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE "SpecialFeeRate" ADD CONSTRAINT "SpecialFeeRate_of_a_final_amount" CHECK ("rateBp" >= 0 AND "rateBp" < 10000);
ALTER TABLE "SpecialFeeRate" ADD CONSTRAINT "SpecialFeeRate_has_an_order" CHECK ("until" IS NULL OR "until" >= "from");
ALTER TABLE "SpecialFeeRate" ADD CONSTRAINT "SpecialFeeRate_never_retroactive" CHECK ("from" >= "createdAt") NOT VALID;

-- One rate at a time and per client, whoever writes at the same moment: the company's row is the lock. A rate that ends as it begins never ran.
CREATE FUNCTION one_special_rate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Company" WHERE "id" = NEW."companyId" FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM "SpecialFeeRate" other WHERE other."companyId" = NEW."companyId" AND other."id" <> NEW."id"
      AND tsrange(other."from", other."until") && tsrange(NEW."from", NEW."until")
  ) THEN
    RAISE EXCEPTION 'another special rate of company % runs meanwhile', NEW."companyId" USING ERRCODE = '23P01';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "SpecialFeeRate_one_at_a_time" BEFORE INSERT OR UPDATE ON "SpecialFeeRate" FOR EACH ROW EXECUTE FUNCTION one_special_rate();

-- What was agreed stays; its end may move, to a moment still to come.
CREATE FUNCTION special_rate_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR (to_jsonb(NEW) - 'until' - 'endedBy') IS DISTINCT FROM (to_jsonb(OLD) - 'until' - 'endedBy')
    OR OLD."until" <= (now() AT TIME ZONE 'UTC')
    OR NEW."until" < (now() AT TIME ZONE 'UTC') - interval '1 minute' THEN
    RAISE EXCEPTION 'a special rate stays as agreed; only its end may move, to a moment to come' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "SpecialFeeRate_stays" BEFORE UPDATE OR DELETE ON "SpecialFeeRate" FOR EACH ROW EXECUTE FUNCTION special_rate_stays();
