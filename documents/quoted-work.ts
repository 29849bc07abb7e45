import type { MemberQuote, QuoteLine } from '@prisma/client';
import type { DocumentLocale, LineKind, PaymentSchedule, QuotedLine, QuotedOption, QuotedSection, QuotedWork } from './kinds.ts';
import { say } from './words.ts';

export type LineToShow = Pick<QuoteLine, 'id' | 'section' | 'kind' | 'label' | 'quantityMilli' | 'unitCents' | 'amountCents' | 'optional' | 'offered'>;

export interface WorkToShow {
  readonly memberName: string;
  readonly headline: string;
  readonly lines: readonly LineToShow[];
  readonly discountCents: number;
  /** Excluding tax, ticked options included. */
  readonly totalCents: number;
  readonly terms: Pick<MemberQuote, 'conditions' | 'paymentSchedule' | 'depositBp' | 'instalments'>;
  readonly tickedOptions: readonly string[];
  /** What the client's total excluding tax rises by with an option, in cents. */
  readonly withFee: (line: LineToShow) => number;
}

/**
 * One member's lines as a document lays them out: their sections in the order they were written, the assignment of rights in a section
 * of its own at the end (Q1: always apart), and the options after.
 */
export function quotedWork(work: WorkToShow, locale: DocumentLocale): QuotedWork {
  const charged = work.lines.filter(({ optional }) => !optional);
  const rights = charged.filter(({ kind }) => kind === 'rights');
  const sections = new Map<string, QuotedLine[]>();
  for (const line of charged) {
    if (line.kind === 'rights') continue;
    const lines = sections.get(line.section) ?? [];
    sections.set(line.section, [...lines, shown(line)]);
  }
  const laid: QuotedSection[] = [...sections].map(([title, lines]) => ({ title, lines }));
  if (rights.length > 0) laid.push({ title: say(locale, 'quote.section.rights'), lines: rights.map(shown) });
  return {
    memberName: work.memberName,
    headline: work.headline,
    sections: laid,
    options: work.lines.filter(({ optional }) => optional).map((line): QuotedOption => ({
      ...shown(line), id: line.id, ticked: work.tickedOptions.includes(line.id), withFeeCents: work.withFee(line),
    })),
    discountCents: work.discountCents,
    totalCents: work.totalCents,
    conditions: work.terms.conditions,
    paymentSchedule: work.terms.paymentSchedule as PaymentSchedule,
    depositBp: work.terms.depositBp,
    instalments: work.terms.instalments,
  };
}

/** What a quote is about, in a few words for an invoice: its sections, or its lines where it has none. Options not taken are left out. */
export function workInWords(lines: readonly LineToShow[], tickedOptions: readonly string[]): string {
  const taken = lines.filter(({ id, optional }) => !optional || tickedOptions.includes(id));
  return [...new Set(taken.map(({ section, label }) => section || label))].join(', ');
}

function shown({ kind, label, quantityMilli, unitCents, amountCents, offered }: LineToShow): QuotedLine {
  return { kind: kind as LineKind, label, quantityMilli, unitCents, amountCents, offered };
}
