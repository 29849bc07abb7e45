import { proportion, share } from './money.ts';

/** I8: what bringing a lead is worth, in basis points of OFF-WORKS's fee on the project's services. */
export const referralLevels = {
  introduction: 600, // a meeting is set up with a client whose need is known
  supported_lead: 1_400, // leads from brief to coordination, OFF-WORKS helps with team and closing
  full_lead: 2_000, // leads alone until the deal is won
} as const;

export type ReferralLevel = keyof typeof referralLevels;

export const referralLevelNames = Object.keys(referralLevels) as [ReferralLevel, ...ReferralLevel[]];

/** The rate of a level, in basis points of OFF-WORKS's fee. */
export function referralRateBp(level: ReferralLevel): number {
  return referralLevels[level];
}

/** The referrer's part of a fee, in cents, whether they take part in the project or not. Due when the client has paid. */
export function referralShare(feeCents: number, level: ReferralLevel): number {
  return share(feeCents, referralRateBp(level));
}

/**
 * What the client's payments still to come will bring the referrer, in cents: the rule of each payment (domain/payments) applied to what is left of the
 * invoice. What was paid before the project had a referrer is not in it.
 */
export function referralStillToCome(invoice: { readonly feeCents: number; readonly totalCents: number; readonly paidCents: number }, rateBp: number): number {
  const { feeCents, totalCents, paidCents } = invoice;
  if (totalCents === 0) return share(feeCents, rateBp);
  return share(feeCents, rateBp) - share(proportion(feeCents, paidCents, totalCents), rateBp);
}
