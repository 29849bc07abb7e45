import { keepFile } from '../../database/stored-files.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import type { House } from './house.ts';
import type { DemoMember } from './members.ts';
import { portrait, work } from './picture.ts';
import { demoShowcases } from './showcases.ts';

/** C4: the profile of a demo member as clients see it. Told again, it is there already. */
export async function showOff(house: House, { key, name, references }: DemoMember): Promise<void> {
  const [person, showcase] = [house.members.get(key), demoShowcases[key]];
  if (!person || !showcase) throw new Error(`no showcase of ${key}`);
  await house.db.$transaction(async (tx) => {
    if ((await tx.memberReference.count({ where: { memberId: person.id } })) > 0) return;
    const keep = (file: string, bytes: Uint8Array): Promise<string> => keepFile(tx, { ownerKind: 'member', ownerId: person.id, name: file, bytes });
    for (const [position, [client, year, text]] of showcase.references.entries()) {
      const title = references[position] ?? client;
      await tx.memberReference.create({ data: { memberId: person.id, title, client, year, text, position, url: `https://${key}.example/${position + 1}`, pictureId: await keep(`${position + 1}.png`, work(title)) } });
    }
    await tx.availabilityPeriod.createMany({ data: (showcase.calendar ?? []).map(([kind, from, to, note = '']) => ({ memberId: person.id, kind, fromOn: dayAhead(from), toOn: dayAhead(to), note })) });
    await tx.member.update({
      where: { id: person.id },
      data: {
        pictureId: showcase.picture === false ? null : await keep('portrait.png', portrait(name)), availability: showcase.availability ?? 'now',
        availableFrom: showcase.inDays === undefined ? null : dayAhead(showcase.inDays),
      },
    });
  });
}

const dayAhead = (days: number): Date => new Date(parisDay(Date.now() + days * 86_400_000));
