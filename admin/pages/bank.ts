import { addAccount } from './bank/account.ts';
import { confirm } from './bank/confirm.ts';
import { ignore, rematch, split, takeBack, unmatch } from './bank/decide.ts';
import { importFile } from './bank/import.ts';
import { lineBlocks } from './bank/line.ts';
import { bankBlocks } from './bank/list.ts';
import type { ConsolePage } from './page.ts';

/** I11: statements of the bank, and what each of their lines is. */
export const bankPage: ConsolePage = {
  name: 'bank', icon: 'CreditCard', title: ({ say, query }) => say.say(query.line ? 'bank.lineTitle' : 'bank.title'),
  blocks: (asked) => (asked.query.line ? lineBlocks(asked) : bankBlocks(asked)),
  acts: { addAccount, importFile, confirm, split, unmatch, ignore, takeBack, rematch },
};
