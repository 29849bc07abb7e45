-- M13: what members may download, kept by staff.
CREATE TABLE "DownloadFile" (
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "DownloadFile_pkey" PRIMARY KEY ("sha256")
);

CREATE TABLE "Download" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT,
    "url" TEXT,
    "published" BOOLEAN NOT NULL DEFAULT false,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Download_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Download_file_or_address" CHECK (("sha256" IS NULL) <> ("url" IS NULL))
);

CREATE INDEX "Download_published_kind_name_idx" ON "Download"("published", "kind", "name");

ALTER TABLE "Download" ADD CONSTRAINT "Download_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "DownloadFile"("sha256") ON DELETE SET NULL ON UPDATE CASCADE;

-- What somebody downloaded can be found again: a content is never changed nor removed.
CREATE FUNCTION refuse_download_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the content of a download is never changed nor removed (%)', OLD."sha256";
END
$$;
CREATE TRIGGER download_file_never_changes BEFORE UPDATE OR DELETE ON "DownloadFile"
  FOR EACH ROW EXECUTE FUNCTION refuse_download_change();
