import { referralStatement } from '../../database/leads/statement.ts';
import { keepReferralStatement } from '../../documents/build-referral-statement.ts';
import { referralLevels } from '../../domain/referral.ts';
import type { Page } from '../page.ts';

const listed = 200;
/** Statements drawn up that are offered again. */
const kept = 12;

/** M14, I8: what a member has brought, what it earns them, and when, with why each share is not with them yet. */
export const memberLeadsPage: Page = {
  template: 'member-leads',
  async show(deps, access) {
    const memberId = access.person.id;
    const [leads, statement, statements] = await Promise.all([
      deps.db.lead.findMany({ where: { memberId }, orderBy: { createdAt: 'desc' }, take: listed, include: { referrals: { select: { id: true } } } }),
      referralStatement(deps.db, memberId, Date.now()),
      deps.db.document.findMany({ where: { kind: 'referral_statement', key: { startsWith: `referral-statement/${memberId}/` } }, orderBy: { createdAt: 'desc' }, take: kept, select: { id: true, title: true, createdAt: true } }),
    ]);
    return { title: '', leads, statement, statements, levels: Object.entries(referralLevels).map(([level, rateBp]) => ({ level, rateBp })) };
  },
  acts: {
    /** The statement as it stands now, kept for good and opened. */
    async drawStatement(deps, access, _body, key) {
      const { id } = await deps.db.$transaction((tx) => keepReferralStatement(tx, { memberId: access.person.id, key, locale: access.locale, at: Date.now() }));
      return { notice: '', to: `/leads/statement/${id}` };
    },
  },
};
