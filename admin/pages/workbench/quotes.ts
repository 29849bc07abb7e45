import { checksOfQuote } from '../../../database/quote-checks.ts';
import { readByPeople } from '../../../domain/quote-checks.ts';
import { quoteDifferences, type LineDifference } from '../../../domain/quote-differences.ts';
import { mayDo } from '../../../domain/roles.ts';
import type { Speaker } from '../../text.ts';
import type { Block, Row } from '../blocks.ts';
import type { Asked } from '../page.ts';
import type { OpenRound } from './round.ts';

type Quote = OpenRound['standing'][number];

/** Q4: the members' quotes side by side: lines, what changed, what to check, and the way back. */
export function quoteColumns({ say, staff }: Asked, open: OpenRound, now: number): Block {
  return { kind: 'columns', columns: open.standing.map((quote) => [
    { kind: 'heading', text: `${quote.member.name} · ${say.say('version', { version: quote.version })}`, detail: say.say('workbench.submitted', { at: quote.createdAt.toISOString() }) },
    linesOf(quote, say),
    factsOf(quote, say),
    changesOf(quote, open, say),
    checksOf(quote, open, say, now),
    readingsOf(quote, open, say, mayDo(staff.role, 'sendBackQuote')),
    ...(mayDo(staff.role, 'sendBackQuote') && open.round.state === 'validating' ? [{ kind: 'details', summary: say.say('workbench.sendBack', { name: quote.member.name }), blocks: [{
      kind: 'form', method: 'post', act: 'sendBack', button: say.say('action.sendBackQuote'), consequence: say.say('consequence.sendBackQuote'),
      fields: [{ name: 'quoteId', kind: 'hidden', label: '', value: quote.id }, { name: 'remarks', kind: 'long', required: true, label: say.say('field.remarks') }],
    }] } as const] : []),
  ] satisfies Block[]) };
}

function linesOf(quote: Quote, say: Speaker): Block {
  const row = (line: Quote['lines'][number]): Row => ({ cells: [
    { text: line.label, detail: [line.section, say.say(`workbench.kind.${line.kind}`), line.optional ? say.say('option') : ''].filter(Boolean).join(' · ') },
    `${say.say('workbench.count', { count: line.quantityMilli / 1_000 })} × ${say.money(line.unitCents)}`,
    line.offered ? { text: say.say('offered'), detail: say.money(line.amountCents), tone: 'soft' } : say.money(line.amountCents),
  ] });
  return {
    kind: 'table', caption: say.say('workbench.lines'), head: ['line', 'count', 'amount'].map((one) => say.say(`workbench.head.${one}`)), numeric: [1, 2], empty: '',
    rows: [
      ...quote.lines.filter(({ optional }) => !optional).map(row), ...quote.lines.filter(({ optional }) => optional).map(row),
      ...(quote.discountCents > 0 ? [{ cells: [say.say('discount'), '', `−${say.money(quote.discountCents)}`] }] : []),
      { cells: [{ text: say.say('total'), tone: 'strong' }, '', { text: say.money(quote.totalCents), tone: 'strong' }] },
      ...(quote.optionsCents > 0 ? [{ cells: [{ text: say.say('workbench.optionsTotal'), tone: 'soft' as const }, '', say.money(quote.optionsCents)] }] : []),
    ],
  };
}

function factsOf(quote: Quote, say: Speaker): Block {
  const schedule = say.say(quote.instalments === null ? `workbench.schedule.${quote.paymentSchedule}` : 'workbench.schedule.count', { deposit: quote.depositBp ?? 0, count: quote.instalments ?? 0 });
  return { kind: 'table', head: [say.say('workbench.head.term'), ''], empty: '', rows: [
    { cells: [say.say('workbench.conditions'), quote.conditions || say.say('workbench.none')] },
    { cells: [say.say('workbench.schedule'), schedule] },
    ...(quote.validityDays === null ? [] : [{ cells: [say.say('workbench.validity'), say.say('workbench.validityDays', { days: quote.validityDays })] }]),
    ...quote.files.map(({ file }) => ({ cells: [say.say('workbench.file'), { text: file.name, href: `/console/quote-files/${file.id}` }] })),
    { cells: [say.say('workbench.vat'), say.say(`workbench.vat.${quote.vatRegime}`, { rate: quote.vatRateBp })] },
  ] };
}

function changesOf(quote: Quote, { round }: OpenRound, say: Speaker): Block {
  const previous = round.memberQuotes.filter((one) => one.memberId === quote.memberId && one.version < quote.version).at(-1);
  if (!previous) return { kind: 'text', tone: 'soft', text: say.say('workbench.firstVersion') };
  const { lines, discount, total } = quoteDifferences(previous, quote);
  const words = [
    ...lines.map((one) => differenceInWords(one, say)),
    ...(discount ? [say.say('workbench.change.discount', { before: discount.beforeCents, after: discount.afterCents })] : []),
    ...(total.beforeCents === total.afterCents ? [] : [say.say('workbench.change.total', { before: total.beforeCents, after: total.afterCents })]),
    ...(previous.conditions === quote.conditions ? [] : [say.say('workbench.change.conditions')]),
  ];
  return {
    kind: 'table', caption: say.say('workbench.changes', { version: previous.version }), head: [say.say('workbench.head.change')], empty: say.say('workbench.noChange'),
    rows: [...(previous.remarks ? [{ cells: [{ text: say.say('workbench.asked', { remarks: previous.remarks }), tone: 'soft' as const }] }] : []), ...words.map((text) => ({ cells: [text] }))],
  };
}

function differenceInWords(one: LineDifference, say: Speaker): string {
  if (one.change === 'added') return say.say('workbench.change.added', { label: one.after.label, amount: one.after.amountCents });
  if (one.change === 'removed') return say.say('workbench.change.removed', { label: one.before.label, amount: one.before.amountCents });
  const fields = one.fields.map((field) => say.say(`workbench.field.${field}`)).join(', ');
  return say.say(`workbench.change.${one.change}`, { label: one.after.label, fields, before: one.before.amountCents, after: one.after.amountCents });
}

const tones = { ok: 'good', warn: 'strong', block: 'bad' } as const;

function checksOf(quote: Quote, open: OpenRound, say: Speaker, now: number): Block {
  return {
    kind: 'table', caption: say.say('workbench.checks'), head: ['check', 'verdict'].map((one) => say.say(`workbench.head.${one}`)), empty: '',
    rows: checksOfQuote(quote, open.project, open.standing, now).map(({ name, verdict, details }) => ({ cells: [
      { text: say.say(`workbench.check.${name}`), ...(verdict === 'ok' ? {} : { detail: say.say(`workbench.check.${name}.${verdict}`, details) }) },
      { text: say.say(`workbench.verdict.${verdict}`), tone: tones[verdict] },
    ] })),
  };
}

function readingsOf(quote: Quote, { ticks }: OpenRound, say: Speaker, may: boolean): Block {
  return {
    kind: 'table', caption: say.say('workbench.readings'), head: ['check', 'verdict'].map((one) => say.say(`workbench.head.${one}`)), empty: '',
    rows: readByPeople.map((item): Row => {
      const tick = ticks.find((one) => one.quoteId === quote.id && one.item === item);
      return {
        cells: [say.say(`workbench.read.${item}`), tick ? { text: say.say('workbench.readBy', { who: tick.staff }), detail: say.moment(tick.at), tone: 'good' } : { text: say.say('workbench.notRead'), tone: 'soft' }],
        deeds: may ? [{ act: 'tick', label: say.say(tick ? 'workbench.untick' : 'workbench.tick'), values: { quoteId: quote.id, item, ticked: !tick } }] : [],
      };
    }),
  };
}
