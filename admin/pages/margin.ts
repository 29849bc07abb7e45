import { DateTime } from 'luxon';
import { parisZone } from '../../domain/calendar.ts';
import { addressWith, recordHref } from './finance/addresses.ts';
import { placeIn, placeOf } from './finance/keyset.ts';
import { financeNavigation } from './finance/navigation.ts';
import { scopeOf } from './finance/scope.ts';
import { marginTotals, mostAdded, projectMargins, type Margin, type Period } from './margin/figures.ts';
import type { Cell, Figure } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';

const pageSize = 25;
/** Shown until another period is asked for. */
const usualMonths = 3;

/** S6: what each project under contract earns, and what is still to invoice. */
export const marginPage: ConsolePage = {
  name: 'margin',
  icon: 'TrendingUp',
  title: ({ say }) => say.say('margin.title'),
  blocks: async (asked) => {
    const { deps: { db }, say, query } = asked;
    const scope = await scopeOf(asked);
    const { period, shown } = periodOf(query);
    const [rows, totals] = await Promise.all([projectMargins(db, scope, period, placeIn(query.after), pageSize + 1), marginTotals(db, scope, period)]);
    const projects = rows.slice(0, pageSize);
    const last = projects.at(-1);
    const links = [
      ...(query.after ? [{ text: say.say('finance.firstPage'), href: addressWith('margin', query, { after: '' }) }] : []),
      ...(rows.length > pageSize && last ? [{ text: say.say('finance.nextPage'), href: addressWith('margin', query, { after: placeOf(last.createdAt, last.id) }) }] : []),
    ];
    return [
      financeNavigation(asked, 'margin'),
      {
        kind: 'form', method: 'get', inline: true, button: say.say('finance.filter'),
        fields: [{ name: 'from', kind: 'date', label: say.say('margin.from'), value: shown.from }, { name: 'until', kind: 'date', label: say.say('margin.until'), value: shown.until }, ...scope.fields],
      },
      { kind: 'figures', items: [{ label: say.say('margin.projects'), value: totals.capped ? say.say('margin.moreThan', { count: mostAdded }) : String(totals.count) }, ...columns.map((name) => figure(asked, name, totals[name]))] },
      ...(totals.capped ? [{ kind: 'text' as const, tone: 'bad' as const, text: say.say('margin.capped', { count: mostAdded }) }] : []),
      {
        kind: 'table', caption: say.say('margin.byProject'), numeric: columns.map((_name, index) => index + 2), empty: say.say(query.after ? 'finance.end' : 'margin.empty'),
        head: [say.say('margin.head.project'), say.say('margin.head.client'), ...columns.map((name) => say.say(`margin.short.${name}`))],
        rows: projects.map((project) => ({
          cells: [
            { text: project.title, href: recordHref('Project', project.id), detail: `${project.ref} · ${say.state('project', project.stage)} · ${say.day(project.createdAt)}` },
            { text: project.company, detail: project.manager ?? say.say('finance.noManager') },
            ...columns.map((name): Cell => (project[name] === 0 ? '—' : name === 'leftToInvoiceCents' || name === 'lateCents' ? { text: say.money(project[name]), tone: 'bad' } : say.money(project[name]))),
          ],
        })),
      },
      ...(links.length > 0 ? [{ kind: 'links' as const, items: links }] : []),
      { kind: 'details', summary: say.say('margin.how'), blocks: [{ kind: 'text', text: say.say('margin.howWords') }] },
    ];
  },
};

const columns = ['membersCents', 'feeQuotedCents', 'feeInvoicedCents', 'feeReceivedCents', 'referralCents', 'lateCents', 'vatCollectedCents', 'leftToInvoiceCents'] as const satisfies readonly (keyof Margin)[];

const figure = ({ say }: Asked, name: keyof Margin, cents: number): Figure => ({ label: say.say(`margin.long.${name}`), value: say.money(cents), ...(name === 'feeReceivedCents' ? { tone: 'good' as const } : {}) });

/** The days of the address, in Paris; the last months when it names none. */
function periodOf({ from, until }: Readonly<Record<string, string>>): { period: Period; shown: { from: string; until: string } } {
  const read = (text: string | undefined): DateTime | null => {
    const day = DateTime.fromISO(text ?? '', { zone: parisZone });
    return day.isValid ? day.startOf('day') : null;
  };
  const last = read(until);
  const first = read(from) ?? (last ? last.minus({ months: usualMonths }) : DateTime.now().setZone(parisZone).startOf('day').minus({ months: usualMonths }));
  return { period: { from: first.toJSDate(), until: last?.plus({ days: 1 }).toJSDate() ?? null }, shown: { from: first.toFormat('yyyy-MM-dd'), until: last?.toFormat('yyyy-MM-dd') ?? '' } };
}
