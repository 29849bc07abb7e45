import { approve, cancel, prepare, take } from './transfers/acts.ts';
import { fileBlocks } from './transfers/file.ts';
import { transfersBlocks } from './transfers/list.ts';
import type { ConsolePage } from './page.ts';

/** I11: files of transfers to members: made by one person, approved by another, taken to the bank. */
export const transfersPage: ConsolePage = {
  name: 'transfers', icon: 'Share', title: ({ say, query }) => (query.file ? say.say('transfers.fileTitle', { ref: query.file }) : say.say('transfers.title')),
  blocks: (asked) => (asked.query.file ? fileBlocks(asked) : transfersBlocks(asked)),
  acts: { prepare, approve, take, cancel },
};
