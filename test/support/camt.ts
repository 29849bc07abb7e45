/** Statements as banks write them, from the standard (ISO 20022 message usage guide of camt.053), in both versions. Amounts in cents, days as 2027-01-31. */
export interface SampleTransfer {
  readonly cents?: number;
  readonly endToEndId?: string;
  readonly reference?: string;
  readonly name?: string;
  readonly iban?: string;
  /** Who pays whom is written the other way round, as some banks do for what comes back. */
  readonly swapped?: boolean;
  readonly remittance?: readonly string[];
  readonly structured?: { readonly document?: string; readonly creditorReference?: string };
  readonly returned?: string;
}

export interface SampleEntry {
  readonly cents: number;
  readonly bookedOn: string;
  readonly valuedOn?: string;
  readonly reference?: string;
  readonly reversal?: boolean;
  readonly status?: 'BOOK' | 'PDNG' | 'INFO';
  readonly family?: string;
  readonly batch?: { readonly messageId?: string; readonly groupId?: string };
  readonly transfers?: readonly SampleTransfer[];
  readonly words?: string;
  /** Days written with their hour. */
  readonly hours?: boolean;
}

export interface SampleStatement {
  readonly id: string;
  readonly iban: string;
  readonly sequence?: number;
  readonly from?: string;
  readonly to?: string;
  readonly openingCents: number;
  readonly openingKind?: 'OPBD' | 'PRCD';
  readonly openingOn: string;
  readonly closingOn: string;
  /** Worked out when it is left out. */
  readonly closingCents?: number;
  readonly currency?: string;
  readonly summary?: number;
  readonly entries: readonly SampleEntry[];
}

const tag = (name: string, ...parts: readonly (string | undefined | false)[]): string => `<${name}>${parts.filter(Boolean).join('')}</${name}>`;
const some = (name: string, text: string | undefined): string => (text ? tag(name, escape(text)) : '');
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const amount = (cents: number, currency = 'EUR', name = 'Amt'): string => `<${name} Ccy="${currency}">${(Math.abs(cents) / 100).toFixed(2)}</${name}>`;
const direction = (cents: number): string => tag('CdtDbtInd', cents < 0 ? 'DBIT' : 'CRDT');

export function camtFile(version: '02' | '08', statements: readonly SampleStatement[], encoding = 'UTF-8'): string {
  const body = tag('BkToCstmrStmt', tag('GrpHdr', tag('MsgId', `MSG${statements[0]?.id ?? ''}`.replace(/[^A-Za-z0-9]/g, '')), tag('CreDtTm', `${statements[0]?.closingOn ?? '2026-01-01'}T22:15:00`)), ...statements.map((one) => statement(version, one)));
  return `<?xml version="1.0" encoding="${encoding}"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${body}</Document>`;
}

function statement(version: '02' | '08', one: SampleStatement): string {
  const currency = one.currency ?? 'EUR';
  const moved = one.entries.filter(({ status = 'BOOK' }) => status === 'BOOK').reduce((sum, { cents }) => sum + cents, 0);
  const balance = (kind: string, cents: number, day: string): string => tag('Bal', tag('Tp', tag('CdOrPrtry', tag('Cd', kind))), amount(cents, currency), direction(cents), tag('Dt', tag('Dt', day)));
  const entries = one.entries.map((entry) => entryOf(version, entry, currency));
  return tag('Stmt', tag('Id', one.id), one.sequence ? tag('ElctrncSeqNb', String(one.sequence)) : '', tag('CreDtTm', `${one.closingOn}T22:15:00`),
    one.from && one.to ? tag('FrToDt', tag('FrDtTm', one.from), tag('ToDtTm', one.to)) : '', tag('Acct', tag('Id', tag('IBAN', one.iban)), tag('Ccy', currency)),
    balance(one.openingKind ?? 'OPBD', one.openingCents, one.openingOn), balance('CLBD', one.closingCents ?? one.openingCents + moved, one.closingOn),
    one.summary === undefined ? '' : tag('TxsSummry', tag('TtlNtries', tag('NbOfNtries', String(one.summary)))), ...entries);
}

function entryOf(version: '02' | '08', entry: SampleEntry, currency: string): string {
  const { cents, bookedOn, valuedOn = bookedOn, transfers = [], status = 'BOOK' } = entry;
  const day = (text: string): string => (entry.hours ? tag('DtTm', `${text}T09:30:00+01:00`) : tag('Dt', text));
  const domain = tag('BkTxCd', tag('Domn', tag('Cd', 'PMNT'), tag('Fmly', tag('Cd', cents < 0 ? 'ICDT' : 'RCDT'), tag('SubFmlyCd', entry.family ?? 'ESCT'))));
  const batch = entry.batch && tag('Btch', some('MsgId', entry.batch.messageId), some('PmtInfId', entry.batch.groupId), tag('NbOfTxs', String(Math.max(1, transfers.length))));
  const details = (batch || transfers.length > 0) && tag('NtryDtls', batch, ...transfers.map((one) => transferOf(version, one, cents, currency)));
  return tag('Ntry', amount(cents, currency), direction(cents), entry.reversal === undefined ? '' : tag('RvslInd', String(entry.reversal)), version === '08' ? tag('Sts', tag('Cd', status)) : tag('Sts', status),
    tag('BookgDt', day(bookedOn)), tag('ValDt', day(valuedOn)), some('AcctSvcrRef', entry.reference), domain, details, some('AddtlNtryInf', entry.words));
}

function transferOf(version: '02' | '08', one: SampleTransfer, total: number, currency: string): string {
  const incoming = total > 0;
  const party = (name: string): string => (version === '08' ? tag('Pty', tag('Nm', escape(name))) : tag('Nm', escape(name)));
  const theirs = incoming !== Boolean(one.swapped) ? 'Dbtr' : 'Cdtr';
  const parties = one.name || one.iban ? tag('RltdPties', one.name ? tag(theirs, party(one.name)) : '', one.iban ? tag(`${theirs}Acct`, tag('Id', tag('IBAN', one.iban))) : '') : '';
  const amounts = one.cents === undefined ? '' : version === '08' ? `${amount(one.cents, currency)}${direction(total < 0 ? -Math.abs(one.cents) : one.cents)}` : tag('AmtDtls', tag('TxAmt', amount(one.cents, currency)));
  const structured = one.structured && tag('Strd', one.structured.document ? tag('RfrdDocInf', tag('Nb', one.structured.document)) : '', one.structured.creditorReference ? tag('CdtrRefInf', tag('Ref', one.structured.creditorReference)) : '');
  const information = (one.remittance?.length || structured) && tag('RmtInf', ...(one.remittance ?? []).map((text) => tag('Ustrd', escape(text))), structured);
  return tag('TxDtls', tag('Refs', some('AcctSvcrRef', one.reference), tag('EndToEndId', one.endToEndId ?? 'NOTPROVIDED')), amounts, parties, information || '', one.returned === undefined ? '' : tag('RtrInf', tag('Rsn', tag('Cd', one.returned))));
}
