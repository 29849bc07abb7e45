import { randomInt, randomUUID } from 'node:crypto';
import { encryptIban } from '../../billing/iban-cipher.ts';
import type { Db } from '../../database/open.ts';
import { camtFile, type SampleEntry, type SampleStatement } from './camt.ts';
import type { ShownPage, StaffHand } from './console.ts';

/** A valid French IBAN of this account number. */
export function frenchIban(account: number): string {
  const bban = `3000600001${String(account).padStart(11, '0')}89`;
  const key = 98n - (BigInt(`${bban}152700`) % 97n);
  return `FR${String(key).padStart(2, '0')}${bban}`;
}

/** Posts a file of the bank as the console's page does. */
export async function readBankFile(url: string, hand: StaffHand, xml: string, name = 'releve.xml'): Promise<ShownPage> {
  const body = new FormData();
  for (const [field, value] of Object.entries({ act: 'importFile', key: randomUUID(), values: '{}' })) body.append(field, value);
  body.append('file', new Blob([xml]), name);
  return (await fetch(`${url}/console/api/pages/bank`, { method: 'POST', headers: { cookie: hand.cookie }, body })).json() as Promise<ShownPage>;
}

/** The statement of one day, its references its own. */
export function dayOf(iban: string, entries: readonly SampleEntry[], more: Partial<SampleStatement> & { version?: '02' | '08' } = {}): string {
  const { version = '08', ...rest } = more;
  const id = randomUUID().slice(0, 30);
  return camtFile(version, [{ id, iban, openingCents: 0, openingOn: '2026-11-03', closingOn: '2026-11-03', entries: entries.map((entry, index) => ({ reference: `${id.slice(0, 8)}-${index}`, ...entry })), ...rest }]);
}

/** Gives a member this account, as it was from the start. */
export async function payTo(db: Db, secret: string, memberId: string, iban: string): Promise<void> {
  await db.billingEntity.update({ where: { memberId }, data: { ibanEncrypted: encryptIban(secret, iban), ibanLast4: iban.slice(-4) } });
  await db.billingEntity.update({ where: { memberId }, data: { ibanChangedAt: null } });
}

/** Files of several databases share one server of workflows: their references differ. */
export async function apartFiles(db: Db): Promise<void> {
  const series = `sepa-export/${new Date().getFullYear()}`;
  await db.numberSeries.upsert({ where: { series }, create: { series, last: randomInt(1_000, 9_000_000) }, update: {} });
}
