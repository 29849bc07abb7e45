import { expect, it } from 'vitest';
import { readFigures } from '../../database/figures/read.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();
const at = (text: string): Date => new Date(`2026-${text}:00Z`);

it('S6 figures of a period, counted by hand', async () => {
  const company = await db.company.create({ data: { handle: 'c', name: 'C' } });
  const owner = await db.clientUser.create({ data: { companyId: company.id, email: 'c@c.test', name: 'C' } });
  const project = await db.project.create({ data: { ref: 'P1', title: 'P', problem: '', stage: 'running', companyId: company.id, ownerId: owner.id, terms: {}, feeRateBp: 1700, feeBasis: 'final', publishedAt: at('03-01T10:00') } });
  // first quote after two days, sent in 20 h; an amendment sent in 30 h
  await db.quoteRound.create({ data: { projectId: project.id, number: 0, ref: 'P1', state: 'signed', clockStartedAt: at('03-03T10:00'), sentAt: at('03-04T06:00') } });
  await db.quoteRound.create({ data: { projectId: project.id, number: 1, ref: 'P1-A1', state: 'sent', clockStartedAt: at('03-10T10:00'), sentAt: at('03-11T16:00') } });
  const invoice = { projectId: project.id, state: 'paid', membersCents: 83_000, feeCents: 17_000 };
  await db.clientInvoice.create({ data: { ...invoice, ref: 'P1-C1', issuedAt: at('03-05T10:00'), paidAt: at('03-15T10:00') } });
  await db.clientInvoice.create({ data: { ...invoice, ref: 'P1-C2', issuedAt: at('04-05T10:00') } });
  for (const [name, state] of [['a', 'active'], ['b', 'refused'], ['c', 'refused']] as const) await db.member.create({ data: { handle: name, email: `${name}@m.test`, name, state, decidedAt: at('03-08T10:00') } });
  expect(await readFigures(db, at('03-01T00:00'), at('04-01T00:00'))).toEqual({
    firstQuoteSeconds: 2 * 86_400, rounds: 2, within: 1, answered: 0, signed: 0, revenueCents: 100_000, feeCents: 17_000, paymentSeconds: 10 * 86_400, decided: 3, accepted: 1,
  });
});
