import { readFeed } from '../../database/feed/read-feed.ts';
import { offeredThemes } from '../../database/themes.ts';
import type { Deps } from '../../deps.ts';
import { budgetBands, type BudgetBand } from '../../domain/budget-bands.ts';
import { feedCursorText, readFeedCursor } from '../../domain/feed-cursor.ts';
import { text } from '../body.ts';
import type { Access } from '../page.ts';

/** M5: one page of the feed as it was asked for; what cannot be read asks nothing. */
export async function feedView(deps: Deps, access: Access, query: Readonly<Record<string, unknown>>) {
  const typed = { q: text(query, 'q').replace(/\p{Cc}/gu, ' ').slice(0, 300), theme: /^[\w-]{1,60}$/.exec(text(query, 'theme'))?.[0] ?? '', budget: bandNamed(text(query, 'budget')) };
  const after = readFeedCursor(text(query, 'after'));
  const subscribed = await deps.db.memberTheme.findMany({ where: { memberId: access.person.id, subscribed: true }, select: { themeId: true } });
  const [{ projects, next }, themes] = await Promise.all([readFeed(deps.db, access.person.id, { themeId: typed.theme, band: typed.budget, words: typed.q, after }), offeredThemes(deps.db, subscribed.map(({ themeId }) => themeId))]);
  const named = ({ nameFr, nameEn }: { nameFr: string; nameEn: string }): string => (access.locale === 'fr' ? nameFr : nameEn);
  const shown = projects.map((project) => ({ ...project, themes: project.themes.map(named).join(' · ') }));
  const filters = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''));
  const filtered = filters.size > 0;
  return {
    typed, filtered, away: filtered || after !== null, follows: subscribed.length > 0, bands: budgetBands, themes: themes.map((theme) => ({ id: theme.id, name: named(theme) })),
    followed: shown.filter((project) => project.followed), others: shown.filter((project) => !project.followed),
    nextHref: next && `/home?${new URLSearchParams([...filters, ['after', feedCursorText(next)]]).toString()}#feed`, firstHref: after && `/home${filtered ? `?${filters.toString()}` : ''}#feed`,
  };
}

function bandNamed(name: string): BudgetBand | '' {
  return budgetBands.find((band) => band === name) ?? '';
}
