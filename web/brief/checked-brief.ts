import { z } from 'zod';
import type { DraftFields } from '../../database/briefs/drafts.ts';
import { briefStepFields, type BriefStep } from '../../domain/brief-steps.ts';
import { compact, isSiren } from '../../domain/identifiers.ts';
import { Problem } from '../../domain/problem.ts';
import { shortText } from '../../steps/fields.ts';
import { briefFields, type BriefFields } from '../../steps/project-steps.ts';
import { text, texts } from '../body.ts';
import { briefOf } from '../brief-fields.ts';

/** C1: who hands a brief in for the first time. */
export const newClient = z.object({
  name: shortText, email: z.email(), companyName: shortText,
  siren: z.string().optional(), locale: z.enum(['fr', 'en']),
});
export type NewClient = z.infer<typeof newClient>;

/** What a form of this step says, as typed. */
export function typedIn(step: BriefStep, body: Readonly<Record<string, unknown>>): DraftFields {
  return Object.fromEntries(briefStepFields[step].map((name) => [name, name === 'themeIds' ? texts(body, name) : text(body, name)]));
}

/** The brief of a draft. @throws Problem `form_invalid` naming every field to look at again, `amount_invalid` */
export function checkedBrief(fields: DraftFields): BriefFields {
  const parsed = briefFields.safeParse(briefOf(fields));
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error);
}

/** Who the visitor says they are. @throws Problem `form_invalid` */
export function checkedClient(fields: DraftFields, locale: 'fr' | 'en'): NewClient {
  const siren = compact(text(fields, 'siren'));
  if (siren && !isSiren(siren)) throw new Problem('form_invalid', 'the SIREN does not pass its check', { fields: 'siren' });
  const parsed = newClient.safeParse({ name: text(fields, 'name'), email: text(fields, 'email').toLowerCase(), companyName: text(fields, 'companyName'), locale, ...(siren ? { siren } : {}) });
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error);
}

/** Checks what one step asks, and nothing of the others: they may come later. @throws Problem as above, about this step's fields */
export function checkStep(step: BriefStep, fields: DraftFields, locale: 'fr' | 'en'): void {
  const own = briefStepFields[step] as readonly string[];
  try {
    if (step === 'you') checkedClient(fields, locale);
    else checkedBrief(step === 'frame' ? fields : { ...fields, budget: '' });
  } catch (cause) {
    const named = cause instanceof Problem ? String(cause.details.fields ?? '').split(', ').filter((name) => own.includes(name)) : [];
    if (cause instanceof Problem && named.length > 0) throw new Problem(cause.code, cause.message, { ...cause.details, fields: named.join(', ') });
    if (!(cause instanceof Problem)) throw cause;
  }
}

function invalid(error: z.ZodError): Problem {
  const fields = [...new Set(error.issues.map((issue) => (issue.path[0] === 'budgetCents' ? 'budget' : String(issue.path[0]))))].join(', ');
  return new Problem('form_invalid', `brief: ${fields}`, { fields });
}
