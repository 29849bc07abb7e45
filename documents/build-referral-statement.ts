import type { Tx } from '../database/open.ts';
import { referralStatement } from '../database/leads/statement.ts';
import type { ReferralLine } from '../domain/referral-statement.ts';
import { parisDay } from './format.ts';
import { issuerAt } from './issuer.ts';
import type { DocumentLocale, ReferralShare, ReferralStatementData } from './kinds.ts';
import { documentTitle, renderDocument } from './render.ts';
import { storeDocument, type StoredDocument } from './store.ts';

/** I8: what a member's referrals have brought and will bring, as it stands at `at` (ms), with why each share has not left yet. */
async function buildReferralStatement(tx: Tx, memberId: string, at: number): Promise<ReferralStatementData> {
  const { name } = await tx.member.findUniqueOrThrow({ where: { id: memberId }, select: { name: true } });
  const { lines, leftCents, dueCents, toComeCents } = await referralStatement(tx, memberId, at);
  const projectIds = [...new Set(lines.map(({ projectId }) => projectId))];
  return {
    drawnOn: parisDay(at), member: { name }, issuer: await issuerAt(tx, at), leftCents, dueCents, toComeCents,
    projects: projectIds.map((projectId) => {
      const own = lines.filter((line) => line.projectId === projectId);
      const [{ ref, title, clientName, level, rateBp }] = own as [ReferralLine];
      return { ref, title, clientName, level, rateBp, shares: own.map(shareOf) };
    }),
  };
}

function shareOf({ invoice, feeCents, cents, state, why, at }: ReferralLine): ReferralShare {
  return { invoice, feeCents, known: cents !== null, cents: cents ?? 0, state, why, on: at ? parisDay(at.getTime()) : null };
}

/** Draws the statement up and keeps it, once per form: what a member was shown can be shown again. */
export async function keepReferralStatement(tx: Tx, { memberId, key, locale, at }: { memberId: string; key: string; locale: DocumentLocale; at: number }): Promise<StoredDocument> {
  const data = await buildReferralStatement(tx, memberId, at);
  return storeDocument(tx, { key: `referral-statement/${memberId}/${key}`, kind: 'referral_statement', title: documentTitle('referral_statement', data, locale), html: renderDocument('referral_statement', data, locale), at });
}
