import { defineLifecycle } from './lifecycle.ts';

/** M6, C8: nobody is left without an answer. */
export const applicationLifecycle = defineLifecycle({
  name: 'application',
  initial: 'received',
  states: ['received', 'chosen', 'not_chosen', 'withdrawn'],
  ends: ['chosen', 'not_chosen', 'withdrawn'],
  actions: {
    choose: { from: ['received'], to: 'chosen', by: ['client', 'staff'] },
    turnDown: { from: ['received'], to: 'not_chosen', by: ['client', 'staff', 'clock'] },
    withdraw: { from: ['received'], to: 'withdrawn', by: ['member'] },
  },
});

export type ApplicationState = (typeof applicationLifecycle.states)[number];
