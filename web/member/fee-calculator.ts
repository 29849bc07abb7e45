import { fee, membersBudget, type FeeBasis } from '../../domain/fees.ts';
import { parseAmount } from '../../domain/money-text.ts';
import { text } from '../body.ts';

/** M8, both ways: from my price to the client's, from the client's budget to mine (which a known budget begins with). Cents. */
export function feeCalculator(query: Readonly<Record<string, unknown>>, { rateBp, basis, budgetCents }: { rateBp: number; basis: FeeBasis; budgetCents: number | null }) {
  const typed = text(query, 'price');
  const fromBudget = typed === '' ? budgetCents !== null : query.way === 'budget';
  const cents = typed === '' ? budgetCents : parseAmount(typed);
  const asked = { typed, rateBp, basis, fromBudget, wrong: typed !== '' && cents === null };
  if (cents === null) return { ...asked, result: null };
  const members = fromBudget ? membersBudget(cents, rateBp, basis) : cents;
  const feeCents = fee(members, rateBp, basis);
  return { ...asked, cents, result: { members, feeCents, total: members + feeCents } };
}
