import type { Response } from 'express';
import type { Db } from '../../database/open.ts';
import { Problem } from '../../domain/problem.ts';
import { sendStoredFile } from '../stored-file.ts';

/** A file joined to a quote, or to its draft; to its member only when one is named. @throws Problem `not_found` */
export async function sendQuoteFile(deps: { db: Db }, { id, memberId }: { id: string; memberId?: string }, response: Response): Promise<void> {
  const file = await deps.db.storedFile.findFirst({ where: { id, joinedTo: { some: memberId === undefined ? { quoteId: { not: null } } : { memberId } } } });
  if (!file) throw new Problem('not_found', `no file ${id} of a quote`);
  sendStoredFile(file, response);
}
