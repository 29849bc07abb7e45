import { Problem } from '../domain/problem.ts';
import { recordEvent, type By } from './audit.ts';
import { freeHandle } from './free-handle.ts';
import { once } from './once.ts';
import type { Db, Tx } from './open.ts';

export interface ThemeNames { readonly nameFr: string; readonly nameEn: string }
/** `form`: the form's own key, the same key is the same deed. `at` in ms. */
interface Deed { readonly form: string; readonly by: By; readonly at: number }

/** Themes people may choose, in their order; `kept` are shown besides, to those who have them already, though they be retired. */
export function offeredThemes(db: Db | Tx, kept: readonly string[] = []) {
  return db.theme.findMany({ where: { OR: [{ retiredAt: null }, { id: { in: [...kept] } }] }, orderBy: { position: 'asc' } });
}

/** S4: a theme more, at the end of the list. @throws Problem `form_invalid`, `theme_exists` */
export async function addTheme(db: Db, { form, by, at, ...given }: Deed & ThemeNames): Promise<void> {
  const names = checked(given);
  await inTurn(db, `add/${form}`, async (tx) => {
    await checkFree(tx, names);
    const slug = await freeHandle(names.nameFr, async (wanted) => (await tx.theme.count({ where: { slug: wanted } })) > 0);
    const last = await tx.theme.aggregate({ _max: { position: true } });
    await tx.theme.create({ data: { slug, ...names, position: (last._max.position ?? -1) + 1 } });
    await recordEvent(tx, { by, action: 'theme.added', subject: `theme/${slug}`, data: { ...names }, at });
  });
}

/**
 * S4: other names for a theme; projects and members keep it. `seen`: the names its author saw.
 * @throws Problem `not_found`, `form_invalid`, `theme_exists`, `stage_changed` (renamed meanwhile)
 */
export async function renameTheme(db: Db, id: string, seen: ThemeNames, { form, by, at, ...given }: Deed & ThemeNames): Promise<void> {
  const names = checked(given);
  await inTurn(db, `rename/${form}`, async (tx) => {
    const theme = await found(tx, id);
    if (theme.nameFr !== seen.nameFr || theme.nameEn !== seen.nameEn) throw new Problem('stage_changed', `${theme.slug} is ${theme.nameFr} now`);
    if (theme.nameFr === names.nameFr && theme.nameEn === names.nameEn) throw new Problem('setting_same', theme.slug);
    await checkFree(tx, names, id);
    await tx.theme.update({ where: { id }, data: names });
    await recordEvent(tx, { by, action: 'theme.renamed', subject: `theme/${theme.slug}`, data: { wasFr: theme.nameFr, wasEn: theme.nameEn, ...names }, at });
  });
}

/** S4: one place up (-1) or down (1) among the themes offered. @throws Problem `not_found`, `stage_changed` (it is at the end already) */
export async function moveTheme(db: Db, id: string, step: 1 | -1, { form, by, at }: Deed): Promise<void> {
  await inTurn(db, `move/${form}`, async (tx) => {
    const theme = await found(tx, id);
    const offered = await offeredThemes(tx);
    const from = offered.findIndex((one) => one.id === id);
    const other = offered[from + step];
    if (from < 0 || !other) throw new Problem('stage_changed', `${theme.slug} has no place to go to`);
    offered[from + step] = theme;
    offered[from] = other;
    for (const [position, one] of offered.entries()) if (one.position !== position) await tx.theme.update({ where: { id: one.id }, data: { position } });
    await recordEvent(tx, { by, action: 'theme.moved', subject: `theme/${theme.slug}`, data: { place: `${from + 1} → ${from + step + 1}` }, at });
  });
}

/** S4: offered no more, or again, at the end; whoever has it keeps it. @throws Problem `not_found`, `stage_changed` (it is so already) */
export async function retireTheme(db: Db, id: string, retired: boolean, { form, by, at }: Deed): Promise<void> {
  await inTurn(db, `retire/${form}`, async (tx) => {
    const theme = await found(tx, id);
    if ((theme.retiredAt !== null) === retired) throw new Problem('stage_changed', `${theme.slug} is so already`);
    const last = await tx.theme.aggregate({ _max: { position: true } });
    await tx.theme.update({ where: { id }, data: { retiredAt: retired ? new Date(at) : null, position: (last._max.position ?? -1) + 1 } });
    await recordEvent(tx, { by, action: retired ? 'theme.retired' : 'theme.restored', subject: `theme/${theme.slug}`, data: {}, at });
  });
}

/** The list is short: whoever changes it does so alone. */
async function inTurn(db: Db, key: string, act: (tx: Tx) => Promise<void>): Promise<void> {
  await once(db, `theme/${key}`, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('themes', 0))`;
    await act(tx);
    return {};
  });
}

async function found(tx: Tx, id: string) {
  const theme = await tx.theme.findUnique({ where: { id } });
  if (!theme) throw new Problem('not_found', `no theme ${id}`);
  return theme;
}

function checked({ nameFr, nameEn }: ThemeNames): ThemeNames {
  const names = { nameFr: nameFr.trim(), nameEn: nameEn.trim() };
  if (Object.values(names).some((name) => name.length < 2 || name.length > 60)) throw new Problem('form_invalid', 'a theme has a name in both languages, of 2 to 60 characters');
  return names;
}

async function checkFree(tx: Tx, { nameFr, nameEn }: ThemeNames, except = ''): Promise<void> {
  const same = await tx.theme.findFirst({ where: { id: { not: except }, OR: [{ nameFr: { equals: nameFr, mode: 'insensitive' } }, { nameEn: { equals: nameEn, mode: 'insensitive' } }] } });
  if (same) throw new Problem('theme_exists', `${same.slug} has this name`, { name: same.nameFr });
}
