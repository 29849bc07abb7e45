import { createHash, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { filesOfForm, keepFormFiles } from '../../database/candidature/files.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { createLink } from '../../links/create.ts';
import { queueMail } from '../../mail/queue.ts';
import type { CandidatureFields } from '../../steps/membership-steps.ts';
import { text, texts } from '../body.ts';
import { localeOf } from '../locale.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';
import { filesIn, requireFilesTaken } from '../uploads.ts';
import { formView, keyOf, readCandidatureForm } from './candidature-form.ts';
import { recommendedBy } from './recommended-by.ts';

/** What the candidature's page shows beside the form's own fields: also who sent them here (M1, M12), and the files that came with a form to mend. */
export async function candidatureView(deps: Deps, request: Request): Promise<object> {
  const token = text((request.method === 'POST' ? request.body : request.query) as Record<string, unknown>, 'share');
  const key = request.method === 'POST' ? keyOf(request) : '';
  return { ...(await formView(deps)), share: await recommendedBy(deps, token), files: key ? await filesOfForm(deps.db, key) : [] };
}

/**
 * M1: somebody applies to become a member: the candidature is kept, and a link mailed to confirm the address. Posting the same form twice keeps one.
 * Files are kept first, so that a field to mend costs nobody theirs.
 * @throws Problem `form_invalid`, `agency_refused`, `candidature_exists`, and those of its files
 */
export async function sendCandidature(deps: Deps, request: Request, response: Response): Promise<void> {
  const body = request.body as Record<string, unknown>;
  const key = keyOf(request) || randomUUID();
  body.key = key;
  requireFilesTaken(request);
  const sent = filesIn(body, 'files');
  delete body.files;
  const dropped = texts(body, 'dropFile');
  // An agency is told why not before anything of theirs is kept.
  const files = text(body, 'structure') !== 'agency' && sent.length + dropped.length > 0 ? await keepFormFiles(deps.db, key, sent, dropped, Date.now()) : await filesOfForm(deps.db, key);
  const by = await recommendedBy(deps, text(body, 'share'));
  const { shareId = null, recommendationId = null, recommenderId = null } = by ?? {};
  const fields = readCandidatureForm(body, { shareId, recommendationId, recommenderId, fileIds: files.map(({ id }) => id), locale: localeOf(request) });
  if (await deps.db.member.findUnique({ where: { email: fields.email } })) throw new Problem('candidature_exists', 'this address is a member or a candidate already');
  await askToConfirm(deps, key, fields);
  response.redirect(303, '/candidature?done=candidatureKept');
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
