import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { keepStaffCard } from '../../database/staff-card.ts';
import { largestPicture } from '../../domain/file-content.ts';
import { Problem } from '../../domain/problem.ts';
import { byStaff } from '../by-staff.ts';
import type { ConsolePage } from './page.ts';

/** C1: what clients and members see of oneself. */
export const cardPage: ConsolePage = {
  name: 'card',
  icon: 'User',
  title: ({ say }) => say.say('card.title'),
  blocks: async ({ deps: { db }, staff, say }) => {
    const { phone, pictureId } = await db.staff.findUniqueOrThrow({ where: { id: staff.id } });
    return [
      { kind: 'text', text: say.say('card.intro') },
      pictureId
        ? { kind: 'table', head: [say.say('card.picture')], rows: [{ cells: [{ text: say.say('card.now'), href: `/pictures/${pictureId}` }] }], empty: '' }
        : { kind: 'text', text: say.say('card.none'), tone: 'soft' },
      {
        kind: 'form', method: 'post', act: 'keep', title: say.say('card.title'), button: say.say('card.save'),
        fields: [
          { name: 'phone', kind: 'text', label: say.say('card.phone'), value: phone ?? '' },
          { name: 'picture', kind: 'file', label: say.say('card.picture'), help: say.say('card.pictureHelp'), accept: 'image/png,image/jpeg,image/webp', maxBytes: largestPicture, tooBig: say.say('card.tooBig') },
          ...(pictureId ? [{ name: 'remove', kind: 'choice' as const, label: say.say('card.now'), value: 'no', options: [{ value: 'no', label: say.say('card.keep') }, { value: 'yes', label: say.say('card.remove') }] }] : []),
        ],
      },
    ];
  },
  acts: {
    keep: async ({ deps, staff, values, files, say }) => {
      const parsed = wanted.safeParse(values);
      if (!parsed.success) throw new Problem('form_invalid', parsed.error.message, { fields: 'phone' });
      const { picture } = files;
      await keepStaffCard(
        deps.db, staff.id,
        { phone: parsed.data.phone, picture: picture && picture.size > 0 ? { name: picture.name, bytes: await readFile(picture.path) } : null, removePicture: parsed.data.remove === 'yes' },
        byStaff(staff), Date.now(),
      );
      return { message: say.say('card.saved') };
    },
  },
};

const wanted = z.object({ phone: z.string().trim().max(30).regex(/^[+\d\s().-]*$/).default(''), remove: z.enum(['yes', 'no']).default('no') });
