import { DateTime } from 'luxon';
import { parisZone } from '../../../domain/calendar.ts';
import type { Block, Figure } from '../blocks.ts';
import type { Asked } from '../page.ts';

/** M1: the share OFF-WORKS aims at, in percent: demanding, and not closed. */
const aimed = { from: 10, to: 30 };
const months = 12;

interface Month { readonly month: string; readonly accepted: number; readonly decided: number }

/** How many of the candidatures answered each month were accepted, over the last twelve. Erased ones still count: that they came is kept. */
export async function acceptanceRate({ deps: { db }, say }: Asked, now: Date): Promise<{ figures: Figure[]; plot: Block }> {
  const first = DateTime.fromJSDate(now, { zone: parisZone }).startOf('month').minus({ months: months - 1 });
  const found = await db.$queryRaw<Month[]>`
    SELECT to_char("decidedAt" AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris', 'YYYY-MM') AS month,
      count(*) FILTER (WHERE "state" IN ('active', 'blocked'))::int AS accepted, count(*)::int AS decided
    FROM "Member" WHERE "decidedAt" >= ${first.toJSDate()} GROUP BY 1`;
  const byMonth = new Map(found.map((row) => [row.month, row]));
  const rows = Array.from({ length: months }, (_, index) => {
    const month = first.plus({ months: index });
    const { accepted = 0, decided = 0 } = byMonth.get(month.toFormat('yyyy-MM')) ?? {};
    return { month, accepted, decided };
  });
  const decided = rows.reduce((sum, row) => sum + row.decided, 0);
  const accepted = rows.reduce((sum, row) => sum + row.accepted, 0);
  const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (part / whole) * 100);
  const shown = (share: number): string => new Intl.NumberFormat(say.locale === 'fr' ? 'fr-FR' : 'en-GB', { style: 'percent', maximumFractionDigits: 0 }).format(share / 100);
  const share = percent(accepted, decided);
  const within = share >= aimed.from && share <= aimed.to;
  return {
    figures: decided === 0 ? [] : [{
      label: say.say('candidatures.rate'), value: shown(share), tone: within ? 'good' : 'bad', detail: say.say('candidatures.rateOf', { accepted, decided }),
    }],
    plot: {
      kind: 'plot', title: say.say('candidatures.plot'), shape: 'bars', empty: say.say('candidatures.noDecision'), band: { ...aimed, label: say.say('candidatures.band') },
      points: decided === 0 ? [] : rows.map((row) => ({
        label: row.month.setLocale(say.locale).toFormat('MMM yy'), value: percent(row.accepted, row.decided),
        shown: row.decided === 0 ? '—' : `${shown(percent(row.accepted, row.decided))} (${row.accepted}/${row.decided})`,
      })),
    },
  };
}
