import { defineLifecycle } from './lifecycle.ts';

/** M14: business that a member brings, from the day they tell of it to the project it becomes. One lead may bring several projects of its company. */
export const leadLifecycle = defineLifecycle({
  name: 'lead',
  initial: 'declared',
  states: ['declared', 'accepted', 'won', 'refused', 'withdrawn'],
  ends: ['refused', 'withdrawn'],
  actions: {
    acceptLead: { from: ['declared'], to: 'accepted', by: ['staff'] },
    refuseLead: { from: ['declared', 'accepted'], to: 'refused', by: ['staff'] }, // an accepted one that leads to nothing, too
    withdrawLead: { from: ['declared', 'accepted'], to: 'withdrawn', by: ['member'] },
    knowClient: { from: ['accepted', 'won'], by: ['staff'] }, // its company has become a client: its projects are watched for
    linkLead: { from: ['accepted', 'won'], to: 'won', by: ['staff'] },
  },
});

export type LeadState = (typeof leadLifecycle.states)[number];
export type LeadAction = keyof typeof leadLifecycle.actions;
