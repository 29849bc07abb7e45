import type { ClientQuoteContent } from '../../../domain/client-quote.ts';
import { clientQuoteContent, nextClientQuote } from '../../../documents/client-quote-content.ts';
import { previewClientQuoteDocument } from '../../../documents/build-client-quote.ts';
import { documentLocale } from '../../../documents/locale.ts';
import { renderDocument } from '../../../documents/render.ts';
import type { QuoteDraftContent } from '../../../database/quote-drafts.ts';
import { Problem } from '../../../domain/problem.ts';
import type { Asked } from '../page.ts';
import type { Block, PageField } from '../blocks.ts';
import { quoteLayoutFields } from '../../../steps/quote-steps.ts';
import { optionalLongText } from '../../../steps/fields.ts';
import type { Speaker } from '../../text.ts';
import type { OpenRound } from './round.ts';

type Values = Readonly<Record<string, unknown>>;
type Typed = Record<string, unknown>;

/** Q4: where the global quote is laid out; amounts are shown beside, never typed. */
export function draftForm(open: OpenRound, say: Speaker): Block {
  const { standing, layout, plain, leftOut, introduction, draft } = open;
  const words = Object.fromEntries((['add', 'remove', 'up', 'down', 'row'] as const).map((one) => [one, say.say(`workbench.row.${one}`)])) as NonNullable<PageField['words']>;
  const yesNo = ['yes', 'no'].map((value) => ({ value, label: say.say(`workbench.${value}`) }));
  const parts = [...layout.parts, ...plain.parts.filter(({ quoteId }) => leftOut.includes(quoteId))];
  const nameOf = (quoteId: string): string => standing.find(({ id }) => id === quoteId)?.member.name ?? '';
  const amountOf = (quoteId: string, lineId: string): string => {
    const line = standing.find(({ id }) => id === quoteId)?.lines.find(({ id }) => id === lineId);
    return line ? (line.offered ? say.say('offered') : say.money(line.amountCents)) : '';
  };
  const hidden = (name: string): PageField => ({ name, kind: 'hidden', label: '' });
  const text = (name: string, required = true): PageField => ({ name, kind: 'text', required, label: say.say(`workbench.column.${name}`) });
  const shown = (name: string): PageField => ({ name, kind: 'text', shown: true, label: say.say(`workbench.column.${name}`) });
  const rows = (name: string, label: string, columns: PageField[], value: Typed[]): PageField => ({ name, kind: 'rows', fixed: true, label, words, columns, value });
  return {
    kind: 'form', method: 'post', act: 'save', title: say.say('workbench.build'), button: say.say('workbench.save'), consequence: say.say('workbench.buildHelp'),
    fields: [
      { name: 'seen', kind: 'hidden', label: '', value: draft?.version ?? 0 },
      { name: 'introduction', kind: 'long', label: say.say('field.introduction'), value: introduction },
      { name: 'namesShown', kind: 'check', label: say.say('workbench.namesShown'), value: layout.namesShown },
      { name: 'validityDays', kind: 'number', label: say.say('workbench.validityDays'), help: say.say('workbench.validityHelp'), value: layout.validityDays ?? '' },
      rows('parts', say.say('workbench.parts'), [hidden('quoteId'), shown('member'), text('title', false), { name: 'included', kind: 'choice', label: say.say('workbench.column.included'), options: yesNo }],
        parts.map(({ quoteId, title }) => ({ quoteId, member: nameOf(quoteId), title, included: leftOut.includes(quoteId) ? 'no' : 'yes' }))),
      ...parts.flatMap(({ quoteId, lines, options }) => [
        rows(`lines:${quoteId}`, say.say('workbench.linesOf', { name: nameOf(quoteId) }), [hidden('id'), text('section', false), text('label'), shown('amount')], lines.map((line) => ({ ...line, amount: amountOf(quoteId, line.id) }))),
        ...(options.length === 0 ? [] : [rows(`options:${quoteId}`, say.say('workbench.optionsOf', { name: nameOf(quoteId) }),
          [hidden('id'), text('label'), { name: 'included', kind: 'choice', label: say.say('workbench.column.included'), options: yesNo }, shown('amount')],
          options.map((one) => ({ ...one, included: one.included ? 'yes' : 'no', amount: amountOf(quoteId, one.id) })))]),
      ]),
    ],
  };
}

/** What the form holds. @throws Problem `form_invalid` */
export function typedDraft(values: Values): QuoteDraftContent {
  const list = (name: string): Typed[] => (Array.isArray(values[name]) ? (values[name] as Typed[]) : []);
  const parts = list('parts').map((part) => ({
    quoteId: String(part.quoteId), title: String(part.title ?? ''), included: part.included !== 'no',
    lines: list(`lines:${String(part.quoteId)}`).map(({ id, section, label }) => ({ id, section, label })),
    options: list(`options:${String(part.quoteId)}`).map(({ id, label, included }) => ({ id, label, included: included !== 'no' })),
  }));
  const read = quoteLayoutFields.extend({ introduction: optionalLongText }).safeParse({
    parts: parts.filter(({ included }) => included), namesShown: values.namesShown === true, introduction: values.introduction,
    validityDays: values.validityDays === '' || values.validityDays === null || values.validityDays === undefined ? null : Number(values.validityDays),
  });
  if (!read.success) throw new Problem('form_invalid', read.error.issues.map(({ path }) => path.join('.')).join(', '));
  return { ...read.data, leftOut: parts.filter(({ included }) => !included).map(({ quoteId }) => quoteId) };
}

/** What would be sent now. @throws whatever rule the layout breaks */
export function contentNow({ standing, layout, terms, project }: Pick<OpenRound, 'standing' | 'layout' | 'terms' | 'project'>): ClientQuoteContent {
  const quotes = standing.filter(({ id }) => layout.parts.some(({ quoteId }) => quoteId === id));
  return clientQuoteContent({ quotes, terms, layout, tickedOptionIds: [], vatTreatment: project.company.vatTreatment });
}

/** Q4, Q6: the very document the client will read, and its money with the fee apart. */
export async function previewBlocks({ deps: { db }, say }: Asked, open: OpenRound, at: number): Promise<Block[]> {
  const { round, project, terms, layout, introduction } = open;
  const content = contentNow(open);
  const next = nextClientQuote({ ref: round.ref, lastVersion: round.clientQuotes.at(-1)?.version ?? 0, terms, validityDays: layout.validityDays, at });
  const locale = documentLocale(project.owner.locale);
  const data = await db.$transaction((tx) => previewClientQuoteDocument(tx, round.id, { ...next, state: 'sent', introduction, createdAt: new Date(at), answeredAt: null }, content, locale));
  return [
    { kind: 'figures', items: [
      { label: say.say('members'), value: say.money(content.membersTotalCents) },
      { label: say.say(`fee.${content.feeBasis}`, { rate: content.feeRateBp }), value: say.money(content.feeCents) },
      { label: say.say('totalNet'), value: say.money(content.totalCents) },
      { label: say.say('workbench.withTax'), value: say.money(content.totalWithTaxCents) },
    ] },
    { kind: 'frame', title: say.say('workbench.preview'), html: renderDocument('client_quote', data, locale), height: 900 },
  ];
}
