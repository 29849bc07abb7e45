import type { Prisma } from '@prisma/client';
import { dunningFigures, isChased, readersOf, type DunningFigures } from '../domain/dunning-letter.ts';
import { dunningAlarms, type DunningAlarm } from '../domain/dunning-schedule.ts';
import type { Terms } from '../domain/terms.ts';
import type { Db } from './open.ts';
import { billingContactsOf, clientRecipient, dunningReaders, type Recipient } from './recipients.ts';

/** What the plan of an invoice needs of it. */
export const plannedInclude = { payments: true, project: { include: { company: true, owner: true, accountManager: true } } } satisfies Prisma.ClientInvoiceInclude;
export type PlannedInvoice = Prisma.ClientInvoiceGetPayload<{ include: typeof plannedInclude }>;

export interface PlannedReminder extends DunningAlarm {
  readonly readers: readonly Recipient[];
  /** As they would read it if nobody pays until then. */
  readonly figures: DunningFigures;
}

/**
 * I6: the reminders each of these invoices has still to get if nobody pays, in order, by the very rules its workflow rings and writes by
 * (domain/dunning-schedule, domain/dunning-letter) and the terms it was started with. One that was rung already, or kept silent while paused, is over.
 */
export async function plannedReminders(db: Db, invoices: readonly PlannedInvoice[]): Promise<Map<string, PlannedReminder[]>> {
  const chased = invoices.filter(({ state, issuedAt, dueAt }) => isChased(state) && issuedAt && dueAt);
  const keyOf = (id: string, level: number): string => `client-invoice/${id}/dun/${level}`;
  const alarms = chased.map((invoice) => ({
    invoice, terms: invoice.project.terms as unknown as Terms,
    all: dunningAlarms({ issuedAt: invoice.issuedAt?.getTime() ?? 0, dueAt: invoice.dueAt?.getTime() ?? 0 }, invoice.project.terms as unknown as Terms),
  }));
  const keys = alarms.flatMap(({ invoice, all }) => all.map(({ level }) => keyOf(invoice.id, level)));
  const [rung, contacts] = await Promise.all([
    db.appliedStep.findMany({ where: { key: { in: keys } }, select: { key: true } }).then((rows) => new Set(rows.map(({ key }) => key))),
    billingContactsOf(db, [...new Set(chased.map(({ project }) => project.companyId))]),
  ]);
  return new Map(alarms.map(({ invoice, terms, all }) => {
    const { owner, companyId } = invoice.project;
    const billing = contacts.get(companyId) ?? [clientRecipient(owner)];
    const left = all.filter(({ level }) => !rung.has(keyOf(invoice.id, level))).map((alarm): PlannedReminder => ({
      ...alarm, readers: dunningReaders(readersOf(terms, alarm.level), owner, billing),
      figures: dunningFigures({ ...invoice, dueAt: invoice.dueAt ?? new Date(alarm.at) }, terms, new Date(alarm.at)),
    }));
    return [invoice.id, left];
  }));
}
