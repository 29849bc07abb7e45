import { sendDocument } from '../../steps/membership-steps.ts';
import { Problem } from '../../domain/problem.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Page } from '../page.ts';

/** M4: the documents a member keeps up to date. */
export const memberDocumentsPage: Page = {
  template: 'member-documents',
  async show(deps, access) {
    const documents = await deps.db.memberDocument.findMany({ where: { memberId: access.person.id }, orderBy: { createdAt: 'desc' } });
    return { title: '', documents, kinds: ['registration', 'urssaf', 'insurance'] };
  },
  acts: {
    async sendDocument(deps, access, body, key) {
      const member = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id } });
      const fileName = text(body, 'fileName');
      if (!fileName) throw new Problem('form_invalid', 'no file named', { fields: 'fileName' });
      await askStep(deps, access, key, sendDocument, `membership/${member.handle}`, { kind: text(body, 'kind'), fileName, expiresOn: text(body, 'expiresOn') || null });
      return { notice: 'documentSent' };
    },
  },
};
