import type { Account } from './ledger.ts';

/** The numbers of the French chart of accounts (plan comptable général) under which the ledger's accounts leave for the accountant. */
export const chart = {
  clients: '411000',
  members: '401000',
  referrers: '401100',
  bank: '512000',
  services_bought: '611000',
  services_sold: '706000',
  fee: '706100',
  late_fees: '763100',
  vat_pending: '445740',
  vat_collected: '445710',
  vat_deductible: '445660',
  referral_expense: '622200',
  client_credits: '419700',
  bad_debts: '654000',
} as const;

export type ChartAccount = keyof typeof chart;

/**
 * Members' work passes through one account of the ledger; in the books it is bought on one side and sold on the other, since OFF-WORKS contracts
 * in its own name with both.
 */
export function chartAccountOf(account: Account, journal: Journal): ChartAccount {
  // A credit note stands on the other side of the same account: the journal says which half it is of.
  if (account === 'member_services') return journal === 'purchases' ? 'services_bought' : 'services_sold';
  return simple[account];
}

const simple: Readonly<Record<Exclude<Account, 'member_services'>, ChartAccount>> = {
  client_receivable: 'clients', late_fee_receivable: 'clients', late_fee_revenue: 'late_fees', bank: 'bank', member_payable: 'members', fee_revenue: 'fee', vat_pending: 'vat_pending', vat_collected: 'vat_collected',
  vat_deductible: 'vat_deductible', referral_expense: 'referral_expense', referral_payable: 'referrers',
  client_credit: 'client_credits', bad_debt: 'bad_debts',
};

/** Purchases, sales, bank, and what is none of them. */
export const journals = { purchases: 'AC', sales: 'VE', bank: 'BQ', other: 'OD' } as const;
export type Journal = keyof typeof journals;
