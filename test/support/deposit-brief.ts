import { randomUUID } from 'node:crypto';
import { briefStepFields } from '../../domain/brief-steps.ts';
import { withCookie, type Answer } from './web-person.ts';

/** A visitor writes a brief through its steps and hands it in, or stops at the first that is refused. */
export async function depositBrief(url: string, written: Record<string, string>): Promise<Answer> {
  const id = randomUUID();
  let visitor = withCookie(url);
  let answer: Answer | null = null;
  for (const step of ['need', 'work', 'frame', 'files', 'you'] as const) {
    const body = Object.fromEntries(briefStepFields[step].filter((name) => name in written).map((name) => [name, written[name] ?? '']));
    answer = await visitor.post(step === 'need' ? '/brief/do/save' : `/brief/${id}/${step}/do/save`, body, id);
    if (step === 'need') visitor = withCookie(url, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '');
    if (answer.status !== 303) return answer;
  }
  return visitor.post(`/brief/${id}/review/do/send`);
}
