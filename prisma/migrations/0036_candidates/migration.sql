-- AlterTable
ALTER TABLE "Staff" ADD COLUMN     "pictureId" TEXT;

-- AlterTable
ALTER TABLE "Application" ADD COLUMN     "mark" TEXT NOT NULL DEFAULT '';
