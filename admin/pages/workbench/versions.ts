import { diffLines } from 'diff';
import type { ClientQuoteContent } from '../../../domain/client-quote.ts';
import type { Speaker } from '../../text.ts';
import type { Block, DifferenceLine } from '../blocks.ts';
import { workbenchHref, type OpenRound } from './round.ts';

/** Q2: the versions sent to the client, and what changed between any two: sections, lines, words, options, totals. */
export function versionBlocks({ round }: OpenRound, query: Readonly<Record<string, string>>, say: Speaker): Block[] {
  const sent = round.clientQuotes;
  const versions = { kind: 'table', caption: say.say('workbench.versions'), head: ['number', 'state', 'total', 'sent'].map((one) => say.say(`workbench.head.${one}`)), numeric: [2], empty: say.say('workbench.noVersion'), rows: [...sent].reverse().map((one) => ({
    cells: [{ text: one.number, href: `/console/resources/ClientQuote/records/${one.id}/show` }, { text: say.state('clientQuote', one.state), ...(one.reason ? { detail: one.reason } : {}) }, say.money(one.totalCents), say.moment(one.createdAt)],
  })) } as const;
  if (sent.length < 2) return [versions];
  const options = sent.map(({ number, version }) => ({ value: String(version), label: number }));
  const from = sent.find(({ version }) => String(version) === query.from) ?? sent.at(-2);
  const to = sent.find(({ version }) => String(version) === query.to) ?? sent.at(-1);
  if (!from || !to) return [versions];
  const text = (one: typeof from): string => inWords(one.content as unknown as ClientQuoteContent, one.introduction, say);
  const lines = diffLines(text(from), text(to)).flatMap(({ value, added, removed }) =>
    value.replace(/\n$/, '').split('\n').map((line): DifferenceLine => ({ mark: added ? 'added' : removed ? 'removed' : 'same', text: line })));
  return [
    versions,
    { kind: 'form', method: 'get', inline: true, button: say.say('workbench.compare'), fields: [
      { name: 'round', kind: 'hidden', label: '', value: round.id },
      { name: 'from', kind: 'choice', required: true, label: say.say('workbench.from'), options, value: String(from.version) },
      { name: 'to', kind: 'choice', required: true, label: say.say('workbench.to'), options, value: String(to.version) },
    ] },
    {
      kind: 'differences', title: say.say('workbench.between', { from: from.number, to: to.number }), empty: say.say('workbench.noDifference'),
      words: { added: say.say('workbench.added'), removed: say.say('workbench.removed'), skipped: '' }, lines: lines.every(({ mark }) => mark === 'same') ? [] : lines,
    },
    { kind: 'links', items: [{ text: say.say('workbench.back'), href: workbenchHref(round.id) }] },
  ];
}

/** A global quote as lines of text, one a thing the client reads. */
function inWords(content: ClientQuoteContent, introduction: string, say: Speaker): string {
  const line = (one: { label: string; quantityMilli: number; unitCents: number; amountCents: number; offered: boolean }): string =>
    `    ${one.label} — ${say.say('workbench.count', { count: one.quantityMilli / 1_000 })} × ${say.money(one.unitCents)} = ${say.money(one.amountCents)}${one.offered ? ` (${say.say('offered')})` : ''}`;
  return `${[
    ...introduction.split('\n').filter(Boolean),
    ...content.work.flatMap((work) => [
      work.memberName,
      ...work.sections.flatMap(({ title, lines }) => [`  ${title}`, ...lines.map(line)]),
      ...work.options.map((one) => `${line(one)} (${say.say('option')})`),
      ...(work.discountCents > 0 ? [`  ${say.say('discount')} −${say.money(work.discountCents)}`] : []),
      `  ${say.say('total')} ${say.money(work.totalCents)}`,
    ]),
    `${say.say('members')} ${say.money(content.membersTotalCents)}`,
    `${say.say(`fee.${content.feeBasis}`, { rate: content.feeRateBp })} ${say.money(content.feeCents)}`,
    `${say.say('totalNet')} ${say.money(content.totalCents)}`,
  ].join('\n')}\n`;
}
