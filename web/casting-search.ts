import { z } from 'zod';
import { mostFound, pageSize, type MemberSearchAsked } from '../database/casting/search-members.ts';
import { wrongPeriod } from '../domain/availability-calendar.ts';
import { parseAmount } from '../domain/money-text.ts';
import { text, texts } from './body.ts';

/** The search form as it was filled, to be shown again; every address of a search can be kept and shared among collaborators. */
export interface CastingSearch {
  readonly q: string;
  readonly theme: readonly string[];
  readonly skills: string;
  readonly place: string;
  readonly from: string;
  readonly to: string;
  readonly available: '' | 'now' | 'soon';
  /** Free from that day to that one. */
  readonly freeFrom: string;
  readonly freeTo: string;
  readonly page: number;
}

export function searchTyped(query: Readonly<Record<string, unknown>>): CastingSearch {
  const short = (name: string, most = 120): string => text(query, name).replace(/\p{Cc}/gu, ' ').slice(0, most);
  const available = text(query, 'available');
  const page = Number(text(query, 'page'));
  return {
    q: short('q', 300), theme: texts(query, 'theme').filter((id) => /^[\w-]{1,60}$/.test(id)).slice(0, 30), skills: short('skills'), place: short('place'), from: short('from', 20), to: short('to', 20),
    available: available === 'now' || available === 'soon' ? available : '', freeFrom: short('freeFrom', 20), freeTo: short('freeTo', 20), page: Number.isInteger(page) ? Math.min(Math.max(page, 1), mostFound / pageSize) : 1,
  };
}

/** What is asked of the database, and the fields that could not be read, which ask nothing. `today` as YYYY-MM-DD. */
export function searchAsked(typed: CastingSearch, today: string): { asked: MemberSearchAsked; wrong: string[] } {
  const cents = (value: string): number | null => (value === '' ? null : parseAmount(value));
  const rates = (['from', 'to'] as const).filter((field) => typed[field] !== '' && parseAmount(typed[field]) === null);
  const { between, wrong } = daysAsked(typed, today);
  return {
    wrong: [...rates, ...wrong],
    asked: { words: typed.q, themeIds: typed.theme, skills: typed.skills, place: typed.place, rateFromCents: cents(typed.from), rateToCents: cents(typed.to), available: typed.available, between, page: typed.page },
  };
}

/** The days to be free on: one alone is that day, an end alone begins today. */
function daysAsked({ freeFrom, freeTo }: CastingSearch, today: string): { between: MemberSearchAsked['between']; wrong: string[] } {
  if (freeFrom === '' && freeTo === '') return { between: null, wrong: [] };
  const given = { freeFrom: freeFrom || today, freeTo: freeTo || freeFrom };
  const unread = (['freeFrom', 'freeTo'] as const).filter((field) => !z.iso.date().safeParse(given[field]).success);
  const wrong = unread.length > 0 ? unread : wrongPeriod({ from: given.freeFrom, to: given.freeTo }, today).map((field) => (field === 'from' ? 'freeFrom' : 'freeTo'));
  return { wrong, between: wrong.length > 0 ? null : { from: given.freeFrom, to: given.freeTo } };
}

/** The same search in an address, on another page if one is given. */
export function searchText(typed: CastingSearch, page: number = typed.page): string {
  const { theme, page: _page, ...fields } = typed;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== '') query.set(name, value);
  for (const id of theme) query.append('theme', id);
  if (page > 1) query.set('page', String(page));
  return query.toString();
}
