import { defineLifecycle } from './lifecycle.ts';

/** M2, C6: another e-mail address: asked for on the pages, confirmed from the new address, and taken back from the former one for some days. */
export const emailChangeLifecycle = defineLifecycle({
  name: 'email change',
  initial: 'asked',
  states: ['asked', 'confirmed', 'replaced', 'given_up', 'stopped'],
  ends: ['replaced', 'given_up', 'stopped'],
  actions: {
    confirmEmail: { from: ['asked'], to: 'confirmed', by: ['member', 'client'] },
    askAnotherEmail: { from: ['asked'], to: 'replaced', by: ['member', 'client'] },
    giveUpEmail: { from: ['asked'], to: 'given_up', by: ['member', 'client'] },
    stopEmail: { from: ['asked', 'confirmed'], to: 'stopped', by: ['member', 'client'] },
  },
});

export type EmailChangeState = (typeof emailChangeLifecycle.states)[number];
