import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { offeredThemes } from '../../database/themes.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { startMembership } from '../../steps/start-membership.ts';
import { optionalAmount, text, texts } from '../body.ts';
import { localeOf } from '../locale.ts';

/** Rows of the form for references, each with its link. */
const referenceRows = [1, 2, 3, 4];

/** What the candidature's page shows beside the form's own fields. */
export async function candidatureView(deps: Deps): Promise<object> {
  return { themes: await offeredThemes(deps.db), structures: ['freelance', 'studio', 'collective', 'agency'], referenceRows };
}

/** M1: somebody applies to become a member. Posting the same form twice is one candidature. @throws what `startMembership` throws */
export async function sendCandidature(deps: Deps, request: Request, response: Response): Promise<void> {
  const body = request.body as Record<string, unknown>;
  const key = /^[0-9a-f-]{36}$/.test(text(body, 'key')) ? text(body, 'key') : randomUUID();
  const rows = referenceRows
    .map((row) => ({ row, title: text(body, `reference${row}`), link: withScheme(text(body, `link${row}`)) }))
    .filter(({ title, link }) => title || link);
  const candidature = {
    name: text(body, 'name'), email: text(body, 'email'), structure: text(body, 'structure'), headline: text(body, 'headline'),
    experience: text(body, 'experience'), references: rows.map(({ title, link }) => ({ title, link })),
    skills: text(body, 'skills').split(',').map((skill) => skill.trim()).filter(Boolean), themeIds: texts(body, 'themeIds'),
    dayRateCents: optionalAmount(body, 'dayRate'), city: text(body, 'city'), recommendedBy: text(body, 'recommendedBy'), locale: localeOf(request),
  };
  const { publicUrl, mailFrom, smtpUrl, taskQueue } = deps.config;
  try {
    await startMembership({ db: deps.db, secret: deps.secret, temporal: deps.temporal, publicUrl, mailFrom, smtpUrl, taskQueue }, { key, candidature });
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code !== 'form_invalid') throw cause;
    const fields = String(cause.details.fields).split(', ').map((field) => fieldOfForm(field, rows));
    throw new Problem('form_invalid', cause.message, { fields: [...new Set(fields)].join(', ') });
  }
  response.redirect(303, '/candidature?done=candidatureSent');
}

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
