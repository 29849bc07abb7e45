import type { BriefRemark } from '@prisma/client';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { requireRight } from '../access.ts';
import { text } from '../body.ts';
import type { Access, Act } from '../page.ts';

const longest = 10_000;

/** C2: what staff asked, beside the text it is about while it waits for the client, in a list once it is settled. */
export function remarksShown(remarks: readonly BriefRemark[], answering: boolean) {
  const open = answering ? remarks.filter(({ settledAt }) => settledAt === null) : [];
  return {
    remarksBy: Object.fromEntries(open.map(({ field }) => [field, open.filter((one) => one.field === field)])),
    openRemarks: open.length,
    earlierRemarks: remarks.filter((one) => !open.includes(one)),
  };
}

/** Keeps the answers of a form, each to a remark that still waits. @throws Problem `not_allowed`, `form_invalid` */
export async function keepAnswers(deps: Deps, access: Access, body: Readonly<Record<string, unknown>>): Promise<void> {
  const answers = typeof body.answers === 'object' && body.answers !== null ? (body.answers as Record<string, unknown>) : {};
  if (Object.keys(answers).length === 0) return;
  requireRight(access, 'answerRemarks');
  await deps.db.$transaction(async (tx) => {
    for (const id of Object.keys(answers)) {
      const answer = text(answers, id);
      if (answer.length > longest) throw new Problem('form_invalid', `an answer of ${answer.length} characters`, { fields: `answers.${id}` });
      await tx.briefRemark.updateMany({
        where: { id, projectId: access.projectId ?? '', settledAt: null, NOT: { answer } },
        data: answer === '' ? { answer, answeredBy: '', answeredAt: null } : { answer, answeredBy: access.name, answeredAt: new Date() },
      });
    }
  });
}

/** C2: answers kept without handing the brief in again. */
export const answerRemarks: Act = async (deps, access, body) => {
  requireRight(access, 'answerRemarks');
  await keepAnswers(deps, access, body);
  return { notice: 'answersKept' };
};
