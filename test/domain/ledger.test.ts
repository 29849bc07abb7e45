import { describe, expect, it } from 'vitest';
import {
  accounts, assertBalanced, balanceOf, clientInvoicePosting, memberInvoicePosting, paymentPosting, payoutPosting, referralPayoutPosting, type PostingLine,
} from '../../domain/ledger.ts';

const unbalanced = expect.objectContaining({ code: 'ledger_unbalanced' });

describe('I9 ledger', () => {
  it('posts a member’s invoice: services and VAT against what the member is owed', () => {
    expect(memberInvoicePosting({ memberId: 'ines', amountCents: 83_000, vatCents: 16_600 })).toEqual([
      { account: 'member_services', debitCents: 83_000, creditCents: 0 },
      { account: 'vat_deductible', debitCents: 16_600, creditCents: 0 },
      { account: 'member_payable', party: 'ines', debitCents: 0, creditCents: 99_600 },
    ]);
  });

  it('leaves out what is nothing: no VAT under the franchise or the reverse charge, no referral', () => {
    expect(memberInvoicePosting({ memberId: 'ines', amountCents: 83_000, vatCents: 0 })).toHaveLength(2);
    expect(clientInvoicePosting({ clientInvoiceId: 'c1', membersCents: 83_000, feeCents: 17_000, vatCents: 0 })).toHaveLength(3);
    expect(paymentPosting({ clientInvoiceId: 'c1', paymentCents: 100, vatDueCents: 0, referral: null })).toHaveLength(2);
    expect(paymentPosting({ clientInvoiceId: 'c1', paymentCents: 1, vatDueCents: 0, referral: { memberId: 'karim', cents: 0 } })).toHaveLength(2);
  });

  it('passes the work on, earns the fee, and lets VAT wait for the payment', () => {
    const lines = [
      ...memberInvoicePosting({ memberId: 'ines', amountCents: 83_000, vatCents: 16_600 }),
      ...clientInvoicePosting({ clientInvoiceId: 'c1', membersCents: 83_000, feeCents: 17_000, vatCents: 20_000 }),
    ];
    expect(balanceOf(lines, 'member_services')).toBe(0);
    expect(balanceOf(lines, 'client_receivable', 'c1')).toBe(120_000);
    expect(balanceOf(lines, 'client_receivable', 'c2')).toBe(0);
    expect(balanceOf(lines, 'fee_revenue')).toBe(17_000);
    expect([balanceOf(lines, 'vat_pending'), balanceOf(lines, 'vat_collected')]).toEqual([20_000, 0]);

    const paid = [...lines, ...paymentPosting({ clientInvoiceId: 'c1', paymentCents: 120_000, vatDueCents: 20_000, referral: { memberId: 'karim', cents: 3_400 } })];
    expect([balanceOf(paid, 'bank'), balanceOf(paid, 'client_receivable')]).toEqual([120_000, 0]);
    expect([balanceOf(paid, 'vat_pending'), balanceOf(paid, 'vat_collected')]).toEqual([0, 20_000]);
    expect([balanceOf(paid, 'referral_expense'), balanceOf(paid, 'referral_payable', 'karim')]).toEqual([3_400, 3_400]);

    const settled = [...paid, ...payoutPosting({ memberId: 'ines', amountCents: 99_600 }), ...referralPayoutPosting({ memberId: 'karim', amountCents: 3_400 })];
    expect([balanceOf(settled, 'member_payable', 'ines'), balanceOf(settled, 'referral_payable', 'karim')]).toEqual([0, 0]);
    expect(balanceOf(settled, 'bank')).toBe(17_000 - 3_400 + 20_000 - 16_600); // the fee kept, and the VAT owed to the State
    assertBalanced(settled);
  });

  it.each<[string, PostingLine[]]>([
    ['more credits than debits', [{ account: 'bank', debitCents: 99, creditCents: 0 }, { account: 'client_receivable', debitCents: 0, creditCents: 100 }]],
    ['more debits than credits', [{ account: 'bank', debitCents: 100, creditCents: 0 }, { account: 'client_receivable', debitCents: 0, creditCents: 99 }]],
    ['one line alone', [{ account: 'bank', debitCents: 1, creditCents: 0 }]],
    ['a line with two sides', [{ account: 'bank', debitCents: 5, creditCents: 5 }]],
    ['a negative side', [{ account: 'bank', debitCents: -5, creditCents: 0 }, { account: 'bank', debitCents: 5, creditCents: 0 }]],
    ['half a cent', [{ account: 'bank', debitCents: 0.5, creditCents: 0 }, { account: 'fee_revenue', debitCents: 0, creditCents: 0.5 }]],
    ['no number', [{ account: 'bank', debitCents: Number.NaN, creditCents: 0 }]],
  ])('refuses %s', (_, lines) => {
    expect(() => assertBalanced(lines)).toThrow(unbalanced);
  });

  it('refuses to build a posting of a negative amount', () => {
    expect(() => payoutPosting({ memberId: 'ines', amountCents: -1 })).toThrow(unbalanced);
    expect(() => paymentPosting({ clientInvoiceId: 'c1', paymentCents: 10, vatDueCents: -1, referral: null })).toThrow(unbalanced);
  });

  it('gives each account the side it grows on', () => {
    for (const [account, { nature }] of Object.entries(accounts)) {
      const line: PostingLine = { account: account as keyof typeof accounts, debitCents: nature === 'debit' ? 7 : 0, creditCents: nature === 'credit' ? 7 : 0 };
      expect(balanceOf([line], line.account)).toBe(7);
    }
  });
});
