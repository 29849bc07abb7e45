import { DateTime } from 'luxon';
import { fecOf } from '../../database/exports/fec.ts';
import { parisZone } from '../../domain/calendar.ts';
import { checkFec } from '../../domain/fec-check.ts';
import { accountingExports, fecWords } from '../accounting-exports.ts';
import type { Block } from './blocks.ts';
import { financeNavigation } from './finance/navigation.ts';
import type { Asked, ConsolePage } from './page.ts';

/** What leaves for the accountant and the State, a calendar year at a time; the file of entries is checked before it is downloaded. */
export const exportsPage: ConsolePage = {
  name: 'exports',
  icon: 'Archive',
  title: ({ say }) => say.say('exports.title'),
  blocks: async (asked) => {
    const { say, query } = asked;
    const years = await yearsOf(asked);
    const year = years.includes(Number(query.year)) ? Number(query.year) : Number(years[0]);
    return [
      financeNavigation(asked, 'exports'),
      { kind: 'links', items: years.map((one) => ({ text: String(one), href: `/console/pages/exports?year=${one}`, current: one === year })) },
      {
        kind: 'table', head: [say.say('exports.head.file'), say.say('exports.head.holds')], empty: '',
        rows: Object.keys(accountingExports).map((name) => ({
          cells: [{ text: say.say(`exports.name.${name}`), href: `/console/exports/${name}?year=${year}` }, say.say(`exports.holds.${name}`)],
        })),
      },
      { kind: 'text', tone: 'soft', text: say.say('exports.everything') },
      ...(query.check === 'fec' ? await verdict(asked, year) : [{ kind: 'links' as const, items: [{ text: say.say('exports.check'), href: `/console/pages/exports?year=${year}&check=fec` }] }]),
    ];
  },
};

/** The years that hold something, the present one at least, the latest first. */
async function yearsOf({ deps: { db } }: Asked): Promise<number[]> {
  const { _min: { postedAt } } = await db.ledgerEntry.aggregate({ _min: { postedAt: true } });
  const yearOf = (at: Date): number => DateTime.fromJSDate(at, { zone: parisZone }).year;
  const last = yearOf(new Date());
  const first = postedAt ? Math.min(yearOf(postedAt), last) : last;
  return Array.from({ length: last - first + 1 }, (_one, index) => last - index);
}

async function verdict({ deps: { db }, say }: Asked, year: number): Promise<Block[]> {
  const file = await db.$transaction(async (tx) => {
    const parts: string[] = [];
    for await (const part of fecOf(tx, year, fecWords)) parts.push(part);
    return parts.join('');
  }, { isolationLevel: 'RepeatableRead', timeout: 120_000 });
  const { faults, movements, debitCents, creditCents } = checkFec(file, year);
  return [
    {
      kind: 'figures',
      items: [
        { label: say.say('exports.movements'), value: String(movements) },
        { label: say.say('exports.debit'), value: say.money(debitCents) },
        { label: say.say('exports.credit'), value: say.money(creditCents) },
        { label: say.say('exports.faults'), value: String(faults.length), tone: faults.length === 0 ? 'good' : 'bad' },
      ],
    },
    {
      kind: 'table', caption: say.say('exports.faultsTitle'), head: [say.say('exports.head.line'), say.say('exports.head.fault')], empty: say.say('exports.valid'),
      rows: faults.slice(0, 100).map(({ line, rule, field }) => ({ cells: [line === 0 ? '—' : String(line), say.say(`exports.fault.${rule}`, { field: field ?? '' })] })),
    },
  ];
}
