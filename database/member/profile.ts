import { keptPicture, type Picture } from '../../documents/picture.ts';
import type { Availability } from '../../domain/availability.ts';
import { mostReferences, moved } from '../../domain/profile-fields.ts';
import { Problem } from '../../domain/problem.ts';
import { once } from '../once.ts';
import type { Db, Tx } from '../open.ts';
import { keepFile } from '../stored-files.ts';

export interface ProfileWords {
  readonly headline: string;
  readonly presentation: string;
  readonly city: string;
  readonly structure: 'freelance' | 'studio' | 'collective';
  readonly skills: readonly string[];
  readonly dayRateCents: number | null;
  readonly availability: Availability;
  /** The day it ends; null when it is not known, or now. */
  readonly availableFrom: Date | null;
}

export interface ReferenceWords {
  readonly title: string;
  readonly client: string;
  readonly year: number | null;
  readonly text: string;
  readonly url: string | null;
}

/** M2: what a member says of themself. The same words given twice change nothing. */
export async function saveProfile(db: Db, memberId: string, words: ProfileWords): Promise<void> {
  await db.member.update({ where: { id: memberId }, data: { ...words, skills: [...words.skills] } });
}

/** M2, M7: what they practise, and what they follow. A theme that is neither leaves no row. */
export async function saveThemes(db: Db, memberId: string, wanted: { practised: readonly string[]; subscribed: readonly string[] }): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockMember(tx, memberId);
    const known = new Set((await tx.theme.findMany({ select: { id: true } })).map(({ id }) => id));
    const themeIds = [...new Set([...wanted.practised, ...wanted.subscribed])].filter((id) => known.has(id));
    const standing = new Map((await tx.memberTheme.findMany({ where: { memberId } })).map((one) => [one.themeId, one]));
    await tx.memberTheme.deleteMany({ where: { memberId, themeId: { notIn: themeIds } } });
    for (const themeId of themeIds) {
      const now = { practised: wanted.practised.includes(themeId), subscribed: wanted.subscribed.includes(themeId) };
      const before = standing.get(themeId);
      // Each row written is read again by the search: what stays is left alone.
      if (!before) await tx.memberTheme.create({ data: { memberId, themeId, ...now } });
      else if (before.practised !== now.practised || before.subscribed !== now.subscribed) await tx.memberTheme.update({ where: { memberId_themeId: { memberId, themeId } }, data: now });
    }
  });
}

/** M2: a face; null takes it away. `key` is the form's own: posted twice, it is kept once. @throws Problem of `keptPicture` */
export async function saveFace(db: Db, memberId: string, picture: Picture | null, key: string): Promise<void> {
  const face = picture && (await keptPicture(picture, 'face'));
  await once(db, stepKey(memberId, key), async (tx) => {
    const { pictureId: before } = await lockMember(tx, memberId);
    const pictureId = face && (await keepFile(tx, { ownerKind: 'member', ownerId: memberId, ...face }));
    await tx.member.update({ where: { id: memberId }, data: { pictureId } });
    await forget(tx, memberId, before);
    return {};
  });
}

export interface ReferenceGiven {
  /** null: a new one */
  readonly id: string | null;
  readonly words: ReferenceWords;
  /** A new picture; null keeps the one there is, unless it is to be removed. */
  readonly picture: Picture | null;
  readonly removePicture: boolean;
}

/** M2: adds a reference, or changes one. Posted twice, it is done once. @throws Problem `not_found` when it is not theirs, `references_full`, and those of `keptPicture` */
export async function saveReference(db: Db, memberId: string, given: ReferenceGiven, key: string): Promise<void> {
  const picture = given.picture && (await keptPicture(given.picture, 'work'));
  await once(db, stepKey(memberId, key), async (tx) => {
    await lockMember(tx, memberId);
    const before = given.id === null ? null : await tx.memberReference.findFirst({ where: { id: given.id, memberId } });
    if (given.id !== null && !before) throw new Problem('not_found', 'no reference of theirs');
    const kept = given.removePicture ? null : (before?.pictureId ?? null);
    const pictureId = picture ? await keepFile(tx, { ownerKind: 'member', ownerId: memberId, ...picture }) : kept;
    const data = { ...given.words, pictureId };
    if (before) await tx.memberReference.update({ where: { id: before.id }, data });
    else await tx.memberReference.create({ data: { ...data, memberId, position: await nextPosition(tx, memberId) } });
    if (before && before.pictureId !== pictureId) await forget(tx, memberId, before.pictureId);
    return {};
  });
}

/** M2: a reference and its picture are gone; twice is once. */
export async function removeReference(db: Db, memberId: string, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockMember(tx, memberId);
    const one = await tx.memberReference.findFirst({ where: { id, memberId }, select: { pictureId: true } });
    await tx.memberReference.deleteMany({ where: { id, memberId } });
    await forget(tx, memberId, one?.pictureId ?? null);
  });
}

/** M2: a reference goes one place up or down. Posted twice, it goes one place. */
export async function moveReference(db: Db, memberId: string, id: string, way: 'up' | 'down', key: string): Promise<void> {
  await once(db, stepKey(memberId, key), async (tx) => {
    await lockMember(tx, memberId);
    const standing = await tx.memberReference.findMany({ where: { memberId }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true, position: true } });
    const before = new Map(standing.map((one) => [one.id, one.position]));
    for (const [position, one] of moved([...before.keys()], id, way).entries()) if (before.get(one) !== position) await tx.memberReference.update({ where: { id: one }, data: { position } });
    return {};
  });
}

export const stepKey = (memberId: string, key: string): string => `profile/${memberId}/${key}`;

async function nextPosition(tx: Tx, memberId: string): Promise<number> {
  const { _count: count, _max: max } = await tx.memberReference.aggregate({ where: { memberId }, _count: true, _max: { position: true } });
  if (count >= mostReferences) throw new Problem('references_full', `${count} references already`, { most: mostReferences });
  return (max.position ?? -1) + 1;
}

/** One change of a profile at a time. */
export async function lockMember(tx: Tx, memberId: string): Promise<{ pictureId: string | null }> {
  await tx.$queryRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR UPDATE`;
  return tx.member.findUniqueOrThrow({ where: { id: memberId }, select: { pictureId: true } });
}

/** A picture that nothing shows any more. */
async function forget(tx: Tx, memberId: string, pictureId: string | null): Promise<void> {
  if (pictureId) await tx.storedFile.deleteMany({ where: { id: pictureId, ownerKind: 'member', ownerId: memberId, messages: { none: {} }, pictureOf: { none: {} }, shownIn: { none: {} } } });
}
