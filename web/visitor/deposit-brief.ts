import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { isSiren, compact } from '../../domain/identifiers.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import { briefFields } from '../../steps/project-steps.ts';
import { shortText } from '../../steps/fields.ts';
import { text } from '../body.ts';
import { briefOf } from '../brief-fields.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';
import { localeOf } from '../locale.ts';

/** C1: what a visitor hands in. */
export const depositedBrief = z.object({
  brief: briefFields,
  client: z.object({ name: shortText, email: z.email(), companyName: shortText, siren: z.string().optional(), locale: z.enum(['fr', 'en']) }),
});

/** Keeps the brief and mails a link: only whoever reads that address can send it on. Posting twice keeps one. */
export async function depositBrief(deps: Deps, request: Request, response: Response): Promise<void> {
  const body = request.body as Record<string, unknown>;
  const key = /^[0-9a-f-]{36}$/.test(text(body, 'key')) ? text(body, 'key') : randomUUID();
  const siren = compact(text(body, 'siren'));
  if (siren && !isSiren(siren)) throw new Problem('form_invalid', 'the SIREN does not pass its check', { fields: 'siren' });
  const parsed = depositedBrief.safeParse({
    brief: briefOf(body),
    client: { name: text(body, 'name'), email: text(body, 'email').toLowerCase(), companyName: text(body, 'companyName'), locale: localeOf(request), ...(siren ? { siren } : {}) },
  });
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => String(issue.path.at(-1))).join(', ');
    throw new Problem('form_invalid', `brief: ${fields}`, { fields });
  }
  const at = Date.now();
  const { brief, client } = parsed.data;
  const mailId = await deps.db.$transaction(async (tx) => {
    await tx.submission.upsert({
      where: { id: key },
      create: { id: key, step: 'depositBrief', actorKind: 'visitor', subject: 'brief', payload: parsed.data },
      update: { payload: parsed.data },
    });
    const known = await tx.mail.findUnique({ where: { key: `deposit/${key}` } });
    if (known) return known.id;
    const linkId = await createLink(tx, deps.secret, { purpose: 'confirm_brief', ownerKind: 'visitor', ownerId: key, subjectId: key, at });
    return queueMail(tx, {
      key: `deposit/${key}`, template: 'brief_confirm', to: { kind: 'visitor', id: null, email: client.email, name: client.name, locale: client.locale }, data: { title: brief.title }, linkId, at,
    });
  });
  sendQueuedMail(deps, mailId);
  response.redirect(303, '/brief?done=briefKept');
}
