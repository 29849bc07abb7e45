import type { Db } from '../../database/open.ts';
import type { Speaker } from '../text.ts';
import { delegate } from './delegate.ts';

interface Row {
  readonly ref: string; readonly title: string; readonly name: string; readonly version: number; readonly number: string | null; readonly legalName: string; readonly fileName: string; readonly reference: string; readonly receivedOn: Date;
  readonly amountCents: number; readonly what: string; readonly nameFr: string; readonly nameEn: string; readonly key: string; readonly subject: string; readonly toName: string; readonly step: string; readonly action: string;
  readonly member: { readonly name: string }; readonly company: { readonly name: string }; readonly entry: { readonly what: string }; readonly project: { readonly ref: string; readonly title: string };
}

/** How a record is called wherever it is named: never by its id. */
const titles: Readonly<Record<string, { readonly select: object; readonly of: (row: Row, say: Speaker) => string }>> = {
  Project: { select: { ref: true, title: true }, of: ({ ref, title }) => `${ref} · ${title}` },
  QuoteRound: { select: { ref: true }, of: ({ ref }) => ref },
  MemberQuote: { select: { version: true, member: { select: { name: true } } }, of: (row, say) => `${row.member.name} · ${say.say('version', { version: row.version })}` },
  ClientQuote: { select: { number: true }, of: ({ number }) => number ?? '' },
  Application: { select: { project: { select: { ref: true, title: true } } }, of: ({ project: { ref, title } }) => `${ref} · ${title}` },
  TeamInvitation: { select: { member: { select: { name: true } } }, of: (row) => row.member.name },
  Lead: { select: { company: true }, of: ({ company }) => String(company) },
  ProjectShare: { select: { project: { select: { ref: true, title: true } } }, of: ({ project: { ref, title } }) => `${ref} · ${title}` },
  Recommendation: { select: { member: { select: { name: true } } }, of: (row) => row.member.name },
  Company: { select: { name: true }, of: ({ name }) => name },
  ClientUser: { select: { name: true }, of: ({ name }) => name },
  Member: { select: { name: true }, of: ({ name }) => name },
  Staff: { select: { name: true }, of: ({ name }) => name },
  BillingEntity: { select: { legalName: true }, of: ({ legalName }) => legalName },
  MemberDocument: { select: { fileName: true }, of: ({ fileName }) => fileName },
  MemberInvoice: { select: { ref: true, number: true }, of: ({ number, ref }) => number ?? ref },
  ClientInvoice: { select: { ref: true, number: true }, of: ({ number, ref }) => number ?? ref },
  Payment: { select: { reference: true, receivedOn: true }, of: ({ reference, receivedOn }, say) => reference || say.day(receivedOn) },
  CreditNote: { select: { number: true }, of: ({ number }) => number ?? '' },
  MemberCreditNote: { select: { number: true }, of: ({ number }) => number ?? '' },
  ClientCredit: { select: { amountCents: true, company: { select: { name: true } } }, of: (row, say) => `${row.company.name} · ${say.money(row.amountCents)}` },
  Payout: { select: { amountCents: true, member: { select: { name: true } } }, of: (row, say) => `${row.member.name} · ${say.money(row.amountCents)}` },
  DunningLetter: { select: { reference: true }, of: ({ reference }) => reference },
  PayoutAdvice: { select: { reference: true }, of: ({ reference }) => reference },
  Referral: { select: { member: { select: { name: true } } }, of: (row) => row.member.name },
  LedgerEntry: { select: { what: true }, of: ({ what }, say) => entryInWords(what, say) },
  LedgerLine: { select: { entry: { select: { what: true } } }, of: (row, say) => entryInWords(row.entry.what, say) },
  Theme: { select: { nameFr: true, nameEn: true }, of: ({ nameFr, nameEn }, say) => (say.locale === 'fr' ? nameFr : nameEn) },
  SpecialFeeRate: { select: { company: { select: { name: true } } }, of: (row) => row.company.name },
  Setting: { select: { key: true }, of: ({ key }, say) => (say.has(`term.${key}`) ? say.say(`term.${key}`) : key) },
  Mail: { select: { subject: true, toName: true }, of: ({ subject, toName }) => subject || toName },
  Document: { select: { title: true }, of: ({ title }) => title },
  Submission: { select: { step: true }, of: ({ step }, say) => (say.has(`action.${step}`) ? say.say(`action.${step}`) : step) },
  AuditEvent: { select: { action: true }, of: ({ action }, say) => (say.has(`event.${action}`) ? say.say(`event.${action}`) : action) },
};

/** What an entry of the ledger is called: a number, a reference, or whose payout it is. */
export function entryInWords(what: string, say: Speaker): string {
  const [, kind, handle] = /^(services|referral) ([a-z0-9-]+)$/.exec(what) ?? [];
  return kind ? say.say(`entry.${kind}`, { handle }) : what;
}

/** Names of these records, by id: one query whatever their number. */
export async function namesOf(db: Db, model: string, ids: readonly string[], say: Speaker): Promise<Map<string, string>> {
  const title = titles[model];
  const wanted = [...new Set(ids)];
  if (!title || wanted.length === 0) return new Map();
  const rows = await delegate(db, model).findMany({ where: { id: { in: wanted } }, select: { id: true, ...title.select } });
  return new Map(rows.map((row) => [String(row.id), title.of(row as unknown as Row, say)]));
}

/** A column without a relation may name any of these. */
const persons = ['Staff', 'Member', 'ClientUser', 'ClientInvoice', 'Company'];
export interface Named { readonly model: string; readonly name: string }

/** Who these ids are: staff, members, contacts of clients, or the invoice an amount of the ledger belongs to. */
export async function personsOf(db: Db, ids: readonly string[], say: Speaker): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map();
  const found = await Promise.all(persons.map(async (model) => [...(await namesOf(db, model, ids, say))].map(([id, name]): [string, Named] => [id, { model, name }])));
  return new Map(found.flat());
}

/** Ids of the records whose name holds these words, the first ones only. */
export async function idsNamed(db: Db, model: string, typed: string, most: number): Promise<string[]> {
  const fields = { Project: ['title', 'ref'], ClientInvoice: ['number', 'ref'], MemberInvoice: ['number', 'ref'], QuoteRound: ['ref'], BillingEntity: ['legalName'], LedgerEntry: ['what'], Document: ['title'] }[model] ?? ['name'];
  const rows = await delegate(db, model).findMany({ where: { OR: fields.map((name) => ({ [name]: holding(typed) })) }, select: { id: true }, take: most });
  return rows.map(({ id }) => String(id));
}

/** A text that holds what was typed, in a way the trigram indexes serve: two letters or fewer are looked for at its beginning. */
export function holding(typed: string): object {
  const literal = typed.replace(/[\\%_]/g, '\\$&');
  return { [typed.length < 3 ? 'startsWith' : 'contains']: literal, mode: 'insensitive' };
}
