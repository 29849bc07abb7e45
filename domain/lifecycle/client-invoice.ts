import { defineLifecycle } from './lifecycle.ts';

/** I3 to I7: waits for team mates' windows, is numbered and issued, chased, paid, and pays out. */
export const clientInvoiceLifecycle = defineLifecycle({
  name: 'client invoice',
  initial: 'gathering',
  states: ['gathering', 'issued', 'part_paid', 'paid', 'settled'],
  ends: ['settled'],
  actions: {
    issue: { from: ['gathering'], to: 'issued', by: ['clock'] },
    declareTransfer: { from: ['issued', 'part_paid'], by: ['client'] },
    recordPayment: { from: ['issued', 'part_paid'], by: ['staff'] }, // to part_paid or paid, by the amount
    partPaid: { from: ['issued', 'part_paid'], to: 'part_paid', by: ['clock'] },
    fullyPaid: { from: ['issued', 'part_paid'], to: 'paid', by: ['clock'] },
    pauseDunning: { from: ['issued', 'part_paid'], by: ['staff'] },
    resumeDunning: { from: ['issued', 'part_paid'], by: ['staff'] },
    sendPayout: { from: ['part_paid', 'paid'], by: ['staff'] },
    allPaidOut: { from: ['paid'], to: 'settled', by: ['clock'] },
  },
});

export type ClientInvoiceState = (typeof clientInvoiceLifecycle.states)[number];
export type ClientInvoiceAction = keyof typeof clientInvoiceLifecycle.actions;
