-- S2: what the lists of 0025 order and filter by begins as these do, and serves what they served: each write kept both.
DROP INDEX "ClientUser_companyId_idx";
DROP INDEX "Member_state_idx";
DROP INDEX "MemberInvoice_clientInvoiceId_idx";
DROP INDEX "MemberInvoice_memberId_idx";
DROP INDEX "MemberQuote_memberId_idx";
DROP INDEX "Payment_clientInvoiceId_idx";
DROP INDEX "Payout_memberId_idx";
DROP INDEX "Payout_state_idx";
DROP INDEX "Project_accountManagerId_idx";
DROP INDEX "Project_companyId_idx";
DROP INDEX "Referral_memberId_idx";
DROP INDEX "ClientInvoice_totalCents";
DROP INDEX "ClientQuote_totalCents";
DROP INDEX "MemberInvoice_amountCents";
DROP INDEX "Payment_amountCents";
