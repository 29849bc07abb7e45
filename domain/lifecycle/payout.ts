import { defineLifecycle } from './lifecycle.ts';

/** I7, M4: what leaves for a member as soon as the client's transfer is received, unless a document of vigilance holds it back. */
export const payoutLifecycle = defineLifecycle({
  name: 'payout',
  initial: 'to_send',
  states: ['to_send', 'held', 'sent'],
  ends: ['sent'],
  actions: {
    hold: { from: ['to_send'], to: 'held', by: ['clock'] },
    release: { from: ['held'], to: 'to_send', by: ['clock'] },
    sendPayout: { from: ['to_send'], to: 'sent', by: ['staff'] },
  },
});

export type PayoutState = (typeof payoutLifecycle.states)[number];
