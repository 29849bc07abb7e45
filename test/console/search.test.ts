import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { allBlocks, signInAs, textOf } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { addMember, beginStory } from '../support/story.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const looker = await signInAs(db, url, 'read_only', 'Lou');
const search = async (q: string, more = ''): Promise<Record<string, string[]>> => {
  const page = await looker.open('search', `${new URLSearchParams({ q }).toString()}${more}`);
  return Object.fromEntries(allBlocks(page.blocks).filter(({ kind }) => kind === 'table').map((block) => [block.caption ?? '', (block.rows ?? []).map(({ cells }) => textOf(cells[0]))]));
};
const story = await beginStory(deps, { company: 'Éditions du Hérisson' });

describe('S1 a search box over everything', () => {
  it('finds a client without its accents and in spite of a typing mistake', async () => {
    expect((await search('herisson')).Clients).toEqual(['Éditions du Hérisson']);
    expect((await search('hérrisson')).Clients).toEqual(['Éditions du Hérisson']);
  });

  it('finds a project by its reference, a member by name, a person by e-mail', async () => {
    await addMember(db, 'Zéphyrine');
    expect((await search(story.ref)).Projets).toEqual(['Refonte du site']);
    expect((await search('zephyrine')).Membres).toEqual(['Zéphyrine']);
    const { email, name } = await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } });
    expect((await search(email))['Contacts clients']).toEqual([name]);
  });

  it('finds invoices and transfers by amount as people type it, and an invoice by its number', async () => {
    const invoice = await db.clientInvoice.create({ data: { ref: `${story.ref}-C1`, number: 'F-2026-0042', projectId: story.projectId, state: 'issued', totalCents: 120_000 } });
    await db.payment.create({ data: { key: 'search', clientInvoiceId: invoice.id, amountCents: 120_000, receivedOn: new Date(), reference: 'VIR 42', recordedBy: 'test' } });
    expect(await search('1 200,00')).toEqual({ 'Factures clients': ['F-2026-0042'], 'Virements reçus': ['VIR 42'] });
    expect((await search('2026-0042'))['Factures clients']).toEqual(['F-2026-0042']);
  });

  it('says what to try when nothing matches; signs of patterns mean themselves; long groups stop', async () => {
    expect(await search('%%%')).toEqual({});
    expect(JSON.stringify((await looker.open('search', 'q=introuvable')).blocks)).toContain('Rien ne correspond');
    await db.company.createMany({ data: Array.from({ length: 12 }, (_, index) => ({ handle: `atelier-${index}`, name: `Atelier nombreux ${index}` })) });
    expect((await search('nombreux')).Clients).toHaveLength(8);
    expect((await search('nombreux', '&kind=company')).Clients).toHaveLength(12);
  });
});
