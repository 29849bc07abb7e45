import { createHash } from 'node:crypto';
import { readStatements } from '../../bank/read-statements.ts';
import { keepAccount } from '../../database/bank/accounts.ts';
import { destinationsOf } from '../../database/bank/destinations.ts';
import { importStatements } from '../../database/bank/import-statements.ts';
import { makeExport } from '../../database/bank/make-export.ts';
import { proposeForLines } from '../../database/bank/propose.ts';
import { endToEndIdOf } from '../../domain/bank/pain001.ts';
import { targetDayFrom } from '../../domain/bank/target-days.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import { Problem } from '../../domain/problem.ts';
import { startSepaExport } from '../../steps/start-bank.ts';
import { fictitiousIban } from './fictitious-numbers.ts';
import type { House } from './house.ts';
import { demoStaff, type DemoStaff } from './staff.ts';
import { statementFile, type DemoLine } from './statement-file.ts';

const ourIban = fictitiousIban(900);
const dayMs = 86_400_000;

/**
 * I11: OFF-WORKS's account, the statement of the day (what is certain, what may be, what nobody knows, a member's transfer that arrived) and a file of
 * transfers made by an administrator, which finance has to approve. Told again, it adds nothing.
 */
export async function tellBank(house: House, at: number): Promise<void> {
  const { db, deps: { secret } } = house;
  if ((await db.bankAccount.count()) === 0) {
    await keepAccount(db, secret, { name: 'Compte courant', holder: 'OFF-WORKS', iban: ourIban, bic: '' }, { by: by(house, 'pierre'), at }).catch(unlessKnown('bank_account_exists'));
  }
  const account = await db.bankAccount.findFirstOrThrow({ orderBy: { createdAt: 'asc' } });
  if ((await db.bankStatement.count({ where: { accountId: account.id } })) === 0) await readDay(house, at);
  await prepareFile(house, account.id, at);
}

async function readDay(house: House, at: number): Promise<void> {
  const { db, deps: { secret } } = house;
  const day = parisDay(at);
  const xml = statementFile({ id: `RELEVE-${day}`, iban: ourIban, day, openingCents: 4_821_035, lines: await linesOf(house) });
  await importStatements(db, { statements: readStatements(Buffer.from(xml, 'utf8')), sha256: createHash('sha256').update(xml, 'utf8').digest('hex'), fileName: `releve-${day}.xml`, secret, by: by(house, 'pierre'), at });
  await proposeForLines(db);
}

/** What the bank saw that day, from what the stories of the projects left open. */
async function linesOf({ db }: House): Promise<DemoLine[]> {
  const open = await db.clientInvoice.findMany({ where: { state: { in: ['issued', 'part_paid'] }, disputedAt: null }, include: { project: { include: { company: true } } }, orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }] });
  const declared = open.find(({ declaredReference }) => declaredReference) ?? open[0];
  const other = open.find(({ id, project }) => id !== declared?.id && project.companyId !== declared?.project.companyId);
  const sent = await db.payout.findFirst({ where: { state: 'sent' }, include: { member: true, returns: true }, orderBy: [{ sentAt: 'desc' }, { id: 'asc' }] });
  return [
    ...(declared ? [{ cents: declared.totalCents - declared.paidCents, reference: 'DEMO0001', name: declared.project.company.name.toUpperCase(), text: `${declared.number ?? ''} ${declared.declaredReference ?? ''}`.trim() }] : []),
    // A round amount and no number: the name alone says which client it may be.
    ...(other ? [{ cents: Math.max(10_000, Math.floor((other.totalCents - other.paidCents) / 200_000) * 100_000), reference: 'DEMO0002', name: other.project.company.name, text: 'ACOMPTE SUR FACTURE' }] : []),
    { cents: 25_000, reference: 'DEMO0003', name: 'M. OU MME DUPUIS', text: 'CADEAU DEPART' },
    ...(sent ? [{ cents: -sent.amountCents, reference: 'DEMO0004', name: sent.member.name, text: 'OFF-WORKS', endToEndId: endToEndIdOf(sent.id, sent.returns.length + 1) }] : []),
    { cents: -124_000, reference: 'DEMO0005', name: 'URSSAF ILE DE FRANCE', text: 'COTISATIONS' },
    { cents: -1_850, reference: 'DEMO0006', name: 'BANQUE FICTIVE', text: 'FRAIS DE TENUE DE COMPTE' },
  ];
}

async function prepareFile(house: House, accountId: string, at: number): Promise<void> {
  const { db, deps: { secret, temporal, taskQueue } } = house;
  const waiting = await db.payout.findMany({ where: { state: 'to_send', exportId: null }, orderBy: { id: 'asc' } });
  const destinations = await destinationsOf(db, secret, [...new Set(waiting.map(({ memberId }) => memberId))], at);
  const ready = waiting.filter(({ memberId }) => destinations.get(memberId)?.hold === null);
  if (ready.length === 0 || (await db.sepaExport.count()) > 0) return;
  const executeOn = targetDayFrom(parisDay(at + dayMs));
  const { exportId, ref } = await makeExport(db, secret, { accountId, version: '09', transfers: ready.map(({ id }) => ({ payoutId: id, executeOn })) }, { key: 'demo/transfers', by: by(house, 'helene'), at });
  await startSepaExport({ db, temporal, taskQueue }, { exportId, ref });
}

const by = ({ staff }: House, who: DemoStaff) => ({ kind: 'staff' as const, id: staff[who].id, name: demoStaff.find(({ handle }) => handle === who)?.name ?? who });

const unlessKnown = (code: Problem['code']) => (cause: unknown): void => {
  if (!(cause instanceof Problem) || cause.code !== code) throw cause;
};
