import { DateTime } from 'luxon';
import { parisZone } from '../../domain/calendar.ts';
import type { Tx } from '../open.ts';

export interface Sale {
  readonly number: string;
  readonly issuedAt: Date;
  readonly client: string;
  readonly siren: string | null;
  readonly vatNumber: string | null;
  readonly project: string;
  readonly vatTreatment: string;
  readonly membersCents: number;
  readonly feeCents: number;
  readonly vatCents: number;
  readonly totalCents: number;
  readonly paidCents: number;
  readonly dueAt: Date | null;
}

const page = 500;

/** Every invoice issued in a calendar year of Paris, in the order of its numbers, then every credit note, with its amounts taken off (I12). */
export async function* salesOf(tx: Tx, year: number): AsyncGenerator<Sale[]> {
  const [from, until] = [year, year + 1].map((one) => DateTime.fromObject({ year: one }, { zone: parisZone }).toJSDate());
  for (let after = ''; ;) {
    const rows = await tx.clientInvoice.findMany({
      where: { number: { gt: after }, issuedAt: { gte: from, lt: until } }, orderBy: { number: 'asc' }, take: page, include: { project: { include: { company: true } } },
    });
    yield rows.map(({ number, issuedAt, createdAt, project, ...amounts }) => ({
      ...amounts, number: number ?? '', issuedAt: issuedAt ?? createdAt, client: project.company.name, siren: project.company.siren, vatNumber: project.company.vatNumber, project: project.ref,
    }));
    if (rows.length < page) break;
    after = rows.at(-1)?.number ?? '';
  }
  for (let after = ''; ;) {
    const rows = await tx.creditNote.findMany({
      where: { number: { gt: after }, issuedAt: { gte: from, lt: until } }, orderBy: { number: 'asc' }, take: page, include: { clientInvoice: { include: { project: { include: { company: true } } } } },
    });
    yield rows.map(({ number, issuedAt, membersCents, feeCents, vatCents, totalCents, clientInvoice: { project, vatTreatment } }) => ({
      number, issuedAt, client: project.company.name, siren: project.company.siren, vatNumber: project.company.vatNumber, project: project.ref, vatTreatment,
      membersCents: -membersCents, feeCents: -feeCents, vatCents: -vatCents, totalCents: -totalCents, paidCents: 0, dueAt: null,
    }));
    if (rows.length < page) return;
    after = rows.at(-1)?.number ?? '';
  }
}
