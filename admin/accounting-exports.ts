import { once } from 'node:events';
import type { Request, RequestHandler, Response } from 'express';
import { recordEvent } from '../database/audit.ts';
import { sellersOf } from '../database/exports/dac7.ts';
import { fecOf } from '../database/exports/fec.ts';
import { salesOf } from '../database/exports/sales-journal.ts';
import type { Tx } from '../database/open.ts';
import type { Deps } from '../deps.ts';
import { issuerAt } from '../documents/issuer.ts';
import { fecFileName } from '../domain/fec.ts';
import { maySee } from '../domain/roles.ts';
import type { Staff } from './actions/console-step.ts';
import { csvLine, csvStart, type Exported } from '../documents/csv.ts';
import { localeAsked, speaker, type Speaker } from './text.ts';

interface ExportFile {
  readonly type: string;
  readonly name: (tx: Tx, year: number) => Promise<string>;
  readonly write: (tx: Tx, year: number, say: Speaker) => AsyncGenerator<string>;
}

const csvType = 'text/csv; charset=utf-8';

/** What an accountant, an auditor or the State asks for, one calendar year at a time (I10, S2). */
export const accountingExports = {
  fec: {
    type: 'text/plain; charset=utf-8',
    name: async (tx, year) => fecFileName((await issuerAt(tx, Date.now())).siren ?? '', year),
    // The file goes to the French tax office: its words are French, whoever downloads it.
    write: (tx, year) => fecOf(tx, year, fecWords),
  },
  sales: { type: csvType, name: (_tx, year) => Promise.resolve(`off-works-ventes-${year}.csv`), write: salesJournal },
  dac7: { type: csvType, name: (_tx, year) => Promise.resolve(`off-works-dac7-${year}.csv`), write: sellersSummary },
} as const satisfies Record<string, ExportFile>;

export type AccountingExport = keyof typeof accountingExports;

export const fecWords = (key: string, values?: Readonly<Record<string, string>>): string => speaker('fr').say(`fec.${key}`, values ?? {});

/** `GET /console/exports/NAME?year=2026`: the file, as it is read, for whoever may open the page of exports; the trail keeps who took it. */
export function accountingExport(deps: Deps): RequestHandler {
  return async (request: Request & { session?: { adminUser?: Staff } }, response) => {
    const id = request.session?.adminUser?.id ?? '';
    const staff = id ? await deps.db.staff.findFirst({ where: { id, active: true } }) : null;
    const name = String(request.params.name);
    const year = Number(request.query.year);
    if (!staff || !maySee(staff.role, 'exports') || !(name in accountingExports) || !Number.isInteger(year) || year < 2000 || year > 2200) {
      response.sendStatus(404);
      return;
    }
    const file: ExportFile = accountingExports[name as AccountingExport];
    const say = speaker(localeAsked(request as never));
    // One view of the books throughout, however long the file is.
    await deps.db.$transaction(async (tx) => {
      await recordEvent(tx, { by: { kind: 'staff', id: staff.id, name: staff.name }, action: 'export.made', subject: `export/${name}`, data: { year }, at: Date.now() });
      response.status(200).set({ 'Content-Type': file.type, 'Content-Disposition': `attachment; filename="${await file.name(tx, year)}"`, 'Cache-Control': 'no-store' });
      for await (const part of file.write(tx, year, say)) {
        if (response.destroyed) return;
        response.write(part);
        if (response.writableNeedDrain) await drained(response);
      }
    }, { isolationLevel: 'RepeatableRead', timeout: 600_000, maxWait: 10_000 });
    response.end();
  };
}

async function drained(response: Response): Promise<void> {
  const over = new AbortController();
  await Promise.race(['drain', 'close'].map((event) => once(response, event, { signal: over.signal }).catch(() => undefined)));
  over.abort();
}

const words = (text: string | null): Exported => ({ kind: 'text', text: text ?? '' });
const euros = (cents: number): Exported => ({ kind: 'number', value: cents / 100, decimals: 2 });
const day = (at: Date | null): Exported | null => at && { kind: 'moment', at };

async function* salesJournal(tx: Tx, year: number, say: Speaker): AsyncGenerator<string> {
  const heads = ['number', 'date', 'client', 'siren', 'vatNumber', 'project', 'vatTreatment', 'members', 'fee', 'net', 'vat', 'total', 'paid', 'due'];
  yield csvStart + csvLine(heads.map((head) => words(say.say(`exports.sales.${head}`))));
  for await (const sales of salesOf(tx, year)) {
    for (const sale of sales) {
      yield csvLine([
        words(sale.number), day(sale.issuedAt), words(sale.client), words(sale.siren), words(sale.vatNumber), words(sale.project), words(say.say(`exports.vat.${sale.vatTreatment}`)),
        euros(sale.membersCents), euros(sale.feeCents), euros(sale.membersCents + sale.feeCents), euros(sale.vatCents), euros(sale.totalCents), euros(sale.paidCents), day(sale.dueAt),
      ]);
    }
  }
}

async function* sellersSummary(tx: Tx, year: number, say: Speaker): AsyncGenerator<string> {
  const quarters = [1, 2, 3, 4].flatMap((quarter) => [say.say('exports.dac7.paid', { quarter }), say.say('exports.dac7.deeds', { quarter })]);
  const heads = [...['name', 'siret', 'vatNumber', 'address', 'country', 'account'].map((head) => say.say(`exports.dac7.${head}`)), ...quarters, say.say('exports.dac7.total'), say.say('exports.dac7.fees')];
  yield csvStart + csvLine(heads.map(words));
  for (const seller of await sellersOf(tx, year)) {
    yield csvLine([
      words(seller.legalName), words(seller.siret), words(seller.vatNumber), words(seller.address), words(seller.country), words(`…${seller.ibanLast4}`),
      ...seller.quarters.flatMap(({ cents, deeds }): Exported[] => [euros(cents), { kind: 'number', value: deeds, decimals: 0 }]),
      euros(seller.quarters.reduce((total, { cents }) => total + cents, 0)), euros(seller.feesCents),
    ]);
  }
}
