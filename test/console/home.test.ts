import { describe, expect, it } from 'vitest';
import { queueSources } from '../../admin/queue/index.ts';
import { consoleRouter } from '../../admin/router.ts';
import { mayDo, maySee, roles, type ConsolePageName } from '../../domain/roles.ts';
import { projectStory } from '../../admin/story/project-story.ts';
import { speaker } from '../../admin/text.ts';
import { openHouse } from '../support/house.ts';
import { consoleHand, tableOf } from '../support/console-page.ts';
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

  it('names every kind in French and in English', () => {
    const unnamed = (['fr', 'en'] as const).flatMap((locale) => queueSources.flatMap(({ kind }) => [`queue.${kind}`, `queue.kind.${kind}`].filter((key) => !speaker(locale).has(key)).map((key) => `${locale} ${key}`)));
    expect(unnamed).toEqual([]);
  });

  it('W4: what keeps failing shows at home, one line a reason, and on its page, with what, why and since when; what nobody tries any more does not', async () => {
    const story = await beginStory(deps);
    const now = Date.now();
    const failing = (workflowId: string, more: object = {}) => ({ workflowId, activity: 'deliverMails', attempt: 7, code: 'ECONNREFUSED', cause: 'connect ECONNREFUSED 127.0.0.1:25', since: new Date(now - 900_000), lastAt: new Date(now), ...more });
    await db.failingActivity.createMany({ data: [failing(`project/${story.ref}`), failing(`quote-review/${story.ref}`, { activity: 'sendClientQuote', code: 'P2002', cause: 'Unique constraint failed' }), failing('project/P00-0001', { lastAt: new Date(now - 2 * 3_600_000) })] });
    const items = async () => (await home(finance, 'kind=failing')).items as unknown as { title: string; detail: string; href: string }[];
    expect((await items()).map(({ title, href }) => [title, href])).toEqual([['Envoi d’e-mails', `/console/resources/Project/records/${story.projectId}/show`], ['Envoyer le devis global', `/console/resources/Project/records/${story.projectId}/show`]]);
    expect((await items())[0]?.detail).toMatch(/Le service appelé ne répond pas · P\S+ · .* · depuis le /);
    await db.failingActivity.create({ data: failing('membership/zoe') });
    expect((await items())[0]).toMatchObject({ href: '/console/pages/failing', detail: expect.stringContaining('2 traitements') as string });
    const reader = await consoleHand({ url, deps }, 'read_only', 'Zoé');
    expect(tableOf(await reader.open('failing')).map(([what, why]) => [what, why])).toEqual([
      ['Envoi d’e-mails', 'Le service appelé ne répond pas | connect ECONNREFUSED 127.0.0.1:25'], ['Envoi d’e-mails', 'Le service appelé ne répond pas | connect ECONNREFUSED 127.0.0.1:25'], ['Envoyer le devis global', 'La base de données a refusé | Unique constraint failed'],
    ]);
    const { blocks } = await projectStory(deps, story.projectId, speaker('fr'));
    expect(JSON.stringify(blocks)).toContain('connect ECONNREFUSED');
  });

  it('S5: leads nobody to a page or a form they would be refused', async () => {
    const story = await beginStory(deps);
    for (const role of roles) {
      const staff = await signInAs(db, url, role);
      const { items } = await home(staff);
      const refused = items.filter(({ href }) => {
        const [, page] = /^\/console\/pages\/(\w+)/.exec(href) ?? [];
        const [, action] = /\/records\/[^/]+\/(\w+)$/.exec(href) ?? [];
        return (page && !maySee(role, page as ConsolePageName)) || (action && action !== 'show' && !mayDo(role, action));
      });
      expect(refused.map(({ href }) => `${role} ${href}`)).toEqual([]);
      expect(items.find(({ id }) => id === story.projectId)?.href).toBe(`/console/resources/Project/records/${story.projectId}/${mayDo(role, 'approveBrief') ? 'approveBrief' : 'show'}`);
    }
  });

  it('S5: what only finance may open is not put before the others', async () => {
    const account = await db.bankAccount.create({ data: { name: 'Compte courant', holder: 'OFF-WORKS', ibanEncrypted: '-', ibanHash: 'home', ibanLast4: '0054', createdBy: finance.id } });
    const day = new Date('2026-11-02');
    const statement = { statementId: 'home', from: day, to: day, openingCents: 0, closingCents: 100, openingOn: day, closingOn: day, version: '08', sha256: 'home', fileName: 'releve.xml', importedBy: 'Fabien' };
    await db.bankStatement.create({ data: { ...statement, accountId: account.id, lines: { create: { accountId: account.id, identity: 'home', bookedOn: day, valuedOn: day, amountCents: 100, currency: 'EUR' } } } });
    const bank = async (staff: StaffHand) => { const { items, kinds } = await home(staff); return [items.filter(({ kind }) => kind === 'bank').length, kinds.find(({ kind }) => kind === 'bank')?.shown]; };
    expect(await bank(finance)).toEqual([1, '1']);
    expect(await bank(manager)).toEqual([0, '0']);
  });
});
