import type { ClientQuoteContent } from '../domain/client-quote.ts';
import { Problem } from '../domain/problem.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import { recordEvent } from './audit.ts';
import type { Tx } from './open.ts';
import { clientRecipient, staffFor } from './recipients.ts';

interface Doing { readonly by: { readonly kind: 'client' | 'staff'; readonly id: string; readonly name: string }; readonly at: number; readonly secret: string }

/** A quote that somebody may still ask about: the version that stands. */
export const mayBeAskedAbout = (state: string): boolean => ['sent', 'change_asked', 'signed'].includes(state);

/** The words of a line or an option of a quote. Null when it has no such line. */
export function lineLabel(content: ClientQuoteContent, lineId: string): string | null {
  const lines = content.work.flatMap(({ sections, options }) => [...sections.flatMap((section) => section.lines), ...options]);
  return lines.find(({ id }) => id === lineId)?.label ?? null;
}

/**
 * C9: a client asks about a line, or about the whole; who follows the project is mailed. `key` is the form's: asked twice, it is asked once.
 * Answers the mails to send. `at` in ms.
 * @throws Problem `quote_version_old` for a version that no longer stands, or a line it does not have
 */
export async function askQuoteQuestion(tx: Tx, { by, at }: Doing, asked: { readonly key: string; readonly clientQuoteId: string; readonly projectId: string; readonly lineId: string | null; readonly text: string }): Promise<string[]> {
  const quote = await tx.clientQuote.findFirst({
    where: { id: asked.clientQuoteId, round: { projectId: asked.projectId } },
    include: { round: { include: { project: { include: { accountManager: true } }, clientQuotes: { orderBy: { version: 'desc' }, take: 1 } } } },
  });
  const label = quote && asked.lineId ? lineLabel(quote.content as unknown as ClientQuoteContent, asked.lineId) : null;
  if (!quote || quote.round.clientQuotes[0]?.id !== quote.id || !mayBeAskedAbout(quote.state) || (asked.lineId && label === null)) throw new Problem('quote_version_old', `nothing to ask about in ${asked.clientQuoteId}`);
  // The same form may come back for another line after a mistake: its key names both.
  const { count } = await tx.quoteQuestion.createMany({
    data: { key: `${asked.key}/${asked.lineId ?? 'quote'}`, clientQuoteId: quote.id, lineId: asked.lineId, lineLabel: label, text: asked.text, authorId: by.id, authorName: by.name, createdAt: new Date(at) },
    skipDuplicates: true,
  });
  if (count === 0) return [];
  const question = await tx.quoteQuestion.findUniqueOrThrow({ where: { key: `${asked.key}/${asked.lineId ?? 'quote'}` } });
  const { project } = quote.round;
  await recordEvent(tx, { by, action: 'round.quoteQuestion', subject: quote.number, projectId: project.id, at });
  const mailIds: string[] = [];
  for (const to of await staffFor(tx, project.accountManager, at)) {
    mailIds.push(await queueMail(tx, {
      key: `quote-question/${question.id}/${to.id ?? to.email}`, template: 'staff_quote_question', to, data: { number: quote.number, authorName: by.name, line: label ?? '', question: asked.text },
      consolePath: `/console/pages/quoteQuestions?question=${question.id}`, projectId: project.id, at,
    }));
  }
  return mailIds;
}

/**
 * C9: staff answer, once; whoever asked is mailed, unless they have left, and the answer stands on the quote for all of their company.
 * @throws Problem `question_answered` when somebody was faster, `not_found`
 */
export async function answerQuoteQuestion(tx: Tx, { by, at, secret }: Doing, given: { readonly id: string; readonly key: string; readonly answer: string }): Promise<string[]> {
  const fresh = await tx.appliedStep.createMany({ data: { key: `quote-answer/${given.key}`, result: {} }, skipDuplicates: true });
  if (fresh.count === 0) return [];
  const question = await tx.quoteQuestion.findUnique({ where: { id: given.id }, include: { clientQuote: { include: { round: { select: { id: true, projectId: true } } } } } });
  if (!question) throw new Problem('not_found', `no question ${given.id}`);
  const { count } = await tx.quoteQuestion.updateMany({ where: { id: question.id, answer: null }, data: { answer: given.answer, answeredById: by.id, answeredByName: by.name, answeredAt: new Date(at) } });
  if (count === 0) throw new Problem('question_answered', `${question.id} was answered`, { who: question.answeredByName ?? '' });
  const { number, round } = question.clientQuote;
  await recordEvent(tx, { by, action: 'round.quoteAnswer', subject: number, projectId: round.projectId, at });
  const asker = await tx.clientUser.findFirst({ where: { id: question.authorId, leftAt: null } });
  if (!asker) return [];
  const linkId = await createLink(tx, secret, { purpose: 'client_quote', ownerKind: 'client', ownerId: asker.id, projectId: round.projectId, subjectId: round.id, at });
  return [await queueMail(tx, {
    key: `quote-answer/${question.id}`, template: 'quote_question_answered', to: clientRecipient(asker), data: { number, line: question.lineLabel ?? '', question: question.text, explanation: given.answer }, linkId, projectId: round.projectId, at,
  })];
}
