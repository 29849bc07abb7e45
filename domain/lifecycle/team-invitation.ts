import { defineLifecycle } from './lifecycle.ts';

/** M6: a member asked to join an application counts in it from their yes, and until they leave or are thanked. */
export const teamInvitationLifecycle = defineLifecycle({
  name: 'team invitation',
  initial: 'sent',
  states: ['sent', 'accepted', 'declined', 'cancelled'],
  ends: ['declined', 'cancelled'],
  actions: {
    accept: { from: ['sent'], to: 'accepted', by: ['member'] },
    // A team mate may also leave.
    decline: { from: ['sent', 'accepted'], to: 'declined', by: ['member'] },
    // By whoever leads, or because the application is withdrawn or decided.
    cancel: { from: ['sent', 'accepted'], to: 'cancelled', by: ['member', 'clock'] },
    askAgain: { from: ['declined', 'cancelled'], to: 'sent', by: ['member'] },
  },
});

export type TeamInvitationState = (typeof teamInvitationLifecycle.states)[number];
