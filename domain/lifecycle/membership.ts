import { defineLifecycle } from './lifecycle.ts';

/** M1, M4: a candidature, its decision, then the documents that keep a member in good standing. What a refused candidature said is erased when its time is over, that of one withdrawn at once, and a member when they ask. */
export const membershipLifecycle = defineLifecycle({
  name: 'membership',
  initial: 'candidate',
  states: ['candidate', 'active', 'blocked', 'refused', 'erased'],
  ends: ['erased'],
  actions: {
    acceptCandidature: { from: ['candidate'], to: 'active', by: ['staff'] },
    refuseCandidature: { from: ['candidate'], to: 'refused', by: ['staff'] },
    withdrawCandidature: { from: ['candidate'], to: 'erased', by: ['member'] },
    eraseCandidature: { from: ['refused'], to: 'erased', by: ['clock'] },
    sendDocument: { from: ['active', 'blocked'], by: ['member', 'staff'] },
    acceptDocument: { from: ['active', 'blocked'], by: ['staff'] },
    refuseDocument: { from: ['active', 'blocked'], by: ['staff'] },
    overrideDocument: { from: ['active', 'blocked'], by: ['staff'] },
    blockMember: { from: ['active'], to: 'blocked', by: ['staff'] },
    unblockMember: { from: ['blocked'], to: 'active', by: ['staff'] },
    eraseMember: { from: ['candidate', 'active', 'blocked', 'refused'], to: 'erased', by: ['member'] },
  },
});

export type MembershipState = (typeof membershipLifecycle.states)[number];
export type MembershipAction = keyof typeof membershipLifecycle.actions;
