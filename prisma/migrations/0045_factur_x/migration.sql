-- I10: an invoice is kept with what machines read of it, and as a Factur-X drawn from the two.
CREATE TABLE "InvoiceXml" (
    "documentId" TEXT NOT NULL,
    "xml" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InvoiceXml_pkey" PRIMARY KEY ("documentId")
);

CREATE TABLE "InvoicePdf" (
    "documentId" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InvoicePdf_pkey" PRIMARY KEY ("documentId")
);

CREATE TABLE "InvoicePdfToDraw" (
    "documentId" TEXT NOT NULL,

    CONSTRAINT "InvoicePdfToDraw_pkey" PRIMARY KEY ("documentId")
);

ALTER TABLE "InvoiceXml" ADD CONSTRAINT "InvoiceXml_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InvoicePdf" ADD CONSTRAINT "InvoicePdf_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A PDF is compressed already: what PostgreSQL would try again costs time and gains nothing.
ALTER TABLE "InvoicePdf" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

CREATE FUNCTION refuse_invoice_file_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an invoice is never changed nor removed (%)', OLD."documentId";
END
$$;
CREATE TRIGGER invoice_xml_never_changes BEFORE UPDATE OR DELETE ON "InvoiceXml" FOR EACH ROW EXECUTE FUNCTION refuse_invoice_file_change();
CREATE TRIGGER invoice_pdf_never_changes BEFORE UPDATE OR DELETE ON "InvoicePdf" FOR EACH ROW EXECUTE FUNCTION refuse_invoice_file_change();
