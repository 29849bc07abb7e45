-- What the code promises, the database refuses to break.

-- A line has one side, and nothing is negative.
ALTER TABLE "LedgerLine" ADD CONSTRAINT "LedgerLine_one_side"
  CHECK ("debitCents" >= 0 AND "creditCents" >= 0 AND ("debitCents" = 0) <> ("creditCents" = 0));

-- An entry balances when its transaction ends (I9).
CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry text := CASE TG_TABLE_NAME WHEN 'LedgerEntry' THEN NEW."id" ELSE to_jsonb(NEW) ->> 'entryId' END;
  difference bigint;
  lines bigint;
BEGIN
  SELECT count(*), coalesce(sum("debitCents"::bigint - "creditCents"::bigint), 0) INTO lines, difference FROM "LedgerLine" WHERE "entryId" = entry;
  IF lines = 0 OR difference <> 0 THEN
    RAISE EXCEPTION 'ledger entry % does not balance: % lines, % cents apart', entry, lines, difference USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "LedgerEntry_balances" AFTER INSERT ON "LedgerEntry" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();
CREATE CONSTRAINT TRIGGER "LedgerLine_balances" AFTER INSERT ON "LedgerLine" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();

-- The ledger and the trail are only ever added to (S5).
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER "LedgerEntry_append_only" BEFORE UPDATE OR DELETE ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER "LedgerLine_append_only" BEFORE UPDATE OR DELETE ON "LedgerLine" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION append_only();

-- A number given is given for good (I3, I4).
CREATE FUNCTION number_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."number" IS NOT NULL AND NEW."number" IS DISTINCT FROM OLD."number" THEN
    RAISE EXCEPTION '% % keeps its number', TG_TABLE_NAME, OLD."number" USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "MemberInvoice_number_stays" BEFORE UPDATE ON "MemberInvoice" FOR EACH ROW EXECUTE FUNCTION number_stays();
CREATE TRIGGER "ClientInvoice_number_stays" BEFORE UPDATE ON "ClientInvoice" FOR EACH ROW EXECUTE FUNCTION number_stays();

-- Never past what the accepted quote allows (I1), whoever asks at the same time: the quote's row is the lock.
CREATE FUNCTION within_allowance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  accepted integer;
  invoiced bigint;
BEGIN
  IF NEW."state" = 'cancelled' THEN RETURN NEW; END IF;
  SELECT "acceptedCents" INTO accepted FROM "MemberQuote" WHERE "id" = NEW."quoteId" FOR UPDATE;
  SELECT coalesce(sum("amountCents"::bigint), 0) INTO invoiced FROM "MemberInvoice"
    WHERE "quoteId" = NEW."quoteId" AND "state" <> 'cancelled' AND "id" <> NEW."id";
  IF invoiced + NEW."amountCents" > coalesce(accepted, 0) THEN
    RAISE EXCEPTION 'quote % allows % cents, % are asked', NEW."quoteId", accepted, invoiced + NEW."amountCents" USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "MemberInvoice_within_allowance" BEFORE INSERT OR UPDATE OF "amountCents", "state" ON "MemberInvoice"
  FOR EACH ROW EXECUTE FUNCTION within_allowance();
ALTER TABLE "MemberInvoice" ADD CONSTRAINT "MemberInvoice_positive" CHECK ("amountCents" > 0);

-- Never paid past its total (I7).
ALTER TABLE "ClientInvoice" ADD CONSTRAINT "ClientInvoice_paid_within" CHECK ("paidCents" >= 0 AND ("state" = 'gathering' OR "paidCents" <= "totalCents"));
ALTER TABLE "Payment" ADD CONSTRAINT "Payment_positive" CHECK ("amountCents" > 0);
ALTER TABLE "Payout" ADD CONSTRAINT "Payout_positive" CHECK ("amountCents" > 0);
