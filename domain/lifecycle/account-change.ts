import { defineLifecycle } from './lifecycle.ts';

/** M3: another account to be paid to: asked for on the pages, confirmed by the link of a mail, and taken back while nothing has left for it. */
export const accountChangeLifecycle = defineLifecycle({
  name: 'account change',
  initial: 'asked',
  states: ['asked', 'confirmed', 'replaced', 'given_up', 'stopped'],
  ends: ['replaced', 'given_up', 'stopped'],
  actions: {
    confirmAccount: { from: ['asked'], to: 'confirmed', by: ['member'] },
    askAnotherAccount: { from: ['asked'], to: 'replaced', by: ['member'] },
    giveUpAccount: { from: ['asked'], to: 'given_up', by: ['member'] },
    stopAccount: { from: ['confirmed'], to: 'stopped', by: ['member'] },
  },
});

export type AccountChangeState = (typeof accountChangeLifecycle.states)[number];
