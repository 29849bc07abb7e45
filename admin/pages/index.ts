import type { Deps } from '../../deps.ts';
import { maySee } from '../../domain/roles.ts';
import { adminPage, type ConsolePage } from './page.ts';
import { bankPage } from './bank.ts';
import { bulkPage } from './bulk.ts';
import { cadencesPage } from './cadences.ts';
import { candidaturesPage } from './candidatures.ts';
import { compliancePage } from './compliance.ts';
import { conversationsPage } from './conversations.ts';
import { downloadsPage } from './downloads.ts';
import { dunningPlanPage } from './dunningPlan.ts';
import { exportsPage } from './exports.ts';
import { exposurePage } from './exposure.ts';
import { failingPage } from './failing.ts';
import { figuresPage } from './figures.ts';
import { feeRatesPage } from './feeRates.ts';
import { invoicesByAgePage } from './invoicesByAge.ts';
import { handoverPage } from './handover.ts';
import { lateFeesPage } from './lateFees.ts';
import { leadsPage } from './leads.ts';
import { mailStudioPage } from './mailStudio.ts';
import { quoteQuestionsPage } from './quoteQuestions.ts';
import { reminderQueuePage } from './reminderQueue.ts';
import { reminderRulesPage } from './reminderRules.ts';
import { marginPage } from './margin.ts';
import { payoutsPage } from './payouts.ts';
import { searchPage } from './search.ts';
import { cardPage } from './card.ts';
import { securityPage } from './security.ts';
import { staffPage } from './staff.ts';
import { staffSessionsPage } from './staffSessions.ts';
import { termsPage } from './terms.ts';
import { themesPage } from './themes.ts';
import { transfersPage } from './transfers.ts';
import { trailPage } from './trail.ts';
import { waterfallPage } from './waterfall.ts';
import { wordingsPage } from './wordings.ts';
import { workbenchPage } from './workbench.ts';

/** Every page of the console beside its lists, by the headings of the menu and in its order. */
const menu: Readonly<Record<string, readonly ConsolePage[]>> = {
  daily: [searchPage, workbenchPage, handoverPage, figuresPage],
  members: [candidaturesPage, compliancePage, leadsPage],
  billing: [invoicesByAgePage, dunningPlanPage, lateFeesPage, bankPage, waterfallPage, payoutsPage, transfersPage, exposurePage, marginPage, exportsPage],
  wording: [mailStudioPage, wordingsPage, downloadsPage, themesPage],
  rules: [termsPage, cadencesPage, feeRatesPage, reminderRulesPage],
  house: [staffPage, staffSessionsPage, trailPage, cardPage, securityPage],
};
/** Opened from a list, a record or the work queue, never from the menu. */
const unlisted: readonly ConsolePage[] = [bulkPage, conversationsPage, failingPage, quoteQuestionsPage, reminderQueuePage];

export function consolePages(deps: Deps): Record<string, ReturnType<typeof adminPage>> {
  return Object.fromEntries([...Object.values(menu).flat(), ...unlisted].map((page) => [page.name, adminPage(deps, page)]));
}

/** What a role finds in its menu: the pages it may open, under their headings. */
export function menuOf(role: string): { heading: string; pages: string[] }[] {
  return Object.entries(menu)
    .map(([heading, pages]) => ({ heading, pages: pages.filter((page) => maySee(role, page.name)).map(({ name }) => name) }))
    .filter(({ pages }) => pages.length > 0);
}
