import { optionalAmount, text, texts } from './body.ts';

/** A brief as it was typed (C1). @throws Problem `amount_invalid` */
export function briefOf(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields = ['title', 'problem', 'objectives', 'context', 'deliverables', 'constraints', 'requirements', 'timing'];
  return { ...Object.fromEntries(fields.map((name) => [name, text(body, name)])), budgetCents: optionalAmount(body, 'budget'), themeIds: texts(body, 'themeIds') };
}
