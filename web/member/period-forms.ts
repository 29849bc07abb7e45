import { dayOf } from '../../domain/availability.ts';
import { text } from '../body.ts';
import type { Typed } from '../page.ts';

interface PeriodRow {
  readonly id: string;
  readonly fromOn: Date;
  readonly toOn: Date;
  readonly kind: string;
  readonly note: string;
}

/**
 * M2: the form to add a period and, for each there is, the one to change it. Only the form that was posted says the act that was typed, as `act`, and shows what was:
 * every other one has a name of its own.
 */
export function periodForms(calendar: readonly PeriodRow[], typed: Typed | null, today: string) {
  const changed = typed?.act === 'changePeriod' ? text(typed.body, 'periodId') : null;
  const formOf = (name: string, posted: boolean, min: string, { from, to, kind, note }: { readonly from: string; readonly to: string; readonly kind: string; readonly note: string }) => ({
    act: posted && typed ? typed.act : name, posted, min, from, to, kind: posted && typed ? text(typed.body, 'kind') : kind, note,
  });
  const periods = calendar.map((row) => {
    const [from, to] = [dayOf(row.fromOn), dayOf(row.toOn)];
    return { ...row, form: formOf(`changePeriod-${row.id}`, row.id === changed, from < today ? from : today, { from, to, kind: row.kind, note: row.note }) };
  });
  // One that was removed meanwhile has no form any more: what was typed for it may be added.
  const toAdd = typed?.act === 'addPeriod' || (changed !== null && !calendar.some(({ id }) => id === changed));
  return { periods, adding: formOf('addPeriod', toAdd, today, { from: '', to: '', kind: '', note: '' }) };
}
