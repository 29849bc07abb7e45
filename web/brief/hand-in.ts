import { giveFilesToProject } from '../../database/briefs/draft-files.ts';
import type { Draft } from '../../database/briefs/drafts.ts';
import type { Deps } from '../../deps.ts';
import { startProject } from '../../steps/start-project.ts';
import type { Access, Done } from '../page.ts';
import { askToConfirm } from '../visitor/deposit-brief.ts';
import { checkedBrief, checkedClient } from './checked-brief.ts';

/** C1: a client's brief is a project at once; a visitor's waits for their address to be confirmed. Twice is once: the draft's id is the deed. */
export async function handInDraft(deps: Deps, access: Access, draft: Draft, visitor: boolean, again: string | null = null): Promise<Done> {
  const brief = checkedBrief(draft.fields);
  if (visitor) {
    await askToConfirm(deps, draft.id, { brief, client: checkedClient(draft.fields, access.locale) }, again);
    await deps.db.briefDraft.updateMany({ where: { id: draft.id }, data: { sentAt: new Date() } });
    return { notice: again ? 'linkSentAgain' : 'briefKept', to: `/brief/${draft.id}/review` };
  }
  const { publicUrl, mailFrom, smtpUrl, taskQueue } = deps.config;
  const { ref, projectId } = await startProject({ db: deps.db, secret: deps.secret, temporal: deps.temporal, publicUrl, mailFrom, smtpUrl, taskQueue }, { key: draft.id, brief, client: { id: access.person.id } });
  await draftBecame(deps, draft.id, projectId, access.person.id);
  return { notice: 'briefSent', to: `/projects/${ref}` };
}

/** The draft is a project: its files go there, and it is a draft no more. */
export async function draftBecame(deps: Deps, draftId: string, projectId: string, clientUserId: string): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    await giveFilesToProject(tx, draftId, projectId, clientUserId);
    await tx.briefDraft.deleteMany({ where: { id: draftId } });
  });
}
