import { defineLifecycle } from './lifecycle.ts';

/** I11: a file of transfers, made by one person, approved by another, taken to the bank, and over once the statement shows every transfer of it. */
export const sepaExportLifecycle = defineLifecycle({
  name: 'transfer file',
  initial: 'prepared',
  states: ['prepared', 'approved', 'exported', 'completed', 'cancelled'],
  ends: ['completed', 'cancelled'],
  actions: {
    approveExport: { from: ['prepared'], to: 'approved', by: ['staff'] },
    takeExport: { from: ['approved'], to: 'exported', by: ['staff'] }, // its payouts are sent from then on
    allPaid: { from: ['exported'], to: 'completed', by: ['clock'] },
    cancelExport: { from: ['prepared', 'approved', 'exported'], to: 'cancelled', by: ['staff'] },
  },
});

export type SepaExportState = (typeof sepaExportLifecycle.states)[number];
export type SepaExportAction = keyof typeof sepaExportLifecycle.actions;
