import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import type { Block } from '../../admin/pages/blocks.ts';
import { consoleHand, plain, type ShownPage } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { addMember, beginStory } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { db } = house.deps;
const ines = await consoleHand(house, 'account_manager', 'Inès');
const omar = await consoleHand(house, 'administrative', 'Omar');
const finance = await consoleHand(house, 'finance', 'Fabien');

const flat = (blocks: readonly Block[]): Block[] => blocks.flatMap((block) => [block, ...(block.kind === 'columns' ? flat(block.columns.flat()) : block.kind === 'details' ? flat(block.blocks) : [])]);
const valuesOf = (page: ShownPage, act: string): Record<string, unknown> => {
  const form = flat(page.blocks).find((block) => block.kind === 'form' && block.act === act);
  return form?.kind === 'form' ? Object.fromEntries(form.fields.map(({ name, value }) => [name, value])) : {};
};
const htmlOf = (page: ShownPage): string => flat(page.blocks).flatMap((block) => (block.kind === 'frame' ? [block.html ?? ''] : []))[0] ?? '';
const lines = [
  { section: 'Conception', kind: 'days', label: 'Maquettes', quantityMilli: 2_000, unitCents: 60_000, optional: false, offered: false },
  { section: 'Conception', kind: 'flat', label: 'Gabarits', quantityMilli: 1_000, unitCents: 40_000, optional: false, offered: false },
  { section: '', kind: 'flat', label: 'Visite', quantityMilli: 1_000, unitCents: 10_000, optional: true, offered: false },
];

async function quoted() {
  const [ada, bob] = [await addMember(db, 'Ada'), await addMember(db, 'Bob')];
  const story = await beginStory(house.deps);
  await story.approve();
  await story.publish();
  await story.apply(ada, [bob]);
  await story.chooseAll();
  await story.quote(ada, lines, { discountCents: 5_000 });
  await story.quote(bob);
  const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
  return { story, ada, round, at: `workbench?round=${round.id}` };
}

describe('the quote workbench', () => {
  it('Q1 Q2 Q4: quotes side by side, checked, ticked, sent back, and what changed since', async () => {
    const { story, ada, round, at } = await quoted();
    expect(JSON.stringify(await ines.open('workbench'))).toContain(round.id);
    const page = await ines.open(at);
    expect(JSON.stringify(page)).not.toMatch(/"(?:workbench|event|action|consequence|field)\.[\w.]+"/);
    expect(page.blocks.find(({ kind }) => kind === 'columns')).toMatchObject({ columns: { length: 2 } });
    expect(plain(JSON.stringify(page))).toContain('Vérifié d’après les données');
    const quote = await db.memberQuote.findFirstOrThrow({ where: { roundId: round.id, memberId: ada.id } });
    const tick = { quoteId: quote.id, item: 'scope', ticked: true };
    expect((await finance.act(at, 'tick', tick)).title).toBe('Page réservée');
    expect((await omar.act(at, 'tick', tick)).notice?.type).toBe('success');
    expect(JSON.stringify(await ines.open(at))).toContain('Lu par Omar');
    expect((await ines.act(at, 'sendBack', { quoteId: quote.id, remarks: 'Offrez les gabarits.' })).notice).toMatchObject({ type: 'success' });
    await story.quote(ada, lines.map((one) => (one.label === 'Gabarits' ? { ...one, offered: true } : one)), { discountCents: 5_000 });
    const again = plain(JSON.stringify(await ines.open(at)));
    expect(again).toContain('Offerte désormais : Gabarits');
    expect(again).toContain('Demandé : Offrez les gabarits.');
    expect(await db.auditEvent.count({ where: { subject: story.ref, action: { in: ['quoteCheck.ticked', 'round.sendBackQuote'] } } })).toBe(2);
  });

  it('Q4 Q6: a layout is saved, previewed and sent exactly so, signed so, and amounts never move', async () => {
    const { story, ada, round, at } = await quoted();
    const quote = await db.memberQuote.findFirstOrThrow({ where: { roundId: round.id, memberId: ada.id } });
    const start = valuesOf(await ines.open(at), 'save');
    const rows = (name: string) => start[name] as Record<string, unknown>[];
    const key = `lines:${quote.id}`;
    const typed = {
      ...start, introduction: 'Bonjour Claire', namesShown: false, validityDays: 10, parts: [...rows('parts')].reverse(),
      [key]: [...rows(key)].reverse().map((one) => ({ ...one, section: 'Le site', label: `${String(one.label)} du site`, amount: '1 €' })),
      [`options:${quote.id}`]: rows(`options:${quote.id}`).map((one) => ({ ...one, included: 'no' })),
    };
    expect((await ines.act(at, 'save', { ...typed, [key]: rows(key).slice(1) })).notice?.message).toContain('perd ou répète');
    expect((await ines.act(at, 'save', typed)).notice?.type).toBe('success');
    const stale = await omar.act(at, 'save', typed);
    expect(stale.notice?.message).toContain('Inès');
    const page = await ines.open(at);
    const preview = htmlOf(page);
    expect(preview).toContain('Gabarits du site');
    expect(preview).not.toContain('Ada');
    expect((await finance.act(at, 'send', valuesOf(page, 'send'))).title).toBe('Page réservée');
    expect((await ines.act(at, 'send', { ...valuesOf(page, 'send'), seen: 1 })).notice?.message).toContain('Omar');
    expect((await ines.act(at, 'send', valuesOf(page, 'send'), 'same-form-key-of-workbench')).notice).toMatchObject({ type: 'success' });
    await ines.act(at, 'send', valuesOf(page, 'send'), 'same-form-key-of-workbench');
    const [sent, ...others] = await db.clientQuote.findMany({ where: { roundId: round.id }, include: { document: true } });
    expect(others).toEqual([]);
    expect(sent?.document?.html).toBe(preview);
    // 1 200.00 + 400.00 − 50.00 of Ada and 830.00 of Bob, whatever the layout
    expect(sent?.membersTotalCents).toBe(238_000);
    expect((sent?.validUntil.getTime() ?? 0) - (sent?.createdAt.getTime() ?? 0)).toBe(10 * 86_400_000);
    const option = await db.quoteLine.findFirstOrThrow({ where: { quoteId: quote.id, optional: true } });
    await expect(story.sign([option.id])).rejects.toMatchObject({ code: 'quote_version_old' });
    await story.sign();
    const signed = await db.clientQuote.findUniqueOrThrow({ where: { id: sent?.id ?? '' }, include: { document: true } });
    expect(signed.totalCents).toBe(sent?.totalCents);
    expect(signed.document?.html).toContain('Gabarits du site');
  });

  it('Q2 Q5: without a layout everything is as before, and two versions are compared in words', async () => {
    const { story, round, at } = await quoted();
    await story.sendQuote();
    await story.ask((await import('../../steps/quote-steps.ts')).reopenQuote, { reason: 'Un libellé à revoir' }, story.staff, `quote-review/${story.ref}`);
    const start = valuesOf(await ines.open(at), 'save');
    const key = Object.keys(start).find((name) => name.startsWith('lines:') && JSON.stringify(start[name]).includes('Maquettes')) ?? '';
    await ines.act(at, 'save', { ...start, [key]: (start[key] as Record<string, unknown>[]).map((one) => ({ ...one, label: `${String(one.label)} (v2)` })) });
    expect((await ines.act(at, 'send', valuesOf(await ines.open(at), 'send'))).notice?.type).toBe('success');
    const [first, second] = await db.clientQuote.findMany({ where: { roundId: round.id }, orderBy: { version: 'asc' } });
    expect(first?.totalCents).toBe(second?.totalCents);
    const differences = flat((await ines.open(`${at}&from=1&to=2`)).blocks).find(({ kind }) => kind === 'differences');
    expect(JSON.stringify(differences)).toMatch(/"removed","text":" +Maquettes —/);
    expect(JSON.stringify(differences)).toMatch(/"added","text":" +Maquettes \(v2\)/);
    expect(await ines.open('workbench?round=nothing')).toMatchObject({ title: 'Introuvable' });
  });
});
