import { alertDigestActivities } from './alert-digests.ts';
import { alertActivities } from './alerts.ts';
import { bankLineActivities } from './bank-line.ts';
import { withBusinessErrors } from './business-error.ts';
import { clientInvoiceActivities } from './client-invoice.ts';
import { deadlineActivities } from './deadlines.ts';
import { conversationActivities } from './conversations.ts';
import type { ActivityDeps } from './deps.ts';
import { badDebtActivities } from './invoice-correction/bad-debt.ts';
import { clientCreditActivities } from './invoice-correction/client-credit.ts';
import { creditNoteActivities } from './invoice-correction/credit-note.ts';
import { recoveryActivities } from './invoice-correction/recovery.ts';
import { takenBackActivities } from './invoice-correction/taken-back.ts';
import { mailActivities } from './mail.ts';
import { memberInvoiceActivities } from './member-invoice.ts';
import { membershipActivities } from './membership.ts';
import { briefReviewActivities } from './project/brief-review.ts';
import { projectClockActivities } from './project/clock.ts';
import { contractActivities } from './project/contract.ts';
import { referralActivities } from './project/referral.ts';
import { selectionActivities } from './project/selection.ts';
import { settlementActivities } from './project/settle.ts';
import { teamActivities } from './project/team.ts';
import { clientQuoteActivities } from './quote/client-quotes.ts';
import { memberQuoteActivities } from './quote/member-quotes.ts';
import { roundClockActivities } from './quote/round-clock.ts';
import { remindActivities } from './remind.ts';
import { reminderActivities } from './reminders.ts';
import { sepaExportActivities } from './sepa-export.ts';

/** Everything workflows may ask to be done to the outside. */
export function createActivities(deps: ActivityDeps) {
  return withBusinessErrors({
    ...briefReviewActivities(deps),
    ...selectionActivities(deps),
    ...teamActivities(deps),
    ...contractActivities(deps),
    ...referralActivities(deps),
    ...projectClockActivities(deps),
    ...settlementActivities(deps),
    ...memberQuoteActivities(deps),
    ...clientQuoteActivities(deps),
    ...roundClockActivities(deps),
    ...memberInvoiceActivities(deps),
    ...clientInvoiceActivities(deps),
    ...creditNoteActivities(deps),
    ...badDebtActivities(deps),
    ...takenBackActivities(deps),
    ...clientCreditActivities(deps),
    ...recoveryActivities(deps),
    ...membershipActivities(deps),
    ...deadlineActivities(deps),
    ...remindActivities(deps),
    ...alertActivities(deps),
    ...alertDigestActivities(deps),
    ...conversationActivities(deps),
    ...mailActivities(deps),
    ...reminderActivities(deps),
    ...bankLineActivities(deps),
    ...sepaExportActivities(deps),
  });
}

export type Activities = ReturnType<typeof createActivities>;
