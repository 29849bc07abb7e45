import { Router } from 'express';
import type { Deps } from '../deps.ts';
import { Problem } from '../domain/problem.ts';
import { sendStoredFile } from './stored-file.ts';

/** C1: the picture of somebody of staff, for anyone who reads their name. Only one that stands on a card is sent. */
export function picturesRouter(deps: Deps): Router {
  const router = Router();
  router.get('/pictures/:id', async (request, response) => {
    const id = String(request.params.id);
    const [card, file] = await Promise.all([deps.db.staff.count({ where: { pictureId: id } }), deps.db.storedFile.findFirst({ where: { id, ownerKind: 'staff' } })]);
    if (card === 0 || !file) throw new Problem('not_found', 'no such picture');
    sendStoredFile(file, response);
  });
  return router;
}
