import { defineLifecycle } from './lifecycle.ts';

/** I11: a movement of a statement, until staff have said what it is. */
export const bankLineLifecycle = defineLifecycle({
  name: 'bank line',
  initial: 'new',
  states: ['new', 'matched', 'confirmed', 'ignored'],
  ends: ['confirmed'],
  actions: {
    match: { from: ['new', 'matched'], to: 'matched', by: ['clock', 'staff'] },
    unmatch: { from: ['matched'], to: 'new', by: ['staff'] },
    confirmLine: { from: ['matched'], to: 'confirmed', by: ['staff'] },
    ignoreLine: { from: ['new', 'matched'], to: 'ignored', by: ['staff'] },
    takeBackLine: { from: ['ignored'], to: 'new', by: ['staff'] },
  },
});

export type BankLineState = (typeof bankLineLifecycle.states)[number];
