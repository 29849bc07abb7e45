/** A statement as a bank writes it, from the standard: camt.053.001.08, one account, one day. Amounts in cents, what goes out negative. */
export interface DemoLine {
  readonly cents: number;
  /** The bank's own reference. */
  readonly reference: string;
  readonly name: string;
  readonly text: string;
  /** As the transfer of ours bore it. */
  readonly endToEndId?: string;
}

export interface DemoStatement { readonly id: string; readonly iban: string; readonly day: string; readonly openingCents: number; readonly lines: readonly DemoLine[] }

const tag = (name: string, ...parts: readonly string[]): string => `<${name}>${parts.join('')}</${name}>`;
const plain = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const amount = (cents: number): string => `<Amt Ccy="EUR">${(Math.abs(cents) / 100).toFixed(2)}</Amt>`;
const way = (cents: number): string => tag('CdtDbtInd', cents < 0 ? 'DBIT' : 'CRDT');
const dated = (name: string, day: string): string => tag(name, tag('Dt', day));

export function statementFile({ id, iban, day, openingCents, lines }: DemoStatement): string {
  const closingCents = lines.reduce((total, { cents }) => total + cents, openingCents);
  const balance = (kind: string, cents: number): string => tag('Bal', tag('Tp', tag('CdOrPrtry', tag('Cd', kind))), amount(cents), way(cents), dated('Dt', day));
  const statement = tag('Stmt', tag('Id', id), tag('ElctrncSeqNb', '1'), tag('CreDtTm', `${day}T22:15:00`), tag('Acct', tag('Id', tag('IBAN', iban)), tag('Ccy', 'EUR')), balance('OPBD', openingCents), balance('CLBD', closingCents), ...lines.map((line) => entry(line, day)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${tag('BkToCstmrStmt', tag('GrpHdr', tag('MsgId', `MSG-${id}`), tag('CreDtTm', `${day}T22:15:00`)), statement)}</Document>`;
}

function entry({ cents, reference, name, text, endToEndId = 'NOTPROVIDED' }: DemoLine, day: string): string {
  const party = tag('RltdPties', tag(cents < 0 ? 'Cdtr' : 'Dbtr', tag('Pty', tag('Nm', plain(name)))));
  const transfer = tag('TxDtls', tag('Refs', tag('EndToEndId', endToEndId)), amount(cents), way(cents), party, tag('RmtInf', tag('Ustrd', plain(text))));
  const code = tag('BkTxCd', tag('Domn', tag('Cd', 'PMNT'), tag('Fmly', tag('Cd', cents < 0 ? 'ICDT' : 'RCDT'), tag('SubFmlyCd', 'ESCT'))));
  return tag('Ntry', amount(cents), way(cents), tag('Sts', tag('Cd', 'BOOK')), dated('BookgDt', day), dated('ValDt', day), tag('AcctSvcrRef', reference), code, tag('NtryDtls', transfer));
}
