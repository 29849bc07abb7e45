import { randomUUID } from 'node:crypto';
import type { Prisma } from '@prisma/client';
import { once } from '../../database/once.ts';
import type { MailSample } from '../../templates/mail/samples.ts';
import type { CommonData } from '../render.ts';
import type { Wording } from '../wording.ts';
import { refuseBroken, saveDraft, type Writing } from './versions.ts';

/** What marks a mail as a trial of a wording: what its reader would be told, and the word before its subject. */
export interface Trial { readonly common: CommonData; readonly mark: string }

/**
 * Queues a wording, kept as a draft, to the person who writes it, as any mail is. Its links are examples: nobody's page opens from a trial.
 * Returns the mail's id. @throws Problem `wording_broken`
 */
export async function queueTrial(writing: Writing, wording: Wording, { sample, mark, to }: { sample: MailSample; mark: string; to: { email: string } }): Promise<string> {
  await refuseBroken(writing, wording);
  const version = await saveDraft({ ...writing, key: `${writing.key}/trial` }, wording, '');
  const { template, locale, by, at } = writing;
  const { id } = await once(writing.db, `mail-wording/trial/${writing.key}`, async (tx) => {
    const id = randomUUID();
    const data = { ...sample.data, trial: { common: sample.common, mark } } as unknown as Prisma.InputJsonObject;
    await tx.mail.create({
      data: {
        id, key: `trial/${writing.key}`, template, locale, toEmail: to.email, toName: by.name, toKind: 'staff', toId: by.id, messageId: `<${id}@off-works>`,
        data, templateVersionId: version.id, createdAt: new Date(at),
      },
    });
    return { id };
  });
  return id;
}
