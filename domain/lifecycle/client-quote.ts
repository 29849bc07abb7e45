import { defineLifecycle } from './lifecycle.ts';

/** One version of the global quote in OFF-WORKS's name. */
export const clientQuoteLifecycle = defineLifecycle({
  name: 'client quote',
  initial: 'sent',
  states: ['sent', 'change_asked', 'superseded', 'signed', 'declined', 'expired'],
  ends: ['superseded', 'signed', 'declined', 'expired'],
  actions: {
    askChange: { from: ['sent'], to: 'change_asked', by: ['client'] },
    supersede: { from: ['sent', 'change_asked'], to: 'superseded', by: ['staff'] },
    sign: { from: ['sent'], to: 'signed', by: ['client'] },
    decline: { from: ['sent'], to: 'declined', by: ['client'] },
    expire: { from: ['sent'], to: 'expired', by: ['clock'] },
  },
});

export type ClientQuoteState = (typeof clientQuoteLifecycle.states)[number];
