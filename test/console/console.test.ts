import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { passwordHash } from '../../admin/sign-in.ts';
import { actionsFrom } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { mayDo, roles } from '../../domain/roles.ts';
import { openHouse } from '../support/house.ts';
import { addMember, beginStory, oneFlatLine } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const password = 'un mot de passe de test';
const hash = await passwordHash(password);
for (const role of roles) {
  await db.staff.create({ data: { handle: role, email: `${role}@off-works.test`, name: `Staff ${role}`, role, passwordHash: hash } });
}

async function signIn(role: string, typed = password): Promise<{ status: number; cookie: string }> {
  const response = await fetch(`${url}/console/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: `${role}@off-works.test`, password: typed }) });
  return { status: response.status, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}
interface Answer { record?: { params: Record<string, unknown>; recordActions: { name: string }[] }; notice?: { type: string; message: string }; form?: { consequence: string; key: string; values: object }; items?: { kind: string; id: string; href: string }[]; page?: { title: string; blocks: { kind: string; text?: string; caption?: string; summary?: string }[] } }
async function call(cookie: string, path: string, body?: Record<string, string>): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${url}/console/api${path}`, { method: body ? 'POST' : 'GET', headers: { cookie }, redirect: 'manual', ...(body ? { body: new URLSearchParams(body) } : {}) });
  return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? ((await response.json()) as Answer) : {} };
}
const admin = await signIn('administrator');
const looker = await signIn('read_only');

describe('S5 staff sign-in and rights', () => {
  it('a wrong password or nobody signed in opens nothing', async () => {
    expect((await signIn('administrator', 'faux')).cookie).toBe('');
    expect((await call('', '/dashboard')).status).toBe(302);
    expect(admin.status).toBe(302);
  });

  it('a role that may not is refused by address too, and nothing happens', async () => {
    const story = await beginStory(deps);
    const path = `/resources/Project/records/${story.projectId}/approveBrief`;
    const { body } = await call(looker.cookie, path, { key: randomUUID(), values: JSON.stringify({ accountManagerId: story.staff.id }) });
    expect(body.notice?.type ?? 'error').toBe('error');
    expect(await story.stage()).toBe('brief_review');
    expect(await db.submission.count({ where: { subject: `project/${story.ref}` } })).toBe(0);
  });

  it('neither an IBAN nor a password leaves the server', async () => {
    await addMember(db, 'Ulysse');
    for (const resource of ['BillingEntity', 'Staff']) {
      const text = JSON.stringify((await call(admin.cookie, `/resources/${resource}/actions/list`)).body);
      expect(text).toContain('"records":[{');
      expect(text).not.toContain('kept elsewhere');
      expect(text).not.toContain('$argon2');
    }
  });

  it('what a lifecycle owns cannot be edited, created or deleted', async () => {
    const story = await beginStory(deps);
    for (const action of ['edit', 'delete']) {
      const { body } = await call(admin.cookie, `/resources/Project/records/${story.projectId}/${action}`, { stage: 'closed' });
      expect(body.record?.params.stage ?? 'refused').not.toBe('closed');
    }
    expect(await story.stage()).toBe('brief_review');
  });
});

describe('S2 an action appears only where the lifecycle and the role allow it', () => {
  it.each(['administrator', 'finance', 'read_only'])('for %s', async (role) => {
    const story = await beginStory(deps);
    const { cookie } = await signIn(role);
    const { body } = await call(cookie, `/resources/Project/records/${story.projectId}/show`);
    const shown = (body.record?.recordActions ?? []).map(({ name }) => name).filter((name) => name in projectLifecycle.actions).sort();
    expect(shown).toEqual(actionsFrom(projectLifecycle, 'brief_review', 'staff').filter((action) => mayDo(role, action)).sort());
  });

  it('says what will happen before it does, and keeps what was typed when refused', async () => {
    const story = await beginStory(deps);
    const path = `/resources/Project/records/${story.projectId}/approveBrief`;
    const { body } = await call(admin.cookie, path);
    expect(body.form?.consequence).toContain('e-mail');
    const values = JSON.stringify({ accountManagerId: story.staff.id });
    const done = await call(admin.cookie, path, { key: body.form?.key ?? '', values });
    expect(done.body.notice).toMatchObject({ type: 'success' });
    const again = await call(admin.cookie, path, { key: body.form?.key ?? '', values });
    expect(again.body.notice?.type).toBe('success'); // the same click twice is the same deed
    const late = await call(admin.cookie, path, { key: randomUUID(), values });
    expect(late.body.notice).toMatchObject({ type: 'error' });
    expect(await db.auditEvent.count({ where: { projectId: story.projectId, action: 'project.approveBrief' } })).toBe(1);
  });
});

describe('S1, S3, Q4 what waits, and the story of a project', () => {
  it('a brief, then a quote under its 24 h, wait in the queue one click from their action', async () => {
    const member = await addMember(db, 'Violette');
    const story = await beginStory(deps);
    const waiting = async () => (await call(admin.cookie, '/dashboard')).body.items ?? [];
    expect((await waiting()).find(({ id }) => id === story.projectId)?.href).toContain('/approveBrief');
    await story.approve();
    await story.publish();
    await story.apply(member);
    await story.chooseAll();
    await story.quote(member, oneFlatLine(50_000));
    const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
    expect((await waiting()).find(({ id }) => id === round.id)?.href).toBe(`/console/pages/workbench?round=${round.id}`);
    const form = (await call(admin.cookie, `/resources/QuoteRound/records/${round.id}/sendClientQuote`)).body.form;
    const sent = await call(admin.cookie, `/resources/QuoteRound/records/${round.id}/sendClientQuote`, { key: form?.key ?? '', values: JSON.stringify(form?.values ?? {}) });
    expect(sent.body.notice?.type).toBe('success');
    expect(await story.stage()).toBe('quote_sent');
    expect((await waiting()).some(({ id }) => id === round.id)).toBe(false);
    const told = (await call(admin.cookie, `/resources/Project/records/${story.projectId}/show`)).body.page?.blocks ?? [];
    const titles = told.map(({ text, caption, summary }) => text ?? caption ?? summary);
    expect(titles).toEqual(expect.arrayContaining(['Si personne n’agit', 'Devis', 'Ce qui s’est passé', 'Suivi dans Temporal']));
    expect(JSON.stringify(told)).toContain('Relance 1 : devis'); // a timer of the quote that runs now
    expect(JSON.stringify(told)).toContain(`quote-review/${story.ref}`);
  });
});
