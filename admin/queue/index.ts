import { anomalies } from './anomalies.ts';
import { bank } from './bank.ts';
import { briefs } from './briefs.ts';
import { candidates } from './candidates.ts';
import { disputes } from './disputes.ts';
import { documents } from './documents.ts';
import { failing } from './failing.ts';
import { lateFees } from './late-fees.ts';
import { lateInvoices } from './late-invoices.ts';
import { leads } from './leads.ts';
import { legalDues } from './legal-dues.ts';
import { mails } from './mails.ts';
import { payouts } from './payouts.ts';
import { questions } from './questions.ts';
import { quotes } from './quotes.ts';
import { rules } from './rules.ts';
import type { QueueSource } from './source.ts';
import { stuck } from './stuck.ts';
import { windows } from './windows.ts';

/** S1: everything that may wait for staff, in the order its kinds are shown. */
export const queueSources: readonly QueueSource[] = [briefs, quotes, questions, windows, anomalies, disputes, lateInvoices, lateFees, legalDues, bank, payouts, leads, candidates, documents, rules, mails, stuck, failing];
