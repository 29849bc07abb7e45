import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { postEntry } from '../../database/ledger.ts';
import { nextNumber } from '../../database/numbers.ts';
import { once } from '../../database/once.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();
const at = Date.parse('2026-03-02T09:00:00Z');
const line = (account: string, debitCents: number, creditCents: number) => ({ account, debitCents, creditCents });

describe('I9 the ledger in the database', () => {
  it('takes a balanced entry', async () => {
    const key = randomUUID();
    await db.$transaction((tx) => postEntry(tx, { key, projectId: null, what: 'test', at, lines: [{ account: 'bank', debitCents: 500, creditCents: 0 }, { account: 'fee_revenue', debitCents: 0, creditCents: 500 }] }));
    expect(await db.ledgerLine.count({ where: { entry: { key } } })).toBe(2);
  });

  it('refuses an unbalanced entry, whoever writes it', async () => {
    const unbalanced = { key: randomUUID(), what: 'test', lines: { create: [line('bank', 500, 0), line('fee_revenue', 0, 499)] } };
    await expect(db.ledgerEntry.create({ data: unbalanced })).rejects.toThrow(/does not balance/);
    await expect(db.ledgerEntry.create({ data: { key: randomUUID(), what: 'empty' } })).rejects.toThrow(/does not balance/);
    const balanced = await db.ledgerEntry.create({ data: { key: randomUUID(), what: 'test', lines: { create: [line('bank', 1, 0), line('fee_revenue', 0, 1)] } } });
    await expect(db.ledgerLine.create({ data: { entryId: balanced.id, ...line('bank', 7, 0) } })).rejects.toThrow(/does not balance/);
  });

  it('refuses a line with both sides, none, or a negative one', async () => {
    for (const wrong of [line('bank', 5, 5), line('bank', 0, 0), line('bank', -5, 0)]) {
      await expect(db.ledgerEntry.create({ data: { key: randomUUID(), what: 'test', lines: { create: [wrong] } } })).rejects.toThrow();
    }
  });

  it('W4: refuses the same movement twice', async () => {
    const entry = { key: randomUUID(), projectId: null, what: 'test', at, lines: [{ account: 'bank' as const, debitCents: 5, creditCents: 0 }, { account: 'fee_revenue' as const, debitCents: 0, creditCents: 5 }] };
    await db.$transaction((tx) => postEntry(tx, entry));
    await expect(db.$transaction((tx) => postEntry(tx, entry))).rejects.toThrow(/LedgerEntry_key_key|23505/);
  });

  it('S5: ledger and trail are append-only', async () => {
    const entry = await db.ledgerEntry.create({ data: { key: randomUUID(), what: 'test', lines: { create: [line('bank', 1, 0), line('fee_revenue', 0, 1)] } }, include: { lines: true } });
    await expect(db.ledgerEntry.update({ where: { id: entry.id }, data: { what: 'changed' } })).rejects.toThrow(/append-only/);
    await expect(db.ledgerLine.deleteMany({ where: { entryId: entry.id } })).rejects.toThrow(/append-only/);
    const event = await db.auditEvent.create({ data: { actorKind: 'clock', action: 'test', subject: 'test' } });
    await expect(db.auditEvent.update({ where: { id: event.id }, data: { action: 'other' } })).rejects.toThrow(/append-only/);
    await expect(db.auditEvent.delete({ where: { id: event.id } })).rejects.toThrow(/append-only/);
  });
});

describe('I3, I4 numbers', () => {
  it('have no gap and no double under fifty transactions of which some fail', async () => {
    const series = randomUUID();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        db.$transaction(async (tx) => {
          const number = await nextNumber(tx, series);
          if (index % 5 === 0) throw new Error('rolled back');
          return number;
        }, { maxWait: 30_000, timeout: 30_000 }),
      ),
    );
    const given = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])).sort((a, b) => a - b);
    expect(given).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });
});

describe('W4 once', () => {
  it('applies one of many simultaneous attempts and gives all the same answer', async () => {
    const key = randomUUID();
    let applied = 0;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => once(db, key, async (tx) => {
        applied += 1;
        await tx.theme.create({ data: { slug: key, nameFr: 'x', nameEn: 'x' } });
        return { number: applied };
      })),
    );
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    expect(await db.theme.count({ where: { slug: key } })).toBe(1);
  });

  it('an attempt that failed leaves nothing, and the next one applies', async () => {
    const key = randomUUID();
    await expect(once(db, key, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await once(db, key, () => Promise.resolve({ fine: true }))).toEqual({ fine: true });
  });
});
