import { z } from 'zod';
import { keepAccount } from '../../../database/bank/accounts.ts';
import { Problem } from '../../../domain/problem.ts';
import type { PageAct } from '../page.ts';
import { whoMay } from './may.ts';

const typed = z.object({ name: z.string().trim().min(2).max(60), holder: z.string().trim().min(2).max(70), iban: z.string().trim().min(5).max(60), bic: z.string().trim().max(15).default('') });

/** An account of ours: its statements may be read, and transfers leave from it. */
export const addAccount: PageAct = async (act) => {
  const who = whoMay(act, 'keepBankAccount');
  const read = typed.safeParse(act.values);
  if (!read.success) throw new Problem('form_invalid', read.error.message, { fields: read.error.issues.map(({ path }) => path.join('.')).join(', ') });
  await keepAccount(act.deps.db, act.deps.secret, read.data, who);
  return { message: act.say.say('bank.accountAdded', { name: read.data.name }) };
};
