-- S4: reminder rules written by staff, and what they have rung for.
CREATE TABLE "ReminderRule" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "delayCount" INTEGER NOT NULL,
    "delayUnit" TEXT NOT NULL,
    "target" TEXT,
    "queue" TEXT,
    "headlineFr" TEXT NOT NULL DEFAULT '',
    "messageFr" TEXT NOT NULL DEFAULT '',
    "headlineEn" TEXT NOT NULL DEFAULT '',
    "messageEn" TEXT NOT NULL DEFAULT '',
    "active" BOOLEAN NOT NULL,
    "live" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ReminderRule_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ReminderRule_says_something" CHECK ("target" IS NOT NULL OR "queue" IS NOT NULL),
    CONSTRAINT "ReminderRule_delay" CHECK ("delayCount" > 0 AND "delayUnit" IN ('minutes', 'hours', 'days', 'working_days')),
    CONSTRAINT "ReminderRule_live_is_active" CHECK ("active" OR NOT "live")
);
CREATE UNIQUE INDEX "ReminderRule_rule_number_key" ON "ReminderRule"("rule", "number");
-- One version of a rule holds at a time, and a stage finds those that do.
CREATE UNIQUE INDEX "ReminderRule_one_live" ON "ReminderRule"("rule") WHERE "live";
CREATE INDEX "ReminderRule_live_stage" ON "ReminderRule"("subject", "stage") WHERE "live";

CREATE TABLE "ReminderFiring" (
    "id" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "subjectRef" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'entered',
    "enteredAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3),
    "firedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "endedBy" TEXT,
    "readers" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "ReminderFiring_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "ReminderFiring" ADD CONSTRAINT "ReminderFiring_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "ReminderRule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReminderFiring" ADD CONSTRAINT "ReminderFiring_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "ReminderFiring_projectId_enteredAt_idx" ON "ReminderFiring"("projectId", "enteredAt");
CREATE INDEX "ReminderFiring_ruleId_enteredAt_idx" ON "ReminderFiring"("ruleId", "enteredAt");
-- One entry of a subject is waited for once by a version; what the worker has to start, what the work queue shows.
CREATE UNIQUE INDEX "ReminderFiring_once" ON "ReminderFiring"("subjectId", "ruleId") WHERE "state" IN ('entered', 'scheduled', 'queued');
CREATE INDEX "ReminderFiring_to_start" ON "ReminderFiring"("enteredAt") WHERE "state" = 'entered';
CREATE INDEX "ReminderFiring_waiting" ON "ReminderFiring"("ruleId") WHERE "state" IN ('entered', 'scheduled');
CREATE INDEX "ReminderFiring_in_queue" ON "ReminderFiring"("firedAt") WHERE "state" = 'queued';
-- Who is in a stage already, when a rule begins.
CREATE INDEX "MemberInvoice_state_idx" ON "MemberInvoice"("state") WHERE "state" IN ('preview', 'anomaly');

-- What a rule said stays as it was written, apart from whether it holds.
CREATE FUNCTION reminder_rule_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'live' IS DISTINCT FROM to_jsonb(OLD) - 'live' THEN
    RAISE EXCEPTION 'version % of the rule % stays as it was written', OLD."number", OLD."name" USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ReminderRule_stays" BEFORE UPDATE OR DELETE ON "ReminderRule" FOR EACH ROW EXECUTE FUNCTION reminder_rule_stays();

-- The outbox of S4: whoever moves a subject ends what waited for the stage it leaves, and writes one row for each rule of the stage it enters,
-- in the same transaction. Without a rule, nothing is written. A worker starts a workflow for each row (steps/start-reminders.ts).
CREATE FUNCTION reminder_stage_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMP(3) := clock_timestamp() AT TIME ZONE 'UTC';
  entered TEXT;
  project TEXT;
BEGIN
  IF TG_ARGV[0] = 'project' THEN
    entered := NEW."stage";
    project := NEW."id";
  ELSE
    entered := NEW."state";
    project := NEW."projectId";
  END IF;
  IF TG_OP = 'UPDATE' THEN
    UPDATE "ReminderFiring" SET "state" = CASE WHEN "state" = 'queued' THEN 'done' ELSE 'left' END, "endedAt" = moment
    WHERE "subjectId" = NEW."id" AND "state" IN ('entered', 'scheduled', 'queued');
  END IF;
  INSERT INTO "ReminderFiring" ("id", "ruleId", "subject", "subjectId", "subjectRef", "projectId", "enteredAt")
  SELECT gen_random_uuid(), r."id", r."subject", NEW."id", NEW."ref", project, moment
  FROM "ReminderRule" r WHERE r."live" AND r."subject" = TG_ARGV[0] AND r."stage" = entered;
  RETURN NULL;
END $$;
CREATE TRIGGER "Project_stage_begins" AFTER INSERT ON "Project" FOR EACH ROW EXECUTE FUNCTION reminder_stage_moved('project');
CREATE TRIGGER "Project_stage_moved" AFTER UPDATE OF "stage" ON "Project" FOR EACH ROW WHEN (OLD."stage" IS DISTINCT FROM NEW."stage") EXECUTE FUNCTION reminder_stage_moved('project');
CREATE TRIGGER "QuoteRound_stage_begins" AFTER INSERT ON "QuoteRound" FOR EACH ROW EXECUTE FUNCTION reminder_stage_moved('quote');
CREATE TRIGGER "QuoteRound_stage_moved" AFTER UPDATE OF "state" ON "QuoteRound" FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION reminder_stage_moved('quote');
CREATE TRIGGER "MemberInvoice_stage_begins" AFTER INSERT ON "MemberInvoice" FOR EACH ROW EXECUTE FUNCTION reminder_stage_moved('member_invoice');
CREATE TRIGGER "MemberInvoice_stage_moved" AFTER UPDATE OF "state" ON "MemberInvoice" FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION reminder_stage_moved('member_invoice');
CREATE TRIGGER "ClientInvoice_stage_begins" AFTER INSERT ON "ClientInvoice" FOR EACH ROW EXECUTE FUNCTION reminder_stage_moved('client_invoice');
CREATE TRIGGER "ClientInvoice_stage_moved" AFTER UPDATE OF "state" ON "ClientInvoice" FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION reminder_stage_moved('client_invoice');
