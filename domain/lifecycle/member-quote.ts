import { defineLifecycle } from './lifecycle.ts';

/** One version of one member's quote; the client never sees it before the global quote (Q4). */
export const memberQuoteLifecycle = defineLifecycle({
  name: 'member quote',
  initial: 'submitted',
  states: ['submitted', 'sent_back', 'superseded', 'included', 'accepted', 'lost'],
  ends: ['superseded', 'accepted', 'lost'],
  actions: {
    sendBack: { from: ['submitted'], to: 'sent_back', by: ['staff'] },
    supersede: { from: ['submitted', 'sent_back', 'included'], to: 'superseded', by: ['member'] },
    include: { from: ['submitted', 'included'], to: 'included', by: ['staff'] },
    reopen: { from: ['included'], to: 'submitted', by: ['staff', 'client'] },
    accept: { from: ['included'], to: 'accepted', by: ['client'] },
    lose: { from: ['submitted', 'sent_back', 'included'], to: 'lost', by: ['client', 'staff', 'clock'] },
  },
});

export type MemberQuoteState = (typeof memberQuoteLifecycle.states)[number];
