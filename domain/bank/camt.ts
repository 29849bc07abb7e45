import { compact } from '../identifiers.ts';
import { Problem } from '../problem.ts';
import type { Statement, StatementLine } from './statement.ts';
import { all, at, textAt, type XmlNode } from './xml-node.ts';

const family = 'urn:iso:std:iso:20022:tech:xsd:';
type Version = Statement['version'];
const versions: ReadonlyMap<string, Version> = new Map([[`${family}camt.053.001.02`, '02'], [`${family}camt.053.001.08`, '08']]);

/** The most one line may move, in cents: what a 32-bit column holds. */
const largestCents = 2_147_483_647;

/**
 * I11: what a bank's statements say (ISO 20022, camt.053.001.02 and .08, “BankToCustomerStatement”). Only what is booked counts; an entry that groups
 * several transfers gives one line a transfer when their amounts are told.
 * @throws Problem `statement_not_camt`; `statement_version` (details: version); `statement_cut_short`; `statement_broken` (details: what);
 * `statement_not_euro` (details: currency); `statement_no_balance` (details: statement); `statement_unbalanced` (details: statement, differenceCents)
 */
export function statementsOf(document: XmlNode): Statement[] {
  const version = versionOf(document);
  const message = at(document, 'BkToCstmrStmt');
  const statements = all(message, 'Stmt');
  if (!message || statements.length === 0) throw new Problem('statement_not_camt', 'no statement in the document');
  const page = Number(textAt(message, 'GrpHdr', 'MsgPgntn', 'PgNb') || '1');
  return statements.map((statement) => statementOf(statement, version, page));
}

function versionOf(document: XmlNode): Version {
  const version = versions.get(document.namespace);
  if (version && document.name === 'Document') return version;
  if (document.name !== 'Document' || !document.namespace.startsWith(`${family}camt.05`)) throw new Problem('statement_not_camt', `the document is ${document.name} of ${document.namespace}`);
  throw new Problem('statement_version', `the document is ${document.namespace}`, { version: document.namespace.slice(family.length) });
}

function statementOf(node: XmlNode, version: Version, filePage: number): Statement {
  const name = textAt(node, 'Id');
  const page = Number(textAt(node, 'StmtPgntn', 'PgNb') || String(filePage));
  const id = page > 1 ? `${name}/${page}` : name;
  if (name === '') throw broken('a statement without its identification');
  const iban = compact(textAt(node, 'Acct', 'Id', 'IBAN') || textAt(node, 'Acct', 'Id', 'Othr', 'Id'));
  if (iban === '') throw broken(`the statement ${id} names no account`);
  const currency = textAt(node, 'Acct', 'Ccy');
  if (currency !== '' && currency !== 'EUR') throw new Problem('statement_not_euro', `the account of ${id} is in ${currency}`, { currency });
  const booked = all(node, 'Ntry').filter((entry) => statusOf(entry) === 'BOOK');
  const told = Number(textAt(node, 'TxsSummry', 'TtlNtries', 'NbOfNtries') || String(all(node, 'Ntry').length));
  if (told !== all(node, 'Ntry').length && told !== booked.length) throw new Problem('statement_cut_short', `${id} announces ${told} entries and has ${all(node, 'Ntry').length}`);
  const lines = booked.flatMap((entry) => linesOf(entry, iban));
  const opening = balanceOf(node, ['OPBD', 'PRCD'], 'first');
  const closing = balanceOf(node, ['CLBD'], 'last');
  if (!opening || !closing) throw new Problem('statement_no_balance', `${id} lacks its ${opening ? 'closing' : 'opening'} balance`, { statement: id });
  const moved = booked.reduce((total, entry) => total + signed(entry), 0);
  const differenceCents = closing.cents - opening.cents - moved;
  if (differenceCents !== 0) throw new Problem('statement_unbalanced', `${id} is ${differenceCents} cents apart`, { statement: id, differenceCents });
  const days = [...lines.map(({ bookedOn }) => bookedOn), closing.day].sort();
  return {
    id, version, iban, sequence: Number(textAt(node, 'ElctrncSeqNb') || textAt(node, 'LglSeqNb')) || null,
    from: moment(textAt(node, 'FrToDt', 'FrDtTm')) ?? startOf(days[0] ?? closing.day), to: moment(textAt(node, 'FrToDt', 'ToDtTm')) ?? startOf(days.at(-1) ?? closing.day) + day - 1,
    openingCents: opening.cents, openingOn: opening.day, closingCents: closing.cents, closingOn: closing.day, lines,
  };
}

const day = 86_400_000;
const startOf = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const broken = (what: string): Problem => new Problem('statement_broken', what, { what });

function moment(text: string): number | null {
  const at = Date.parse(text);
  return text === '' || Number.isNaN(at) ? null : at;
}

/** A word in version 02, a code inside an element in version 08. */
const statusOf = (entry: XmlNode): string => textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts');

/** The balance of the first of these kinds that is there; a page's own is interim, so the first or the last is taken. */
function balanceOf(statement: XmlNode, kinds: readonly string[], which: 'first' | 'last'): { cents: number; day: string } | null {
  const known = all(statement, 'Bal');
  for (const kind of [...kinds, 'ITBD']) {
    const found = known.filter((balance) => textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') === kind);
    const balance = which === 'first' ? found[0] : found.at(-1);
    if (balance) return { cents: signed(balance), day: dayOf(at(balance, 'Dt'), 'the day of a balance') };
  }
  return null;
}

/** An amount in euros with its sign, in cents. */
function signed(node: XmlNode, direction = textAt(node, 'CdtDbtInd')): number {
  const cents = centsOf(at(node, 'Amt'));
  if (direction !== 'CRDT' && direction !== 'DBIT') throw broken(`an amount that neither comes nor goes: ${direction || '—'}`);
  return direction === 'CRDT' ? cents : cents === 0 ? 0 : -cents;
}

/** Written with a point, up to five decimals by the standard; euros have two. */
function centsOf(amount: XmlNode | null): number {
  const text = amount?.text.trim() ?? '';
  const [, whole = '', decimals = ''] = /^(\d{1,13})(?:\.(\d{1,5}))?$/.exec(text) ?? [];
  if (whole === '' || !/^\d{0,2}0*$/.test(decimals)) throw broken(`the amount “${text}”`);
  const currency = amount?.attributes.Ccy ?? '';
  if (currency !== 'EUR') throw new Problem('statement_not_euro', `an amount in ${currency || 'no currency'}`, { currency: currency || '—' });
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0').slice(0, 2));
}

function dayOf(node: XmlNode | null, what: string): string {
  const text = (textAt(node, 'Dt') || textAt(node, 'DtTm')).slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(startOf(text))) throw broken(`${what}: “${text || '—'}”`);
  return text;
}

/** Codes by which a bank says that an entry undoes another (ISO 20022, ExternalBankTransactionSubFamily1Code): returned, cancelled on request. */
const undoing = ['RRTN', 'RPCR'];
const nothing = ['NOTPROVIDED', 'NOTPROVD', 'NONREF', 'NOREF', 'NONE'];
const said = (text: string): string => (nothing.includes(text.toUpperCase().replace(/[^A-Z]/g, '')) ? '' : text);

function linesOf(entry: XmlNode, iban: string): StatementLine[] {
  const bookedOn = dayOf(at(entry, 'BookgDt') ?? at(entry, 'ValDt'), 'the day of an entry');
  const valuedOn = at(entry, 'ValDt') ? dayOf(at(entry, 'ValDt'), 'the value date of an entry') : bookedOn;
  const total = signed(entry);
  const details = all(entry, 'NtryDtls').flatMap((group) => all(group, 'TxDtls'));
  const parts = details.length > 1 ? details.map((one) => partCents(one, total)) : [];
  const apart = parts.length > 0 && parts.every((cents) => cents !== null) && parts.reduce<number>((sum, cents) => sum + (cents ?? 0), 0) === total;
  if (!apart) return [lineOf(entry, details, { bookedOn, valuedOn, amountCents: total, iban, nth: null })];
  return details.map((one, index) => lineOf(entry, [one], { bookedOn, valuedOn, amountCents: parts[index] ?? 0, iban, nth: index }));
}

/** What one of an entry's transfers moves, when the bank says it. Version 02 says it among the details of amounts. */
function partCents(details: XmlNode, total: number): number | null {
  const amount = at(details, 'Amt') ?? at(details, 'AmtDtls', 'TxAmt', 'Amt');
  if (!amount || amount.attributes.Ccy !== 'EUR') return null;
  const cents = centsOf(amount);
  const direction = textAt(details, 'CdtDbtInd') || (total < 0 ? 'DBIT' : 'CRDT');
  return direction === 'CRDT' ? cents : cents === 0 ? 0 : -cents;
}

interface Known { readonly bookedOn: string; readonly valuedOn: string; readonly amountCents: number; readonly iban: string; readonly nth: number | null }

function lineOf(entry: XmlNode, details: readonly XmlNode[], { bookedOn, valuedOn, amountCents, iban, nth }: Known): StatementLine {
  if (Math.abs(amountCents) > largestCents) throw broken(`an amount of ${amountCents} cents`);
  const [first] = details;
  const party = counterparty(first ?? null, amountCents > 0, iban);
  const remittance = remittanceOf(details) || textAt(entry, 'AddtlNtryInf');
  const single = details.length <= 1;
  const endToEndId = single ? said(textAt(first, 'Refs', 'EndToEndId')) : '';
  const batch = at(entry, 'NtryDtls', 'Btch');
  const batchId = single && endToEndId !== '' ? '' : said(textAt(batch, 'PmtInfId') || textAt(batch, 'MsgId') || textAt(first, 'Refs', 'PmtInfId') || textAt(first, 'Refs', 'MsgId'));
  const returned = at(first, 'RtrInf');
  const reversal = textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1' || returned !== null
    || [entry, first].some((node) => undoing.includes(textAt(node, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd')));
  const own = nth === null ? said(textAt(entry, 'AcctSvcrRef')) || said(textAt(first, 'Refs', 'AcctSvcrRef')) : said(textAt(first, 'Refs', 'AcctSvcrRef')) || withNth(said(textAt(entry, 'AcctSvcrRef')), nth);
  // The day and the amount stand beside the bank's reference: some banks give a returned transfer the reference of the one it undoes.
  const identity = own === ''
    ? ['said', bookedOn, valuedOn, amountCents, party.iban, party.name, endToEndId, batchId, textAt(first, 'Refs', 'TxId'), remittance].join('\n')
    : ['reference', own, bookedOn, amountCents].join('\n');
  return {
    identity, referenced: own !== '', bookedOn, valuedOn, amountCents, currency: 'EUR', counterpartyName: party.name, counterpartyIban: party.iban, remittance, endToEndId, batchId, reversal,
    returnCode: textAt(returned, 'Rsn', 'Cd') || textAt(returned, 'Rsn', 'Prtry'),
  };
}

const withNth = (reference: string, nth: number): string => (reference === '' ? '' : `${reference}/${nth}`);

/** Whoever stands on the other side. A transfer that comes back may still name both as they were: ours is never the other side. */
function counterparty(details: XmlNode | null, incoming: boolean, iban: string): { name: string; iban: string } {
  const parties = at(details, 'RltdPties');
  const of = (role: 'Dbtr' | 'Cdtr'): { name: string; iban: string } => ({
    // Version 08 puts a party, or an agent, between the role and the name.
    name: [at(parties, role), at(parties, `Ultmt${role}`)].map((one) => textAt(one, 'Nm') || textAt(one, 'Pty', 'Nm') || textAt(one, 'Agt', 'FinInstnId', 'Nm')).find((name) => name !== '') ?? '',
    iban: compact(textAt(parties, `${role}Acct`, 'Id', 'IBAN')),
  });
  const [likely, other] = incoming ? [of('Dbtr'), of('Cdtr')] : [of('Cdtr'), of('Dbtr')];
  return likely.iban === iban || (likely.name === '' && likely.iban === '' && other.iban !== iban) ? other : likely;
}

/** What was written for whoever is paid: free words, then references of documents and of creditors. */
function remittanceOf(details: readonly XmlNode[]): string {
  const words = details.flatMap((one) => {
    const information = at(one, 'RmtInf');
    const structured = all(information, 'Strd').flatMap((part) => [...all(part, 'RfrdDocInf').map((document) => textAt(document, 'Nb')), textAt(part, 'CdtrRefInf', 'Ref'), ...all(part, 'AddtlRmtInf').map(({ text }) => text.trim())]);
    return [...all(information, 'Ustrd').map(({ text }) => text.trim()), ...structured];
  });
  return words.filter((word) => word !== '').join(' ').replace(/\s+/g, ' ');
}
