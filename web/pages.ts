import { clientInvoicePage } from './client/invoice-page.ts';
import { clientProjectPage } from './client/project-page.ts';
import { clientQuotePage } from './client/quote-page.ts';
import { memberAlertsPage } from './member/alerts-page.ts';
import { memberBriefPage } from './member/brief-page.ts';
import { memberDocumentsPage } from './member/documents-page.ts';
import { memberInvoicingPage } from './member/invoicing-page.ts';
import { memberPreviewPage } from './member/preview-page.ts';
import { memberQuotePage } from './member/quote-page.ts';
import type { Page } from './page.ts';

/** The pages somebody may open, by name: the first is where a personal link of that purpose, or a signed-in person, arrives. */
export const pagesOf: Readonly<Record<string, Readonly<Record<string, Page>>>> = {
  client: { project: clientProjectPage, quote: clientQuotePage, invoice: clientInvoicePage },
  client_project: { project: clientProjectPage, quote: clientQuotePage, invoice: clientInvoicePage },
  client_quote: { quote: clientQuotePage },
  client_invoice: { invoice: clientInvoicePage },
  member: { brief: memberBriefPage, quote: memberQuotePage, invoicing: memberInvoicingPage, preview: memberPreviewPage },
  member_project: { brief: memberBriefPage },
  member_invitation: { brief: memberBriefPage },
  member_quote: { quote: memberQuotePage },
  member_invoicing: { invoicing: memberInvoicingPage, preview: memberPreviewPage },
  member_preview: { preview: memberPreviewPage },
  member_documents: { documents: memberDocumentsPage },
  alert_settings: { alerts: memberAlertsPage },
};
