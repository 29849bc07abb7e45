import type { Deps } from '../../deps.ts';
import { maySee } from '../../domain/roles.ts';
import { adminPage, type ConsolePage } from './page.ts';
import { cadencesPage } from './cadences.ts';
import { candidaturesPage } from './candidatures.ts';
import { compliancePage } from './compliance.ts';
import { downloadsPage } from './downloads.ts';
import { feeRatesPage } from './feeRates.ts';
import { mailStudioPage } from './mailStudio.ts';
import { securityPage } from './security.ts';
import { staffPage } from './staff.ts';
import { staffSessionsPage } from './staffSessions.ts';
import { termsPage } from './terms.ts';
import { themesPage } from './themes.ts';
import { trailPage } from './trail.ts';

/** Every page of the console beside its lists, in the order of the menu. */
const pages: readonly ConsolePage[] = [
  candidaturesPage, compliancePage,
  mailStudioPage, downloadsPage,
  termsPage,
  cadencesPage,
  feeRatesPage,
  themesPage,
  trailPage,
  staffPage, staffSessionsPage, securityPage,
];

export function consolePages(deps: Deps): Record<string, ReturnType<typeof adminPage>> {
  return Object.fromEntries(pages.map((page) => [page.name, adminPage(deps, page)]));
}

/** The pages a role finds in its menu. */
export function pagesOf(role: string): string[] {
  return pages.filter((page) => !page.hidden && maySee(role, page.name)).map(({ name }) => name);
}
