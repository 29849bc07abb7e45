import { leftToPay } from '../../../domain/left-to-pay.ts';
import { plannedInclude, plannedReminders, type PlannedInvoice, type PlannedReminder } from '../../../database/dunning-plan.ts';
import { delayLength } from '../../../domain/delay-length.ts';
import { dunningOffsets } from '../../../domain/dunning-levels.ts';
import { dunningTemplate } from '../../../domain/dunning-letter.ts';
import type { Terms } from '../../../domain/terms.ts';
import type { Block, Row } from '../blocks.ts';
import { addressWith, pauseHref, planHref, recordHref, waterfallHref } from '../finance/addresses.ts';
import { placeIn, placeOf } from '../finance/keyset.ts';
import { financeNavigation } from '../finance/navigation.ts';
import { levelWords, readersInWords } from '../finance/reminder-words.ts';
import { scopeOf } from '../finance/scope.ts';
import type { Asked } from '../page.ts';
import { subjectOf, wordingsNow } from './mail.ts';

export const horizonDays = 30;
const day = 86_400_000;
/** A reminder waits for a working morning: some days at most after its own. */
const slack = 10 * day;
/** Invoices looked at for one page, due first. */
const pageSize = 150;

/** I6: what will leave in the next days if nobody pays, and what is held back. */
export async function dunningPlanBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db, config }, say, query } = asked;
  const now = Date.now();
  const until = now + horizonDays * day;
  const scope = await scopeOf(asked);
  const place = placeIn(query.after);
  const inScope = Object.keys(scope.project).length > 0 ? { project: scope.project } : {};
  // No level is further from the due date than the settings allow, so no other invoice can be reminded of in time.
  const [found, paused] = await Promise.all([
    db.clientInvoice.findMany({
      where: {
        state: { in: ['issued', 'part_paid'] }, dunningPaused: false, ...inScope, dueAt: { gte: new Date(now - delayLength(dunningOffsets.most) - slack), lte: new Date(until - delayLength(dunningOffsets.least)) },
        ...(place ? { AND: [{ dueAt: { gte: place.at } }, { OR: [{ dueAt: { gt: place.at } }, { dueAt: place.at, id: { gt: place.id } }] }] } : {}),
      },
      include: plannedInclude, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], take: pageSize + 1,
    }),
    place ? [] : db.clientInvoice.findMany({ where: { state: { in: ['issued', 'part_paid'] }, dunningPaused: true, ...inScope }, include: plannedInclude, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], take: pageSize }),
  ]);
  const invoices = found.slice(0, pageSize);
  const last = invoices.at(-1);
  const plans = await plannedReminders(db, [...invoices, ...paused]);
  const wordings = wordingsNow(db);
  const leaving = invoices.flatMap((invoice) => (plans.get(invoice.id) ?? []).filter(({ at }) => at <= until).map((reminder) => ({ invoice, reminder }))).sort((a, b) => a.reminder.at - b.reminder.at);
  const rows = await Promise.all(leaving.map(async ({ invoice, reminder }): Promise<Row> => row(asked, invoice, reminder, await subjectOf(wordings, invoice, reminder, config.publicUrl), now)));
  const links = [
    ...(place ? [{ text: say.say('finance.firstPage'), href: addressWith('dunningPlan', query, { after: '' }) }] : []),
    ...(found.length > pageSize && last?.dueAt ? [{ text: say.say('finance.nextPage'), href: addressWith('dunningPlan', query, { after: placeOf(last.dueAt, last.id) }) }] : []),
  ];
  return [
    financeNavigation(asked, 'dunningPlan'),
    { kind: 'text', text: say.say('dunningPlan.rule', { days: horizonDays }) },
    { kind: 'form', method: 'get', inline: true, button: say.say('finance.filter'), fields: scope.fields },
    {
      kind: 'table', caption: say.say(links.length > 0 && last?.dueAt ? 'dunningPlan.leavingPart' : 'dunningPlan.leaving', { count: rows.length, days: horizonDays, from: invoices[0]?.dueAt?.toISOString(), until: last?.dueAt?.toISOString() }),
      head: ['when', 'invoice', 'level', 'readers', 'subject', 'left', 'fees'].map((name) => say.say(`dunningPlan.head.${name}`)), numeric: [5, 6], rows, empty: say.say('dunningPlan.empty', { days: horizonDays }),
    },
    ...(links.length > 0 ? [{ kind: 'links' as const, items: links }] : []),
    ...(place ? [] : [{
      kind: 'table' as const, caption: say.say('dunningPlan.paused'), head: ['invoice', 'client', 'left', 'reason', 'silent'].map((name) => say.say(`dunningPlan.head.${name}`)), numeric: [2], empty: say.say('dunningPlan.nonePaused'),
      rows: paused.map((invoice): Row => {
        const next = plans.get(invoice.id)?.[0];
        return {
          cells: [
            { text: invoice.number ?? invoice.ref, href: planHref(invoice.ref), detail: invoice.project.title }, invoice.project.company.name, { text: say.money(leftToPay(invoice)), href: waterfallHref(invoice.ref) },
            { text: invoice.dunningPauseReason ?? '—', tone: 'bad' }, silent(say, invoice, next),
          ],
        };
      }),
    }]),
  ];
}

function row({ say }: Asked, invoice: PlannedInvoice, reminder: PlannedReminder, subject: string, now: number): Row {
  const { figures, at } = reminder;
  return {
    cells: [
      at <= now ? { text: say.say('dunningPlan.atOnce'), detail: say.moment(new Date(at)) } : { text: `${say.moment(new Date(at))} ·`, until: new Date(at).toISOString() },
      { text: invoice.number ?? invoice.ref, href: recordHref('ClientInvoice', invoice.id), detail: invoice.project.company.name },
      { text: levelWords(reminder, say), href: planHref(invoice.ref, reminder.level), detail: byWhat(say, reminder) },
      readersInWords(reminder), subject, say.money(figures.remainingCents),
      figures.interestCents + figures.indemnityCents === 0 ? '—' : { text: say.money(figures.interestCents), detail: say.say('dunningPlan.indemnity', { cents: figures.indemnityCents }) },
    ],
  };
}

/** The e-mail of a reminder, and the letter that goes with it. */
export function byWhat(say: Asked['say'], { tone, letter }: PlannedReminder): string {
  const mail = say.say(`dunningPlan.template.${dunningTemplate(tone)}`);
  return letter ? say.say('dunningPlan.withLetter', { mail }) : mail;
}

/** What a pause keeps silent: a level that fell already leaves once it ends, else the next one that may fall. */
function silent(say: Asked['say'], { heldDunningLevel, heldDunningAt, project }: PlannedInvoice, next: PlannedReminder | undefined): Row['cells'][number] {
  const held = (project.terms as unknown as Terms).dunning.find(({ level }) => level === heldDunningLevel);
  if (held && !heldDunningAt) return { text: levelWords(held, say), detail: say.say('dunningPlan.heldAfter') };
  return next ? { text: levelWords(next, say), detail: say.moment(new Date(next.at)) } : '—';
}

/** The links of one invoice's plan. */
export const invoiceLinks = ({ say }: Asked, invoice: PlannedInvoice): Block => ({
  kind: 'links', items: [
    { text: invoice.number ?? invoice.ref, href: recordHref('ClientInvoice', invoice.id) }, { text: say.say('waterfall.title'), href: waterfallHref(invoice.ref) },
    ...(invoice.dunningPaused ? [] : [{ text: say.say('action.pauseDunning'), href: pauseHref(invoice.ref) }]),
  ],
});
