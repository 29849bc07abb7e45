-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "digestedUntil" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "FeedEntry" (
    "projectId" TEXT NOT NULL,
    "publishedAt" TIMESTAMP(3) NOT NULL,
    "shelf" TEXT NOT NULL,
    "themeIds" TEXT[],
    "band" TEXT NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "FeedEntry_pkey" PRIMARY KEY ("projectId")
);

-- CreateTable
CREATE TABLE "FeedShelf" (
    "shelf" TEXT NOT NULL,
    "themeIds" TEXT[],

    CONSTRAINT "FeedShelf_pkey" PRIMARY KEY ("shelf")
);

-- CreateTable
CREATE TABLE "ProjectSeen" (
    "memberId" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "seenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProjectSeen_pkey" PRIMARY KEY ("memberId","projectId")
);

-- CreateIndex
CREATE INDEX "FeedEntry_shelf_publishedAt_projectId_idx" ON "FeedEntry"("shelf", "publishedAt" DESC, "projectId" DESC);

-- CreateIndex
CREATE INDEX "FeedEntry_shelf_band_publishedAt_projectId_idx" ON "FeedEntry"("shelf", "band", "publishedAt" DESC, "projectId" DESC);

-- CreateIndex
CREATE INDEX "FeedEntry_publishedAt_projectId_idx" ON "FeedEntry"("publishedAt" DESC, "projectId" DESC);

-- CreateIndex
CREATE INDEX "ProjectSeen_projectId_idx" ON "ProjectSeen"("projectId");

-- AddForeignKey
ALTER TABLE "FeedEntry" ADD CONSTRAINT "FeedEntry_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectSeen" ADD CONSTRAINT "ProjectSeen_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectSeen" ADD CONSTRAINT "ProjectSeen_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ── M5: the feed ───────────────────────────────────────────────────────────────────────────────────────────────────
-- What a brief announces, in bands: those of domain/budget-bands.
CREATE FUNCTION budget_band(cents integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN cents IS NULL THEN 'unknown' WHEN cents < 500000 THEN 'under5' WHEN cents < 1500000 THEN 'from5' WHEN cents < 5000000 THEN 'from15' ELSE 'from50' END $$;

CREATE FUNCTION refresh_feed(which text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "FeedEntry" f WHERE f."projectId" = ANY(which) AND NOT EXISTS (SELECT 1 FROM "Project" p WHERE p."id" = f."projectId" AND p."stage" = 'published');
  INSERT INTO "FeedEntry" ("projectId", "publishedAt", "shelf", "themeIds", "band", "words")
  SELECT p."id", coalesce(p."publishedAt", p."createdAt"), array_to_string(t.ids, ' '), t.ids, budget_band(p."budgetCents"),
    setweight(member_vector(left(p."title", 1000)), 'A') || setweight(to_tsvector('simple', t.tokens), 'B')
      || setweight(member_vector(left(concat_ws(' . ', p."problem", p."objectives", p."context", p."deliverables", p."requirements"), 60000)), 'D')
  FROM "Project" p
  CROSS JOIN LATERAL (SELECT coalesce(array_agg(x."themeId" ORDER BY x."themeId"), '{}') AS ids, coalesce(string_agg(theme_token(x."themeId"), ' '), '') AS tokens FROM "ProjectTheme" x WHERE x."projectId" = p."id") t
  WHERE p."id" = ANY(which) AND p."stage" = 'published'
  ON CONFLICT ("projectId") DO UPDATE SET "publishedAt" = excluded."publishedAt", "shelf" = excluded."shelf", "themeIds" = excluded."themeIds", "band" = excluded."band", "words" = excluded."words";
  INSERT INTO "FeedShelf" ("shelf", "themeIds") SELECT DISTINCT f."shelf", f."themeIds" FROM "FeedEntry" f WHERE f."projectId" = ANY(which) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION project_fed_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM refresh_feed(ARRAY[NEW."id"]); RETURN NULL; END $$;
CREATE TRIGGER "Project_feed_new" AFTER INSERT ON "Project" FOR EACH ROW WHEN (NEW."stage" = 'published') EXECUTE FUNCTION project_fed_otherwise();
CREATE TRIGGER "Project_feed_changed" AFTER UPDATE ON "Project" FOR EACH ROW WHEN (
  (OLD."stage" = 'published' OR NEW."stage" = 'published') AND
  (OLD."stage", OLD."publishedAt", OLD."title", OLD."problem", OLD."objectives", OLD."context", OLD."deliverables", OLD."requirements", OLD."budgetCents") IS DISTINCT FROM
  (NEW."stage", NEW."publishedAt", NEW."title", NEW."problem", NEW."objectives", NEW."context", NEW."deliverables", NEW."requirements", NEW."budgetCents")
) EXECUTE FUNCTION project_fed_otherwise();

CREATE FUNCTION project_themed_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM refresh_feed(ARRAY[OLD."projectId"]); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM refresh_feed(ARRAY[NEW."projectId"]); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "ProjectTheme_feed" AFTER INSERT OR UPDATE OR DELETE ON "ProjectTheme" FOR EACH ROW EXECUTE FUNCTION project_themed_otherwise();

CREATE INDEX "FeedEntry_words" ON "FeedEntry" USING gin ("words") WITH (fastupdate = off);

SELECT refresh_feed(ARRAY(SELECT "id" FROM "Project" WHERE "stage" = 'published'));
