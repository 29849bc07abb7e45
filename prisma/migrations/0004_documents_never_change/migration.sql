-- Q7, I10: a document stays as it was sent or signed, whoever asks, and accounting documents are kept.
CREATE FUNCTION refuse_document_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a document is never changed nor removed (%)', OLD."key";
END
$$;

CREATE TRIGGER document_never_changes BEFORE UPDATE OR DELETE ON "Document"
  FOR EACH ROW EXECUTE FUNCTION refuse_document_change();
