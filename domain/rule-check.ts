import { Problem } from './problem.ts';
import { longestDelay, ruleStages, targetsOf, type RuleContent } from './reminder-rules.ts';
import { ruleVariables, unknownVariables } from './rule-text.ts';

/**
 * S4: a rule as it may be kept: words only when somebody is written to, and naming nothing its subject has not.
 * @throws Problem `form_invalid`, `rule_delay_invalid` (details: unit, most), `rule_does_nothing`, `rule_text_missing`, `rule_text_unknown` (details: name, known)
 */
export function checkedRule(given: RuleContent): RuleContent {
  const trimmed = { ...given, name: given.name.trim(), headlineFr: given.headlineFr.replace(/\s+/g, ' ').trim(), messageFr: given.messageFr.trim(), headlineEn: given.headlineEn.replace(/\s+/g, ' ').trim(), messageEn: given.messageEn.trim() };
  if (trimmed.name.length < 3 || trimmed.name.length > 120) throw new Problem('form_invalid', 'a rule has a name of 3 to 120 characters');
  if (!(ruleStages[trimmed.subject] as readonly string[]).includes(trimmed.stage)) throw new Problem('form_invalid', `${trimmed.subject} has no stage ${trimmed.stage}`);
  const most = longestDelay[trimmed.delayUnit];
  if (!Number.isInteger(trimmed.delayCount) || trimmed.delayCount < 1 || trimmed.delayCount > most) throw new Problem('rule_delay_invalid', `${trimmed.delayCount} ${trimmed.delayUnit}`, { most });
  if (trimmed.target === null && trimmed.queue === null) throw new Problem('rule_does_nothing', trimmed.name);
  if (trimmed.target === null) return { ...trimmed, headlineFr: '', messageFr: '', headlineEn: '', messageEn: '' };
  if (!targetsOf(trimmed.subject).includes(trimmed.target)) throw new Problem('form_invalid', `${trimmed.subject} has no ${trimmed.target}`);
  if (trimmed.headlineFr === '' || trimmed.messageFr === '' || (trimmed.headlineEn === '') !== (trimmed.messageEn === '')) throw new Problem('rule_text_missing', trimmed.name);
  const texts = [trimmed.headlineFr, trimmed.messageFr, trimmed.headlineEn, trimmed.messageEn];
  if (texts.some((text) => text.length > 4_000) || trimmed.headlineFr.length > 140 || trimmed.headlineEn.length > 140) throw new Problem('form_invalid', 'a headline has at most 140 characters, a message 4 000');
  const [unknown] = texts.flatMap((text) => unknownVariables(text, trimmed.subject));
  if (unknown !== undefined) throw new Problem('rule_text_unknown', unknown, { name: unknown, known: ruleVariables(trimmed.subject).map((one) => `{{${one}}}`).join(', ') });
  return trimmed;
}
