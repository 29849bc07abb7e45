-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "availability" TEXT NOT NULL DEFAULT 'now',
ADD COLUMN     "availableFrom" DATE,
ADD COLUMN     "pictureId" TEXT;

-- CreateTable
CREATE TABLE "MemberReference" (
    "id" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "client" TEXT NOT NULL DEFAULT '',
    "year" INTEGER,
    "text" TEXT NOT NULL DEFAULT '',
    "url" TEXT,
    "pictureId" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MemberReference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MemberSearch" (
    "memberId" TEXT NOT NULL,
    "head" tsvector NOT NULL,
    "everything" tsvector NOT NULL,
    "skills" tsvector NOT NULL,
    "place" tsvector NOT NULL,
    "words" TEXT[],
    "themeIds" TEXT[],
    "dayRateCents" INTEGER,
    "availability" TEXT NOT NULL,
    "availableFrom" DATE,
    "standing" INTEGER NOT NULL,

    CONSTRAINT "MemberSearch_pkey" PRIMARY KEY ("memberId")
);

-- CreateTable
CREATE TABLE "MemberWord" (
    "word" TEXT NOT NULL,
    "plain" TEXT NOT NULL,
    "members" INTEGER NOT NULL,

    CONSTRAINT "MemberWord_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "ShortlistEntry" (
    "projectId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "addedById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShortlistEntry_pkey" PRIMARY KEY ("projectId","memberId")
);

-- CreateTable
CREATE TABLE "CandidateNote" (
    "id" TEXT NOT NULL,
    "projectId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CandidateNote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MemberReference_memberId_position_idx" ON "MemberReference"("memberId", "position");

-- CreateIndex
CREATE INDEX "MemberReference_pictureId_idx" ON "MemberReference"("pictureId");

-- CreateIndex
CREATE INDEX "Member_pictureId_idx" ON "Member"("pictureId");

-- CreateIndex
CREATE INDEX "MemberWord_plain_idx" ON "MemberWord"("plain");

-- CreateIndex
CREATE INDEX "ShortlistEntry_memberId_idx" ON "ShortlistEntry"("memberId");

-- CreateIndex
CREATE INDEX "CandidateNote_projectId_memberId_createdAt_idx" ON "CandidateNote"("projectId", "memberId", "createdAt");

-- CreateIndex
CREATE INDEX "CandidateNote_memberId_idx" ON "CandidateNote"("memberId");

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "StoredFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberReference" ADD CONSTRAINT "MemberReference_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberReference" ADD CONSTRAINT "MemberReference_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "StoredFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberSearch" ADD CONSTRAINT "MemberSearch_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShortlistEntry" ADD CONSTRAINT "ShortlistEntry_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShortlistEntry" ADD CONSTRAINT "ShortlistEntry_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShortlistEntry" ADD CONSTRAINT "ShortlistEntry_addedById_fkey" FOREIGN KEY ("addedById") REFERENCES "ClientUser"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CandidateNote" ADD CONSTRAINT "CandidateNote_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CandidateNote" ADD CONSTRAINT "CandidateNote_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CandidateNote" ADD CONSTRAINT "CandidateNote_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "ClientUser"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── C4: searching members ──────────────────────────────────────────────────────────────────────────────────────────
-- Every word counts in a profile ("AI", "son"): the French stems without the list of words that are left out.
CREATE TEXT SEARCH DICTIONARY french_every_word (TEMPLATE = snowball, Language = french);
CREATE TEXT SEARCH CONFIGURATION french_plain (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION french_plain ALTER MAPPING FOR asciiword WITH french_every_word;

-- Words apart, without accents, capitals or signs; what a sign means in a trade is kept (C++, C#).
CREATE FUNCTION plain_words(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT btrim(regexp_replace(regexp_replace(regexp_replace(public.searchable(words), '([a-z0-9])\++', '\1plus', 'g'), '([a-z0-9])#', '\1sharp', 'g'), '[^a-z0-9]+', ' ', 'g')) $$;
CREATE FUNCTION member_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT to_tsvector('public.french_plain', public.plain_words(words)) $$;
-- A theme stands in the vectors by a token of its own, so that giving it another name costs nothing.
CREATE FUNCTION theme_token(theme text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT 'theme' || regexp_replace(lower(theme), '[^a-z0-9]+', '', 'g') $$;
-- The words of a text as they are written, without capitals: what a mistyped word is compared with.
CREATE FUNCTION written_words(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT coalesce(array_agg(DISTINCT word ORDER BY word), '{}') FROM regexp_split_to_table(lower(words), '[[:space:][:punct:]«»“”‘’…–—·•€]+') word
    WHERE length(word) BETWEEN 3 AND 40 AND word !~ '^[0-9]+$' $$;
-- What somebody typed, as a query: each part is one word with what it may be instead, separated by spaces; a word that names a theme finds who practises it.
CREATE FUNCTION member_query(parts text[], every boolean) RETURNS tsquery LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ WITH words AS MATERIALIZED (SELECT place, plainto_tsquery('public.french_plain', word) AS stem FROM unnest(parts) WITH ORDINALITY AS p(words, place), string_to_table(p.words, ' ') word),
    themes AS MATERIALIZED (SELECT theme_token("id") AS token, member_vector("nameFr" || ' ' || "nameEn") AS names FROM "Theme"),
    asked AS (
      SELECT place, stem::text AS alternative FROM words WHERE numnode(stem) > 0 UNION
      SELECT place, quote_literal(token) FROM words JOIN themes ON names @@ stem)
    SELECT string_agg(part, CASE WHEN every THEN ' & ' ELSE ' | ' END)::tsquery FROM (SELECT '(' || string_agg(alternative, ' | ') || ')' AS part FROM asked GROUP BY place) parts $$;

-- Do so many members write what is asked that whoever shows most is found sooner by looking than by the index?
CREATE FUNCTION member_query_common(parts text[], every boolean) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(CASE WHEN every THEN min(many) ELSE max(many) END >= 5000, true) FROM (
    SELECT coalesce(sum(w."members"), 0) AS many FROM unnest(parts) WITH ORDINALITY AS p(words, place) LEFT JOIN "MemberWord" w ON w."plain" = ANY(string_to_array(p.words, ' ')) GROUP BY place) asked $$;

CREATE FUNCTION refresh_member_search(which text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "MemberSearch" s WHERE s."memberId" = ANY(which) AND NOT EXISTS (SELECT 1 FROM "Member" m WHERE m."id" = s."memberId" AND m."state" = 'active');
  INSERT INTO "MemberSearch" ("memberId", "head", "everything", "skills", "place", "words", "themeIds", "dayRateCents", "availability", "availableFrom", "standing")
  SELECT m."id", h.head, h.head || setweight(member_vector(m."presentation" || ' ' || r.words), 'D'), member_vector(array_to_string(m."skills", ' . ')), to_tsvector('simple', plain_words(m."city")),
    written_words(concat_ws(' ', m."name", m."headline", array_to_string(m."skills", ' '), m."city", m."presentation", r.words)), t.ids,
    m."dayRateCents", m."availability", m."availableFrom",
    CASE WHEN m."pictureId" IS NULL THEN 0 ELSE 2 END + least(r.many, 4) + CASE WHEN length(m."presentation") >= 300 THEN 2 WHEN length(m."presentation") >= 80 THEN 1 ELSE 0 END
      + CASE WHEN m."dayRateCents" IS NULL THEN 0 ELSE 1 END + CASE WHEN m."availability" = 'busy' THEN 0 ELSE 1 END
  FROM "Member" m
  CROSS JOIN LATERAL (SELECT coalesce(array_agg(x."themeId"), '{}') AS ids, coalesce(string_agg(theme_token(x."themeId"), ' '), '') AS tokens FROM "MemberTheme" x WHERE x."memberId" = m."id" AND x."practised") t
  CROSS JOIN LATERAL (SELECT coalesce(string_agg(concat_ws(' ', x."title", x."client", x."text"), ' '), '') AS words, count(*)::int AS many FROM "MemberReference" x WHERE x."memberId" = m."id") r
  CROSS JOIN LATERAL (SELECT setweight(member_vector(m."name" || ' . ' || m."headline"), 'A') || setweight(member_vector(array_to_string(m."skills", ' . ')), 'B')
    || setweight(to_tsvector('simple', t.tokens), 'B') || setweight(member_vector(m."city"), 'C') AS head) h
  WHERE m."id" = ANY(which) AND m."state" = 'active'
  ON CONFLICT ("memberId") DO UPDATE SET "head" = excluded."head", "everything" = excluded."everything", "skills" = excluded."skills", "place" = excluded."place", "words" = excluded."words",
    "themeIds" = excluded."themeIds", "dayRateCents" = excluded."dayRateCents", "availability" = excluded."availability", "availableFrom" = excluded."availableFrom", "standing" = excluded."standing";
END $$;

CREATE FUNCTION member_searched_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM refresh_member_search(ARRAY[NEW."id"]); RETURN NULL; END $$;
CREATE TRIGGER "Member_search_new" AFTER INSERT ON "Member" FOR EACH ROW WHEN (NEW."state" = 'active') EXECUTE FUNCTION member_searched_otherwise();
CREATE TRIGGER "Member_search_changed" AFTER UPDATE ON "Member" FOR EACH ROW WHEN (
  (OLD."state" = 'active' OR NEW."state" = 'active') AND
  (OLD."state", OLD."name", OLD."headline", OLD."presentation", OLD."city", OLD."skills", OLD."dayRateCents", OLD."availability", OLD."availableFrom", OLD."pictureId") IS DISTINCT FROM
  (NEW."state", NEW."name", NEW."headline", NEW."presentation", NEW."city", NEW."skills", NEW."dayRateCents", NEW."availability", NEW."availableFrom", NEW."pictureId")
) EXECUTE FUNCTION member_searched_otherwise();

CREATE FUNCTION member_has_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM refresh_member_search(ARRAY[OLD."memberId"]); END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND OLD."memberId" <> NEW."memberId") THEN PERFORM refresh_member_search(ARRAY[NEW."memberId"]); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "MemberTheme_search" AFTER INSERT OR UPDATE OR DELETE ON "MemberTheme" FOR EACH ROW EXECUTE FUNCTION member_has_otherwise();
CREATE TRIGGER "MemberReference_search" AFTER INSERT OR UPDATE OR DELETE ON "MemberReference" FOR EACH ROW EXECUTE FUNCTION member_has_otherwise();

-- Words are counted, so that one that nobody uses any more, or the name of somebody who left, is proposed to nobody.
CREATE FUNCTION count_member_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text[] := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE OLD."words" END;
  after text[] := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE NEW."words" END;
  gone text[] := ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(after));
  come text[] := ARRAY(SELECT unnest(after) EXCEPT SELECT unnest(before));
BEGIN
  IF gone = '{}' AND come = '{}' THEN RETURN NULL; END IF;
  -- One at a time: two profiles that share words would otherwise wait for each other.
  PERFORM pg_advisory_xact_lock(hashtextextended('member words', 0));
  INSERT INTO "MemberWord" ("word", "plain", "members") SELECT word, searchable(word), 1 FROM unnest(come) word ON CONFLICT ("word") DO UPDATE SET "members" = "MemberWord"."members" + 1;
  UPDATE "MemberWord" SET "members" = "members" - 1 WHERE "word" = ANY(gone);
  DELETE FROM "MemberWord" WHERE "word" = ANY(gone) AND "members" <= 0;
  RETURN NULL;
END $$;
CREATE TRIGGER "MemberSearch_words" AFTER INSERT OR UPDATE OR DELETE ON "MemberSearch" FOR EACH ROW EXECUTE FUNCTION count_member_words();

-- Everything a search may hold stands in one index, so that words and filters together cost no more than the rarest of them.
CREATE INDEX "MemberSearch_found" ON "MemberSearch" USING gin ("head", "everything", "skills", "place", "themeIds") WITH (fastupdate = off);
CREATE INDEX "MemberSearch_standing" ON "MemberSearch" ("standing" DESC, "memberId");
CREATE INDEX "MemberSearch_rate" ON "MemberSearch" ("dayRateCents");
CREATE INDEX "MemberWord_alike" ON "MemberWord" USING gin ("plain" gin_trgm_ops);

SELECT refresh_member_search(ARRAY(SELECT "id" FROM "Member" WHERE "state" = 'active'));
