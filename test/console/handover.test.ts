import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { staffFor } from '../../database/recipients.ts';
import { consoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { addStaff, beginStory } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { db } = house.deps;
const nadia = await addStaff(db);
const ines = await consoleHand(house, 'account_manager', 'Inès');
const finance = await consoleHand(house, 'finance', 'Fabien');

describe('S3 handover', () => {
  it('S3: all of someone’s projects go to a colleague, once, with the reason kept', async () => {
    const stories = [await beginStory(house.deps), await beginStory(house.deps)];
    for (const story of stories) await story.approve();
    const page = await ines.open(`handover?who=${nadia.id}`);
    expect(JSON.stringify(page)).not.toMatch(/"(?:handover|event)\.[\w.]+"/);
    const given = { to: ines.staffId, projects: stories.map(({ projectId }) => projectId), reason: 'Congé' };
    expect((await finance.act('handover', 'give', given)).title).toBe('Page réservée');
    expect((await ines.act('handover', 'give', { ...given, reason: '' })).notice?.type).toBe('error');
    for (let times = 0; times < 2; times += 1) expect((await ines.act('handover', 'give', given, 'one-handover-form')).notice?.message).toContain('Confiés : 2');
    expect(await db.project.count({ where: { accountManagerId: ines.staffId } })).toBe(2);
    expect(await db.auditEvent.count({ where: { action: 'handover.done' } })).toBe(2);
  });

  it('S3: while somebody is away their notices also go to the stand-in', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const typed = { away: nadia.id, standIn: ines.staffId, from: day(-2), last: day(2), reason: 'Congé' };
    expect((await ines.act('handover', 'away', { ...typed, standIn: nadia.id })).notice?.type).toBe('error');
    expect((await ines.act('handover', 'away', typed)).notice?.type).toBe('success');
    const manager = await db.staff.findUniqueOrThrow({ where: { id: nadia.id ?? '' } });
    const readers = (at: number) => db.$transaction(async (tx) => (await staffFor(tx, manager, at)).map(({ id }) => id));
    expect(await readers(Date.now())).toEqual([nadia.id, ines.staffId]);
    expect(await readers(Date.now() + 5 * 86_400_000)).toEqual([nadia.id]);
    const { id } = await db.staffAbsence.findFirstOrThrow();
    expect((await ines.act('handover', 'back', { id })).notice?.type).toBe('success');
    expect(await readers(Date.now() + 1_000)).toEqual([nadia.id]);
  });
});
