import { plannedInclude, plannedReminders, type PlannedInvoice, type PlannedReminder } from '../../../database/dunning-plan.ts';
import { buildDunningLetter } from '../../../documents/build-dunning-letter.ts';
import { documentLocale } from '../../../documents/locale.ts';
import { renderDocument } from '../../../documents/render.ts';
import { letterToneOf } from '../../../domain/dunning-letter.ts';
import { Problem } from '../../../domain/problem.ts';
import type { Terms } from '../../../domain/terms.ts';
import type { Block, Row } from '../blocks.ts';
import { planHref } from '../finance/addresses.ts';
import { financeNavigation } from '../finance/navigation.ts';
import { levelWords, readersInWords } from '../finance/reminder-words.ts';
import type { Asked } from '../page.ts';
import { byWhat, invoiceLinks } from './list.ts';
import { reminderMail, wordingsNow } from './mail.ts';

/** @throws Problem `not_found` */
export async function plannedInvoice({ deps: { db }, query }: Pick<Asked, 'deps' | 'query'>): Promise<PlannedInvoice> {
  const invoice = await db.clientInvoice.findUnique({ where: { ref: query.invoice ?? '' }, include: plannedInclude });
  if (!invoice) throw new Problem('not_found', `no client invoice ${query.invoice}`);
  return invoice;
}

/** Every reminder one invoice has still to get, and the mail of one as each of its readers would read it. */
export async function onePlanBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db, config }, say, query } = asked;
  const invoice = await plannedInvoice(asked);
  const plan = (await plannedReminders(db, [invoice])).get(invoice.id) ?? [];
  const shown = plan.find(({ level }) => String(level) === query.level) ?? plan[0];
  const wordings = wordingsNow(db);
  const mails = await Promise.all((shown?.readers ?? []).map(async (reader) => ({ reader, mail: await reminderMail(wordings, invoice, shown as NonNullable<typeof shown>, reader, config.publicUrl) })));
  const letter = shown ? await letterAsPlanned(db, invoice, shown) : null;
  return [
    financeNavigation(asked, 'dunningPlan'),
    invoiceLinks(asked, invoice),
    ...(invoice.dunningPaused ? [{ kind: 'callout' as const, text: say.say('dunningPlan.isPaused'), detail: invoice.dunningPauseReason ?? '' }] : []),
    {
      kind: 'table', caption: say.say('dunningPlan.allOfOne'), head: ['when', 'level', 'readers', 'left', 'interest', 'indemnity'].map((name) => say.say(`dunningPlan.head.${name}`)), numeric: [3, 4, 5], empty: say.say('dunningPlan.noneLeft'),
      rows: plan.map((reminder): Row => ({
        cells: [
          { text: `${say.moment(new Date(reminder.at))} ·`, until: new Date(reminder.at).toISOString() }, { text: levelWords(reminder, say), href: planHref(invoice.ref, reminder.level), detail: byWhat(say, reminder), ...(reminder === shown ? { tone: 'strong' as const } : {}) },
          readersInWords(reminder), say.money(reminder.figures.remainingCents), say.money(reminder.figures.interestCents), say.money(reminder.figures.indemnityCents),
        ],
      })),
    },
    ...(letter ? [{ kind: 'details' as const, summary: say.say('dunningPlan.letter'), open: true, blocks: [{ kind: 'frame' as const, title: say.say('dunningPlan.letter'), html: letter, width: 860, height: 900 }] }] : []),
    ...mails.flatMap(({ reader, mail }): Block[] => [
      { kind: 'heading', text: mail.subject, detail: say.say('dunningPlan.to', { name: reader.name, email: reader.email }) },
      { kind: 'frame', title: mail.subject, html: mail.html, width: 680, height: 620 },
      { kind: 'details', summary: say.say('dunningPlan.plainText'), blocks: [{ kind: 'pre', text: mail.text }] },
    ]),
  ];
}

/** The letter of a reminder as it would read that day, without a number; null when it has none. */
async function letterAsPlanned(db: Asked['deps']['db'], invoice: PlannedInvoice, { level, at }: PlannedReminder): Promise<string | null> {
  const tone = letterToneOf(invoice.project.terms as unknown as Terms, level);
  if (!tone) return null;
  const locale = documentLocale(invoice.project.owner.locale);
  return renderDocument('dunning_letter', await buildDunningLetter(db, invoice.id, { reference: '…', tone, at, locale }), locale);
}
