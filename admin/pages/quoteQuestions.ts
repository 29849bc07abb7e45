import { answerQuoteQuestion } from '../../database/quote-questions.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { longText } from '../../steps/fields.ts';
import type { Speaker } from '../text.ts';
import type { Block, Row } from './blocks.ts';
import type { Asked, ConsolePage } from './page.ts';
import { workbenchHref } from './workbench/round.ts';

const listed = 50;
const include = { clientQuote: { select: { number: true, roundId: true, round: { select: { project: { select: { title: true, company: { select: { name: true } } } } } } } } } as const;

export const questionHref = (id: string): string => `/console/pages/quoteQuestions?question=${id}`;

async function questionOf({ deps: { db }, query }: Asked) {
  const question = await db.quoteQuestion.findUnique({ where: { id: query.question ?? '' }, include });
  if (!question) throw new Problem('not_found', `no question ${query.question}`);
  return question;
}

type Question = Awaited<ReturnType<typeof questionOf>>;

/** C9: what clients ask about their quotes, and the answer, which is mailed and stands on the quote. */
export const quoteQuestionsPage: ConsolePage = {
  name: 'quoteQuestions',
  icon: 'MessageCircle',
  title: async (asked) => (asked.query.question ? asked.say.say('quoteQuestions.one', { number: (await questionOf(asked)).clientQuote.number }) : asked.say.say('quoteQuestions.title')),
  blocks: async (asked) => (asked.query.question ? one(asked, await questionOf(asked)) : list(asked)),
  acts: {
    answer: async ({ deps, staff, values, key, say }) => {
      if (!mayDo(staff.role, 'answerQuoteQuestion')) throw new Problem('not_allowed', `${staff.role} may not answerQuoteQuestion`);
      const answer = longText.safeParse(values.answer);
      if (!answer.success) throw new Problem('form_invalid', 'no answer', { fields: 'answer' });
      await deps.db.$transaction((tx) => answerQuoteQuestion(tx, { by: { kind: 'staff', id: staff.id, name: staff.name }, at: Date.now(), secret: deps.secret }, { id: String(values.question), key, answer: answer.data }));
      return { message: say.say('quoteQuestions.done') };
    },
  },
};

/** A table of questions: where each was asked, by whom, and what was answered. */
export function questionRows(questions: readonly Question[], say: Speaker): Row[] {
  return questions.map((question) => ({ cells: [
    { text: question.clientQuote.number, href: questionHref(question.id), detail: `${question.clientQuote.round.project.title} · ${question.clientQuote.round.project.company.name}` },
    { text: question.text, detail: question.lineLabel ?? say.say('quoteQuestions.whole') },
    { text: question.authorName, detail: say.moment(question.createdAt) },
    question.answer === null ? '' : { text: question.answer, detail: say.say('quoteQuestions.answered', { name: question.answeredByName, at: question.answeredAt?.toISOString() }) },
  ] }));
}

export const questionHead = (say: Speaker): string[] => ['quote', 'question', 'who', 'answer'].map((head) => say.say(`quoteQuestions.head.${head}`));

async function list({ deps: { db }, say }: Asked): Promise<Block[]> {
  const [open, answered] = await Promise.all([
    db.quoteQuestion.findMany({ where: { answer: null }, include, orderBy: { createdAt: 'asc' }, take: listed }),
    db.quoteQuestion.findMany({ where: { answer: { not: null } }, include, orderBy: { createdAt: 'desc' }, take: listed }),
  ]);
  return [
    { kind: 'table', caption: say.say('quoteQuestions.open'), head: questionHead(say), rows: questionRows(open, say), empty: say.say('quoteQuestions.none') },
    { kind: 'table', caption: say.say('quoteQuestions.recent'), head: questionHead(say), rows: questionRows(answered, say), empty: '—' },
  ];
}

function one({ say, staff }: Asked, question: Question): Block[] {
  return [
    { kind: 'links', items: [{ text: say.say('quoteQuestions.all'), href: '/console/pages/quoteQuestions' }, { text: say.say('quoteQuestions.toQuote'), href: workbenchHref(question.clientQuote.roundId) }] },
    { kind: 'callout', text: question.text, detail: `${question.authorName} · ${question.clientQuote.round.project.company.name} · ${question.lineLabel ?? say.say('quoteQuestions.whole')} · ${say.moment(question.createdAt)}` },
    ...(question.answer !== null ? [{ kind: 'text', text: question.answer } as const, { kind: 'text', tone: 'soft', text: say.say('quoteQuestions.answered', { name: question.answeredByName, at: question.answeredAt?.toISOString() }) } as const]
      : mayDo(staff.role, 'answerQuoteQuestion') ? [{
        kind: 'form', method: 'post', act: 'answer', button: say.say('quoteQuestions.send'), consequence: say.say('quoteQuestions.consequence', { name: question.authorName }),
        fields: [{ name: 'question', kind: 'hidden', label: '', value: question.id }, { name: 'answer', kind: 'long', required: true, label: say.say('quoteQuestions.answer') }],
      } as const] : []),
  ];
}

/** The questions of one round, for the page where its quote is built. */
export async function roundQuestions({ deps: { db }, say }: Asked, roundId: string): Promise<Block[]> {
  const questions = await db.quoteQuestion.findMany({ where: { clientQuote: { roundId } }, include, orderBy: { createdAt: 'asc' }, take: listed });
  if (questions.length === 0) return [];
  const count = questions.filter(({ answer }) => answer === null).length;
  return [{ kind: 'table', caption: say.say('workbench.questions', { count }), head: questionHead(say), rows: questionRows(questions, say), empty: '' }];
}
