import { alertActivities } from './alerts.ts';
import { withBusinessErrors } from './business-error.ts';
import { clientInvoiceActivities } from './client-invoice.ts';
import { deadlineActivities } from './deadlines.ts';
import type { ActivityDeps } from './deps.ts';
import { mailActivities } from './mail.ts';
import { memberInvoiceActivities } from './member-invoice.ts';
import { membershipActivities } from './membership.ts';
import { briefReviewActivities } from './project/brief-review.ts';
import { projectClockActivities } from './project/clock.ts';
import { contractActivities } from './project/contract.ts';
import { referralActivities } from './project/referral.ts';
import { selectionActivities } from './project/selection.ts';
import { settlementActivities } from './project/settle.ts';
import { clientQuoteActivities } from './quote/client-quotes.ts';
import { memberQuoteActivities } from './quote/member-quotes.ts';
import { roundClockActivities } from './quote/round-clock.ts';
import { reminderActivities } from './reminders.ts';

/** Everything workflows may ask to be done to the outside. */
export function createActivities(deps: ActivityDeps) {
  return withBusinessErrors({
    ...briefReviewActivities(deps),
    ...selectionActivities(deps),
    ...contractActivities(deps),
    ...referralActivities(deps),
    ...projectClockActivities(deps),
    ...settlementActivities(deps),
    ...memberQuoteActivities(deps),
    ...clientQuoteActivities(deps),
    ...roundClockActivities(deps),
    ...memberInvoiceActivities(deps),
    ...clientInvoiceActivities(deps),
    ...membershipActivities(deps),
    ...deadlineActivities(deps),
    ...alertActivities(deps),
    ...mailActivities(deps),
    ...reminderActivities(deps),
  });
}

export type Activities = ReturnType<typeof createActivities>;
