import { invoicesByAgeBlocks } from './invoices-by-age/list.ts';
import { pause, pauseBlocks, resume } from './invoices-by-age/pause.ts';
import { recordTransfer } from './invoices-by-age/record-transfer.ts';
import { debtorOf, transferBlocks } from './invoices-by-age/transfer.ts';
import type { ConsolePage } from './page.ts';

/** I6: what clients owe by age, a transfer to record, reminders to hold back. */
export const invoicesByAgePage: ConsolePage = {
  name: 'invoicesByAge',
  icon: 'Calendar',
  title: async ({ deps: { db }, say, query }) => {
    if (query.transfer) return say.say('invoicesByAge.transferOf', { name: (await debtorOf(db, query.transfer)).company.name });
    return say.say(query.pause ? 'invoicesByAge.pause' : 'invoicesByAge.title');
  },
  blocks: (asked) => (asked.query.transfer ? transferBlocks(asked) : asked.query.pause ? pauseBlocks(asked) : invoicesByAgeBlocks(asked)),
  acts: { pauseDunning: pause, resumeDunning: resume, recordTransfer },
};
