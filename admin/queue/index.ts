import { anomalies } from './anomalies.ts';
import { briefs } from './briefs.ts';
import { candidates } from './candidates.ts';
import { documents } from './documents.ts';
import { lateInvoices } from './late-invoices.ts';
import { legalDues } from './legal-dues.ts';
import { mails } from './mails.ts';
import { payouts } from './payouts.ts';
import { quotes } from './quotes.ts';
import { rules } from './rules.ts';
import type { QueueSource } from './source.ts';
import { stuck } from './stuck.ts';
import { windows } from './windows.ts';

/** S1: everything that may wait for staff, in the order its kinds are shown. */
export const queueSources: readonly QueueSource[] = [briefs, quotes, windows, anomalies, lateInvoices, legalDues, payouts, candidates, documents, rules, mails, stuck];
