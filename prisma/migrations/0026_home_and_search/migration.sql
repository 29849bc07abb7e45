-- S1, S6: the home page, the search and the figures cost the same however large the tables grow.

ALTER TABLE "Staff" ADD COLUMN "team" TEXT NOT NULL DEFAULT '';

-- ── What waits: only what is open stands in these indexes ──────────────────────────────────────────────────────────
CREATE INDEX "MemberInvoice_windows" ON "MemberInvoice"("windowEndsAt") WHERE "state" = 'preview';
CREATE INDEX "MemberInvoice_anomalies" ON "MemberInvoice"("createdAt") WHERE "state" = 'anomaly';
CREATE INDEX "Payout_to_send" ON "Payout"("createdAt") WHERE "state" = 'to_send';
CREATE INDEX "Member_candidates" ON "Member"("createdAt") WHERE "state" = 'candidate';
CREATE INDEX "MemberDocument_to_check" ON "MemberDocument"("createdAt") WHERE "state" = 'to_check';
CREATE INDEX "Submission_pending" ON "Submission"("createdAt") WHERE "state" = 'pending';

-- ── Search: without accents, tolerant of typing mistakes ───────────────────────────────────────────────────────────
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
-- unaccent() itself is not immutable, for its dictionary might change; ours is named.
CREATE FUNCTION searchable(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;
CREATE INDEX "Project_search" ON "Project" USING gin (searchable("ref" || ' ' || "title") gin_trgm_ops);
CREATE INDEX "Company_search" ON "Company" USING gin (searchable("name") gin_trgm_ops);
CREATE INDEX "ClientUser_search" ON "ClientUser" USING gin (searchable("name" || ' ' || "email") gin_trgm_ops);
CREATE INDEX "Member_search" ON "Member" USING gin (searchable("name" || ' ' || "email") gin_trgm_ops);
CREATE INDEX "ClientQuote_search" ON "ClientQuote" USING gin (searchable("number") gin_trgm_ops);
CREATE INDEX "ClientInvoice_search" ON "ClientInvoice" USING gin (searchable("ref" || ' ' || coalesce("number", '')) gin_trgm_ops);
CREATE INDEX "MemberInvoice_search" ON "MemberInvoice" USING gin (searchable("ref" || ' ' || coalesce("number", '')) gin_trgm_ops);
CREATE INDEX "ClientQuote_totalCents" ON "ClientQuote"("totalCents");
CREATE INDEX "ClientQuote_totalWithTaxCents" ON "ClientQuote"("totalWithTaxCents");
CREATE INDEX "ClientInvoice_totalCents" ON "ClientInvoice"("totalCents");
CREATE INDEX "MemberInvoice_totalCents" ON "MemberInvoice"("totalCents");
CREATE INDEX "MemberInvoice_amountCents" ON "MemberInvoice"("amountCents");
CREATE INDEX "Payment_amountCents" ON "Payment"("amountCents");

-- ── Figures: read by date, from the index where it can be ──────────────────────────────────────────────────────────
CREATE INDEX "ClientInvoice_issuedAt" ON "ClientInvoice"("issuedAt") INCLUDE ("membersCents", "feeCents") WHERE "issuedAt" IS NOT NULL;
CREATE INDEX "ClientInvoice_paidAt" ON "ClientInvoice"("paidAt") INCLUDE ("issuedAt") WHERE "paidAt" IS NOT NULL;
CREATE INDEX "QuoteRound_clockStartedAt" ON "QuoteRound"("clockStartedAt") INCLUDE ("sentAt", "projectId", "number") WHERE "clockStartedAt" IS NOT NULL;
CREATE INDEX "ClientQuote_answeredAt" ON "ClientQuote"("answeredAt") INCLUDE ("state") WHERE "answeredAt" IS NOT NULL;
CREATE INDEX "Member_decidedAt" ON "Member"("decidedAt") INCLUDE ("state") WHERE "decidedAt" IS NOT NULL;
