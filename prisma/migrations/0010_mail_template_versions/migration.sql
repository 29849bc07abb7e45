-- S4: wordings of e-mails written in the console.
CREATE TABLE "MailTemplateVersion" (
    "id" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "note" TEXT NOT NULL DEFAULT '',
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "publishedAt" TIMESTAMP(3),

    CONSTRAINT "MailTemplateVersion_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "MailTemplateVersion_template_locale_number_key" ON "MailTemplateVersion"("template", "locale", "number");

-- One wording at a time is the one in use.
CREATE UNIQUE INDEX "MailTemplateVersion_published" ON "MailTemplateVersion"("template", "locale") WHERE "state" = 'published';

-- A mail is rendered with the wording in use when it was queued, whatever is published before it leaves.
ALTER TABLE "Mail" ADD COLUMN "templateVersionId" TEXT;
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_templateVersionId_fkey" FOREIGN KEY ("templateVersionId") REFERENCES "MailTemplateVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The latest mails of one kind: what the studio offers to preview with.
CREATE INDEX "Mail_template_createdAt_idx" ON "Mail"("template", "createdAt");

CREATE FUNCTION choose_mail_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT "id" INTO NEW."templateVersionId" FROM "MailTemplateVersion"
  WHERE "template" = NEW."template" AND "locale" = NEW."locale" AND "state" = 'published';
  RETURN NEW;
END
$$;

CREATE TRIGGER mail_takes_wording_in_use BEFORE INSERT ON "Mail"
  FOR EACH ROW WHEN (NEW."templateVersionId" IS NULL) EXECUTE FUNCTION choose_mail_wording();

-- What was sent can always be read again: a wording keeps its text, and only its state moves.
CREATE FUNCTION refuse_wording_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW."id", NEW."template", NEW."locale", NEW."number", NEW."subject", NEW."source", NEW."byId", NEW."byName", NEW."createdAt")
      IS NOT DISTINCT FROM (OLD."id", OLD."template", OLD."locale", OLD."number", OLD."subject", OLD."source", OLD."byId", OLD."byName", OLD."createdAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the wording of % (%) nº % is never changed nor removed', OLD."template", OLD."locale", OLD."number";
END
$$;

CREATE TRIGGER wording_keeps_its_text BEFORE UPDATE OR DELETE ON "MailTemplateVersion"
  FOR EACH ROW EXECUTE FUNCTION refuse_wording_change();
