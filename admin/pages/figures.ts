import { DateTime } from 'luxon';
import { readFigures, type Figures } from '../../database/figures/read.ts';
import { parisZone } from '../../domain/calendar.ts';
import type { Speaker } from '../text.ts';
import type { Figure } from './blocks.ts';
import type { ConsolePage } from './page.ts';

const periods = ['month', 'quarter', 'year'] as const;

/** S6: the agency's figures over a period, beside those of the period before. */
export const figuresPage: ConsolePage = {
  name: 'figures',
  icon: 'BarChart',
  title: ({ say }) => say.say('figures.title'),
  blocks: async ({ deps: { db }, say, query }) => {
    const chosen = periods.find((period) => period === query.period) ?? 'month';
    const back = query.back === '1' ? 1 : 0;
    const start = DateTime.now().setZone(parisZone).startOf(chosen).minus({ [chosen]: back });
    const before = start.minus({ [chosen]: 1 });
    const end = start.plus({ [chosen]: 1 });
    const points = Array.from({ length: 12 }, (_, index) => end.startOf('month').minus({ months: 12 - index }));
    const [now, then, ...months] = await Promise.all([readFigures(db, start.toJSDate(), end.toJSDate()), readFigures(db, before.toJSDate(), start.toJSDate()), ...points.map((month) => readFigures(db, month.toJSDate(), month.plus({ months: 1 }).toJSDate()))]);
    const href = (period: string, of: number): string => `/console/pages/figures?period=${period}&back=${of}`;
    return [
      { kind: 'links', items: periods.flatMap((period) => [0, 1].map((of) => ({ text: say.say(`figures.${period}.${of}`), href: href(period, of), current: period === chosen && of === back }))) },
      { kind: 'figures', items: figureItems(now, then, say) },
      { kind: 'plot', title: say.say('figures.revenuePlot'), shape: 'bars', empty: say.say('figures.nothing'), points: months.map((one, index) => ({ label: points[index]?.setLocale(say.locale).toFormat('MMM yy') ?? '', value: one.revenueCents, shown: say.money(one.revenueCents) })) },
      { kind: 'details', summary: say.say('figures.definitions'), blocks: [{ kind: 'text', text: say.say('figures.definitionWords') }] },
    ];
  },
};

function figureItems(now: Figures, then: Figures, say: Speaker): Figure[] {
  const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((part / whole) * 100)} % (${part}/${whole})`);
  const days = (seconds: number | null): string => (seconds === null ? '—' : say.say('figures.days', { days: (seconds / 86_400).toFixed(1).replace('.', say.locale === 'fr' ? ',' : '.') }));
  const item = (name: string, value: (of: Figures) => string, resource: string): Figure => ({ label: say.say(`figures.of.${name}`), value: value(now), detail: say.say('figures.before', { value: value(then) }), href: `/console/resources/${resource}` });
  return [
    item('firstQuote', (of) => days(of.firstQuoteSeconds), 'QuoteRound'), item('within', (of) => percent(of.within, of.rounds), 'QuoteRound'), item('signed', (of) => percent(of.signed, of.answered), 'ClientQuote'),
    item('revenue', (of) => say.money(of.revenueCents), 'ClientInvoice'), item('fees', (of) => say.money(of.feeCents), 'ClientInvoice'), item('payment', (of) => days(of.paymentSeconds), 'ClientInvoice'),
    item('members', (of) => percent(of.accepted, of.decided), 'Member'),
  ];
}
