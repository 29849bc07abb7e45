import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { openHouse } from '../support/house.ts';
import { signInAs, type StaffHand } from '../support/console.ts';
import { beginStory } from '../support/story.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
interface Home { items: { kind: string; id: string; href: string; act: boolean; until: string | null }[]; kinds: { kind: string; shown: string; act: boolean }[]; scope: string; words: Record<string, string> }
const home = async (staff: StaffHand, query = ''): Promise<Home> => (await fetch(`${url}/console/api/dashboard?${query}`, { headers: { cookie: staff.cookie } })).json() as Promise<Home>;
const manager = await signInAs(db, url, 'account_manager', 'Mona');
const mate = await signInAs(db, url, 'account_manager', 'Théo');
const finance = await signInAs(db, url, 'finance', 'Fabien');

describe('S1 home is a work queue', () => {
  it('mine, my team’s and everybody’s, each one click from its action', async () => {
    await db.staff.updateMany({ where: { id: { in: [manager.id, mate.id] } }, data: { team: 'Lyon' } });
    const [mine, hers, nobodys] = [await beginStory(deps), await beginStory(deps), await beginStory(deps)];
    await db.project.update({ where: { id: mine.projectId }, data: { accountManagerId: manager.id } });
    await db.project.update({ where: { id: hers.projectId }, data: { accountManagerId: mate.id } });
    const ids = async (query: string) => (await home(manager, query)).items.filter(({ kind }) => kind === 'brief').map(({ id }) => id).sort();
    expect(await ids('scope=me')).toEqual([mine.projectId]);
    expect(await ids('scope=team')).toEqual([mine.projectId, hers.projectId].sort());
    expect(await ids('scope=all')).toEqual(expect.arrayContaining([mine.projectId, hers.projectId, nobodys.projectId]));
    expect((await home(manager)).items.find(({ id }) => id === mine.projectId)?.href).toBe(`/console/resources/Project/records/${mine.projectId}/approveBrief`);
  });

  it('what a role may act upon comes first; a kind alone can be asked; a long list says 50+', async () => {
    await db.mail.createMany({ data: Array.from({ length: 60 }, (_, index) => ({ key: `home/${index}`, template: 'brief_received', toEmail: 'a@b.test', toName: 'A', toKind: 'client', data: {}, messageId: `home-${index}`, state: 'failed' })) });
    const shown = await home(finance);
    const acts = shown.items.map(({ act }) => act);
    expect(acts).toEqual([...acts].sort((a, b) => Number(b) - Number(a)));
    expect(shown.items.at(-1)?.kind).toBe('brief'); // finance may not approve it
    expect(shown.kinds.find(({ kind }) => kind === 'mail')?.shown).toBe('50+');
    expect(new Set((await home(finance, 'kind=mail')).items.map(({ kind }) => kind))).toEqual(new Set(['mail']));
    expect(shown.words.teach).toContain('le plus urgent');
  });

  it('an act that no workflow took waits too, Temporal knowing nothing of it', async () => {
    await db.submission.create({ data: { id: 'home-stuck', step: 'approveBrief', actorKind: 'staff', subject: 'project/NOWHERE', payload: {}, createdAt: new Date(Date.now() - 600_000) } });
    expect((await home(manager, 'kind=stuck')).items.map(({ id }) => id)).toEqual(['home-stuck']);
  });
});
