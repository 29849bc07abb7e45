import { randomUUID } from 'node:crypto';
import type { MailTemplateVersion } from '@prisma/client';
import { recordEvent } from '../../database/audit.ts';
import { once } from '../../database/once.ts';
import type { Db, Tx } from '../../database/open.ts';
import { Problem } from '../../domain/problem.ts';
import type { MailTemplate } from '../../templates/mail/catalogue.ts';
import type { MailLocale } from '../format.ts';
import { builtInWording, type Wording } from '../wording.ts';
import { checkWording } from './check.ts';

/** The built-in wording, among the numbers of those written in the console. */
export const builtIn = 0;

export interface Author { readonly id: string; readonly name: string }

/** One e-mail in one language, and who is at work on it. `key` is the form's: the same key is the same deed. `at` in ms. */
export interface Writing {
  readonly db: Db;
  readonly template: MailTemplate;
  readonly locale: MailLocale;
  readonly by: Author;
  readonly key: string;
  readonly at: number;
}

/** Keeps a wording without putting it in use, broken or not; the same text again is the same version. Returns it. */
export async function saveDraft(writing: Writing, wording: Wording, note: string): Promise<{ id: string; number: number }> {
  return once(writing.db, `mail-wording/draft/${writing.key}`, async (tx) => {
    await lock(tx, writing);
    const { id, number } = await keep(tx, writing, wording, note);
    return { id, number };
  });
}

/**
 * Puts a wording in use: the next mail queued is written with it, those already queued keep theirs (S4).
 * `base` is the number that was in use when the writer began.
 * @throws Problem `wording_broken` (details: count), `wording_changed` when somebody published meanwhile, `already_applied` when it is in use.
 */
export async function publish(writing: Writing, wording: Wording, { note, base }: { note: string; base: number }): Promise<{ number: number }> {
  await refuseBroken(writing, wording);
  return once(writing.db, `mail-wording/publish/${writing.key}`, async (tx) => {
    const current = await inUseFor(tx, writing, base);
    if (same(current ?? builtInWording(writing.template, writing.locale), wording)) throw new Problem('already_applied', 'this wording is in use');
    const version = await keep(tx, writing, wording, note);
    return putInUse(tx, writing, current, version, 'mail_wording.publish', note);
  });
}

/**
 * Puts an earlier wording back in use, as a new version with its text; `builtIn` puts the product's own back.
 * @throws Problem as `publish`, and `not_found`
 */
export async function revert(writing: Writing, number: number, base: number): Promise<{ number: number }> {
  const earlier = number === builtIn ? null : await versionOf(writing, number);
  if (earlier) await refuseBroken(writing, earlier);
  return once(writing.db, `mail-wording/revert/${writing.key}`, async (tx) => {
    const current = await inUseFor(tx, writing, base);
    if ((current?.number ?? builtIn) === number) throw new Problem('already_applied', 'this wording is in use');
    if (!earlier) return putInUse(tx, writing, current, null, 'mail_wording.revert', '');
    const version = await add(tx, writing, earlier, '');
    return putInUse(tx, writing, current, version, 'mail_wording.revert', '', number);
  });
}

/** A version by its number, the built-in wording for 0. @throws Problem `not_found` */
export async function wordingNumbered(of: Pick<Writing, 'db' | 'template' | 'locale'>, number: number): Promise<Wording> {
  return number === builtIn ? builtInWording(of.template, of.locale) : versionOf(of, number);
}

async function versionOf({ db, template, locale }: Pick<Writing, 'db' | 'template' | 'locale'>, number: number): Promise<MailTemplateVersion> {
  const version = Number.isSafeInteger(number) ? await db.mailTemplateVersion.findUnique({ where: { template_locale_number: { template, locale, number } } }) : null;
  if (!version) throw new Problem('not_found', `no version ${number} of ${template} in ${locale}`);
  return version;
}

/** @throws Problem `wording_broken` (details: count) */
export async function refuseBroken({ template, locale }: Writing, wording: Wording): Promise<void> {
  const findings = await checkWording(template, locale, wording);
  if (findings.length > 0) throw new Problem('wording_broken', findings.map(({ code, line }) => `${code} at ${line}`).join(', '), { count: findings.length });
}

/** One writer at a time for one e-mail in one language. */
async function lock(tx: Tx, { template, locale }: Writing): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`mail-wording/${template}/${locale}`}, 0))`;
}

async function inUseFor(tx: Tx, writing: Writing, base: number): Promise<MailTemplateVersion | null> {
  await lock(tx, writing);
  const current = await tx.mailTemplateVersion.findFirst({ where: { template: writing.template, locale: writing.locale, state: 'published' } });
  if ((current?.number ?? builtIn) !== base) throw new Problem('wording_changed', `nº ${current?.number ?? builtIn} is in use, not ${base}`);
  return current;
}

/** The latest draft when it says the same, or a new version. */
async function keep(tx: Tx, writing: Writing, wording: Wording, note: string): Promise<MailTemplateVersion> {
  const latest = await tx.mailTemplateVersion.findFirst({ where: { template: writing.template, locale: writing.locale }, orderBy: { number: 'desc' } });
  return latest && latest.state !== 'retired' && same(latest, wording) ? latest : add(tx, writing, wording, note);
}

async function add(tx: Tx, { template, locale, by, at }: Writing, { subject, source }: Wording, note: string): Promise<MailTemplateVersion> {
  const { _max } = await tx.mailTemplateVersion.aggregate({ where: { template, locale }, _max: { number: true } });
  return tx.mailTemplateVersion.create({
    data: { id: randomUUID(), template, locale, number: (_max.number ?? builtIn) + 1, subject, source, note, byId: by.id, byName: by.name, createdAt: new Date(at) },
  });
}

async function putInUse(
  tx: Tx, writing: Writing, current: MailTemplateVersion | null, version: MailTemplateVersion | null, action: string, note: string, revertedTo: number | null = null,
): Promise<{ number: number }> {
  const { template, locale, by, at } = writing;
  if (current) await tx.mailTemplateVersion.update({ where: { id: current.id }, data: { state: 'retired' } });
  if (version) await tx.mailTemplateVersion.update({ where: { id: version.id }, data: { state: 'published', publishedAt: new Date(at), ...(note ? { note } : {}) } });
  const number = version?.number ?? builtIn;
  await recordEvent(tx, {
    by: { kind: 'staff', ...by }, action, subject: `mail/${template}/${locale}`, at,
    data: { version: number, replaced: current?.number ?? builtIn, ...(revertedTo === null ? {} : { copyOf: revertedTo }), ...(note ? { note } : {}) },
  });
  return { number };
}

function same(one: Wording, other: Wording): boolean {
  return one.subject === other.subject && one.source === other.source;
}
