import { compact, ibanLast4 } from '../../domain/identifiers.ts';
import { accountHold, transferHold, type AccountHistory, type TransferHold } from '../../domain/bank/transfer-holds.ts';
import { unseal } from '../cipher.ts';
import type { Db, Tx } from '../open.ts';

/** Where a member is paid, and why nothing may leave for there now. */
export interface MemberDestination {
  readonly name: string;
  readonly ibanEncrypted: string;
  readonly ibanLast4: string;
  readonly bic: string | null;
  readonly hold: TransferHold | null;
}

/** Where each of these members is paid. `at` in ms. */
export async function destinationsOf(db: Db | Tx, secret: string, memberIds: readonly string[], at: number): Promise<Map<string, MemberDestination>> {
  const histories = await accountHistories(db, memberIds);
  const entities = new Map((await db.billingEntity.findMany({ where: { memberId: { in: [...memberIds] } } })).map((one) => [one.memberId, one]));
  return new Map(memberIds.map((memberId) => {
    const entity = entities.get(memberId);
    const iban = entity ? openIban(secret, entity.ibanEncrypted) : null;
    const hold = transferHold({ iban, ...(histories.get(memberId) ?? { ibanChangedAt: null, lastReturn: null }) }, at);
    return [memberId, { name: entity?.legalName ?? '', ibanEncrypted: entity?.ibanEncrypted ?? '', ibanLast4: iban ? ibanLast4(iban) : (entity?.ibanLast4 ?? ''), bic: entity?.bic ? compact(entity.bic) : null, hold }];
  }));
}

/** What the history of each of these members' account says against it, those that nothing holds left out. `at` in ms. */
export async function heldAccounts(db: Db | Tx, memberIds: readonly string[], at: number): Promise<Map<string, TransferHold>> {
  const held = new Map<string, TransferHold>();
  for (const [memberId, history] of await accountHistories(db, memberIds)) {
    const hold = accountHold(history, at);
    if (hold) held.set(memberId, hold);
  }
  return held;
}

async function accountHistories(db: Db | Tx, memberIds: readonly string[]): Promise<Map<string, AccountHistory>> {
  const entities = await db.billingEntity.findMany({ where: { memberId: { in: [...memberIds] } }, select: { memberId: true, ibanChangedAt: true } });
  const returns = await db.payoutReturn.findMany({
    where: { payout: { memberId: { in: [...memberIds] } }, bankMatchId: { not: null } }, orderBy: { createdAt: 'desc' }, select: { reason: true, createdAt: true, payout: { select: { memberId: true } } },
  });
  return new Map(entities.map(({ memberId, ibanChangedAt }) => {
    const last = returns.find(({ payout }) => payout.memberId === memberId);
    return [memberId, { ibanChangedAt: ibanChangedAt?.getTime() ?? null, lastReturn: last ? { at: last.createdAt.getTime(), code: last.reason } : null }];
  }));
}

/** One that cannot be opened is no account to pay to. */
function openIban(secret: string, sealed: string): string {
  try {
    return unseal(secret, 'iban', sealed);
  } catch {
    return '';
  }
}
