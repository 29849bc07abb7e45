import { DateTime } from 'luxon';
import { readFigures, readOpenStages, type Figures } from '../../database/figures/read.ts';
import { parisZone } from '../../domain/calendar.ts';
import { hrefOf } from '../resources/list.ts';
import type { Speaker } from '../text.ts';
import type { Block, Figure, Point } from './blocks.ts';
import type { ConsolePage } from './page.ts';

const periods = ['month', 'quarter', 'year'] as const;
/** The months of a plot: those of a free period, or the year that ends with a preset one. */
const monthsOfYear = 12;
const mostMonths = 24;

interface Span { readonly start: DateTime; readonly end: DateTime }
interface Chosen extends Span { readonly before: Span; readonly months: readonly DateTime[]; readonly preset: string | null; readonly refusal: string | null }

/** S6: the agency's figures over a period, beside those of the period before; each leads to the list it counts. */
export const figuresPage: ConsolePage = {
  name: 'figures',
  icon: 'BarChart',
  title: ({ say }) => say.say('figures.title'),
  blocks: async ({ deps: { db }, say, query }) => {
    const { start, end, before, months, preset, refusal } = chosenPeriod(query, DateTime.now().setZone(parisZone));
    const read = ({ start: from, end: until }: Span): Promise<Figures> => readFigures(db, from.toJSDate(), until.toJSDate());
    const [now, then, stages, ...monthly] = await Promise.all([read({ start, end }), read(before), readOpenStages(db), ...months.map((month) => read(monthOf(month)))]);
    const points = (value: (of: Figures) => number, shown: (of: Figures) => string, list: Listed): Point[] =>
      monthly.map((one, index) => ({ label: months[index]!.setLocale(say.locale).toFormat('MMM yy'), value: value(one), shown: shown(one), href: linkTo(list, monthOf(months[index]!)) }));
    const plot = (name: string, list: Listed, value: (of: Figures) => number, shown: (of: Figures) => string): Block => ({
      kind: 'plot', title: say.say(`figures.plot.${name}`), shape: 'bars', small: true, empty: say.say('figures.nothing'), points: points(value, shown, list),
    });
    return [
      { kind: 'links', items: periods.flatMap((period) => [0, 1].map((back) => ({ text: say.say(`figures.${period}.${back}`), href: `/console/pages/figures?period=${period}&back=${back}`, current: preset === `${period}.${back}` }))) },
      { kind: 'form', method: 'get', inline: true, button: say.say('figures.show'), fields: [
        { name: 'from', kind: 'date', label: say.say('figures.from'), required: true, value: query.from ?? start.toISODate() },
        { name: 'until', kind: 'date', label: say.say('figures.until'), required: true, value: query.until ?? end.minus({ days: 1 }).toISODate() },
      ] },
      ...(refusal ? [{ kind: 'text', tone: 'bad', text: say.say(refusal) } as const] : []),
      { kind: 'heading', text: say.say('figures.over', { from: say.day(start.toJSDate()), until: say.day(end.minus({ days: 1 }).toJSDate()) }) },
      { kind: 'figures', items: figureItems(now, then, { start, end }, say) },
      { kind: 'columns', columns: [
        [plot('revenue', lists.revenue, (of) => of.revenueCents, (of) => euros(of.revenueCents, say))],
        [plot('firstQuote', lists.firstQuote, (of) => of.firstQuoteSeconds ?? 0, (of) => daysOf(of.firstQuoteSeconds, say))],
        [plot('within', lists.within, (of) => share(of.within, of.rounds), (of) => percent(of.within, of.rounds))],
        [plot('signed', lists.signed, (of) => share(of.signed, of.answered), (of) => percent(of.signed, of.answered))],
        [plot('payment', lists.payment, (of) => of.paymentSeconds ?? 0, (of) => daysOf(of.paymentSeconds, say))],
        [plot('members', lists.members, (of) => share(of.accepted, of.decided), (of) => percent(of.accepted, of.decided))],
      ] },
      {
        kind: 'plot', title: say.say('figures.plot.stages'), shape: 'rows', empty: say.say('figures.nothing'),
        points: stages.map(({ stage, projects }) => ({ label: say.state('project', stage), value: projects, shown: new Intl.NumberFormat(say.locale).format(projects), href: hrefOf('Project', { stage }) })),
      },
      { kind: 'details', summary: say.say('figures.definitions'), blocks: [{ kind: 'text', text: say.say('figures.definitionWords') }] },
    ];
  },
};

const monthOf = (month: DateTime): Span => ({ start: month, end: month.plus({ months: 1 }) });

/** A preset period, or two days of the calendar of Paris, both counted; what cannot be read is told and the month shown instead. */
export function chosenPeriod(query: Readonly<Record<string, string>>, now: DateTime): Chosen {
  const day = (typed: string): DateTime | null => (/^\d{4}-\d{2}-\d{2}$/.test(typed) ? DateTime.fromISO(typed, { zone: parisZone }) : null);
  const asked = query.from !== undefined || query.until !== undefined;
  const [first, last] = [day(query.from ?? ''), day(query.until ?? '')];
  if (asked && first?.isValid && last?.isValid && first <= last && first.year >= 2000 && last.year <= 2100) {
    const end = last.plus({ days: 1 });
    const length = Math.round(end.diff(first, 'days').days);
    const lastMonth = last.startOf('month');
    const count = Math.min(mostMonths, Math.round(lastMonth.diff(first.startOf('month'), 'months').months) + 1);
    return { start: first, end, before: { start: first.minus({ days: length }), end: first }, months: Array.from({ length: count }, (_, index) => lastMonth.minus({ months: count - 1 - index })), preset: null, refusal: null };
  }
  const period = periods.find((one) => one === query.period) ?? 'month';
  const back = query.back === '1' ? 1 : 0;
  const start = now.startOf(period).minus({ [period]: back });
  const end = start.plus({ [period]: 1 });
  return {
    start, end, before: { start: start.minus({ [period]: 1 }), end: start }, preset: `${period}.${back}`, refusal: asked ? 'figures.badPeriod' : null,
    months: Array.from({ length: monthsOfYear }, (_, index) => end.startOf('month').minus({ months: monthsOfYear - index })),
  };
}

/** What each figure counts, as a list: its object, the date it is counted by, and what else is asked. */
interface Listed { readonly model: string; readonly by: string; readonly also?: Readonly<Record<string, string>> }
const lists = {
  firstQuote: { model: 'QuoteRound', by: 'clockStartedAt' },
  within: { model: 'QuoteRound', by: 'clockStartedAt' },
  signed: { model: 'ClientQuote', by: 'answeredAt' },
  revenue: { model: 'ClientInvoice', by: 'issuedAt' },
  fees: { model: 'ClientInvoice', by: 'issuedAt' },
  payment: { model: 'ClientInvoice', by: 'paidAt' },
  members: { model: 'Member', by: 'decidedAt' },
} as const satisfies Record<string, Listed>;

function linkTo({ model, by, also = {} }: Listed, { start, end }: Span): string {
  return hrefOf(model, { ...also, [`${by}From`]: start.toISODate() ?? '', [`${by}Until`]: end.minus({ days: 1 }).toISODate() ?? '' });
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((part / whole) * 100)} %`);
const daysOf = (seconds: number | null, say: Speaker): string => (seconds === null ? '—' : say.say('figures.days', { days: new Intl.NumberFormat(say.locale, { maximumFractionDigits: 1 }).format(seconds / 86_400) }));
/** Over a bar there is room for whole euros only. */
const euros = (cents: number, say: Speaker): string => (cents === 0 ? '—' : new Intl.NumberFormat(say.locale, { notation: 'compact', style: 'currency', currency: 'EUR', maximumFractionDigits: 1 }).format(cents / 100));

function figureItems(now: Figures, then: Figures, span: Span, say: Speaker): Figure[] {
  const counted = (part: number, whole: number): string => (whole === 0 ? '—' : `${percent(part, whole)} (${part}/${whole})`);
  const item = (name: keyof typeof lists, value: (of: Figures) => string): Figure => ({ label: say.say(`figures.of.${name}`), value: value(now), detail: say.say('figures.before', { value: value(then) }), href: linkTo(lists[name], span) });
  return [
    item('firstQuote', (of) => daysOf(of.firstQuoteSeconds, say)), item('within', (of) => counted(of.within, of.rounds)), item('signed', (of) => counted(of.signed, of.answered)),
    item('revenue', (of) => say.money(of.revenueCents)), item('fees', (of) => say.money(of.feeCents)), item('payment', (of) => daysOf(of.paymentSeconds, say)),
    item('members', (of) => counted(of.accepted, of.decided)),
  ];
}
