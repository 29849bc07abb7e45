import type { QuoteQuestion } from '@prisma/client';
import type { ClientQuoteContent } from '../../../domain/client-quote.ts';
import type { Typed } from '../../page.ts';

/** C9: the quote with the questions asked on each of its lines, and the form that was being filled open again. */
export function withQuestions(content: ClientQuoteContent, questions: readonly QuoteQuestion[], typed: Typed | null) {
  const asking = typed?.act === 'askQuestion' ? { lineId: String(typed.body.lineId ?? ''), text: String(typed.body.text ?? '') } : null;
  const about = (lineId: string) => ({ questions: questions.filter((one) => one.lineId === lineId), asking: asking?.lineId === lineId ? asking : null });
  const lineOf = <L extends { readonly id: string }>(line: L) => ({ ...line, ...about(line.id) });
  const shownIds = new Set(content.work.flatMap(({ sections, options }) => [...sections.flatMap(({ lines }) => lines), ...options]).map(({ id }) => id));
  return {
    work: content.work.map((part) => ({ ...part, sections: part.sections.map((section) => ({ ...section, lines: section.lines.map(lineOf) })), options: part.options.map(lineOf) })),
    // What was asked about the whole, and about lines that another version had.
    otherQuestions: questions.filter(({ lineId }) => lineId === null || !shownIds.has(lineId)),
    askingAll: asking?.lineId === '' ? asking : null,
  };
}
