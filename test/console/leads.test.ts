import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { workQueue } from '../../admin/work-queue.ts';
import { speaker } from '../../admin/text.ts';
import { declareLead } from '../../database/leads/declare.ts';
import { startProject } from '../../steps/start-project.ts';
import { allBlocks, signInAs, textOf, type StaffHand } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
await addStaff(db);
const manager = await signInAs(db, url, 'account_manager', 'Inès');
const looker = await signInAs(db, url, 'read_only', 'Lou');
const finance = await signInAs(db, url, 'finance', 'Fabien');

async function declared(company: string, more: object = {}): Promise<{ id: string; memberId: string; memberName: string }> {
  const member = await addMember(db, `Membre ${randomUUID().slice(0, 4)}`);
  const { name } = await db.member.findUniqueOrThrow({ where: { id: member.id } });
  const { leadId } = await declareLead(db, { by: { kind: 'member', id: member.id, name }, at: Date.now(), secret: deps.secret }, member.id, randomUUID(), {
    company, siren: null, contactName: 'Odile Ferrand', contactEmail: `odile@${randomUUID().slice(0, 8)}.test`, contactPhone: '', need: 'Un site avant Noël.', wishedLevel: 'full_lead', agrees: 'yes', ...more,
  });
  return { id: leadId, memberId: member.id, memberName: name };
}
const act = (hand: StaffHand, id: string, name: string, values: object, key?: string) => hand.act('leads', `lead=${id}`, name, values, key);
const state = async (id: string) => (await db.lead.findUniqueOrThrow({ where: { id } })).state;
const mails = (memberId: string, template: string) => db.mail.count({ where: { toId: memberId, template } });
const queued = async (hand: StaffHand, role = 'account_manager') => (await workQueue(deps, { id: hand.id, role } as never, speaker('fr'), { kind: 'lead' })).items;

describe('M14 leads in the console', () => {
  it('M14, S1: wait in the work queue, one click from their answer, and leave it once answered', async () => {
    const { id, memberName } = await declared('Maison Quartz');
    expect((await queued(manager)).find((one) => one.id === id)).toMatchObject({ title: 'Maison Quartz', detail: `Apporté par ${memberName}`, act: true, what: 'Apport à qualifier', href: `/console/pages/leads?lead=${id}` });
    expect((await queued(finance, 'finance')).find((one) => one.id === id)).toMatchObject({ act: false });
    await act(manager, id, 'accept', { level: 'introduction', message: '' });
    expect((await queued(manager)).some((one) => one.id === id)).toBe(false);
  });

  it('M14, S5: shown to whoever may look, with forms for whoever may decide; every text has its sentence', async () => {
    const { id } = await declared('Maison Opale');
    const page = await manager.open('leads', `lead=${id}`);
    const forms = allBlocks(page.blocks).filter(({ kind }) => kind === 'form').map(({ act: name }) => name);
    expect(forms).toEqual(['accept', 'refuse']);
    expect(JSON.stringify([page, await manager.open('leads')])).not.toMatch(/"leads\.|"referral\./);
    for (const hand of [looker, finance]) {
      const seen = await hand.open('leads', `lead=${id}`);
      expect(JSON.stringify(seen)).toContain('Odile Ferrand');
      expect(allBlocks(seen.blocks).some(({ kind }) => kind === 'form')).toBe(false);
      for (const name of ['accept', 'refuse', 'link', 'brief', 'client']) expect((await act(hand, id, name, { level: 'introduction', reason: 'Non merci.' })).notice?.type).toBe('error');
    }
    expect(await state(id)).toBe('declared');
  });

  it('M14: accepted with a level, once; the member reads it in a mail, and that it is not the one they wished for', async () => {
    const { id, memberId } = await declared('Maison Jaspe');
    const key = randomUUID();
    for (const _ of [1, 2]) expect((await act(manager, id, 'accept', { level: 'supported_lead', message: 'Appelons-la ensemble.' }, key)).notice?.type).toBe('success');
    expect(await mails(memberId, 'lead_accepted')).toBe(1);
    const mail = await db.mail.findFirstOrThrow({ where: { toId: memberId, template: 'lead_accepted' } });
    expect(mail.data).toMatchObject({ rateBp: 1_400, otherLevel: true, message: 'Appelons-la ensemble.' });
    expect((await act(manager, id, 'accept', { level: 'full_lead', message: '' })).notice?.type).toBe('error');
    expect((await act(manager, id, 'accept', { level: 'beaucoup', message: '' })).notice?.type).toBe('error');
  });

  it('M14: refused with a reason, before or after it was accepted', async () => {
    const { id, memberId } = await declared('Maison Onyx');
    expect((await act(manager, id, 'refuse', { reason: '' })).notice?.type).toBe('error');
    await act(manager, id, 'accept', { level: 'introduction', message: '' });
    expect((await act(manager, id, 'refuse', { reason: 'Elle a signé ailleurs.' })).notice?.type).toBe('success');
    expect(await mails(memberId, 'lead_refused')).toBe(1);
    expect(await state(id)).toBe('refused');
    expect(JSON.stringify(await manager.open('leads', `lead=${id}`))).toContain('Elle a signé ailleurs.');
  });

  it('M14: a company that another member told of, or that is a client, is said to whoever decides', async () => {
    const first = await declared('Brasserie Agate');
    await db.company.create({ data: { handle: `agate-${randomUUID().slice(0, 6)}`, name: 'Agate Brasserie' } });
    const second = await declared('AGATE Brasserie SAS');
    const twins = (await manager.open('leads', `lead=${second.id}`)).blocks.find(({ caption }) => caption === 'Cette entreprise est déjà connue');
    expect(twins?.rows?.map(({ cells }) => textOf(cells[1]))).toEqual([`Apportée aussi par ${first.memberName}`, 'Déjà cliente']);
  });
});

describe('M14 leads that become projects', () => {
  it('M14, I8: turned into a brief in the contact’s name: one project however often it is posted, brought by the member, in staff’s name in the trail', async () => {
    const { id, memberId } = await declared('Maison Topaze', { contactEmail: 'odile@topaze.test' });
    expect((await act(manager, id, 'brief', { title: 'Un site', problem: 'Un site avant Noël.', clientUserId: '' })).notice?.type).toBe('error'); // nobody has accepted it
    await act(manager, id, 'accept', { level: 'full_lead', message: '' });
    const key = randomUUID();
    for (const _ of [1, 2]) expect((await act(manager, id, 'brief', { title: 'Un site', problem: 'Un site avant Noël.', clientUserId: '' }, key)).notice?.type).toBe('success');
    const [project, ...more] = await db.project.findMany({ where: { company: { name: 'Maison Topaze' } }, include: { referral: true, owner: true, events: true } });
    expect(more).toEqual([]);
    expect(project).toMatchObject({ stage: 'brief_review', owner: { email: 'odile@topaze.test' }, referral: { memberId, leadId: id, rateBp: 2_000 } });
    expect(project?.events.find(({ action }) => action === 'project.submitted')).toMatchObject({ actorKind: 'staff', actorName: 'Inès' });
    expect(await mails(memberId, 'lead_won')).toBe(1);
    expect(await state(id)).toBe('won');
  });

  it('M14: a client known since: their next project waits in the queue until it is tied, and the member is its referrer', async () => {
    const { id, memberId } = await declared('Maison Béryl');
    await act(manager, id, 'accept', { level: 'introduction', message: '' });
    const before = await beginStory(deps, { company: 'Maison Béryl' });
    const { companyId, ownerId } = await db.project.findUniqueOrThrow({ where: { id: before.projectId } });
    const page = await manager.open('leads', `lead=${id}`);
    expect(allBlocks(page.blocks).find(({ act: name }) => name === 'client')?.fields?.[0]?.options?.map(({ value }) => value)).toContain(companyId);
    expect((await act(manager, id, 'client', { companyId })).notice?.type).toBe('success');
    const { ref } = await startProject(deps, { key: randomUUID(), client: { id: ownerId }, brief: { title: 'Un second besoin', problem: 'Encore un site.', objectives: '', context: '', deliverables: '', constraints: '', requirements: '', timing: '', themeIds: [], budgetCents: null } });
    const waits = async () => (await queued(manager)).filter(({ title }) => title === 'Maison Béryl').map(({ detail }) => detail);
    expect((await waits()).join()).toContain(ref);
    const key = randomUUID();
    for (const _ of [1, 2]) expect((await act(manager, id, 'link', { project: ref }, key)).notice?.type).toBe('success');
    expect((await waits()).join()).not.toContain(ref);
    expect(await db.referral.findFirst({ where: { project: { ref } } })).toMatchObject({ memberId, leadId: id, level: 'introduction' });
    expect(await mails(memberId, 'lead_won')).toBe(1);
    const other = await declared('Maison Béryl bis');
    await act(manager, other.id, 'accept', { level: 'introduction', message: '' });
    expect((await act(manager, other.id, 'link', { project: ref })).notice?.message).toContain('a déjà été apporté par');
    expect((await act(manager, other.id, 'link', { project: 'P00-0000' })).notice?.type).toBe('error');
  });
});
