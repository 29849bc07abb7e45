import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { chosenPeriod } from '../../admin/pages/figures.ts';
import { consoleRouter } from '../../admin/router.ts';
import type { Block } from '../../admin/pages/blocks.ts';
import { consoleHand, plain } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';

const house = await openHouse({ console: consoleRouter });
const { db } = house.deps;
const fabien = await consoleHand(house, 'finance', 'Fabien');
const flat = (blocks: readonly Block[]): Block[] => blocks.flatMap((block) => [block, ...(block.kind === 'columns' ? flat(block.columns.flat()) : [])]);
const now = DateTime.fromISO('2026-11-26T10:00', { zone: 'Europe/Paris' });

describe('S6: the period of the figures', () => {
  it('two days are both counted, and the period before is as long', () => {
    const { start, end, before, months, preset, refusal } = chosenPeriod({ from: '2026-03-20', until: '2026-05-03' }, now);
    expect([start.toISODate(), end.toISODate(), before.start.toISODate(), before.end.toISODate()]).toEqual(['2026-03-20', '2026-05-04', '2026-02-03', '2026-03-20']);
    expect(months.map((month) => month.toISODate())).toEqual(['2026-03-01', '2026-04-01', '2026-05-01']);
    expect([preset, refusal]).toEqual([null, null]);
  });

  it('a long one shows its last twenty-four months', () => {
    const { months } = chosenPeriod({ from: '2020-01-01', until: '2026-10-31' }, now);
    expect([months.length, months[0]?.toISODate(), months.at(-1)?.toISODate()]).toEqual([24, '2024-11-01', '2026-10-01']);
  });

  it.each([{ from: '2026-05-03', until: '2026-03-20' }, { from: '2026-02-30', until: '2026-03-20' }, { from: 'hier', until: '' }, { from: '2026-03-20' }])('%j is no period: it is said, and the month shown', (query) => {
    expect(chosenPeriod(query as Record<string, string>, now)).toMatchObject({ preset: 'month.0', refusal: 'figures.badPeriod' });
  });
});

it('S6: a free period, every plot, and each figure leads to the list it counts', async () => {
  const company = await db.company.create({ data: { handle: 'c', name: 'C' } });
  const owner = await db.clientUser.create({ data: { companyId: company.id, email: 'c@c.test', name: 'C' } });
  const project = await db.project.create({ data: { ref: 'P1', title: 'P', problem: '', stage: 'casting', companyId: company.id, ownerId: owner.id, terms: {}, feeRateBp: 1700, feeBasis: 'final' } });
  const invoice = { projectId: project.id, state: 'paid', membersCents: 83_000, feeCents: 17_000 };
  await db.clientInvoice.create({ data: { ...invoice, ref: 'P1-C1', issuedAt: new Date('2026-03-31T21:59:00Z'), paidAt: new Date('2026-04-10T10:00:00Z') } });
  await db.clientInvoice.create({ data: { ...invoice, ref: 'P1-C2', issuedAt: new Date('2026-03-31T22:01:00Z') } });
  const page = await fabien.open('figures?from=2026-03-01&until=2026-03-31');
  expect(JSON.stringify(page)).not.toMatch(/"(?:figures|field)\.[\w.]+"/);
  const blocks = flat(page.blocks);
  const plots = blocks.flatMap((block) => (block.kind === 'plot' ? [block] : []));
  expect(plots).toHaveLength(7);
  expect(plots.at(-1)?.points).toEqual([{ label: 'Casting privé', value: 1, shown: '1', href: '/console/resources/Project?stage=casting' }]);
  const [items] = blocks.flatMap((block) => (block.kind === 'figures' ? [block.items] : []));
  // Midnight is the one of Paris: the second invoice is of April.
  const revenue = items?.find(({ label }) => label.startsWith('Chiffre'));
  expect(plain(revenue?.value ?? '')).toBe('1 000,00 €');
  const answer = await fetch(`${house.url}/console/api/resources/ClientInvoice/actions/list?lang=fr&${revenue?.href?.split('?')[1]}`, { headers: { cookie: fabien.cookie } });
  const { records } = (await answer.json()) as { records: { params: { ref: string } }[] };
  expect(records.map(({ params }) => params.ref)).toEqual(['P1-C1']);
  expect(JSON.stringify(await fabien.open('figures?from=2026-03-31&until=2026-03-01'))).toContain('ne font pas une période');
});
