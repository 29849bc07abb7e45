/** C7: what a company thinks of a candidate while it makes up its mind; members never read it. Empty: not read yet. */
export const candidateMarks = ['yes', 'maybe', 'no'] as const;
export type CandidateMark = (typeof candidateMarks)[number] | '';

/** C8: what each candidate of a selection is answered: their own word if there is one, else what is said to all who are, or are not, chosen. */
export function answerTo(applicationId: string, chosen: boolean, given: { readonly message: string; readonly answerToOthers: string; readonly answers: readonly { readonly applicationId: string; readonly text: string }[] }): string {
  const own = given.answers.find((one) => one.applicationId === applicationId)?.text.trim();
  return own || (chosen ? given.message : given.answerToOthers);
}
