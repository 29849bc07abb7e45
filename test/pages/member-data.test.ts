import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { defaultMembershipTerms } from '../../domain/membership-terms.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages, type WebPerson } from '../support/web-person.ts';

const house = await openHouse();
const { deps } = house;
const { db } = deps;
await addStaff(db);
const theme = await db.theme.create({ data: { slug: 'gravure', nameFr: 'Gravure', nameEn: 'Etching' } });
const story = await beginStory(deps, { company: 'Maison Encre' });

/** An active member whose every table holds something of theirs, with the workflow that follows them. */
const filled = async (name: string): Promise<{ id: string; handle: string; email: string; web: WebPerson }> => {
  const { id } = await addMember(db, name);
  const { handle, email } = await db.member.findUniqueOrThrow({ where: { id } });
  const carried = { state: 'active', since: Date.now(), documents: [] };
  await deps.temporal.workflow.start('membership', { taskQueue: deps.taskQueue, workflowId: `membership/${handle}`, args: [{ memberId: id, handle, terms: defaultMembershipTerms, mailIds: [], carried }] });
  const web = await signInToPages(house, { kind: 'member', id });
  await web.post('/profile/do/saveProfile', { headline: `Atelier ${name}`, presentation: `${name} grave le cuivre.`, city: 'Morlaix', structure: 'freelance', skills: 'eau-forte', dayRate: '300', availability: 'now' });
  await web.post('/profile/do/saveThemes', { practised: [theme.id], subscribed: [theme.id] });
  const picture = new File([new Uint8Array(await sharp({ create: { width: 50, height: 50, channels: 3, background: 'red' } }).png().toBuffer())], `${name}.png`);
  await web.send('/profile/do/saveFace', [picture], {}, randomUUID(), 'picture');
  await web.send('/profile/references/new/do/saveReference', [picture], { title: `Estampes de ${name}` }, randomUUID(), 'picture');
  await web.post('/profile/do/addPeriod', { from: '2027-06-01', to: '2027-06-05', kind: 'taken', note: `${name} en résidence` });
  await db.mail.create({ data: { key: randomUUID(), template: 'sign_in', toEmail: email, toName: name, toKind: 'member', toId: id, subject: `Bonjour ${name}`, text: `Bonjour ${name}`, data: {}, state: 'sent', messageId: randomUUID() } });
  return { id, handle, email, web };
};
const inConversation = async (who: { id: string }, text: string) => {
  const conversation = await db.conversation.upsert({ where: { projectId_memberId: { projectId: story.projectId, memberId: who.id } }, update: {}, create: { projectId: story.projectId, kind: 'direct', memberId: who.id, members: { create: { memberId: who.id } } } });
  await db.message.create({ data: { conversationId: conversation.id, seq: 900, kind: 'message', authorKind: 'member', authorId: who.id, authorName: 'Moi', text, key: randomUUID() } });
  await db.message.create({ data: { conversationId: conversation.id, seq: 901, kind: 'message', authorKind: 'client', authorId: story.client.id, authorName: 'Claire', text: 'Réponse confidentielle du client', key: randomUUID() } });
};

describe('GDPR a member takes their data away', () => {
  it('M2: the file holds what we know of them, of nobody else, and no secret', async () => {
    const [one, other] = [await filled('Perrine'), await filled('Voisine')];
    await inConversation(one, 'Mon message');
    const { status, headers, html } = await one.web.get('/my-data/export.json');
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'application/json; charset=utf-8', 'private, no-store']);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="off-works-\d{4}-\d\d-\d\d\.json"$/);
    const data = JSON.parse(html) as { member: Record<string, unknown>; files: unknown[]; mails: unknown[]; messages: unknown[]; sessions: unknown[] };
    expect(data.member).toMatchObject({ id: one.id, email: one.email, presentation: 'Perrine grave le cuivre.', skills: ['eau-forte'], themes: [{ practised: true, theme: { nameFr: 'Gravure' } }], portfolio: [{ title: 'Estampes de Perrine' }], calendar: [{ kind: 'taken', note: 'Perrine en résidence' }], billing: { siret: '73282932000074', ibanLast4: '0189' } });
    expect([data.files.length, data.mails.length, data.messages.length, data.sessions.length]).toEqual([2, 1, 1, 1]);
    for (const secret of [other.email, other.id, 'Voisine', 'ibanEncrypted', 'kept elsewhere', 'Réponse confidentielle', 'tokenHash', 'off_works']) expect(html).not.toContain(secret);
  });
});

describe('GDPR a member asks to be erased', () => {
  const erase = (web: WebPerson, email: string, key?: string) => web.post('/my-data/do/eraseMember', { email }, key);

  it('M2: the page says what goes and what the law keeps; another address than theirs erases nothing', async () => {
    const { id, web } = await filled('Odette');
    const { html } = await web.get('/my-data');
    for (const text of ['Ce que la loi nous fait garder dix ans', 'Les factures', 'Ce qui est effacé', '/my-data/export.json']) expect(html).toContain(text);
    const refused = await erase(web, 'autre@membres.test');
    expect([refused.status, refused.html.includes('autre@membres.test'), refused.html.includes('pas l’adresse de ce compte')]).toEqual([422, true, true]);
    expect((await db.member.findUniqueOrThrow({ where: { id } })).state).toBe('active');
  });

  it('M2: nothing of them stands anywhere any more; posted twice it is once; the trail says when', async () => {
    const { id, handle, email, web } = await filled('Quitterie');
    await inConversation({ id }, 'Quitterie vous écrit');
    await web.post('/email/do/askEmail', { email: 'quitterie.ailleurs@membres.test' });
    await db.application.create({ data: { projectId: story.projectId, leadId: id, message: 'Quitterie candidate', state: 'not_chosen', members: { create: { memberId: id } } } });
    await db.invitation.create({ data: { projectId: story.projectId, memberId: id, message: 'Chère Quitterie', state: 'unavailable', answer: 'Quitterie est prise' } });
    await db.candidateNote.create({ data: { projectId: story.projectId, memberId: id, authorId: story.client.id, text: 'Quitterie nous plaît' } });
    await db.mail.create({ data: { key: randomUUID(), template: 'application_received', toEmail: 'claire@clients.test', toName: 'Claire', toKind: 'client', toId: story.client.id, projectId: story.projectId, subject: 'Quitterie candidate', data: { memberName: 'Quitterie', mateNames: [], message: 'x' }, state: 'sent', messageId: randomUUID() } });
    const waiting = await db.mail.create({ data: { key: randomUUID(), template: 'sign_in', toEmail: email, toName: 'Quitterie', toKind: 'member', toId: id, data: {}, messageId: randomUUID(), projectId: story.projectId } });
    const key = randomUUID();
    expect(await erase(web, email, key)).toMatchObject({ status: 303, to: '/?done=memberErased' });
    expect((await erase(web, email, key)).status).toBe(303); // their session is over: the way to sign in
    expect(await db.member.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'erased', name: '—', headline: '', pictureId: null, skills: [] });
    const tables = await db.$queryRaw<{ name: string }[]>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
    for (const { name } of tables.filter(({ name: table }) => !['AuditEvent', '_prisma_migrations'].includes(table))) {
      const rows = await db.$queryRawUnsafe<{ kept: string }[]>(`SELECT row_to_json(t)::text AS kept FROM "${name}" t WHERE row_to_json(t)::text ~* $1`, `Quitterie|${email}`);
      expect([name, rows.map(({ kept }) => kept.replaceAll(handle, '')).filter((kept) => /quitterie/i.test(kept))]).toEqual([name, []]);
    }
    for (const count of [db.storedFile.count({ where: { ownerId: id } }), db.webSession.count({ where: { personId: id } }), db.billingEntity.count({ where: { memberId: id } }), db.mail.count({ where: { id: waiting.id } }), db.memberSearch.count({ where: { memberId: id } })]) expect(await count).toBe(0);
    expect(await db.message.count({ where: { text: 'Réponse confidentielle du client' } })).toBeGreaterThan(0);
    await expect(db.message.updateMany({ where: { authorId: story.client.id }, data: { text: 'autre chose' } })).rejects.toThrow('append-only');
    expect(await db.auditEvent.findMany({ where: { subject: handle, action: 'membership.eraseMember' } })).toMatchObject([{ actorName: '—', data: {} }]);
    expect((await web.get('/home')).to).toContain('/sign-in');
  });

  it('M2: whoever has work, an application or money under way waits, and is told what for', async () => {
    const { id, email, web } = await filled('Rosalie');
    const running = await beginStory(deps, { company: 'En Cours' });
    await db.teamMember.create({ data: { projectId: running.projectId, memberId: id } });
    expect((await web.get('/my-data')).html).toMatch(new RegExp(`${running.ref}[^]*vous faites partie de l’équipe`));
    const refused = await erase(web, email);
    expect([refused.status, refused.html.includes('en cours')]).toEqual([422, true]);
    expect(await db.member.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'active', name: 'Rosalie' });
    await db.teamMember.deleteMany({ where: { memberId: id } });
    await db.application.create({ data: { projectId: running.projectId, leadId: id, message: 'x', members: { create: { memberId: id } } } });
    expect((await erase(web, email)).html).toContain('votre candidature attend une réponse');
  });

  it('I4: with contracts behind them, invoices, identity and correspondence stay; the profile and the account go', async () => {
    const { id, email, web } = await filled('Séraphine');
    const done = await beginStory(deps, { company: 'Terminée' });
    await done.untilSigned([{ kind: 'member', id }]);
    const quote = await db.memberQuote.findFirstOrThrow({ where: { memberId: id } });
    await db.memberInvoice.create({ data: { ref: `${done.ref}-F1`, projectId: done.projectId, memberId: id, quoteId: quote.id, state: 'final', amountCents: 1_000, vatRegime: 'standard', vatRateBp: 2000, vatCents: 200, totalCents: 1_200, feeCents: 0, number: 'S-1', mandate: true } });
    await db.memberDocument.create({ data: { memberId: id, kind: 'urssaf', state: 'valid', fileName: 'attestation.pdf' } });
    await db.project.update({ where: { id: done.projectId }, data: { stage: 'closed', closedAt: new Date() } });
    const talk = await db.conversation.findFirstOrThrow({ where: { projectId: done.projectId, members: { some: { memberId: id } } } });
    await db.message.create({ data: { conversationId: talk.id, seq: 950, kind: 'message', authorKind: 'member', authorId: id, authorName: 'Séraphine', text: 'Le livrable est prêt', key: randomUUID() } });
    expect((await erase(web, email)).to).toBe('/?done=memberErased');
    expect(await db.memberInvoice.findMany({ where: { memberId: id } })).toMatchObject([{ number: 'S-1', totalCents: 1_200 }]);
    expect(await db.memberQuote.findMany({ where: { memberId: id }, include: { lines: true } })).toMatchObject([{ state: 'accepted', lines: [{ label: 'Création du site' }] }]);
    expect(await db.billingEntity.findUniqueOrThrow({ where: { memberId: id } })).toMatchObject({ legalName: 'Séraphine EI', siret: '73282932000074', ibanEncrypted: '', bic: null });
    expect([await db.message.count({ where: { text: 'Le livrable est prêt', authorName: 'Séraphine' } }), await db.memberDocument.count({ where: { memberId: id } }), await db.memberReference.count({ where: { memberId: id } })]).toEqual([1, 1, 0]);
    expect(await db.member.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'erased', name: '—', presentation: '' });
  });
});
