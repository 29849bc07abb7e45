-- AlterTable
ALTER TABLE "ClientInvoice" ADD COLUMN     "disputeAnswer" TEXT,
ADD COLUMN     "disputeReason" TEXT,
ADD COLUMN     "disputeSettledAt" TIMESTAMP(3),
ADD COLUMN     "disputedAt" TIMESTAMP(3),
ADD COLUMN     "disputedById" TEXT,
ADD COLUMN     "orderNumber" TEXT;

-- CreateTable
CREATE TABLE "QuoteQuestion" (
    "id" TEXT NOT NULL,
    "clientQuoteId" TEXT NOT NULL,
    "lineId" TEXT,
    "lineLabel" TEXT,
    "text" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" TEXT,
    "answeredById" TEXT,
    "answeredByName" TEXT,
    "answeredAt" TIMESTAMP(3),
    "key" TEXT NOT NULL,

    CONSTRAINT "QuoteQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "QuoteQuestion_key_key" ON "QuoteQuestion"("key");

-- CreateIndex
CREATE INDEX "QuoteQuestion_clientQuoteId_createdAt_idx" ON "QuoteQuestion"("clientQuoteId", "createdAt");

-- CreateIndex
CREATE INDEX "QuoteQuestion_createdAt_idx" ON "QuoteQuestion"("createdAt");

-- AddForeignKey
ALTER TABLE "QuoteQuestion" ADD CONSTRAINT "QuoteQuestion_clientQuoteId_fkey" FOREIGN KEY ("clientQuoteId") REFERENCES "ClientQuote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the invoices already issued bear is what their project said: the number could only be given with the signature, before them.
UPDATE "ClientInvoice" SET "orderNumber" = "Project"."orderNumber" FROM "Project" WHERE "Project"."id" = "ClientInvoice"."projectId" AND "ClientInvoice"."number" IS NOT NULL AND "Project"."orderNumber" IS NOT NULL AND "ClientInvoice"."orderNumber" IS NULL;

-- I3: what an issued invoice says of the client's order number stays what its document says.
CREATE FUNCTION order_number_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'invoice % keeps its order number', OLD."number" USING ERRCODE = '23514';
END $$;
CREATE TRIGGER "ClientInvoice_order_number_stays" BEFORE UPDATE OF "orderNumber" ON "ClientInvoice" FOR EACH ROW WHEN (OLD."number" IS NOT NULL AND OLD."orderNumber" IS DISTINCT FROM NEW."orderNumber") EXECUTE FUNCTION order_number_stays();

-- C9: a question is answered once.
ALTER TABLE "QuoteQuestion" ADD CONSTRAINT "QuoteQuestion_answer_whole" CHECK (("answer" IS NULL) = ("answeredAt" IS NULL) AND ("answer" IS NULL) = ("answeredById" IS NULL));
CREATE INDEX "QuoteQuestion_unanswered" ON "QuoteQuestion"("createdAt") WHERE "answer" IS NULL;
CREATE INDEX "ClientInvoice_disputed" ON "ClientInvoice"("disputedAt") WHERE "disputedAt" IS NOT NULL AND "disputeSettledAt" IS NULL;
