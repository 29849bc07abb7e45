import { copyFilesToDraft } from '../../database/briefs/draft-files.ts';
import { beginDraft } from '../../database/briefs/drafts.ts';
import { remarkedFields } from '../../domain/brief-steps.ts';
import { Problem } from '../../domain/problem.ts';
import { requireRight } from '../access.ts';
import type { Act } from '../page.ts';

/** C1: a new draft with an old brief's words, themes and files, to be handed in as another project. */
export const duplicateBrief: Act = async (deps, access, _body, key) => {
  requireRight(access, 'writeBrief');
  // A draft is somebody's: a link of an e-mail opens the project, not their drafts.
  if (access.linkId !== null) throw new Problem('not_allowed', 'sign in first');
  const project = await deps.db.project.findUniqueOrThrow({ where: { id: access.projectId ?? '' }, include: { themes: true } });
  const written = { ...project, budget: project.budgetCents === null ? '' : (project.budgetCents / 100).toFixed(2).replace('.', ',').replace(',00', ''), themeIds: project.themes.map(({ themeId }) => themeId) };
  const fields = Object.fromEntries(remarkedFields.map((name) => [name, written[name]]));
  await deps.db.$transaction(async (tx) => {
    if ((await tx.briefDraft.count({ where: { id: key } })) > 0) return;
    await beginDraft(tx, key, { clientUserId: access.person.id }, fields);
    await copyFilesToDraft(tx, project.id, key);
  });
  return { notice: 'briefCopied', to: `/brief/${key}/need` };
};
