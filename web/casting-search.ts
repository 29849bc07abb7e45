import { mostFound, pageSize, type MemberSearchAsked } from '../database/casting/search-members.ts';
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
  readonly page: number;
}

export function searchTyped(query: Readonly<Record<string, unknown>>): CastingSearch {
  const short = (name: string, most = 120): string => text(query, name).replace(/\p{Cc}/gu, ' ').slice(0, most);
  const available = text(query, 'available');
  const page = Number(text(query, 'page'));
  return {
    q: short('q', 300), theme: texts(query, 'theme').filter((id) => /^[\w-]{1,60}$/.test(id)).slice(0, 30), skills: short('skills'), place: short('place'), from: short('from', 20), to: short('to', 20),
    available: available === 'now' || available === 'soon' ? available : '', page: Number.isInteger(page) ? Math.min(Math.max(page, 1), mostFound / pageSize) : 1,
  };
}

/** What is asked of the database, and the fields in which an amount could not be read. */
export function searchAsked(typed: CastingSearch): { asked: MemberSearchAsked; wrong: string[] } {
  const cents = (value: string): number | null => (value === '' ? null : parseAmount(value));
  const wrong = (['from', 'to'] as const).filter((field) => typed[field] !== '' && parseAmount(typed[field]) === null);
  return {
    wrong,
    asked: { words: typed.q, themeIds: typed.theme, skills: typed.skills, place: typed.place, rateFromCents: cents(typed.from), rateToCents: cents(typed.to), available: typed.available, page: typed.page },
  };
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
