import type { Request } from 'express';
import type { Deps } from '../../deps.ts';
import type { Said } from '../../database/candidature/said.ts';
import { offeredThemes } from '../../database/themes.ts';
import { Problem } from '../../domain/problem.ts';
import type { CandidatureFields } from '../../steps/membership-steps.ts';
import { readCandidature } from '../../steps/start-membership.ts';
import { optionalAmount, text, texts } from '../body.ts';
import type { Member } from '@prisma/client';

type Body = Readonly<Record<string, unknown>>;

/** Rows of the form for references, each with its link. */
const referenceRows = [1, 2, 3, 4];

/** What the form shows besides what is typed in it. */
export async function formView(deps: Deps): Promise<object> {
  return { themes: await offeredThemes(deps.db), structures: ['freelance', 'studio', 'collective', 'agency'], referenceRows };
}

/**
 * M1: what a candidature's form says; `more` is what it does not ask. Problems name its own fields.
 * @throws Problem `form_invalid`, `agency_refused`, `amount_invalid`
 */
export function readCandidatureForm(body: Body, more: object): CandidatureFields {
  const rows = referenceRows
    .map((row) => ({ row, title: text(body, `reference${row}`), link: withScheme(text(body, `link${row}`)) }))
    .filter(({ title, link }) => title || link);
  const candidature = {
    name: text(body, 'name'), email: text(body, 'email'), structure: text(body, 'structure'), headline: text(body, 'headline'),
    experience: text(body, 'experience'), references: rows.map(({ title, link }) => ({ title, link })),
    skills: text(body, 'skills').split(',').map((skill) => skill.trim()).filter(Boolean), themeIds: texts(body, 'themeIds'),
    dayRateCents: optionalAmount(body, 'dayRate'), city: text(body, 'city'), recommendedBy: text(body, 'recommendedBy'), tellRecommender: text(body, 'tellRecommender') === 'yes', ...more,
  };
  try {
    return readCandidature(candidature);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    if (cause.code === 'agency_refused') throw new Problem(cause.code, cause.message, { fields: 'structure' });
    if (cause.code !== 'form_invalid') throw cause;
    const wrong = String(cause.details.fields).split(', ').map((field) => fieldOfForm(field, rows));
    throw new Problem('form_invalid', cause.message, { fields: [...new Set(wrong)].join(', ') });
  }
}

/** What stands in the form of somebody who corrects their candidature. */
export function formOf(member: Member & { readonly themes: readonly { readonly themeId: string }[] }, said: Said): Record<string, unknown> {
  const references = (said.references ?? []).flatMap(({ title, link }, index) => [[`reference${index + 1}`, title], [`link${index + 1}`, link]]);
  return {
    structure: member.structure, name: member.name, city: member.city, headline: member.headline, experience: said.experience ?? member.presentation, ...(Object.fromEntries(references) as Record<string, string>),
    skills: member.skills.join(', '), themeIds: member.themes.map(({ themeId }) => themeId), dayRate: member.dayRateCents === null ? '' : (member.dayRateCents / 100).toFixed(2).replace('.', ','),
  };
}

/** The form's own key, or none. */
export const keyOf = (request: Request): string => /^[0-9a-f-]{36}$/.exec(text((request.body ?? {}) as Body, 'key'))?.[0] ?? '';

/** People write their site's address as they say it. */
function withScheme(link: string): string {
  return link === '' || /^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link}`;
}

/** The form's own name of a field: `references.0.link` is the link of the first row that was filled in. */
function fieldOfForm(field: string, rows: readonly { row: number }[]): string {
  const [name = '', index, part] = field.split('.');
  if (name !== 'references') return name === 'dayRateCents' ? 'dayRate' : name;
  const row = index === undefined ? 1 : (rows[Number(index)]?.row ?? 1);
  return part === 'link' ? `link${row}` : `reference${row}`;
}
