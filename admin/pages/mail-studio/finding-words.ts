import type { Finding } from '../../../mail/studio/finding.ts';
import type { Speaker } from '../../text.ts';

/** A finding as its writer reads it. */
export function findingWords({ part, line, code, details }: Finding, say: Speaker): { part: string; line: number; where: string; words: string } {
  const where = line === 0 ? '' : part === 'subject' ? say.say('mailStudio.inSubject') : say.say('mailStudio.atLine', { line });
  const named = details.variable ? variableMeaning(details.variable, say) : '';
  return { part, line, where, words: say.say(`mailStudio.finding.${code}`, { ...details, named }) };
}

/** What a variable means; the more precise text of its kind first, since « kind » and « answer » mean several things. */
export function variableMeaning(name: string, say: Speaker, kind = ''): string {
  const key = [`mailStudio.variable.${name}.${kind}`, `mailStudio.variable.${name}`].find((one) => say.has(one));
  return key ? say.say(key) : '';
}
