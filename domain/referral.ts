/** I8: what a referrer earns of OFF-WORKS's fee, by what they brought. */
export type ReferralLevel = 'introduction' | 'supported_lead' | 'full_lead';

const rates: Record<ReferralLevel, number> = { introduction: 600, supported_lead: 1_400, full_lead: 2_000 };

/** Basis points of OFF-WORKS's fee. */
export function referralRateBp(level: ReferralLevel): number {
  return rates[level];
}
