import { defineLifecycle } from './lifecycle.ts';

/** I7: what leaves for a member as soon as the client's transfer is received. */
export const payoutLifecycle = defineLifecycle({
  name: 'payout',
  initial: 'to_send',
  states: ['to_send', 'sent'],
  ends: ['sent'],
  actions: {
    sendPayout: { from: ['to_send'], to: 'sent', by: ['staff'] },
  },
});

export type PayoutState = (typeof payoutLifecycle.states)[number];
