import { createRequire } from 'node:module';
import type Library from 'pptxgenjs';
import { fee, withFee, type FeeBasis } from '../../domain/fees.ts';
import { money, rate } from '../format.ts';
import type { DocumentLocale } from '../kinds.ts';
import { deckWords, type DeckWords } from './words.ts';

/** Which edition of the template this is: told to members beside the file. */
export const deckVersion = '1';

/** What the slides say of a member and of the fee in force. */
export interface DeckContent {
  readonly member: { readonly name: string; readonly headline: string; readonly presentation: string; readonly city: string; readonly skills: readonly string[] };
  /** At most four are shown. */
  readonly references: readonly { readonly title: string; readonly client: string; readonly year: number | null; readonly text: string }[];
  readonly feeRateBp: number;
  readonly feeBasis: FeeBasis;
}

// The agency's theme, as pages and mails wear it.
const look = { paper: 'F6F4EF', sheet: 'FFFEFB', ink: '17171A', soft: '5C5A55', line: 'DEDAD1', accent: 'C8371B', font: 'Inter' } as const;
const width = 13.33; // inches, 16:9
const margin = 0.8;
const exampleCents = 830_000;

// Published for both kinds of modules, and typed for one.
const Pptx = createRequire(import.meta.url)('pptxgenjs') as typeof Library.default;
type Deck = InstanceType<typeof Pptx>;
type Slide = ReturnType<Deck['addSlide']>;

/** M13: a presentation in the names of the member and of OFF-WORKS, to complete: a real .pptx that PowerPoint, Keynote and Google Slides open. */
export async function buildDeck(content: DeckContent, locale: DocumentLocale): Promise<Buffer> {
  const say = deckWords(locale);
  const deck = new Pptx();
  deck.layout = 'LAYOUT_WIDE';
  deck.author = content.member.name;
  deck.company = 'OFF-WORKS';
  deck.title = `${say('cover')} — ${say('foot', { member: content.member.name })}`;
  deck.theme = { headFontFace: look.font, bodyFontFace: look.font };
  deck.defineSlideMaster({
    title: 'OFF-WORKS', background: { color: look.paper }, slideNumber: { x: width - 1.3, y: 6.95, fontFace: look.font, fontSize: 10, color: look.soft },
    objects: [
      { rect: { x: 0, y: 0, w: width, h: 0.12, fill: { color: look.accent } } },
      { text: { text: say('foot', { member: content.member.name }), options: { x: margin, y: 6.9, w: 8, h: 0.35, fontFace: look.font, fontSize: 10, color: look.soft } } },
    ],
  });
  cover(deck, content, say);
  who(page(deck, say('who')), content, say);
  references(page(deck, say('references')), content, say);
  approach(page(deck, say('approach')), say);
  schedule(page(deck, say('schedule')), say);
  price(page(deck, say('price')), content, say, locale);
  page(deck, say('next')).addText(say('next.text'), { ...body, y: 2.2, h: 1.5, fontSize: 24 });
  return (await deck.write({ outputType: 'nodebuffer', compression: true })) as Buffer;
}

const body = { x: margin, w: width - 2 * margin, fontFace: look.font, fontSize: 18, color: look.ink, valign: 'top', margin: 0 } as const;

function page(deck: Deck, title: string): Slide {
  const slide = deck.addSlide({ masterName: 'OFF-WORKS' });
  slide.addText(title, { x: margin, y: 0.7, w: width - 2 * margin, h: 0.9, fontFace: look.font, fontSize: 36, bold: true, color: look.ink, margin: 0 });
  return slide;
}

function cover(deck: Deck, { member }: DeckContent, say: DeckWords): void {
  const slide = deck.addSlide({ masterName: 'OFF-WORKS' });
  slide.addText(say('cover'), { ...body, y: 2, h: 1.2, fontSize: 60, bold: true });
  slide.addText(say('cover.for'), { ...body, y: 3.3, h: 0.6, fontSize: 24, color: look.soft });
  slide.addText([{ text: member.name, options: { bold: true, breakLine: true } }, { text: say('cover.with'), options: { color: look.accent, bold: true } }], { ...body, y: 4.9, h: 1.1, fontSize: 22 });
}

function who(slide: Slide, { member }: DeckContent, say: DeckWords): void {
  slide.addText(member.headline || member.name, { ...body, y: 1.8, h: 0.6, fontSize: 22, bold: true, color: look.accent });
  slide.addText(member.presentation.slice(0, 700) || say('who.empty'), { ...body, y: 2.5, h: 2.2, fit: 'shrink' });
  const facts = [member.city, member.skills.slice(0, 8).join(' · ')].filter(Boolean).join('\n');
  if (facts) slide.addText(facts, { ...body, y: 4.8, h: 0.8, fontSize: 14, color: look.soft });
  slide.addText(say('who.offWorks'), { ...body, y: 5.7, h: 0.9, fontSize: 14, color: look.soft });
}

function references(slide: Slide, { references: shown }: DeckContent, say: DeckWords): void {
  const cards = shown.length > 0 ? shown.slice(0, 4) : [{ title: say('schedule.row'), client: '', year: null, text: say('references.empty') }];
  const each = (width - 2 * margin - 0.4) / 2;
  cards.forEach((card, index) => {
    const [x, y] = [margin + (index % 2) * (each + 0.4), 1.9 + Math.floor(index / 2) * 2.45];
    slide.addShape('rect', { x, y, w: each, h: 2.2, fill: { color: look.sheet }, line: { color: look.line, width: 1 } });
    slide.addText([
      { text: card.title, options: { bold: true, fontSize: 18, breakLine: true } },
      { text: [card.client, card.year === null ? '' : String(card.year)].filter(Boolean).join(' · ') || ' ', options: { color: look.accent, fontSize: 12, breakLine: true } },
      { text: card.text.slice(0, 260), options: { fontSize: 13 } },
    ], { x: x + 0.2, y: y + 0.15, w: each - 0.4, h: 1.9, fontFace: look.font, color: look.ink, valign: 'top', margin: 0, fit: 'shrink' });
  });
}

function approach(slide: Slide, say: DeckWords): void {
  (['approach.1', 'approach.2', 'approach.3', 'approach.4'] as const).forEach((key, index) => {
    const y = 1.9 + index * 1.15;
    slide.addText(String(index + 1), { x: margin, y, w: 0.7, h: 0.7, fontFace: look.font, fontSize: 28, bold: true, color: look.accent, margin: 0 });
    slide.addText(say(key), { ...body, x: margin + 0.8, y, w: width - 2 * margin - 0.8, h: 0.7, fontSize: 20, valign: 'middle' });
  });
}

const cell = { fontFace: look.font, fontSize: 15, color: look.ink, border: { type: 'solid', pt: 1, color: look.line }, margin: 0.1 } as const;
const head = { ...cell, bold: true, color: 'FFFFFF', fill: { color: look.ink } } as const;

function schedule(slide: Slide, say: DeckWords): void {
  const heads = (['schedule.step', 'schedule.what', 'schedule.when'] as const).map((key) => ({ text: say(key), options: head }));
  const rows = [1, 2, 3, 4].map((step) => [{ text: say(`approach.${step}`).split(/[ \u00a0]?:/)[0] ?? '', options: cell }, { text: say('schedule.row'), options: cell }, { text: say('schedule.weeks', { n: String(step * 2) }), options: cell }]);
  slide.addTable([heads, ...rows], { x: margin, y: 1.9, w: width - 2 * margin, colW: [3, 6.43, 2.3] });
}

function price(slide: Slide, { feeRateBp, feeBasis }: DeckContent, say: DeckWords, locale: DocumentLocale): void {
  const right = { ...cell, align: 'right' as const };
  const line = (label: string, cents: number, strong = false) => [{ text: label, options: { ...cell, bold: strong } }, { text: money(cents, locale), options: { ...right, bold: strong } }];
  slide.addTable([
    line(say('price.line'), exampleCents), line(`${say('price.fee')} (${rate(feeRateBp, locale)})`, fee(exampleCents, feeRateBp, feeBasis)), line(say('price.total'), withFee(exampleCents, feeRateBp, feeBasis), true),
  ], { x: margin, y: 1.9, w: width - 2 * margin, colW: [8.43, 3.3] });
  slide.addText(say(`price.basis.${feeBasis}`, { rate: rate(feeRateBp, locale) }), { ...body, y: 4.1, h: 1.2 });
  slide.addText(say('price.example'), { ...body, y: 5.5, h: 0.5, fontSize: 14, color: look.soft });
}
