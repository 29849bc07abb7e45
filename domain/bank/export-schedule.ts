import type { SepaExportState } from '../lifecycle/sepa-export.ts';

export interface ExportAlarm { readonly at: number; readonly kind: SepaExportState; readonly times: number }

const day = 86_400_000;

/** After how many days, in each state, whoever keeps the money hears that a file of transfers waits: members wait behind it. */
const waits: Readonly<Partial<Record<SepaExportState, readonly number[]>>> = { prepared: [1, 3], approved: [1, 3], exported: [5, 10] };

/** When to remind of a file that has been in this state since then. ms */
export function exportAlarms(state: SepaExportState, since: number): ExportAlarm[] {
  return (waits[state] ?? []).map((days, index) => ({ at: since + days * day, kind: state, times: index + 1 }));
}
