import type { Terms } from '../domain/terms.ts';
import { defaultTerms } from '../domain/default-terms.ts';
import { defaultMembershipTerms, type MembershipTerms } from '../domain/membership-terms.ts';
import { applicableRate } from '../domain/fees.ts';
import type { Tx } from './open.ts';

/**
 * The terms a project starting at `at` (ms) is promised: the built-in ones, changed by the dated settings in force (S4),
 * with the client's special rate if one runs (C11). One setting per key of `Terms`.
 */
export async function termsInForce(tx: Tx, companyId: string | null, at: number): Promise<Terms> {
  const rows = await tx.setting.findMany({
    where: { key: { in: Object.keys(defaultTerms) }, effectiveFrom: { lte: new Date(at) }, cancelledAt: null },
    orderBy: [{ effectiveFrom: 'asc' }, { createdAt: 'asc' }],
  });
  const terms: Terms = { ...defaultTerms, ...Object.fromEntries(rows.map((row) => [row.key, row.value])) };
  const specialRates = companyId ? await tx.specialFeeRate.findMany({ where: { companyId } }) : [];
  return { ...terms, feeRateBp: applicableRate({ defaultRateBp: terms.feeRateBp, specialRates, at: new Date(at) }) };
}

/** The terms of a membership that begins at `at` (ms), from the same dated settings. */
export async function membershipTermsInForce(tx: Tx, at: number): Promise<MembershipTerms> {
  const rows = await tx.setting.findMany({
    where: { key: { in: Object.keys(defaultMembershipTerms) }, effectiveFrom: { lte: new Date(at) }, cancelledAt: null },
    orderBy: [{ effectiveFrom: 'asc' }, { createdAt: 'asc' }],
  });
  return { ...defaultMembershipTerms, ...Object.fromEntries(rows.map((row) => [row.key, row.value])) };
}
