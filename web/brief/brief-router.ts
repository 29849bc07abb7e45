import { Router, type Request, type Response } from 'express';
import { beginDraft, draftOf, saveDraft, type Draft, type DraftOwner } from '../../database/briefs/drafts.ts';
import { briefSteps, type BriefStep } from '../../domain/brief-steps.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../domain/problem.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';
import { actOnPage, showPage } from '../serve-page.ts';
import { sendStoredFile } from '../stored-file.ts';
import { checkStep, typedIn } from './checked-brief.ts';
import { draftWriter, rememberDrafts } from './draft-owner.ts';
import { draftPage, firstPage } from './draft-page.ts';

interface Opened { readonly access: Access; readonly owner: DraftOwner; readonly draft: Draft }

/** C1: a brief is begun by anyone, kept as it is typed, taken up again, and handed in. */
export function briefRouter(deps: Deps): Router {
  const router = Router();

  router.get('/', async (request, response) => {
    const { access, owner } = await draftWriter(deps, request, '/brief');
    await showPage(deps, firstPage(owner), access, request, response);
  });
  router.post('/do/save', async (request, response) => {
    const writer = await draftWriter(deps, request, '/brief');
    // The cookie goes before the answer: a draft is never kept for nobody.
    const owner = writer.owner ?? rememberDrafts(deps, response);
    await actOnPage(deps, beginning(owner), writer.access, 'save', request, response);
  });

  const opened = async (request: Request, step: string): Promise<Opened> => {
    const id = String(request.params.id);
    const { access, owner } = await draftWriter(deps, request, `/brief/${id}/${step}`);
    const draft = owner && (await draftOf(deps.db, owner, id));
    if (!owner || !draft) throw new Problem('not_found', 'no draft of theirs');
    return { access, owner, draft };
  };
  router.get('/:id/file/:fileId', async (request, response) => {
    const { draft } = await opened(request, 'files');
    const file = await deps.db.storedFile.findFirst({ where: { id: String(request.params.fileId), ownerKind: 'visitor', ownerId: draft.id, projectId: null } });
    if (!file) throw new Problem('not_found', 'no such file');
    sendStoredFile(file, response);
  });
  /** Called while one types; nothing is judged, everything is kept. */
  router.post('/:id/autosave', async (request, response) => {
    const { owner, draft } = await opened(request, 'need');
    const body = (request.body ?? {}) as Record<string, unknown>;
    await saveDraft(deps.db, owner, draft.id, typedIn(stepNamed(text(body, 'step')), body));
    response.status(204).end();
  });
  router.get('/:id/:step', async (request, response) => {
    const step = stepNamed(String(request.params.step));
    const { access, owner, draft } = await opened(request, step);
    await showPage(deps, draftPage(owner, draft, step), access, request, response);
  });
  router.post('/:id/:step/do/:act', async (request, response) => {
    const step = stepNamed(String(request.params.step));
    const act = String(request.params.act);
    const page = await opened(request, step).catch((cause: unknown) => ({ cause }));
    if ('cause' in page) return afterwards(deps, request, response, act, page.cause);
    await actOnPage(deps, draftPage(page.owner, page.draft, step), page.access, act, request, response);
  });
  return router;
}

/** A draft begins with its first step posted: reading the form keeps nothing. */
function beginning(owner: DraftOwner): Page {
  return {
    ...firstPage(owner),
    acts: {
      async save(deps, access, body, key) {
        const fields = typedIn('need', body);
        await beginDraft(deps.db, key, owner, fields);
        await saveDraft(deps.db, owner, key, fields); // posted again after a correction
        if (text(body, 'to') === 'later') return { notice: 'draftKept', to: 'clientUserId' in owner ? '/home' : '/brief' };
        checkStep('need', fields, access.locale);
        return { notice: '', to: `/brief/${key}/work` };
      },
    },
  };
}

/** Posted again once it is handed in: the draft is gone, what it became is shown. @throws `cause` when it became nothing */
async function afterwards(deps: Deps, request: Request, response: Response, act: string, cause: unknown): Promise<void> {
  const done = act === 'send' || act === 'sendAgain' ? await deps.db.appliedStep.findUnique({ where: { key: `start-project/${String(request.params.id)}` } }) : null;
  const ref = (done?.result as { input?: { ref?: string } } | null)?.input?.ref;
  if (!ref) throw cause;
  response.redirect(303, `/projects/${ref}?done=briefSent`);
}

function stepNamed(name: string): BriefStep {
  const step = briefSteps.find((one) => one === name);
  if (!step) throw new Problem('not_found', `no step ${name}`);
  return step;
}
