import { compact, ibanLast4, isIban } from '../../domain/identifiers.ts';
import { inSepaArea } from '../../domain/bank/sepa-countries.ts';
import { Problem } from '../../domain/problem.ts';
import { recordEvent, type By } from '../audit.ts';
import { markOf, seal } from '../cipher.ts';
import type { Db } from '../open.ts';

export interface TypedAccount { readonly name: string; readonly holder: string; readonly iban: string; readonly bic: string }

/**
 * I11: an account of OFF-WORKS's own, whose statements are read from then on and from which transfers may leave.
 * @throws Problem `iban_invalid`; `outside_sepa`; `bank_account_exists` (details: name)
 */
export async function keepAccount(db: Db, secret: string, typed: TypedAccount, { by, at }: { by: By; at: number }): Promise<void> {
  const iban = compact(typed.iban);
  if (!isIban(iban)) throw new Problem('iban_invalid', 'the IBAN of an account of ours is not one');
  if (!inSepaArea(iban)) throw new Problem('outside_sepa', 'an account of ours outside the SEPA area', { name: typed.name });
  const ibanHash = markOf(secret, 'iban', iban);
  await db.$transaction(async (tx) => {
    const [added] = await tx.bankAccount.createManyAndReturn({
      skipDuplicates: true,
      data: { name: typed.name, holder: typed.holder, ibanEncrypted: seal(secret, 'iban', iban), ibanHash, ibanLast4: ibanLast4(iban), bic: compact(typed.bic) || null, createdBy: by.name, createdAt: new Date(at) },
    });
    if (!added) {
      const known = await tx.bankAccount.findUniqueOrThrow({ where: { ibanHash } });
      throw new Problem('bank_account_exists', `the account is ${known.name}`, { name: known.name });
    }
    await recordEvent(tx, { by, action: 'bank.accountAdded', subject: `${typed.name} •••• ${added.ibanLast4}`, at });
  });
}
