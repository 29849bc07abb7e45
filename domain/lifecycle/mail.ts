import { defineLifecycle } from './lifecycle.ts';

/** W4: a mail is claimed before it is sent; a crash in between leaves it in doubt, for staff to settle. */
export const mailLifecycle = defineLifecycle({
  name: 'mail',
  initial: 'queued',
  states: ['queued', 'sending', 'sent', 'in_doubt', 'failed', 'dropped'],
  ends: ['sent', 'dropped'],
  actions: {
    claim: { from: ['queued'], to: 'sending', by: ['clock'] },
    release: { from: ['sending'], to: 'queued', by: ['clock'] },
    sent: { from: ['sending'], to: 'sent', by: ['clock'] },
    lost: { from: ['sending'], to: 'in_doubt', by: ['clock'] },
    refused: { from: ['sending'], to: 'failed', by: ['clock'] },
    sendAgain: { from: ['in_doubt', 'failed'], to: 'queued', by: ['staff'] },
    markSent: { from: ['in_doubt'], to: 'sent', by: ['staff'] },
    drop: { from: ['in_doubt', 'failed', 'queued'], to: 'dropped', by: ['staff'] },
  },
});

export type MailState = (typeof mailLifecycle.states)[number];
