import type { RuleSubject } from './reminder-rules.ts';

const shared = ['title', 'ref', 'client', 'manager', 'object', 'stage', 'since', 'deadline'] as const;

/** What the words of a rule may name between braces, as {{title}}, by what it is about. */
export function ruleVariables(subject: RuleSubject): readonly string[] {
  if (subject === 'member_invoice') return [...shared, 'member', 'amount'];
  return subject === 'client_invoice' ? [...shared, 'amount'] : shared;
}

const name = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** What a text names that its subject has not, in order; a brace left alone counts as one. */
export function unknownVariables(text: string, subject: RuleSubject): string[] {
  const known = ruleVariables(subject);
  const named = [...text.matchAll(name)].map(([, found = '']) => found).filter((found) => !known.includes(found));
  const rest = text.replace(name, '');
  return [...new Set([...named, ...(/[{}]/.exec(rest) ?? [])])];
}

/** The text with what it names; a variable without a value reads as a dash. */
export function filledText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(name, (_whole, found: string) => values[found] || '—');
}
