import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { defaultMembershipTerms } from '../../domain/membership-terms.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import * as steps from '../../steps/membership-steps.ts';
import { perform } from '../../steps/perform.ts';
import { startMembership, startMissingMemberships } from '../../steps/start-membership.ts';
import type { Person, Step } from '../../steps/step.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff } from '../support/story.ts';
import { runWorker, taskQueue, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
const startDeps = { ...deps, temporal: env.client, taskQueue };
const activities = createActivities(deps);
await runWorker(env, activities);
const staff = await addStaff(db);

const day = 86_400_000;
const candidature = (more: object = {}) => ({
  name: 'Salomé Tessier', email: `${randomUUID()}@membres.test`, structure: 'freelance', headline: 'Directrice artistique',
  experience: 'Dix ans en agence, cinq à mon compte.', references: [{ title: 'Identité du festival Nova', link: 'https://example.com/nova' }],
  skills: ['identité'], themeIds: [], dayRateCents: 52_000, city: 'Nantes', recommendedBy: '', ...more,
});
const apply = async (more: object = {}, key: string = randomUUID()) =>
  startMembership(startDeps, { key, candidature: candidature(more), at: await env.currentTimeMs() });
const ask = (handle: string, step: Step<unknown>, payload: unknown, person: Person = staff, key: string = randomUUID()) =>
  perform({ db, temporal: env.client }, { step, payload, person, subject: `membership/${handle}`, key });
const memberOf = (id: string) => db.member.findUniqueOrThrow({ where: { id } });
const mailsTo = (toId: string, template: string) => db.mail.findMany({ where: { toId, template }, orderBy: { createdAt: 'asc' } });
const staffMails = (template: string, memberName: string) => db.mail.count({ where: { template, data: { path: ['memberName'], equals: memberName } } });
const lastDocument = (memberId: string) => db.memberDocument.findFirstOrThrow({ where: { memberId }, orderBy: { createdAt: 'desc' } });
const activeMember = async (name: string) => {
  const { memberId, handle } = await apply({ name });
  await ask(handle, steps.acceptCandidature, { message: 'Bienvenue' });
  return { memberId, handle, person: { kind: 'member', id: memberId } as Person };
};
const sendAndAccept = async ({ memberId, handle, person }: Awaited<ReturnType<typeof activeMember>>, kind: string, inDays: number) => {
  const expiresOn = parisDay((await env.currentTimeMs()) + inDays * day);
  await ask(handle, steps.sendDocument, { kind, fileName: `${kind}.pdf`, expiresOn }, person);
  const document = await lastDocument(memberId);
  await ask(handle, steps.acceptDocument, { documentId: document.id, expiresOn: null });
  return document.id;
};

describe('M1 a candidature', () => {
  it('is received, studied and accepted; both sides are told', async () => {
    const { memberId, handle } = await apply({ name: 'Armelle Prigent' });
    expect(handle).toBe('armelle-prigent');
    expect(await memberOf(memberId)).toMatchObject({ state: 'candidate', city: 'Nantes', candidature: { references: [{ title: 'Identité du festival Nova' }] } });
    await eventually(async () => expect(await mailsTo(memberId, 'candidature_received')).toMatchObject([{ state: 'sent' }]));
    expect(await staffMails('staff_candidature_received', 'Armelle Prigent')).toBe(1);
    await ask(handle, steps.acceptCandidature, { message: 'Vos références nous ont plu.' });
    expect(await memberOf(memberId)).toMatchObject({ state: 'active' });
    await eventually(async () => expect(await mailsTo(memberId, 'candidature_accepted')).toMatchObject([{ state: 'sent', data: { message: 'Vos références nous ont plu.' } }]));
  });

  it('W2: staff are reminded while it waits, and no longer once it is answered', async () => {
    const { handle } = await apply({ name: 'Bertille Coz' });
    await env.sleep('40d');
    expect(await staffMails('staff_candidature_waiting', 'Bertille Coz')).toBe(3);
    await ask(handle, steps.acceptCandidature, { message: '' });
    await env.sleep('40d');
    expect(await staffMails('staff_candidature_waiting', 'Bertille Coz')).toBe(3);
  });

  it('refused: told why, noted with the day from which it must be erased, and nothing more can happen', async () => {
    const { memberId, handle } = await apply({ name: 'Cyprien Hamel' });
    const now = await env.currentTimeMs();
    await ask(handle, steps.refuseCandidature, { reason: 'Encore trop peu de références.' });
    const refused = await memberOf(memberId);
    expect(refused).toMatchObject({ state: 'refused', decisionReason: 'Encore trop peu de références.' });
    const { eraseFrom } = refused.candidature as { eraseFrom: string };
    expect(Math.round((Date.parse(eraseFrom) - now) / day)).toBeGreaterThanOrEqual(729);
    await eventually(async () => expect(await mailsTo(memberId, 'candidature_refused')).toMatchObject([{ state: 'sent' }]));
    await expect(ask(handle, steps.acceptCandidature, { message: '' })).rejects.toMatchObject({ code: 'stage_changed' });
  });

  it('W2: refused, it is erased when its terms say and no sooner; what it said stands nowhere any more, what was answered stays in the trail', async () => {
    const { memberId, handle } = await apply({ name: 'Quitterie Valmont', experience: 'Vingt ans de gravure à Morlaix.' }, 'gravure');
    const { email } = await memberOf(memberId);
    await db.submission.create({ data: { id: 'form-gravure', step: 'candidature', actorKind: 'visitor', subject: 'candidature', payload: { name: 'Quitterie Valmont', email } } });
    const note = { memberId, staffId: staff.id, experience: 3, experienceNote: 'Quitterie grave surtout.' };
    await db.candidatureReview.create({ data: note });
    await ask(handle, steps.refuseCandidature, { reason: 'Morlaix est trop loin de nos clients.' });
    await env.sleep('725d');
    expect(await memberOf(memberId)).toMatchObject({ state: 'refused', name: 'Quitterie Valmont', erasedAt: null });
    await env.sleep('8d');
    await eventually(async () => expect((await env.client.workflow.getHandle(`membership/${handle}`).describe()).status.name).toBe('COMPLETED'));
    const erased = await memberOf(memberId);
    expect(erased).toMatchObject({ state: 'erased', name: '—', presentation: '', candidature: {}, decisionReason: null, skills: [] });
    expect(erased.erasedAt).not.toBeNull();
    for (const table of ['Member', 'Mail', 'Submission', 'CandidatureReview', 'AppliedStep']) {
      const rows = await db.$queryRawUnsafe<{ kept: string }[]>(`SELECT row_to_json(t)::text AS kept FROM "${table}" t WHERE row_to_json(t)::text ~ $1`, `Quitterie|Valmont|Morlaix|${email}`);
      expect([table, rows.map(({ kept }) => kept)]).toEqual([table, []]);
    }
    const trail = await db.auditEvent.findMany({ where: { subject: handle }, orderBy: { at: 'asc' } });
    expect(trail.map(({ action }) => action)).toEqual(['membership.applied', 'membership.refuseCandidature', 'membership.erased']);
    await expect(ask(handle, steps.acceptCandidature, { message: '' })).rejects.toMatchObject({ code: 'over' });
  });

  it('W2: the time promised when it was received counts, whatever the settings say later', async () => {
    await db.setting.create({ data: { key: 'refusedKeptMonths', value: 3, changedBy: 'test', effectiveFrom: new Date((await env.currentTimeMs()) - day) } });
    const { memberId, handle } = await apply({ name: 'Rozenn Aubry' });
    await db.setting.create({ data: { key: 'refusedKeptMonths', value: 24, changedBy: 'test', effectiveFrom: new Date(await env.currentTimeMs()) } });
    await ask(handle, steps.refuseCandidature, { reason: 'Trop peu de références.' });
    await env.sleep('95d');
    expect((await memberOf(memberId)).state).toBe('erased');
  });

  it('an agency that has freelancers work for it is refused before anything is written', async () => {
    await expect(apply({ structure: 'agency', email: 'agence@agences.test' })).rejects.toMatchObject({ code: 'agency_refused' });
    expect(await db.member.count({ where: { email: 'agence@agences.test' } })).toBe(0);
  });

  it('W4: the same form is one candidature, the same address another one is refused; two at once end as one', async () => {
    const email = 'deux-fois@membres.test';
    const [one, two] = [await apply({ email }, 'twice'), await apply({ email }, 'twice')];
    expect(two).toEqual(one);
    await expect(apply({ email: email.toUpperCase() })).rejects.toMatchObject({ code: 'candidature_exists' });
    const outcomes = await Promise.allSettled([apply({ email: 'au-meme-moment@membres.test' }), apply({ email: 'au-meme-moment@membres.test' })]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'candidature_exists' } });
  });

  it('says which fields are wrong', async () => {
    await expect(apply({ email: 'personne', references: [{ title: 'Site', link: 'javascript:alert(1)' }] })).rejects.toMatchObject({
      code: 'form_invalid', details: { fields: expect.stringMatching(/email.*references\.0\.link/) as string },
    });
  });

  it('is linked to the member who recommended it, by name, handle or address', async () => {
    const known = await activeMember('Dorothée Lagrange');
    const { memberId } = await apply({ recommendedBy: 'dorothée lagrange' });
    expect((await memberOf(memberId)).recommendedBy).toBe(known.handle);
    const { memberId: other } = await apply({ recommendedBy: 'Une amie' });
    expect((await memberOf(other)).recommendedBy).toBe('Une amie');
  });

  it('W4: a crash between the row and the workflow is mended, and its mails leave', async () => {
    const broken = { ...startDeps, temporal: { workflow: { start: () => Promise.reject(new Error('gone')) } } as never };
    await expect(startMembership(broken, { key: 'crashed', candidature: candidature({ email: 'panne@membres.test' }), at: await env.currentTimeMs() })).rejects.toMatchObject({ code: 'temporal_away' });
    expect(await startMissingMemberships(startDeps)).toBe(1);
    expect(await startMissingMemberships(startDeps)).toBe(0);
    const member = await db.member.findUniqueOrThrow({ where: { email: 'panne@membres.test' } });
    await eventually(async () => expect(await mailsTo(member.id, 'candidature_received')).toMatchObject([{ state: 'sent' }]));
  });
});

describe('M4 documents', () => {
  it('are sent, checked, refused with a reason or accepted; a newer one takes the place of the one before', async () => {
    const member = await activeMember('Elouan Marchal');
    const { memberId, handle, person } = member;
    await ask(handle, steps.sendDocument, { kind: 'insurance', fileName: 'rc-pro.pdf' }, person);
    expect(await staffMails('staff_document_received', 'Elouan Marchal')).toBe(1);
    const first = await lastDocument(memberId);
    await ask(handle, steps.refuseDocument, { documentId: first.id, reason: 'La page 2 manque.' });
    await expect(ask(handle, steps.acceptDocument, { documentId: first.id })).rejects.toMatchObject({ code: 'stage_changed' });
    await sendAndAccept(member, 'insurance', 200);
    await sendAndAccept(member, 'insurance', 400);
    const states = await db.memberDocument.findMany({ where: { memberId }, orderBy: { createdAt: 'asc' }, select: { state: true } });
    expect(states.map(({ state }) => state)).toEqual(['refused', 'replaced', 'valid']);
    expect(await mailsTo(memberId, 'document_refused')).toMatchObject([{ data: { reason: 'La page 2 manque.' } }]);
  });

  it('W2: its member is told thirty and seven days before, then it expires on its day; member and staff know, once', async () => {
    const member = await activeMember('Fantine Roche');
    const documentId = await sendAndAccept(member, 'urssaf', 60);
    await env.sleep('28d');
    expect(await mailsTo(member.memberId, 'document_expiring')).toHaveLength(0);
    await env.sleep('30d');
    expect(await mailsTo(member.memberId, 'document_expiring')).toHaveLength(2);
    expect((await db.memberDocument.findUniqueOrThrow({ where: { id: documentId } })).state).toBe('valid');
    await env.sleep('4d');
    expect((await db.memberDocument.findUniqueOrThrow({ where: { id: documentId } })).state).toBe('expired');
    expect(await mailsTo(member.memberId, 'document_expired')).toHaveLength(1);
    expect(await staffMails('staff_document_expired', 'Fantine Roche')).toBe(1);
    await env.sleep('60d');
    expect(await mailsTo(member.memberId, 'document_expired')).toHaveLength(1);
  });

  it('W2: renewed in time, nothing is said of the old one', async () => {
    const member = await activeMember('Gaspard Leroux');
    await sendAndAccept(member, 'urssaf', 60);
    await env.sleep('20d');
    await sendAndAccept(member, 'urssaf', 200);
    await env.sleep('60d');
    expect(await mailsTo(member.memberId, 'document_expiring')).toHaveLength(0);
    expect(await mailsTo(member.memberId, 'document_expired')).toHaveLength(0);
  });

  it('one that has already expired cannot be accepted', async () => {
    const { memberId, handle, person } = await activeMember('Hermine Joly');
    await ask(handle, steps.sendDocument, { kind: 'registration', fileName: 'kbis.pdf', expiresOn: '2020-01-31' }, person);
    await expect(ask(handle, steps.acceptDocument, { documentId: (await lastDocument(memberId)).id })).rejects.toMatchObject({ code: 'form_invalid' });
  });

  it('another member may not touch them', async () => {
    const { handle } = await activeMember('Isaure Blin');
    const other = await addMember(db, 'Autre');
    await expect(ask(handle, steps.sendDocument, { kind: 'urssaf', fileName: 'a.pdf' }, other)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('W4: every activity repeated changes nothing', async () => {
    const member = await activeMember('Joachim Ferry');
    const documentId = await sendAndAccept(member, 'urssaf', 40);
    await env.sleep('42d');
    const count = async () => [await db.mail.count(), await db.auditEvent.count(), await db.memberDocument.count({ where: { state: 'expired' } }), await db.personalLink.count()];
    const before = await count();
    for (const { id, step } of await db.submission.findMany({ where: { subject: `membership/${member.handle}` } })) {
      const run = activities[step as keyof typeof activities] as (input: object) => Promise<unknown>;
      await run({ memberId: member.memberId, submissionId: id, at: Date.now() });
    }
    await activities.announceExpiry({ memberId: member.memberId, documentId, times: 7, at: Date.now() });
    await activities.expireDocument({ memberId: member.memberId, documentId, times: 0, at: Date.now() });
    expect(await count()).toEqual(before);
    expect(before[2]).toBeGreaterThan(0);
  });

  it('a member may be blocked and let in again, and is told why', async () => {
    const { memberId, handle } = await activeMember('Katell Morin');
    await ask(handle, steps.blockMember, { reason: 'Attestation manquante.' });
    expect((await memberOf(memberId)).state).toBe('blocked');
    expect(await mailsTo(memberId, 'member_blocked')).toMatchObject([{ data: { reason: 'Attestation manquante.' } }]);
    await expect(ask(handle, steps.blockMember, { reason: 'Encore.' })).rejects.toMatchObject({ code: 'stage_changed' });
    await ask(handle, steps.unblockMember, { reason: 'Attestation reçue.' });
    expect((await memberOf(memberId)).state).toBe('active');
  });
});

describe('W2 a membership of many years', () => {
  it('continues as new with what it knows: it takes steps at once, and its documents are still watched', async () => {
    const now = await env.currentTimeMs();
    const { id: memberId } = await addMember(db, 'Nolwenn');
    const { handle } = await memberOf(memberId);
    const expiresOn = parisDay(now + 50 * day);
    const { id } = await db.memberDocument.create({ data: { memberId, kind: 'urssaf', state: 'valid', fileName: 'u.pdf', expiresOn: new Date(expiresOn), checkedAt: new Date(now) } });
    const carried = { state: 'active', since: now, documents: [{ id, kind: 'urssaf', expiresOn, since: now }] };
    await env.client.workflow.start('membership', {
      taskQueue, workflowId: `membership/${handle}`, args: [{ memberId, handle, terms: defaultMembershipTerms, mailIds: [], carried }],
    });
    await ask(handle, steps.blockMember, { reason: 'Le temps d’un contrôle.' });
    await env.sleep('52d');
    expect(await mailsTo(memberId, 'document_expiring')).toHaveLength(2);
    expect((await db.memberDocument.findUniqueOrThrow({ where: { id } })).state).toBe('expired');
  });
});

describe('W3 an operator', () => {
  it('reads where a membership stands', async () => {
    const member = await activeMember('Lubin Carrel');
    await sendAndAccept(member, 'insurance', 90);
    const { searchAttributes } = await env.client.workflow.getHandle(`membership/${member.handle}`).describe();
    expect(searchAttributes.Stage).toEqual(['active']);
    expect((searchAttributes.NextDeadline?.[0] as Date).getTime()).toBeGreaterThan(await env.currentTimeMs());
  });
});
