import { compact, isIban } from '../identifiers.ts';
import { Problem } from '../problem.ts';
import { sepaText } from './sepa-text.ts';
import { inSepaArea } from './sepa-countries.ts';
import { isTargetDay } from './target-days.ts';

/** The versions of the message banks take: .09 since 2019, .03 for those that have not followed. */
export const transferVersions = ['09', '03'] as const;
export type TransferVersion = (typeof transferVersions)[number];

export interface TransferFile {
  readonly version: TransferVersion;
  /** Its identification at the bank, never used twice: a bank refuses the second file that has it. */
  readonly messageId: string;
  /** ms */
  readonly createdAt: number;
  /** Who asks, and the account it leaves from. */
  readonly debtor: { readonly name: string; readonly iban: string; readonly bic: string | null };
  readonly transfers: readonly Transfer[];
}

export interface Transfer {
  /** At most 35 characters: comes back on the statement, whatever becomes of the transfer. */
  readonly endToEndId: string;
  readonly cents: number;
  /** As 2027-01-31, a day on which transfers are settled. */
  readonly executeOn: string;
  readonly creditor: { readonly name: string; readonly iban: string; readonly bic: string | null };
  readonly remittance: string;
}

/** The identification a payout's transfer bears: its own, without dashes, and which sending of it this is from the second on. */
export function endToEndIdOf(payoutId: string, sending: number): string {
  const id = payoutId.replaceAll('-', '');
  return sending > 1 ? `${id}-${sending}` : id;
}

/** The identification of each group of a file: what the bank books in one line when it does not detail it. */
export function groupIdsOf(messageId: string, days: readonly string[]): Map<string, string> {
  return new Map([...new Set(days)].sort().map((day, index) => [day, `${messageId}-${index + 1}`]));
}

/**
 * I11: one file of SEPA credit transfers (ISO 20022, pain.001.001.09 or .03, within the rules of EPC 132-08), one group of payments an execution date,
 * in the order of their identifications: the same transfers always give the same bytes.
 * @throws Problem `transfers_none`; `iban_invalid`; `outside_sepa` (details: name); `amount_invalid`; `execution_day_closed` (details: on); `transfer_twice`
 */
export function transferFile(file: TransferFile): string {
  check(file);
  const groups = groupIdsOf(file.messageId, file.transfers.map(({ executeOn }) => executeOn));
  const agent = (bic: string | null): string => e('FinInstnId', isBic(bic) ? e(file.version === '09' ? 'BICFI' : 'BIC', bic) : e('Othr', e('Id', 'NOTPROVIDED')));
  const name = (text: string): string => sepaText(text, 70) || 'NOTPROVIDED';
  const amounts = (some: readonly Transfer[]): string => `${e('NbOfTxs', String(some.length))}${e('CtrlSum', euros(some.reduce((sum, { cents }) => sum + cents, 0)))}`;
  const transfer = ({ endToEndId, cents, creditor, remittance }: Transfer): string => {
    const words = sepaText(remittance, 140);
    return e('CdtTrfTxInf', e('PmtId', e('EndToEndId', endToEndId)), e('Amt', `<InstdAmt Ccy="EUR">${euros(cents)}</InstdAmt>`), isBic(creditor.bic) ? e('CdtrAgt', agent(creditor.bic)) : '',
      e('Cdtr', e('Nm', name(creditor.name))), e('CdtrAcct', e('Id', e('IBAN', compact(creditor.iban)))), words === '' ? '' : e('RmtInf', e('Ustrd', words)));
  };
  const group = ([day, id]: [string, string]): string => {
    const some = file.transfers.filter(({ executeOn }) => executeOn === day).sort((a, b) => (a.endToEndId < b.endToEndId ? -1 : 1));
    return e('PmtInf', e('PmtInfId', id), e('PmtMtd', 'TRF'), e('BtchBookg', 'false'), amounts(some), e('PmtTpInf', e('SvcLvl', e('Cd', 'SEPA'))),
      e('ReqdExctnDt', file.version === '09' ? e('Dt', day) : day), e('Dbtr', e('Nm', name(file.debtor.name))), e('DbtrAcct', e('Id', e('IBAN', compact(file.debtor.iban)))),
      e('DbtrAgt', agent(file.debtor.bic)), e('ChrgBr', 'SLEV'), ...some.map(transfer));
  };
  const header = e('GrpHdr', e('MsgId', file.messageId), e('CreDtTm', new Date(file.createdAt).toISOString().slice(0, 19)), amounts(file.transfers), e('InitgPty', e('Nm', name(file.debtor.name))));
  const body = e('CstmrCdtTrfInitn', header, ...[...groups].map(group));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.${file.version}">${body}</Document>\n`;
}

function check({ messageId, debtor, transfers }: TransferFile): void {
  if (transfers.length === 0) throw new Problem('transfers_none', 'a file without a transfer');
  if (!/^[A-Za-z0-9-]{1,33}$/.test(messageId)) throw new Error(`${messageId} is no identification a bank takes`);
  for (const { name, iban } of [debtor, ...transfers.map(({ creditor }) => creditor)]) {
    if (!isIban(iban)) throw new Problem('iban_invalid', `the IBAN of ${name} is not one`);
    if (!inSepaArea(compact(iban))) throw new Problem('outside_sepa', `${name} is paid outside the SEPA area`, { name });
  }
  for (const { endToEndId, cents, executeOn } of transfers) {
    if (!Number.isSafeInteger(cents) || cents <= 0 || cents > 99_999_999_999) throw new Problem('amount_invalid', `${cents} cents is not an amount of a transfer`);
    if (!isTargetDay(executeOn)) throw new Problem('execution_day_closed', `${executeOn} is closed`, { on: executeOn });
    if (!/^[A-Za-z0-9-]{1,35}$/.test(endToEndId)) throw new Error(`${endToEndId} is no identification a bank takes`);
  }
  if (new Set(transfers.map(({ endToEndId }) => endToEndId)).size !== transfers.length) throw new Problem('transfer_twice', 'two transfers of the file have the same identification');
}

/** Since 2016 the IBAN is enough: a BIC that is not one is left out rather than sent. */
const isBic = (bic: string | null): bic is string => bic !== null && /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$/.test(bic);
const euros = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** Everything written is an amount, a day, or in the signs of `sepaText`, an identification, an IBAN or a BIC that were checked: no sign needs to be escaped. */
const e = (name: string, ...parts: readonly string[]): string => `<${name}>${parts.join('')}</${name}>`;
