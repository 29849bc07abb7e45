import { defineLifecycle } from './lifecycle.ts';

/**
 * I7, M4, I11: what leaves for a member as soon as the client's transfer is received, unless a document of vigilance holds it back; the statement then
 * shows it as paid, or it comes back and is to be sent again. I12: what is no longer due is cancelled if it has not left; if it has, whoever was paid
 * is to give it back.
 */
export const payoutLifecycle = defineLifecycle({
  name: 'payout',
  initial: 'to_send',
  states: ['to_send', 'held', 'sent', 'paid', 'to_recover', 'recovered', 'cancelled'],
  ends: ['paid', 'recovered', 'cancelled'],
  actions: {
    hold: { from: ['to_send'], to: 'held', by: ['clock'] },
    release: { from: ['held'], to: 'to_send', by: ['clock'] },
    sendPayout: { from: ['to_send'], to: 'sent', by: ['staff'] },
    shownPaid: { from: ['sent'], to: 'paid', by: ['staff'] }, // a line of a statement is confirmed
    noLongerDue: { from: ['to_send', 'held', 'to_recover'], to: 'cancelled', by: ['clock'] },
    recordRecovery: { from: ['to_recover'], to: 'recovered', by: ['staff'] },
    comeBack: { from: ['sent', 'paid'], to: 'to_send', by: ['staff'] }, // the same, or its file of transfers is cancelled
  },
});

export type PayoutState = (typeof payoutLifecycle.states)[number];

/** The money is on its way, or has arrived. */
export const hasLeft = (state: string): boolean => state === 'sent' || state === 'paid';
