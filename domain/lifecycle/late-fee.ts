import { defineLifecycle } from './lifecycle.ts';

/** I6: interest and indemnity of an invoice paid late. They stay owed after it is paid, until they are received, in one or several parts, or what is left is waived for a reason. */
export const lateFeeLifecycle = defineLifecycle({
  name: 'late fee',
  initial: 'owed',
  states: ['owed', 'claimed', 'waived', 'received'],
  ends: ['waived', 'received'],
  actions: {
    claimLateFee: { from: ['owed'], to: 'claimed', by: ['staff'] },
    waiveLateFee: { from: ['owed', 'claimed'], to: 'waived', by: ['staff'] },
    receiveLateFeePart: { from: ['claimed'], by: ['staff'] },
    receiveLateFee: { from: ['claimed'], to: 'received', by: ['staff'] },
  },
});

export type LateFeeState = (typeof lateFeeLifecycle.states)[number];
export type LateFeeAction = keyof typeof lateFeeLifecycle.actions;
