-- W4, S1: what a worker keeps trying, for the console to show.
CREATE TABLE "FailingActivity" (
    "workflowId" TEXT NOT NULL,
    "activity" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "code" TEXT NOT NULL DEFAULT '',
    "cause" TEXT NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,
    "lastAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "FailingActivity_pkey" PRIMARY KEY ("workflowId","activity")
);
CREATE INDEX "FailingActivity_since_idx" ON "FailingActivity"("since");
