import { createHash } from 'node:crypto';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';

/**
 * C6: what a person of a company asks by a form, once however often it is pressed. Gone back to and filled in anew, the same form is another deed.
 * Answers the id of the mail it queued, if it did.
 */
export async function pressedOnce(db: Db, form: { readonly personId: string; readonly key: string; readonly written: unknown }, run: (tx: Tx) => Promise<string | void>): Promise<string | null> {
  const written = createHash('sha256').update(JSON.stringify(form.written)).digest('base64url').slice(0, 22);
  const { mailId } = await once(db, `company-form/${form.personId}/${form.key}/${written}`, async (tx) => ({ mailId: (await run(tx)) ?? null }));
  return mailId;
}
