import { recordEvent, type By } from './audit.ts';
import { once } from './once.ts';
import type { Db } from './open.ts';

/** S3: why a project was handed over, beside the event of its step; once per form and project. `at` in ms. */
export async function recordHandover(db: Db, { form, by, at, project, reason }: { form: string; by: By; at: number; project: { id: string; ref: string }; reason: string }): Promise<void> {
  await once(db, `handover/${form}/${project.ref}`, async (tx) => {
    await recordEvent(tx, { by, action: 'handover.done', subject: project.ref, projectId: project.id, data: { reason }, at });
    return {};
  });
}
