import type { QueueSource } from './source.ts';

/** C9: a client asks something about a quote, and nobody has answered. */
export const questions: QueueSource = {
  kind: 'question', act: 'answerQuoteQuestion',
  find: async ({ deps: { db }, project, take }) => (await db.quoteQuestion.findMany({
    where: { answer: null, clientQuote: { round: { project } } }, include: { clientQuote: { select: { roundId: true, number: true } } }, orderBy: { createdAt: 'asc' }, take,
  })).map((one) => ({ id: one.id, title: one.authorName, detail: `${one.clientQuote.number} · ${one.text}`.slice(0, 140), href: `/console/pages/quoteQuestions?question=${one.id}`, until: null })),
};
