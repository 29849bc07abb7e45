import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import type { Person } from '../../steps/step.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';

const { deps, url } = await openHouse();
const { db, secret } = deps;
await addStaff(db);

async function signedIn(person: Person): Promise<(path: string, body?: Record<string, string>) => Promise<{ status: number; html: string }>> {
  const id = await db.$transaction((tx) => createLink(tx, secret, { purpose: 'sign_in', ownerKind: person.kind as 'client' | 'member', ownerId: person.id, at: Date.now() }));
  const first = await fetch(`${url}${linkPath(linkToken(secret, id))}`, { method: 'POST', redirect: 'manual' });
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return async (path, body) => {
    const response = await fetch(`${url}${path}`, { redirect: 'manual', headers: { cookie }, ...(body ? { method: 'POST', body: new URLSearchParams({ key: randomUUID(), ...body }) } : {}) });
    return { status: response.status, html: (await response.text()).replace(/[\u00a0\u202f]/g, ' ') };
  };
}

const theme = await db.theme.create({ data: { slug: 'film', nameFr: 'Film', nameEn: 'Film' } });
const member = await addMember(db, 'Wanda');
const open = await signedIn(member);
const published = async (company: string, followed: boolean) => {
  const story = await beginStory(deps, { company });
  await db.project.update({ where: { id: story.projectId }, data: { title: `Projet de ${company}` } });
  if (followed) await db.projectTheme.create({ data: { projectId: story.projectId, themeId: theme.id } });
  await story.approve();
  await story.publish();
  return story;
};

describe('M5 the feed', () => {
  it('shows subscribed themes first, then the others, newest first', async () => {
    await db.memberTheme.create({ data: { memberId: member.id, themeId: theme.id, subscribed: true } });
    await published('Alpha', true);
    await published('Beta', false);
    await published('Gamma', true);
    const { html } = await open('/home');
    const order = ['Gamma', 'Alpha', 'Beta'].map((name) => html.indexOf(`Projet de ${name}`));
    expect(order.every((place) => place > 0)).toBe(true);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
  });
});

describe('M6, M8 the project page of a member', () => {
  it('M6: asks for more than a word, keeps it, then sends the application', async () => {
    const story = await published('Delta', false);
    const short = await open(`/projects/${story.ref}/do/apply`, { message: 'Bonjour !' });
    expect(short.status).toBe(422);
    expect(short.html).toContain('un peu court');
    expect(short.html).toContain('Bonjour !');
    const sent = await open(`/projects/${story.ref}/do/apply`, { message: 'Je filme des ateliers d’artisans depuis dix ans, et le vôtre me parle.' });
    expect(sent.status).toBe(303);
    expect(await db.application.count({ where: { projectId: story.projectId, leadId: member.id } })).toBe(1);
  });

  it('M8: works the fee out both ways, and says why it cannot', async () => {
    const story = await published('Epsilon', false);
    expect((await open(`/projects/${story.ref}?price=830&way=price`)).html).toMatch(/830,00 € \+ frais 170,00 € (=|&#x3D;) 1 000,00 €/);
    expect((await open(`/projects/${story.ref}?price=1000&way=budget`)).html).toContain('830,00 € + frais 170,00 €');
    expect((await open(`/projects/${story.ref}?price=beaucoup`)).html).toContain('en chiffres');
  });

  it('C2: shows nothing of the client but the brief', async () => {
    const story = await published('Zeta', false);
    const { html } = await open(`/projects/${story.ref}`);
    const owner = await db.clientUser.findUniqueOrThrow({ where: { id: story.client.id } });
    expect(html).not.toContain(owner.email);
    expect(html).not.toContain(owner.name);
  });
});

describe('S4 settings are dated, and what was promised stays', () => {
  it('a later rate reaches the next project and not the running one', async () => {
    const before = await beginStory(deps, { company: 'Avant' });
    await db.setting.create({ data: { key: 'feeRateBp', value: 1_500, changedBy: 'test' } });
    const after = await beginStory(deps, { company: 'Après' });
    const rate = async (id: string) => (await db.project.findUniqueOrThrow({ where: { id } })).feeRateBp;
    expect([await rate(before.projectId), await rate(after.projectId)]).toEqual([1_700, 1_500]);
  });
});
