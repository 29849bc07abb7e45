import type { Deps } from '../../deps.ts';
import { maySee } from '../../domain/roles.ts';
import { adminPage, type ConsolePage } from './page.ts';
import { bulkPage } from './bulk.ts';
import { cadencesPage } from './cadences.ts';
import { candidaturesPage } from './candidatures.ts';
import { compliancePage } from './compliance.ts';
import { downloadsPage } from './downloads.ts';
import { dunningPlanPage } from './dunningPlan.ts';
import { figuresPage } from './figures.ts';
import { feeRatesPage } from './feeRates.ts';
import { invoicesByAgePage } from './invoicesByAge.ts';
import { handoverPage } from './handover.ts';
import { mailStudioPage } from './mailStudio.ts';
import { reminderQueuePage } from './reminderQueue.ts';
import { reminderRulesPage } from './reminderRules.ts';
import { marginPage } from './margin.ts';
import { payoutsPage } from './payouts.ts';
import { searchPage } from './search.ts';
import { securityPage } from './security.ts';
import { staffPage } from './staff.ts';
import { staffSessionsPage } from './staffSessions.ts';
import { termsPage } from './terms.ts';
import { themesPage } from './themes.ts';
import { trailPage } from './trail.ts';
import { waterfallPage } from './waterfall.ts';
import { workbenchPage } from './workbench.ts';

/** Every page of the console beside its lists, in the order of the menu. */
const pages: readonly ConsolePage[] = [
  workbenchPage, handoverPage,
  searchPage, figuresPage,
  candidaturesPage, compliancePage,
  invoicesByAgePage, dunningPlanPage, waterfallPage, payoutsPage, marginPage,
  mailStudioPage, downloadsPage,
  termsPage,
  cadencesPage,
  feeRatesPage,
  themesPage,
  trailPage,
  reminderRulesPage, reminderQueuePage,
  bulkPage,
  staffPage, staffSessionsPage, securityPage,
];

export function consolePages(deps: Deps): Record<string, ReturnType<typeof adminPage>> {
  return Object.fromEntries(pages.map((page) => [page.name, adminPage(deps, page)]));
}

/** The pages a role finds in its menu. */
export function pagesOf(role: string): string[] {
  return pages.filter((page) => !page.hidden && maySee(role, page.name)).map(({ name }) => name);
}
