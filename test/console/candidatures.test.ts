import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { startMembership } from '../../steps/start-membership.ts';
import { allBlocks, signInAs, textOf } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { addMember } from '../support/story.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const aicha = await signInAs(db, url, 'administrative', 'Aïcha');
const ines = await signInAs(db, url, 'account_manager', 'Inès');
const looker = await signInAs(db, url, 'read_only', 'Lou');
const finance = await signInAs(db, url, 'finance', 'Fabien');

async function apply(name: string, more: object = {}): Promise<string> {
  const { memberId } = await startMembership(deps, {
    key: randomUUID(),
    candidature: {
      name, email: `${randomUUID()}@membres.test`, structure: 'studio', headline: `${name} dessine`, experience: 'Dix ans de dessin.', references: [{ title: 'Affiche Nova', link: 'https://example.com/nova' }, { title: 'Sans adresse', link: '' }],
      skills: ['dessin'], themeIds: [], dayRateCents: 45_000, city: 'Lille', recommendedBy: '', ...more,
    },
  });
  return memberId;
}
const scores = (experience: string, references = '', creativity = '', expertise = '') =>
  ({ experience, references, creativity, expertise, experienceNote: 'Solide', referencesNote: '', creativityNote: '', expertiseNote: '' });
const listed = async (hand = aicha) => (await hand.open('candidatures')).blocks.find(({ kind }) => kind === 'table')?.rows?.map(({ cells }) => cells) ?? [];

describe('M1 candidatures to study', () => {
  it('stand in their order of arrival, with a countdown, each one click away; nobody else may look', async () => {
    const [first, second] = [await apply('Alix'), await apply('Basile')];
    await db.member.update({ where: { id: first }, data: { createdAt: new Date(Date.now() - 30 * 86_400_000) } });
    const rows = await listed(looker);
    expect(rows.map(([who]) => textOf(who))).toEqual(['Alix', 'Basile']);
    const cell = (row: number, column: number) => rows[row]?.[column] as { href?: string; until?: string } | undefined;
    expect(cell(1, 0)?.href).toBe(`/console/pages/candidatures?member=${second}`);
    expect(Date.parse(cell(1, 4)?.until ?? '')).toBeGreaterThan(Date.now());
    expect(Date.parse(cell(0, 4)?.until ?? '')).toBeLessThan(Date.now());
    expect(JSON.stringify(await finance.open('candidatures'))).not.toContain('Alix');
  });

  it('one shows what was written, the references and who recommended it', async () => {
    const { id: friend } = await addMember(db, 'Camille');
    const member = await apply('Diane', { recommendedBy: 'Camille' });
    const page = JSON.stringify(await looker.open('candidatures', `member=${member}`));
    for (const told of ['Dix ans de dessin.', 'Affiche Nova', 'https://example.com/nova', 'Studio', 'Lille', `Member/records/${friend}/show`, '450,00']) expect(page).toContain(told);
    expect(page).not.toContain('candidatures.'); // every text has its sentence
    expect(allBlocks((await looker.open('candidatures', `member=${member}`)).blocks).some(({ kind }) => kind === 'form')).toBe(false);
    expect((await aicha.open('candidatures', 'member=nobody'))).toMatchObject({ title: 'Introuvable', blocks: [{ kind: 'text' }] });
  });

  it('each reader keeps a draft of their own; the average is shown; notes stay between 0 and 5', async () => {
    const member = await apply('Edgar');
    const query = `member=${member}`;
    expect((await aicha.act('candidatures', query, 'saveScores', scores('4', '5'))).notice?.type).toBe('success');
    expect((await aicha.act('candidatures', query, 'saveScores', scores('3', '5', '4'))).notice?.type).toBe('success');
    expect((await ines.act('candidatures', query, 'saveScores', scores('1', '0'))).notice?.type).toBe('success');
    for (const wrong of ['6', '-1', '2.5', 'beaucoup']) expect((await ines.act('candidatures', query, 'saveScores', scores(wrong))).notice?.type).toBe('error');
    for (const hand of [looker, finance]) expect((await hand.act('candidatures', query, 'saveScores', scores('5'))).notice?.type ?? 'error').toBe('error');
    expect(await db.candidatureReview.count({ where: { memberId: member } })).toBe(2);
    const page = await ines.open('candidatures', query);
    expect(page.blocks.find(({ kind }) => kind === 'figures')?.items?.map(({ value }) => value)).toContain('2,3\u00a0/\u00a05'); // (4 + 0,5) / 2
    const mine = allBlocks(page.blocks).find(({ act }) => act === 'saveScores')?.fields?.find(({ name }) => name === 'experience');
    expect(mine?.value).toBe('1');
    expect((await listed()).find(([who]) => textOf(who) === 'Edgar')?.map(textOf).at(-1)).toBe('2,3\u00a0/\u00a05');
    expect((await db.member.findUniqueOrThrow({ where: { id: member } })).state).toBe('candidate');
  });
});

describe('M1 the answer', () => {
  it('goes through the membership’s own steps, by who may give it; then the scorecard is closed', async () => {
    const member = await apply('Faustine');
    const query = `member=${member}`;
    expect((await ines.act('candidatures', query, 'accept', { message: 'Bienvenue' })).notice?.type).toBe('error');
    expect((await aicha.act('candidatures', query, 'refuse', { reason: '' })).notice?.type).toBe('error');
    const key = randomUUID();
    const done = await aicha.act('candidatures', query, 'accept', { message: 'Bienvenue' }, key);
    expect(done).toMatchObject({ notice: { type: 'success', message: 'Faustine est membre.' }, redirect: '/console/pages/candidatures' });
    await aicha.act('candidatures', query, 'accept', { message: 'Bienvenue' }, key);
    expect(await db.mail.count({ where: { toId: member, template: 'candidature_accepted' } })).toBe(1);
    expect((await aicha.act('candidatures', query, 'saveScores', scores('5'))).notice?.type).toBe('error');
    expect((await aicha.act('candidatures', query, 'refuse', { reason: 'Finalement non.' })).notice?.type).toBe('error');
    expect((await db.member.findUniqueOrThrow({ where: { id: member } })).state).toBe('active');
  });

  it('a refusal says when what was written is erased', async () => {
    const member = await apply('Gontran');
    await aicha.act('candidatures', `member=${member}`, 'refuse', { reason: 'Pas encore assez de références.' });
    expect(JSON.stringify(await aicha.open('candidatures', `member=${member}`))).toMatch(/Pas encore assez de références\.\\nSera effacée le \d+ \S+ 20\d\d/);
  });

  it('the acceptance rate is counted by month of answer in Paris, beside the 10–30 % aimed at', async () => {
    await db.member.updateMany({ data: { decidedAt: null } });
    const month = new Date();
    month.setUTCDate(1);
    month.setUTCHours(12, 0, 0, 0);
    for (const [index, state] of ['active', 'refused', 'erased', 'blocked', 'refused', 'refused', 'refused', 'refused'].entries()) {
      const { id } = await addMember(db, `Mois ${index}`, { state, billing: false });
      await db.member.update({ where: { id }, data: { decidedAt: month } });
    }
    const { blocks } = await looker.open('candidatures');
    const plot = blocks.find(({ kind }) => kind === 'plot');
    expect(plot).toMatchObject({ band: { from: 10, to: 30 } });
    expect(plot?.points).toHaveLength(12);
    expect(plot?.points?.at(-1)).toMatchObject({ value: 25, shown: expect.stringMatching(/^25\s%? ?\(2\/8\)$|^25.% \(2\/8\)$/u) as string });
    expect(blocks.find(({ kind }) => kind === 'figures')?.items?.[1]).toMatchObject({ detail: expect.stringContaining('2 sur 8') as string });
  });
});
