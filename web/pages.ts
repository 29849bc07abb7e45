import { beginPage } from './conversations/begin-page.ts';
import { conversationPage } from './conversations/conversation-page.ts';
import { clientInvoicePage } from './client/invoice-page.ts';
import { candidatesPage } from './client/candidates-page.ts';
import { clientFilesPage } from './client/files-page.ts';
import { ownershipPage } from './client/ownership-page.ts';
import { clientProjectPage } from './client/project-page.ts';
import { clientQuotePage } from './client/quote-page.ts';
import { memberAlertsPage } from './member/alerts-page.ts';
import { accountChangePage } from './member/billing-page.ts';
import { memberBriefPage } from './member/brief-page.ts';
import { memberDocumentsPage } from './member/documents-page.ts';
import { memberInvoicingPage } from './member/invoicing-page.ts';
import { memberLeadPage } from './member/lead-page.ts';
import { memberPreviewPage } from './member/preview-page.ts';
import { memberQuotePage } from './member/quote-page.ts';
import { memberTeamPage } from './member/team-page.ts';
import type { Page } from './page.ts';
import { confirmEmailPage, stopEmailPage } from './workspace/email-page.ts';
import { candidatePage, changeCandidaturePage } from './visitor/candidate-page.ts';
import { recommendedPage } from './visitor/recommended-page.ts';
import { sharedProjectPage } from './visitor/shared-project-page.ts';

/** The pages somebody may open, by name: the first is where a personal link of that purpose, or a signed-in person, arrives. */
export const pagesOf: Readonly<Record<string, Readonly<Record<string, Page>>>> = {
  client: { project: clientProjectPage, quote: clientQuotePage, invoice: clientInvoicePage, files: clientFilesPage, candidates: candidatesPage, conversation: conversationPage, conversations: beginPage },
  client_project: { project: clientProjectPage, quote: clientQuotePage, invoice: clientInvoicePage, candidates: candidatesPage, conversation: conversationPage, conversations: beginPage },
  client_conversation: { conversation: conversationPage },
  client_ownership: { ownership: ownershipPage },
  client_quote: { quote: clientQuotePage },
  client_invoice: { invoice: clientInvoicePage },
  member: { brief: memberBriefPage, quote: memberQuotePage, invoicing: memberInvoicingPage, preview: memberPreviewPage, conversation: conversationPage, team: memberTeamPage },
  member_conversation: { conversation: conversationPage },
  member_project: { brief: memberBriefPage, conversation: conversationPage, team: memberTeamPage },
  member_invitation: { brief: memberBriefPage, conversation: conversationPage, team: memberTeamPage },
  member_team: { team: memberTeamPage, brief: memberBriefPage, conversation: conversationPage },
  candidature: { candidate: candidatePage, change: changeCandidaturePage },
  recommended: { recommended: recommendedPage },
  recommendation: { recommended: recommendedPage },
  shared_project: { shared: sharedProjectPage },
  member_quote: { quote: memberQuotePage },
  member_invoicing: { invoicing: memberInvoicingPage, preview: memberPreviewPage },
  member_preview: { preview: memberPreviewPage },
  member_account: { account: accountChangePage },
  email_confirm: { confirm: confirmEmailPage },
  email_stop: { stop: stopEmailPage },
  member_documents: { documents: memberDocumentsPage },
  member_lead: { lead: memberLeadPage },
  alert_settings: { alerts: memberAlertsPage },
};

/** The page of that name, and nothing an object knows of itself: names come from addresses. */
export function pageOf(kind: string, name: string): Page | undefined {
  const pages = pagesOf[kind] ?? {};
  return Object.hasOwn(pages, name) ? pages[name] : undefined;
}
