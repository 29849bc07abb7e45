import { z } from 'zod';
import { saveReference } from '../../database/member/profile.ts';
import { Problem } from '../../domain/problem.ts';
import { webAddress } from '../../domain/profile-fields.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';
import { fileIn } from '../uploads.ts';

/** M2: one reference, to write or to change; the address ends with its id, or `new`. */
export const referencePage: Page = {
  template: 'profile-reference',
  async show(deps, access, typed) {
    const reference = access.subjectId === 'new' ? null : await deps.db.memberReference.findFirst({ where: { id: access.subjectId ?? '', memberId: access.person.id } });
    if (access.subjectId !== 'new' && !reference) throw new Problem('not_found', 'no reference of theirs');
    return { title: reference?.title ?? '', reference, ownPictures: '/profile/picture', chooseAgain: typed !== null && typed.body.hadPicture === 'yes' };
  },
  acts: {
    async saveReference(deps, access, body, key) {
      const picture = fileIn(body, 'picture');
      delete body.picture;
      if (picture) body.hadPicture = 'yes';
      const id = access.subjectId === 'new' ? null : access.subjectId;
      await saveReference(deps.db, access.person.id, { id, words: wordsOf(body), picture, removePicture: text(body, 'removePicture') === 'yes' }, key);
      return { notice: 'referenceSaved', to: '/profile' };
    },
  },
};

const fields = z.object({
  title: z.string().min(1).max(120),
  client: z.string().max(120),
  year: z.string().regex(/^(|(19|20)\d\d)$/),
  text: z.string().max(2_000),
  url: z.string().max(500).nullable(),
});

/** What the form says. @throws Problem `form_invalid` with every field to look at again */
function wordsOf(body: Readonly<Record<string, unknown>>) {
  const typedUrl = text(body, 'url');
  const url = typedUrl === '' ? null : webAddress(typedUrl);
  const given = fields.safeParse({ title: text(body, 'title'), client: text(body, 'client'), year: text(body, 'year'), text: text(body, 'text'), url });
  const wrong = [...(given.success ? [] : given.error.issues.map(({ path }) => String(path[0]))), ...(typedUrl !== '' && url === null ? ['url'] : [])];
  if (!given.success || wrong.length > 0) throw new Problem('form_invalid', `reference: ${wrong.join(', ')}`, { fields: [...new Set(wrong)].join(', ') });
  return { ...given.data, year: given.data.year === '' ? null : Number(given.data.year) };
}
