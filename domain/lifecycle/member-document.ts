import { defineLifecycle } from './lifecycle.ts';

/** M4: one legal document of a member. A newer one of the same kind takes its place; time takes it away. */
export const memberDocumentLifecycle = defineLifecycle({
  name: 'member document',
  initial: 'to_check',
  states: ['to_check', 'valid', 'refused', 'expired', 'replaced'],
  ends: ['refused', 'replaced'],
  actions: {
    acceptDocument: { from: ['to_check'], to: 'valid', by: ['staff'] },
    refuseDocument: { from: ['to_check'], to: 'refused', by: ['staff'] },
    replace: { from: ['to_check', 'valid', 'expired'], to: 'replaced', by: ['member', 'staff'] },
    expire: { from: ['valid'], to: 'expired', by: ['clock'] },
  },
});

export type MemberDocumentState = (typeof memberDocumentLifecycle.states)[number];
