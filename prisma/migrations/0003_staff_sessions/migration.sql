-- Sessions of the staff console, as connect-pg-simple keeps them.
CREATE TABLE "StaffSession" (
  "sid" varchar NOT NULL PRIMARY KEY,
  "sess" json NOT NULL,
  "expire" timestamp(6) NOT NULL
);
CREATE INDEX "StaffSession_expire" ON "StaffSession" ("expire");
