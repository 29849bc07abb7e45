import type { Prisma } from '@prisma/client';
import { dunningFigures, dunningWave, isChased, letterToneOf, readersOf, type DunningFigures } from '../domain/dunning-letter.ts';
import { alarmsOf, type DunningAlarm } from '../domain/dunning-schedule.ts';
import type { Terms } from '../domain/terms.ts';
import type { Db } from './open.ts';
import { billingContactsOf, clientRecipient, dunningReaders, type Recipient } from './recipients.ts';

/** What the plan of an invoice needs of it. */
export const plannedInclude = { payments: true, lateFee: true, project: { include: { company: true, owner: true, accountManager: true } } } satisfies Prisma.ClientInvoiceInclude;
export type PlannedInvoice = Prisma.ClientInvoiceGetPayload<{ include: typeof plannedInclude }>;

export interface PlannedReminder extends DunningAlarm {
  readonly readers: readonly Recipient[];
  /** As they would read it if nobody pays until then. */
  readonly figures: DunningFigures;
  /** A letter goes with the e-mail. */
  readonly letter: boolean;
}

/**
 * I6: the reminders each of these invoices has still to get if nobody pays, in order, by the very rules its workflow rings and writes by
 * (domain/dunning-schedule, domain/dunning-letter) and the terms it was started with. One that was rung already is over; one that fell while paused leaves once
 * reminders are resumed, unless a later level has left before.
 */
export async function plannedReminders(db: Db, invoices: readonly PlannedInvoice[]): Promise<Map<string, PlannedReminder[]>> {
  const chased = invoices.filter(({ state, issuedAt, dueAt }) => isChased(state) && issuedAt && dueAt);
  const keyOf = ({ id, reopened }: PlannedInvoice, level: number): string => `client-invoice/${id}/${dunningWave(reopened)}/${level}`;
  const alarms = chased.map((invoice) => ({
    invoice, terms: invoice.project.terms as unknown as Terms,
    all: alarmsOf(invoice, invoice.project.terms as unknown as Terms),
  }));
  const keys = alarms.flatMap(({ invoice, all }) => all.map(({ level }) => keyOf(invoice, level)));
  const [rung, contacts] = await Promise.all([
    db.appliedStep.findMany({ where: { key: { in: keys } }, select: { key: true } }).then((rows) => new Set(rows.map(({ key }) => key))),
    billingContactsOf(db, [...new Set(chased.map(({ project }) => project.companyId))]),
  ]);
  return new Map(alarms.map(({ invoice, terms, all }) => {
    const { owner, companyId } = invoice.project;
    const billing = contacts.get(companyId) ?? [clientRecipient(owner)];
    const left = [...heldOf(invoice, terms), ...all.filter(({ level }) => !rung.has(keyOf(invoice, level)))].sort((a, b) => a.at - b.at).filter(notOvertaken(invoice)).map((alarm): PlannedReminder => ({
      ...alarm, letter: letterToneOf(terms, alarm.level) !== null, readers: dunningReaders(readersOf(terms, alarm.level), owner, billing),
      figures: dunningFigures({ ...invoice, dueAt: invoice.dueAt ?? new Date(alarm.at) }, terms, new Date(alarm.at)),
    }));
    return [invoice.id, left];
  }));
}

/** The level held by a pause that is over. */
function heldOf({ heldDunningLevel, heldDunningAt }: PlannedInvoice, terms: Terms): DunningAlarm[] {
  const tone = terms.dunning.find(({ level }) => level === heldDunningLevel)?.tone;
  return heldDunningLevel !== null && heldDunningAt && tone ? [{ level: heldDunningLevel, tone, at: heldDunningAt.getTime() }] : [];
}

/** A held level is let go once another has left. */
const notOvertaken = ({ heldDunningLevel }: PlannedInvoice) => ({ level }: DunningAlarm, index: number): boolean => level !== heldDunningLevel || index === 0;
