-- M5: the band of a budget is a word like others, so that the index of words knows it.
CREATE OR REPLACE FUNCTION refresh_feed(which text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "FeedEntry" f WHERE f."projectId" = ANY(which) AND NOT EXISTS (SELECT 1 FROM "Project" p WHERE p."id" = f."projectId" AND p."stage" = 'published');
  INSERT INTO "FeedEntry" ("projectId", "publishedAt", "shelf", "themeIds", "band", "words")
  SELECT p."id", coalesce(p."publishedAt", p."createdAt"), array_to_string(t.ids, ' '), t.ids, budget_band(p."budgetCents"),
    setweight(member_vector(left(p."title", 1000)), 'A') || setweight(to_tsvector('simple', t.tokens || ' band' || budget_band(p."budgetCents")), 'B')
      || setweight(member_vector(left(concat_ws(' . ', p."problem", p."objectives", p."context", p."deliverables", p."requirements"), 60000)), 'D')
  FROM "Project" p
  CROSS JOIN LATERAL (SELECT coalesce(array_agg(x."themeId" ORDER BY x."themeId"), '{}') AS ids, coalesce(string_agg(theme_token(x."themeId"), ' '), '') AS tokens FROM "ProjectTheme" x WHERE x."projectId" = p."id") t
  WHERE p."id" = ANY(which) AND p."stage" = 'published'
  ON CONFLICT ("projectId") DO UPDATE SET "publishedAt" = excluded."publishedAt", "shelf" = excluded."shelf", "themeIds" = excluded."themeIds", "band" = excluded."band", "words" = excluded."words";
  INSERT INTO "FeedShelf" ("shelf", "themeIds") SELECT DISTINCT f."shelf", f."themeIds" FROM "FeedEntry" f WHERE f."projectId" = ANY(which) ON CONFLICT DO NOTHING;
END $$;
SELECT refresh_feed(ARRAY(SELECT "id" FROM "Project" WHERE "stage" = 'published'));

-- GDPR 17: what somebody who is erased said may be blanked; nothing else of a message may ever change.
CREATE FUNCTION message_only_blanked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."text" = '—' AND NEW."authorName" = '—' AND to_jsonb(NEW) - 'text' - 'authorName' = to_jsonb(OLD) - 'text' - 'authorName' THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
DROP TRIGGER "Message_append_only" ON "Message";
CREATE TRIGGER "Message_append_only" BEFORE DELETE ON "Message" FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER "Message_only_blanked" BEFORE UPDATE ON "Message" FOR EACH ROW EXECUTE FUNCTION message_only_blanked();
