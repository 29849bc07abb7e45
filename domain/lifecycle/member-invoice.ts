import { defineLifecycle } from './lifecycle.ts';

/** I2: amount entered → preview → 48 h to report an anomaly → final. */
export const memberInvoiceLifecycle = defineLifecycle({
  name: 'member invoice',
  initial: 'preview',
  states: ['preview', 'anomaly', 'final', 'cancelled'],
  ends: ['final', 'cancelled'],
  actions: {
    reportAnomaly: { from: ['preview'], to: 'anomaly', by: ['member'] },
    resolveAnomaly: { from: ['anomaly'], to: 'preview', by: ['staff'] },
    // Without a prior mandate, silence accepts nothing: the member must approve (CGI 289-I-2).
    approvePreview: { from: ['preview'], to: 'final', by: ['member'] },
    windowCloses: { from: ['preview'], to: 'final', by: ['clock'] },
    // S3: later, never sooner: the window is the member's.
    moveDeadline: { from: ['preview'], by: ['staff'] },
    cancelInvoice: { from: ['preview', 'anomaly'], to: 'cancelled', by: ['member', 'staff'] },
  },
});

export type MemberInvoiceState = (typeof memberInvoiceLifecycle.states)[number];
export type MemberInvoiceAction = keyof typeof memberInvoiceLifecycle.actions;
