import { createHash, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { offeredThemes } from '../../database/themes.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import type { CandidatureFields } from '../../steps/membership-steps.ts';
import { readCandidature } from '../../steps/start-membership.ts';
import { optionalAmount, text, texts } from '../body.ts';
import { localeOf } from '../locale.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';

/** Rows of the form for references, each with its link. */
const referenceRows = [1, 2, 3, 4];

/** What the candidature's page shows beside the form's own fields. */
export async function candidatureView(deps: Deps): Promise<object> {
  return { themes: await offeredThemes(deps.db), structures: ['freelance', 'studio', 'collective', 'agency'], referenceRows };
}

/** M1: somebody applies to become a member: the candidature is kept, and a link mailed to confirm the address. Posting the same form twice keeps one. @throws Problem `form_invalid`, `agency_refused`, `candidature_exists` */
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
  const fields = await readForm(deps, candidature, rows);
  await askToConfirm(deps, key, fields);
  response.redirect(303, '/candidature?done=candidatureKept');
}

async function readForm(deps: Deps, candidature: unknown, rows: readonly { row: number }[]): Promise<CandidatureFields> {
  try {
    const fields = readCandidature(candidature);
    if (await deps.db.member.findUnique({ where: { email: fields.email } })) throw new Problem('candidature_exists', 'this address is a member or a candidate already');
    return fields;
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code !== 'form_invalid') throw cause;
    const wrong = String(cause.details.fields).split(', ').map((field) => fieldOfForm(field, rows));
    throw new Problem('form_invalid', cause.message, { fields: [...new Set(wrong)].join(', ') });
  }
}

const hour = 3_600_000;

/** The form and its address make one thing to confirm: another address on the same form is asked for itself. */
async function askToConfirm(deps: Deps, key: string, fields: CandidatureFields): Promise<void> {
  const at = Date.now();
  const id = createHash('sha256').update(`${key}/${fields.email}`).digest('hex').slice(0, 36);
  const mailId = await deps.db.$transaction(async (tx) => {
    const known = await tx.submission.findUnique({ where: { id } });
    if (known?.state === 'done') return null;
    await tx.submission.upsert({ where: { id }, create: { id, step: 'candidature', actorKind: 'visitor', subject: 'candidature', payload: fields, createdAt: new Date(at) }, update: { payload: fields } });
    const asked = await tx.mail.findUnique({ where: { key: `candidature-form/${id}` } });
    if (asked) return asked.id;
    // A few an hour are plenty: a mailbox is not to be flooded by somebody else's clicks.
    const recent = await tx.mail.count({ where: { template: 'candidature_confirm', toEmail: fields.email, createdAt: { gt: new Date(at - hour) } } });
    if (recent >= 5) return null;
    const linkId = await createLink(tx, deps.secret, { purpose: 'confirm_candidature', ownerKind: 'visitor', ownerId: id, subjectId: id, at });
    return queueMail(tx, { key: `candidature-form/${id}`, template: 'candidature_confirm', to: { kind: 'visitor', id: null, email: fields.email, name: fields.name, locale: fields.locale }, data: {}, linkId, at });
  });
  if (mailId) sendQueuedMail(deps, mailId);
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
