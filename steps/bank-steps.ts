import { z } from 'zod';
import { longText, optionalLongText } from './fields.ts';
import { defineStep } from './step.ts';

/** I11: what a line of a statement is thought to be is so. `leftReason` says why a part of it pays nothing. */
export const confirmLine = defineStep({ name: 'confirmLine', workflow: 'bank-line', by: ['staff'], payload: z.object({ leftReason: optionalLongText }) });

/** By somebody else than whoever made the file; its content is fixed then. */
export const approveExport = defineStep({ name: 'approveExport', workflow: 'sepa-export', by: ['staff'], payload: z.object({}) });
/** The file leaves for the bank: its payouts are sent. */
export const takeExport = defineStep({ name: 'takeExport', workflow: 'sepa-export', by: ['staff'], payload: z.object({}) });
export const cancelExport = defineStep({ name: 'cancelExport', workflow: 'sepa-export', by: ['staff'], payload: z.object({ reason: longText }) });
