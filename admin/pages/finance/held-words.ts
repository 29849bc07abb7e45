import type { Speaker } from '../../text.ts';

/** What a payout waits for, in words. */
export const heldInWords = (heldFor: readonly string[], say: Speaker): string => heldFor.map((kind) => say.say(`kind.${kind}`)).join(', ');

const month = 30 * 86_400_000;

/** A word on where the money would go: an account nobody knows, or details changed lately, to be checked with the member before anything leaves. */
export function accountWarning(billing: { createdAt: Date; updatedAt: Date; ibanLast4: string } | null, now: number, say: Speaker): string | null {
  if (!billing) return say.say('finance.noAccount');
  const changed = billing.updatedAt.getTime() - billing.createdAt.getTime() > 60_000 && now - billing.updatedAt.getTime() < month;
  return changed ? say.say('finance.accountChanged', { at: billing.updatedAt.toISOString(), last4: billing.ibanLast4 }) : null;
}
