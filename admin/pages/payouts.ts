import type { ConsolePage } from './page.ts';
import { payoutsBlocks } from './payouts/list.ts';
import { send } from './payouts/send.ts';

/** I7: payouts to send, held back and sent. */
export const payoutsPage: ConsolePage = { name: 'payouts', icon: 'Send', title: ({ say }) => say.say('payouts.title'), blocks: payoutsBlocks, acts: { send } };
