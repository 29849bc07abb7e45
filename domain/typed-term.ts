import type { Delay } from './calendar.ts';
import { delayLength } from './delay-length.ts';
import { dunningFault, dunningOffsets, dunningReaders, dunningTones, type DunningFault } from './dunning-levels.ts';
import { parseAmount } from './money-text.ts';
import { parsePercent } from './percent-text.ts';
import type { DunningLevel } from './terms.ts';
import type { TermType } from './terms-catalogue.ts';

/** Why a value is refused; `least` and `most` as the type counts them, `row` from 1. */
export interface TermRefusal {
  readonly why: 'not_a_number' | 'not_whole' | 'unit' | 'bounds' | 'option' | DunningFault;
  readonly least?: Delay | number;
  readonly most?: Delay | number;
  readonly row?: number;
}
export type ReadTerm = { readonly value: unknown } | { readonly refusal: TermRefusal };

/** What a form's fields hold: `value` and `unit`, or `rows` of fields. */
export type TypedTerm = Readonly<Record<string, unknown>>;

const no = (why: TermRefusal['why'], more: Omit<TermRefusal, 'why'> = {}): { refusal: TermRefusal } => ({ refusal: { why, ...more } });
const text = (held: unknown): string => (typeof held === 'string' || typeof held === 'number' ? String(held).trim() : '');
const rowsOf = (held: unknown): TypedTerm[] => (Array.isArray(held) ? held.filter((row): row is TypedTerm => typeof row === 'object' && row !== null) : []);

/** S4: a setting as somebody typed it, as a value of its type, or why not. Its bounds are checked too. */
export function readTerm(type: TermType, typed: TypedTerm): ReadTerm {
  const read = readFields(type, typed);
  if ('refusal' in read) return read;
  const refusal = termRefusal(type, read.value);
  return refusal ? { refusal } : read;
}

function readFields(type: TermType, typed: TypedTerm): ReadTerm {
  switch (type.kind) {
    case 'percent': {
      const rate = parsePercent(text(typed.value));
      return rate === null ? no('not_a_number') : { value: rate };
    }
    case 'cents': {
      const cents = parseAmount(text(typed.value));
      return cents === null ? no('not_a_number') : { value: cents };
    }
    case 'count': {
      const count = countOf(typed.value);
      return count === null ? no('not_a_number') : { value: count };
    }
    case 'choice':
      return { value: text(typed.value) };
    case 'duration': {
      const delay = delayOf(typed.value, typed.unit);
      return delay === null ? no('not_a_number') : { value: delay };
    }
    case 'cadence':
    case 'notices':
    case 'dunning': {
      const rows: unknown[] = [];
      for (const [index, row] of rowsOf(typed.rows).entries()) {
        const read = type.kind === 'notices' ? countOf(row.count) : delayOf(row.count, row.unit ?? (type.kind === 'dunning' ? 'days' : ''));
        if (read === null) return no('not_a_number', { row: index + 1 });
        const to = text(row.to);
        rows.push(type.kind === 'dunning' ? { level: index + 1, after: read, tone: text(row.tone), ...(to === '' || to === 'billing' ? {} : { to }), ...letterOf(row) } : read);
      }
      return { value: rows };
    }
  }
}

/** Kept only where it says something else than what goes without saying (domain/dunning-letter). */
function letterOf(row: TypedTerm): Pick<DunningLevel, 'letter'> {
  const by = text(row.by);
  return by === '' || (by === 'letter') === (text(row.tone) === 'formal_notice') ? {} : { letter: by === 'letter' };
}

const countOf = (held: unknown): number | null => (/^[-−]?\d{1,6}$/.test(text(held)) ? Number(text(held).replace('−', '-')) : null);

function delayOf(held: unknown, unit: unknown): Delay | null {
  const count = countOf(held);
  return count === null ? null : { unit: text(unit) as Delay['unit'], count };
}

/** S4: why a value of a setting cannot be, or null. What arrives may be anything: it was typed, or named in an address. */
export function termRefusal(type: TermType, value: unknown): TermRefusal | null {
  switch (type.kind) {
    case 'percent':
    case 'cents':
    case 'count':
      if (!Number.isInteger(value)) return { why: 'not_whole' };
      return (value as number) < type.least || (value as number) > type.most ? { why: 'bounds', least: type.least, most: type.most } : null;
    case 'choice':
      return type.options.includes(value as string) ? null : { why: 'option' };
    case 'duration':
      return delayRefusal(type, value);
    case 'cadence':
      return listRefusal(value, type.rows, (row) => delayRefusal(type, row), delayLength as (row: unknown) => number);
    case 'notices':
      return listRefusal(value, type.rows, (row) => (Number.isInteger(row) && (row as number) >= type.least && (row as number) <= type.most ? null : { why: 'bounds', least: type.least, most: type.most }), (row) => -(row as number));
    case 'dunning':
      return dunningRefusal(type, value);
  }
}

function delayRefusal({ units, least, most }: { units: readonly Delay['unit'][]; least: Delay; most: Delay }, value: unknown): TermRefusal | null {
  if (!isDelay(value)) return { why: 'not_whole' };
  if (!units.includes(value.unit)) return { why: 'unit' };
  return delayLength(value) < delayLength(least) || delayLength(value) > delayLength(most) ? { why: 'bounds', least, most } : null;
}

const isDelay = (value: unknown): value is Delay =>
  typeof value === 'object' && value !== null && typeof (value as Delay).unit === 'string' && Number.isInteger((value as Delay).count);

/** Rows in order, none twice, none too many; no row at all means no reminder. */
function listRefusal(value: unknown, most: number, check: (row: unknown) => TermRefusal | null, place: (row: unknown) => number): TermRefusal | null {
  if (!Array.isArray(value)) return { why: 'not_whole' };
  if (value.length > most) return { why: 'too_many', most, row: value.length };
  for (const [index, row] of (value as unknown[]).entries()) {
    const refusal = check(row);
    if (refusal) return { ...refusal, row: index + 1 };
    if (index === 0) continue;
    const before = place((value as unknown[])[index - 1]);
    if (before === place(row)) return { why: 'duplicate', row: index + 1 };
    if (before > place(row)) return { why: 'order', row: index + 1 };
  }
  return null;
}

function dunningRefusal({ rows }: { rows: number }, value: unknown): TermRefusal | null {
  if (!Array.isArray(value)) return { why: 'not_whole' };
  const levels = value as DunningLevel[];
  for (const [index, one] of levels.entries()) {
    const row = index + 1;
    if (!isDelay(one?.after)) return { why: 'not_whole', row };
    if (one.after.unit !== 'days' || !dunningTones.includes(one.tone) || !dunningReaders.includes(one.to ?? 'billing') || !['boolean', 'undefined'].includes(typeof one.letter) || one.level !== row) return { why: 'option', row };
  }
  const found = dunningFault(levels, rows);
  if (!found) return null;
  return { why: found.fault, row: found.row, ...(found.fault === 'bounds' ? dunningOffsets : {}), ...(found.fault === 'too_many' ? { most: rows } : {}) };
}
