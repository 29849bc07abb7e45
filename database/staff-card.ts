import { keptPicture } from '../documents/picture.ts';
import { recordEvent, type By } from './audit.ts';
import type { Db } from './open.ts';
import { keepFile } from './stored-files.ts';

export interface StaffCard {
  readonly phone: string;
  /** A new picture; null keeps the one there is. */
  readonly picture: { readonly name: string; readonly bytes: Uint8Array } | null;
  readonly removePicture: boolean;
}

/** What clients and members see of somebody of staff: a phone and a picture. The same card given twice changes nothing. @throws Problem `picture_not_taken`, `file_too_large`, `picture_too_wide` */
export async function keepStaffCard(db: Db, staffId: string, card: StaffCard, by: By, at: number): Promise<void> {
  const picture = card.picture && (await keptPicture(card.picture, 'face'));
  await db.$transaction(async (tx) => {
    const { pictureId: before, handle } = await tx.staff.findUniqueOrThrow({ where: { id: staffId } });
    const gone = before !== null && (picture !== null || card.removePicture);
    const pictureId = picture ? await keepFile(tx, { ownerKind: 'staff', ownerId: staffId, name: picture.name, bytes: picture.bytes }) : gone ? null : before;
    await tx.staff.update({ where: { id: staffId }, data: { phone: card.phone === '' ? null : card.phone, pictureId } });
    if (gone) await tx.storedFile.deleteMany({ where: { id: before, ownerKind: 'staff', ownerId: staffId } });
    await recordEvent(tx, { by, action: 'staff.cardChanged', subject: `staff/${handle}`, at });
  });
}
