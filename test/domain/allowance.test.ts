import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAmount, leftToInvoice, type Invoiced } from '../../domain/allowance.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';

describe('I1 what is left to invoice', () => {
  it('counts every invoice but the cancelled ones', () => {
    const invoiced = [
      { amountCents: 30_000, state: 'final' }, { amountCents: 20_000, state: 'preview' }, { amountCents: 10_000, state: 'anomaly' }, { amountCents: 40_000, state: 'cancelled' },
    ];
    expect(leftToInvoice({ acceptedCents: 83_000, invoiced })).toBe(23_000);
    expect(leftToInvoice({ acceptedCents: 83_000, invoiced: [] })).toBe(83_000);
    expect(leftToInvoice({ acceptedCents: 50_000, invoiced })).toBe(0);
  });

  it('refuses more, and says what is left', () => {
    const allowance = { acceptedCents: 83_000, invoiced: [{ amountCents: 80_000, state: 'preview' }] };
    expect(() => checkAmount({ ...allowance, amountCents: 3_001 })).toThrow(expect.objectContaining({ code: 'amount_above_allowance', details: { leftCents: 3_000 } }));
    expect(() => checkAmount({ ...allowance, amountCents: 3_000 })).not.toThrow();
  });

  it.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses an amount of %d cents', (amountCents) => {
    expect(() => checkAmount({ acceptedCents: 100, invoiced: [], amountCents })).toThrow(expect.objectContaining({ code: 'amount_invalid' }));
  });

  it('never lets invoices grow past what was accepted, whatever is entered, resolved and cancelled', () => {
    const acts = fc.array(fc.record({ amountCents: fc.integer({ min: -10, max: 600 }), state: fc.constantFrom(...memberInvoiceLifecycle.states), cancels: fc.option(fc.nat(20)) }), { maxLength: 40 });
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_000 }), acts, (acceptedCents, entered) => {
      const invoiced: Invoiced[] = [];
      for (const { amountCents, state, cancels } of entered) {
        const before = leftToInvoice({ acceptedCents, invoiced });
        let refused = false;
        try {
          checkAmount({ acceptedCents, invoiced, amountCents });
          invoiced.push({ amountCents, state });
        } catch {
          refused = true;
        }
        expect(refused).toBe(amountCents <= 0 || amountCents > before);
        const target = cancels === null ? undefined : invoiced[cancels];
        if (target) invoiced[cancels!] = { ...target, state: 'cancelled' };
        const standing = invoiced.filter((invoice) => invoice.state !== 'cancelled').reduce((total, invoice) => total + invoice.amountCents, 0);
        expect(standing).toBeLessThanOrEqual(acceptedCents);
        expect(leftToInvoice({ acceptedCents, invoiced })).toBe(acceptedCents - standing);
      }
    }));
  });
});
