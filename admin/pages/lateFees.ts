import { claim, receive, waive } from './late-fees/decide.ts';
import { lateFeesBlocks } from './late-fees/list.ts';
import type { ConsolePage } from './page.ts';

/** I6: interest and indemnity of invoices paid late: to claim or to waive, claimed, received. */
export const lateFeesPage: ConsolePage = { name: 'lateFees', icon: 'AlertCircle', title: ({ say }) => say.say('lateFees.title'), blocks: lateFeesBlocks, acts: { claim, waive, receive } };
