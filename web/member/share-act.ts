import { z } from 'zod';
import { shareProject } from '../../database/project-shares.ts';
import { Problem } from '../../domain/problem.ts';
import { shareLimits } from '../../domain/share-limits.ts';
import { text } from '../body.ts';
import type { Act } from '../page.ts';
import { sendQueuedMail } from '../send-queued-mail.ts';
import { readableProject } from './readable-project.ts';

const shareFields = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email().max(160)),
  name: z.string().trim().max(80),
  note: z.string().trim().max(shareLimits.noteMost),
});

/** M12 « Partager aux copains »: a project sent to somebody, with a word. */
export const shareAct: Act = async (deps, access, body, key) => {
  const { id: projectId } = await readableProject(deps, access);
  const read = shareFields.safeParse({ email: text(body, 'email'), name: text(body, 'name'), note: text(body, 'note') });
  if (!read.success) throw new Problem('form_invalid', 'a share that cannot be read', { fields: [...new Set(read.error.issues.map(({ path }) => path.join('.')))].join(', ') });
  const mailId = await shareProject(deps.db, deps.secret, { ...read.data, key, memberId: access.person.id, projectId, locale: access.locale, at: Date.now() });
  if (mailId) sendQueuedMail(deps, mailId);
  return { notice: 'shared' };
};
