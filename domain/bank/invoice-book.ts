import type { MatchReason, Proposal } from './match.ts';
import { nameKey, plainWords, runTogether } from './plain-words.ts';

/** An invoice a client has still to pay, whole or in part. */
export interface OpenInvoice {
  readonly id: string;
  /** What the client reads on it: OW-2027-00042. */
  readonly number: string;
  /** Other references of ours a client may quote. */
  readonly references: readonly string[];
  /** What the client said they would write. */
  readonly declaredReference: string;
  readonly orderNumber: string;
  readonly companyId: string;
  readonly names: readonly string[];
  readonly leftCents: number;
  /** ms */
  readonly dueAt: number;
}

type Found = Omit<Proposal, 'lineId'> | null;
interface Written { readonly remittance: string; readonly endToEndId: string; readonly counterpartyName: string }

/** What is due, to be looked up by what is written, by whom it is from and by how much it is. What is given is due no more. */
export interface InvoiceBook {
  byReference(line: Written, cents: number): Found;
  byNameAndAmount(name: string, cents: number): Found;
  byNameOnly(name: string, cents: number): Found;
  byAmountOnly(cents: number): Found;
}

interface Entry extends OpenInvoice { left: number }
/** `byAmount` is made when somebody asks for it. */
interface Debtor { readonly entries: Entry[]; first: number; owed: number; byAmount: Map<number, Entry[]> | null }

/** How many references one line may quote, words one may be made of, and invoices one transfer without any is spread over. */
const mostQuoted = 40;
const mostWords = 6;
const mostSpread = 60;
/** Banks cut names: from this many characters on, the beginning is enough. */
const cutFrom = 18;
/** A reference somebody chose themselves is looked for when it is this long at least. */
const shortestReference = 4;

export function invoiceBook(invoices: readonly OpenInvoice[]): InvoiceBook {
  const entries = invoices.filter(({ leftCents }) => leftCents > 0).map((one): Entry => ({ ...one, left: one.leftCents })).sort((a, b) => a.dueAt - b.dueAt || (a.number < b.number ? -1 : 1));
  const byKey = new Map<string, { entry: Entry; reason: MatchReason }[]>();
  const debtors = new Map<string, Debtor>();
  const byName = new Map<string, Set<string>>();
  const byBeginning = new Map<string, { companyId: string; name: string }[]>();
  const byAmount = new Map<number, Entry[]>();
  const prefixes = new Set<string>();
  const price = (entry: Entry): void => {
    push(byAmount, entry.left, entry);
    const own = debtors.get(entry.companyId)?.byAmount;
    if (own) push(own, entry.left, entry);
  };
  for (const entry of entries) {
    for (const key of keysOf(entry.number)) push(byKey, key, { entry, reason: 'reference' });
    const prefix = /^[A-Z]+/.exec(plainWords(entry.number).join(''))?.[0];
    if (prefix) prefixes.add(prefix);
    for (const reference of entry.references) push(byKey, plainWords(reference).join(''), { entry, reason: 'reference' });
    for (const [reason, text] of [['declared_reference', entry.declaredReference], ['order_number', entry.orderNumber]] as const) {
      const key = plainWords(text).join('');
      if (key.length >= shortestReference) push(byKey, key, { entry, reason });
    }
    if (!debtors.has(entry.companyId)) {
      debtors.set(entry.companyId, { entries: [], first: 0, owed: 0, byAmount: null });
      for (const name of entry.names) {
        const key = nameKey(name);
        if (key !== '') byName.set(key, (byName.get(key) ?? new Set()).add(entry.companyId));
        const whole = runTogether(name);
        if (whole.length >= cutFrom) push(byBeginning, whole.slice(0, cutFrom), { companyId: entry.companyId, name: whole });
      }
    }
    const debtor = debtors.get(entry.companyId);
    if (debtor) { debtor.entries.push(entry); debtor.owed += entry.left; }
    price(entry);
  }

  const give = (entry: Entry, cents: number): { kind: 'payment'; id: string; cents: number } => {
    entry.left -= cents;
    const debtor = debtors.get(entry.companyId);
    if (debtor) debtor.owed -= cents;
    if (entry.left > 0) price(entry);
    return { kind: 'payment', id: entry.id, cents };
  };
  /** In the order given, each as much as it is due. */
  const spread = (some: readonly Entry[], cents: number) => {
    let rest = cents;
    const parts = [];
    for (const entry of some) {
      const part = Math.min(rest, entry.left);
      if (part > 0) parts.push(give(entry, part));
      rest -= part;
      if (rest === 0) break;
    }
    return parts;
  };
  const dueTo = (debtor: Debtor): Entry[] => {
    while ((debtor.entries[debtor.first]?.left ?? 1) === 0) debtor.first += 1;
    return debtor.entries.slice(debtor.first, debtor.first + mostSpread).filter(({ left }) => left > 0);
  };
  const amountsOf = (debtor: Debtor): Map<number, Entry[]> => {
    if (debtor.byAmount) return debtor.byAmount;
    debtor.byAmount = new Map();
    for (const entry of debtor.entries) if (entry.left > 0) push(debtor.byAmount, entry.left, entry);
    return debtor.byAmount;
  };
  const companiesNamed = (name: string): readonly string[] => {
    const exact = byName.get(nameKey(name));
    if (exact) return [...exact];
    const whole = runTogether(name);
    const begun = whole.length < cutFrom ? [] : (byBeginning.get(whole.slice(0, cutFrom)) ?? []);
    return [...new Set(begun.filter((one) => one.name.startsWith(whole) || whole.startsWith(one.name)).map(({ companyId }) => companyId))];
  };
  /** The standing entry of that amount, due first, and whether another has it too. */
  const priced = (some: Entry[] | undefined, cents: number): { entry: Entry; alone: boolean } | null => {
    if (!some) return null;
    // Those paid since, or in part, have another price now: they leave the list for good.
    const standing = some.filter(({ left }) => left === cents);
    some.splice(0, some.length, ...standing);
    const [entry] = standing;
    return entry ? { entry, alone: standing.every(({ id }) => id === entry.id) } : null;
  };

  return {
    byReference({ remittance, endToEndId, counterpartyName }, cents) {
      const quoted = new Map<string, { entry: Entry; reason: MatchReason }>();
      for (const text of [remittance, endToEndId]) {
        for (const found of quotedIn(text, prefixes, byKey)) if (found.entry.left > 0 && quoted.size < mostQuoted) quoted.set(found.entry.id, quoted.get(found.entry.id) ?? found);
      }
      if (quoted.size === 0) return null;
      const named = new Set(companiesNamed(counterpartyName));
      // A number of ours is not written by chance; what clients chose themselves may be any word.
      const certain = [...quoted.values()].filter(({ entry, reason }) => reason === 'reference' || named.has(entry.companyId) || entry.left === cents);
      const numbers = certain.filter(({ reason }) => reason === 'reference');
      const kept = (numbers.length > 0 ? numbers : certain).sort((a, b) => a.entry.dueAt - b.entry.dueAt);
      if (kept.length === 0) return null;
      const owed = kept.reduce((total, { entry }) => total + entry.left, 0);
      const reasons: MatchReason[] = [...new Set(kept.map(({ reason }) => reason))];
      const isNamed = kept.every(({ entry }) => named.has(entry.companyId));
      const parts = spread(kept.map(({ entry }) => entry), cents);
      if (owed === cents) reasons.push(kept.length > 1 ? 'amount_sum' : 'amount');
      if (isNamed) reasons.push('name');
      if (owed > cents) reasons.push('part');
      if (owed < cents) reasons.push('more_than_due');
      return { parts, reasons, confidence: owed === cents || (isNamed && owed > cents && numbers.length === 1) ? 'sure' : 'likely' };
    },
    byNameAndAmount(name, cents) {
      for (const companyId of companiesNamed(name)) {
        const debtor = debtors.get(companyId);
        if (!debtor) continue;
        const one = priced(amountsOf(debtor).get(cents), cents);
        if (one) return { parts: [give(one.entry, cents)], reasons: ['amount', 'name', ...(one.alone ? [] : ['oldest' as const])], confidence: one.alone ? 'likely' : 'possible' };
        if (debtor.owed < cents) continue;
        const due = dueTo(debtor);
        let sum = 0;
        for (const [index, { left }] of due.entries()) {
          sum += left;
          if (sum === cents) return { parts: spread(due.slice(0, index + 1), cents), reasons: ['amount_sum', 'name', 'oldest'], confidence: 'likely' };
          if (sum > cents) break;
        }
      }
      return null;
    },
    byNameOnly(name, cents) {
      const [companyId, another] = companiesNamed(name);
      const debtor = companyId && !another ? debtors.get(companyId) : undefined;
      if (!debtor || debtor.owed === 0) return null;
      const reasons: MatchReason[] = ['name', 'oldest', debtor.owed < cents ? 'more_than_due' : 'part'];
      return { parts: spread(dueTo(debtor), cents), reasons, confidence: 'possible' };
    },
    byAmountOnly(cents) {
      const one = priced(byAmount.get(cents), cents);
      return one?.alone ? { parts: [give(one.entry, cents)], reasons: ['amount'], confidence: 'possible' } : null;
    },
  };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** OW-2027-00042 as people write it: OW202700042, OW202742, and the year with the number alone. */
function keysOf(number: string): string[] {
  const words = plainWords(number);
  const last = words.at(-1) ?? '';
  const short = /^\d+$/.test(last) ? [...words.slice(0, -1), last.replace(/^0+(?=\d)/, '')].join('') : '';
  const digits = words.filter((word) => /^\d+$/.test(word)).join('');
  return [...new Set([words.join(''), short, digits.length >= 8 ? digits : ''])].filter((key) => key.length >= shortestReference);
}

/** The references a text quotes, however they are spaced, dashed or run into the word before them: the longest at each place. */
function* quotedIn<Found>(text: string, prefixes: ReadonlySet<string>, byKey: ReadonlyMap<string, readonly Found[]>): Generator<Found> {
  const runs = plainWords(text).flatMap((word) => word.match(/[A-Z]+|\d+/g) ?? []).flatMap((run) => {
    const prefix = [...prefixes].find((one) => run.length > one.length && run.endsWith(one));
    return prefix ? [run.slice(0, -prefix.length), prefix] : [run];
  });
  for (let place = 0; place < runs.length;) {
    let taken = 0;
    for (let words = Math.min(mostWords, runs.length - place); words > 0 && taken === 0; words -= 1) {
      const found = byKey.get(runs.slice(place, place + words).join(''));
      if (!found) continue;
      yield* found;
      taken = words;
    }
    place += Math.max(1, taken);
  }
}
