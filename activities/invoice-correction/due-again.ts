/** I6, I12: an invoice that is due again is chased from now on, each level once more; one held before is let go. `at` in ms. */
export const dueAgain = (at: number) => ({ reopened: { increment: 1 }, reopenedAt: new Date(at), heldDunningLevel: null, heldDunningAt: null }) as const;
