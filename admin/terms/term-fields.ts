import type { Delay } from '../../domain/calendar.ts';
import { hasLetter } from '../../domain/dunning-letter.ts';
import { dunningReaders, dunningTones } from '../../domain/dunning-levels.ts';
import type { DunningLevel } from '../../domain/terms.ts';
import { termsCatalogue, type TermKey } from '../../domain/terms-catalogue.ts';
import type { PageField } from '../pages/blocks.ts';
import type { Speaker } from '../text.ts';

/** The fields a setting of this type is typed in, filled with a value. `domain/typed-term` reads them back. */
export function termFields(key: TermKey, value: unknown, say: Speaker): PageField[] {
  const { type } = termsCatalogue[key];
  const label = say.say('terms.field.value');
  const unitField = (units: readonly Delay['unit'][], held?: string): PageField => ({
    name: 'unit', kind: 'choice', required: true, label: say.say('terms.field.unit'), value: held ?? units[0],
    options: [...units, ...(held && !(units as readonly string[]).includes(held) ? [held] : [])].map((unit) => ({ value: unit, label: say.say(`unit.${unit}`) })),
  });
  switch (type.kind) {
    case 'percent':
      return [{ name: 'value', kind: 'text', required: true, label, help: say.say('terms.help.percent'), value: decimal((value as number) / 100, say) }];
    case 'cents':
      return [{ name: 'value', kind: 'amount', required: true, label, help: say.say('terms.help.cents'), value: decimal((value as number) / 100, say, 2) }];
    case 'count':
      return [{ name: 'value', kind: 'number', required: true, label, value: String(value) }];
    case 'choice':
      return [{ name: 'value', kind: 'choice', required: true, label, value, options: type.options.map((option) => ({ value: option, label: say.say(`term.${key}.${option}`) })) }];
    case 'duration':
      return [{ name: 'value', kind: 'number', required: true, label, value: String((value as Delay).count) }, unitField(type.units, (value as Delay).unit)];
    case 'cadence':
      return [rows(say, (value as Delay[]).map(({ unit, count }) => ({ count: String(count), unit })), [
        { name: 'count', kind: 'number', required: true, label: say.say('terms.field.after') }, unitField([...new Set([...type.units, ...(value as Delay[]).map(({ unit }) => unit)])]),
      ])];
    case 'notices':
      return [rows(say, (value as number[]).map((count) => ({ count: String(count) })), [{ name: 'count', kind: 'number', required: true, label: say.say('terms.field.daysBefore') }])];
    case 'dunning':
      return [rows(say, (value as DunningLevel[]).map(({ after, tone, to, letter }) => ({ count: String(after.count), unit: after.unit, tone, to: to ?? 'billing', by: hasLetter({ tone, letter }) ? 'letter' : 'mail' })), [
        { name: 'count', kind: 'number', required: true, label: say.say('terms.field.offset') },
        // In days, unless an older table was written in something else.
        ...((value as DunningLevel[]).some(({ after }) => after.unit !== 'days') ? [unitField([...new Set<Delay['unit']>(['days', ...(value as DunningLevel[]).map(({ after }) => after.unit)])])] : []),
        { name: 'tone', kind: 'choice', required: true, label: say.say('terms.field.tone'), value: 'reminder', options: dunningTones.map((tone) => ({ value: tone, label: say.say(`dunning.tone.${tone}`) })) },
        { name: 'to', kind: 'choice', required: true, label: say.say('terms.field.to'), value: 'billing', options: dunningReaders.map((to) => ({ value: to, label: say.say(`dunning.to.${to}`) })) },
        { name: 'by', kind: 'choice', required: true, label: say.say('terms.field.by'), value: 'mail', options: ['mail', 'letter'].map((by) => ({ value: by, label: say.say(`dunning.by.${by}`) })) },
      ])];
  }
}

function rows(say: Speaker, value: readonly Record<string, unknown>[], columns: readonly PageField[]): PageField {
  return {
    name: 'rows', kind: 'rows', label: say.say('terms.field.rows'), columns, value, empty: say.say('terms.none'),
    words: { add: say.say('rows.add'), remove: say.say('rows.remove'), up: say.say('rows.up'), down: say.say('rows.down'), row: say.say('rows.row') },
  };
}

function decimal(value: number, say: Speaker, digits = 0): string {
  return new Intl.NumberFormat(say.locale === 'fr' ? 'fr-FR' : 'en-GB', { minimumFractionDigits: digits, maximumFractionDigits: 2, useGrouping: false }).format(value);
}
