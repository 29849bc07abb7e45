import { acceptOwnership } from '../../database/company/ownership.ts';
import { Problem } from '../../domain/problem.ts';
import type { Page } from '../page.ts';

/** C6: behind the link of the mail: somebody is offered the place of the owner, and accepts. */
export const ownershipPage: Page = {
  template: 'client-ownership',
  async show(deps, access) {
    const companyId = access.subjectId ?? '';
    const [company, offer, me] = await Promise.all([
      deps.db.company.findUnique({ where: { id: companyId } }),
      deps.db.ownershipOffer.findUnique({ where: { companyId } }),
      deps.db.clientUser.findFirst({ where: { id: access.person.id, companyId, leftAt: null } }),
    ]);
    if (!company || !me) throw new Problem('offer_over', 'not of the company');
    const owner = offer && (await deps.db.clientUser.findUnique({ where: { id: offer.fromId } }));
    return { title: company.name, company, owner, open: offer?.toId === me.id, owns: me.role === 'owner' };
  },
  acts: {
    async acceptOwnership(deps, access) {
      await deps.db.$transaction((tx) => acceptOwnership(tx, { companyId: access.subjectId ?? '', by: { kind: 'client', id: access.person.id, name: access.name }, at: Date.now() }));
      return { notice: 'ownershipAccepted' };
    },
  },
};
