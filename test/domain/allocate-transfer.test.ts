import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAllocation, proposeAllocation, type OpenInvoice } from '../../domain/allocate-transfer.ts';
import { sum } from '../../domain/money.ts';
import { Problem } from '../../domain/problem.ts';

const invoices = fc.uniqueArray(fc.record({ ref: fc.stringMatching(/^[A-Z]{1,6}$/), leftCents: fc.integer({ min: 1, max: 5_000_000 }), dueAt: fc.integer({ min: 0, max: 1_000 }) }), { selector: ({ ref }) => ref, maxLength: 12 })
  .map((rows) => rows.map((row): OpenInvoice => ({ ...row, number: row.ref })));
const code = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (cause) {
    return cause instanceof Problem ? { code: cause.code, ...cause.details } : cause;
  }
};
const none = new Map<string, number>();

describe('I6 one transfer over several invoices', () => {
  it('a proposal loses nothing: what is allocated and what remains are the transfer, no invoice gets more than is left, the oldest due is paid first', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50_000_000 }), invoices, (transferCents, open) => {
      const { allocations, remainderCents } = proposeAllocation(transferCents, open);
      expect(sum(allocations.map(({ cents }) => cents)) + remainderCents).toBe(transferCents);
      const left = (ref: string): OpenInvoice => open.find((one) => one.ref === ref) as OpenInvoice;
      for (const { ref, cents } of allocations) expect(cents > 0 && cents <= left(ref).leftCents).toBe(true);
      // Only the last one may be paid in part, and nothing due before it is left out.
      for (const { ref, cents } of allocations.slice(0, -1)) expect(cents).toBe(left(ref).leftCents);
      const latest = Math.max(...allocations.map(({ ref }) => left(ref).dueAt));
      for (const { ref, dueAt } of open) if (dueAt < latest) expect(allocations.some((one) => one.ref === ref)).toBe(true);
      if (remainderCents > 0) expect(allocations).toHaveLength(open.length);
    }));
  });

  it('takes a typed allocation exactly when it equals the transfer within what is left; what was recorded before stands and is not recorded again', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50_000_000 }), invoices, fc.nat({ max: 12 }), (transferCents, open, count) => {
      const { allocations, remainderCents } = proposeAllocation(transferCents, open);
      const typed = code(() => checkAllocation({ transferCents, allocations, open, recorded: none }));
      if (remainderCents > 0) {
        expect(typed).toEqual({ code: 'transfer_above_open', overCents: remainderCents, openCents: transferCents - remainderCents });
        return;
      }
      expect(typed).toEqual(allocations);
      // An interrupted post: the first ones are recorded, and what is open has become less.
      const recorded = new Map(allocations.slice(0, count).map(({ ref, cents }) => [ref, cents]));
      const since = open.map((one) => ({ ...one, leftCents: one.leftCents - (recorded.get(one.ref) ?? 0) })).filter(({ leftCents }) => leftCents > 0);
      expect(checkAllocation({ transferCents, allocations, open: since, recorded })).toEqual(allocations.slice(count));
    }));
  });

  it('says in words what is wrong: too much for the client, for an invoice or for the transfer, something left, an amount changed after it was recorded', () => {
    const open: OpenInvoice[] = [{ ref: 'A', number: 'OW-1', leftCents: 1_000, dueAt: 1 }, { ref: 'B', number: 'OW-2', leftCents: 500, dueAt: 2 }];
    const check = (transferCents: number, allocations: { ref: string; cents: number }[], recorded: ReadonlyMap<string, number> = none) => code(() => checkAllocation({ transferCents, allocations, open, recorded }));
    expect(check(1_600, [{ ref: 'A', cents: 1_000 }])).toEqual({ code: 'transfer_above_open', overCents: 100, openCents: 1_500 });
    expect(check(1_200, [{ ref: 'A', cents: 600 }, { ref: 'B', cents: 600 }])).toEqual({ code: 'allocation_above_due', number: 'OW-2', leftCents: 500 });
    expect(check(1_200, [{ ref: 'A', cents: 800 }, { ref: 'B', cents: 500 }])).toEqual({ code: 'transfer_exceeded', overCents: 100 });
    expect(check(1_200, [{ ref: 'A', cents: 800 }])).toEqual({ code: 'transfer_remainder', leftCents: 400 });
    expect(check(0, [])).toEqual({ code: 'amount_invalid' });
    expect(check(100, [{ ref: 'C', cents: 100 }])).toEqual({ code: 'not_found' });
    expect(check(200, [{ ref: 'A', cents: 100 }, { ref: 'A', cents: 100 }])).toMatchObject({ code: 'form_invalid' });
    expect(check(1_000, [{ ref: 'B', cents: 500 }], new Map([['A', 700]]))).toEqual({ code: 'transfer_begun', number: 'OW-1', amountCents: 700 });
    // Recorded elsewhere in full, and no longer open: it still counts towards the transfer.
    expect(check(700, [{ ref: 'Z', cents: 300 }, { ref: 'A', cents: 400 }], new Map([['Z', 300]]))).toEqual([{ ref: 'A', cents: 400 }]);
  });
});
