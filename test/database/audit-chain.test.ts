import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { recordEvent, theClock } from '../../database/audit.ts';
import { sealAuditTrail } from '../../database/seal-audit-trail.ts';
import { verifyAuditTrail } from '../../database/verify-audit-trail.ts';
import { freshDatabase } from '../support/database.ts';

const { db, url } = await freshDatabase();
const at = Date.parse('2026-03-02T09:00:00Z');
const add = (subject: string, data: object = {}) => db.$transaction((tx) => recordEvent(tx, { by: theClock, action: 'test', subject, data: { ...data }, at }));
/** What someone who owns the database can do, the triggers set aside. */
const tamper = (sql: string) => db.$transaction([db.$executeRawUnsafe(`SET LOCAL session_replication_role = replica`), db.$executeRawUnsafe(sql)]);
const verdict = async () => (await verifyAuditTrail(db)).misfits;
const command = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'audit-verify.ts', ...args], { env: { ...process.env, DATABASE_URL: url } }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (failure: { code: number; stdout: string }) => ({ code: failure.code, stdout: failure.stdout }),
  );

describe('S5 the trail is a chain', () => {
  it('seals what many wrote at once, once each and without gaps, whoever seals', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, index) => add(`P${index}`, { b: index, a: [{ z: 1, y: 'é' }] })));
    const counts = await Promise.all([1, 2, 3].map(() => sealAuditTrail(db, at)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    const seals = await db.auditSeal.findMany({ orderBy: { sequence: 'asc' } });
    expect(seals.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(new Set(seals.map(({ hash }) => hash)).size).toBe(60);
    expect(await verifyAuditTrail(db)).toMatchObject({ sealed: 60, waiting: 0, misfits: [] });
  });

  it('an event in an open transaction keeps neither other events nor the sealing waiting', async () => {
    await sealAuditTrail(db, at);
    let release = (): void => undefined;
    let began = (): void => undefined;
    const open = new Promise<void>((resolve) => (began = resolve));
    const long = db.$transaction(async (tx) => {
      await recordEvent(tx, { by: theClock, action: 'test', subject: 'long', at });
      began();
      await new Promise<void>((resolve) => (release = resolve));
    }, { timeout: 20_000 });
    await open;
    await add('short');
    expect(await sealAuditTrail(db, at)).toBe(1);
    release();
    await long;
    expect(await verifyAuditTrail(db)).toMatchObject({ waiting: 1, misfits: [] });
    expect(await sealAuditTrail(db, at)).toBe(1);
    expect(await verdict()).toEqual([]);
  });

  it('a transaction that is undone leaves nothing to seal', async () => {
    await expect(db.$transaction(async (tx) => {
      await recordEvent(tx, { by: theClock, action: 'test', subject: 'undone', at });
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await sealAuditTrail(db, at)).toBe(0);
  });

  it('the database refuses to change, remove or empty events and seals', async () => {
    for (const sql of [
      `UPDATE "AuditEvent" SET "action" = 'x'`, `DELETE FROM "AuditEvent"`, `TRUNCATE "AuditEvent" CASCADE`,
      `UPDATE "AuditSeal" SET "hash" = 'x'`, `DELETE FROM "AuditSeal"`, `TRUNCATE "AuditSeal"`, `TRUNCATE "LedgerLine"`,
    ]) await expect(db.$executeRawUnsafe(sql), sql).rejects.toThrow(/append-only/);
  });
});

describe('S5 what was tampered with is told', () => {
  it.each([
    ['action', `'other'`], ['subject', `'P0000'`], ['actorName', `'Somebody else'`], ['actorId', `'${randomUUID()}'`], ['data', `'{"b":2}'`], ['at', `"at" + interval '1 millisecond'`],
  ])('a changed %s', async (column, value) => {
    await add(`tampered ${column}`, { b: 1 });
    await sealAuditTrail(db, at);
    const event = await db.auditEvent.findFirstOrThrow({ where: { subject: `tampered ${column}` } });
    await tamper(`UPDATE "AuditEvent" SET "${column}" = ${value} WHERE "id" = '${event.id}'`);
    expect(await verdict()).toMatchObject([{ kind: 'changed', eventId: event.id }]);
    await tamper(`UPDATE "AuditEvent" SET "action" = 'test', "subject" = 'tampered ${column}', "actorName" = '', "actorId" = NULL, "data" = '{"b":1}', "at" = '${new Date(at).toISOString()}' WHERE "id" = '${event.id}'`);
    expect(await verdict()).toEqual([]);
  });

  it('a deleted event, a removed seal, an event slipped in, one gone before its seal, a chain cut off; in words, and exit 1', async () => {
    expect(await command()).toMatchObject({ code: 0, stdout: expect.stringContaining('The trail fits') as string });
    const { head } = await verifyAuditTrail(db);
    const [deleted, unsealed] = await db.auditSeal.findMany({ where: { sequence: { in: [5, 8] } }, orderBy: { sequence: 'asc' } });
    await tamper(`DELETE FROM "AuditEvent" WHERE "id" = '${deleted?.eventId}'`);
    await tamper(`DELETE FROM "AuditSeal" WHERE "sequence" = 8`);
    await tamper(`INSERT INTO "AuditEvent" ("id", "actorKind", "action", "subject") VALUES ('slipped', 'staff', 'test', 'in')`);
    await tamper(`INSERT INTO "AuditUnsealed" VALUES ('gone')`);
    expect(await verdict()).toEqual(expect.arrayContaining([
      { kind: 'event_missing', sequence: 5, eventId: deleted?.eventId },
      { kind: 'seal_missing', from: 8, to: 8 },
      expect.objectContaining({ kind: 'not_sealed', eventId: unsealed?.eventId }),
      expect.objectContaining({ kind: 'not_sealed', eventId: 'slipped' }),
      { kind: 'vanished', eventId: 'gone' },
    ]));
    expect(await verdict()).toHaveLength(5);
    const told = await command('--head', `${head.sequence}:${head.hash}`);
    expect(told.code).toBe(1);
    expect(told.stdout).toContain('The event of seal 5');
    expect(told.stdout).toContain('Seal 8 is missing');
    expect(told.stdout).toContain('disappeared before it was sealed');
    expect(told.stdout).not.toContain('written down');
    await tamper(`DELETE FROM "AuditSeal" WHERE "sequence" = ${head.sequence}`);
    await tamper(`DELETE FROM "AuditEvent" WHERE "subject" = 'long'`);
    expect((await command('--head', `${head.sequence}:${head.hash}`)).stdout).toContain('the end of the chain was cut off');
  });
});
