export { clientInvoice } from './client-invoice.ts';
export { memberInvoice } from './member-invoice.ts';
export { membership } from './membership.ts';
export { project } from './project.ts';
export { projectAlerts } from './project-alerts.ts';
export { quoteReview } from './quote-review.ts';
export { reminderRule } from './reminder-rule.ts';
