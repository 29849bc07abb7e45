import { defineLifecycle } from './lifecycle.ts';

const issuedOnes = ['issued', 'part_paid', 'paid', 'written_off', 'settled'] as const;

/** I3 to I7, I12: waits for team mates' windows, is numbered and issued, chased, paid, and pays out; credited, given up, or due again. */
export const clientInvoiceLifecycle = defineLifecycle({
  name: 'client invoice',
  initial: 'gathering',
  states: ['gathering', 'issued', 'part_paid', 'paid', 'written_off', 'settled', 'cancelled'],
  ends: ['settled', 'cancelled'],
  actions: {
    issue: { from: ['gathering'], to: 'issued', by: ['clock'] },
    declareTransfer: { from: ['issued', 'part_paid'], by: ['client'] },
    dispute: { from: ['issued', 'part_paid'], by: ['client'] },
    settleDispute: { from: ['issued', 'part_paid', 'paid'], by: ['staff'] },
    recordPayment: { from: ['issued', 'part_paid'], by: ['staff'] }, // to part_paid or paid, by the amount
    partPaid: { from: ['issued', 'part_paid'], to: 'part_paid', by: ['clock'] },
    fullyPaid: { from: ['issued', 'part_paid'], to: 'paid', by: ['clock'] },
    // S2: the reminder of the day, by hand
    chaseNow: { from: ['issued', 'part_paid'], by: ['staff'] },
    pauseDunning: { from: ['issued', 'part_paid'], by: ['staff'] },
    resumeDunning: { from: ['issued', 'part_paid'], by: ['staff'] },
    sendPayout: { from: ['issued', 'part_paid', 'paid', 'written_off'], by: ['staff'] },
    allPaidOut: { from: ['paid', 'written_off'], to: 'settled', by: ['clock'] },
    // I12: the state that follows is the one of its account (domain/invoice-account).
    creditInvoice: { from: ['issued', 'part_paid', 'paid', 'settled'], by: ['staff'] },
    cancelClientInvoice: { from: ['issued', 'part_paid', 'paid', 'settled'], to: 'cancelled', by: ['staff'] },
    writeOff: { from: ['issued', 'part_paid'], to: 'written_off', by: ['staff'] },
    reviveDebt: { from: ['written_off', 'settled'], by: ['staff'] },
    takeBackPayment: { from: ['part_paid', 'paid', 'settled', 'cancelled'], by: ['staff'] },
    useClientCredit: { from: ['issued', 'part_paid'], by: ['staff'] },
    refundClient: { from: [...issuedOnes, 'cancelled'], by: ['staff'] },
    recordRecovery: { from: [...issuedOnes, 'cancelled'], by: ['staff'] },
  },
});

export type ClientInvoiceState = (typeof clientInvoiceLifecycle.states)[number];
export type ClientInvoiceAction = keyof typeof clientInvoiceLifecycle.actions;
