import { defineQuery } from '@temporalio/workflow';

/** A timer of a workflow: when it rings (ms) and what for. */
export interface PendingAlarm { readonly at: number; readonly kind: string; readonly times: number }

/** What a workflow will do by itself if nobody acts, in order; alarms already rung are among them, with their moment in the past (S3). */
export const pendingAlarms = defineQuery<PendingAlarm[]>('pendingAlarms');
