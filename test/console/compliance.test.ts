import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { reviewPayouts } from '../../database/vigilance.ts';
import { keepMemberFile } from '../../documents/member-files.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import * as steps from '../../steps/membership-steps.ts';
import { perform } from '../../steps/perform.ts';
import { projectActions } from '../../admin/actions/project-actions.ts';
import { speaker } from '../../admin/text.ts';
import { startMembership } from '../../steps/start-membership.ts';
import { allBlocks, signInAs, textOf, type ShownPage } from '../support/console.ts';
import { pdfFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const nadia = await addStaff(db);
const aicha = await signInAs(db, url, 'administrative', 'Aïcha');
const finance = await signInAs(db, url, 'finance', 'Fabien');
const looker = await signInAs(db, url, 'read_only', 'Lou');
const day = 86_400_000;

async function member(name: string): Promise<{ id: string; handle: string }> {
  const { memberId, handle } = await startMembership(deps, {
    key: randomUUID(), candidature: { name, email: `${randomUUID()}@membres.test`, structure: 'freelance', headline: 'Relieuse', experience: 'Dix ans.', references: [{ title: 'Carnets', link: '' }] },
  });
  await perform(deps, { step: steps.acceptCandidature, subject: `membership/${handle}`, person: nadia, key: randomUUID(), payload: { message: '' } });
  return { id: memberId, handle };
}
async function send({ id, handle }: { id: string; handle: string }, kind: string): Promise<string> {
  const fileId = await keepMemberFile(db, { key: randomUUID(), memberId: id, name: `${kind}.pdf`, bytes: pdfFile(kind), at: Date.now() });
  await perform(deps, { step: steps.sendDocument, subject: `membership/${handle}`, person: { kind: 'member', id }, key: randomUUID(), payload: { kind, fileName: `${kind}.pdf`, fileId, expiresOn: parisDay(Date.now() + 90 * day) } });
  return (await db.memberDocument.findFirstOrThrow({ where: { memberId: id, kind, state: 'to_check' } })).id;
}
/** A running contract of this amount, invoiced and paid by the client. */
async function owed(memberId: string, cents: number): Promise<{ ref: string; payoutId: string }> {
  const { projectId, ref } = await beginStory(deps);
  await db.project.update({ where: { id: projectId }, data: { stage: 'running' } });
  const round = await db.quoteRound.create({ data: { projectId, number: 0, ref, state: 'signed' } });
  const quote = await db.memberQuote.create({ data: { roundId: round.id, memberId, version: 1, state: 'accepted', totalCents: cents, acceptedCents: cents, vatRegime: 'franchise', vatRateBp: 0 } });
  const client = await db.clientInvoice.create({ data: { ref: `${ref}-C1`, projectId, state: 'paid' } });
  const invoice = await db.memberInvoice.create({
    data: { ref: `${ref}-F1`, projectId, memberId, quoteId: quote.id, state: 'final', amountCents: cents, vatRegime: 'franchise', vatRateBp: 0, vatCents: 0, totalCents: cents, feeCents: 0, mandate: true, clientInvoiceId: client.id, finalAt: new Date(), legalDueAt: new Date(Date.now() + 5 * day) },
  });
  const payment = await db.payment.create({ data: { key: randomUUID(), clientInvoiceId: client.id, amountCents: cents, receivedOn: new Date(), reference: 'VIR', recordedBy: 'test' } });
  const { id } = await db.payout.create({ data: { kind: 'services', memberId, paymentId: payment.id, memberInvoiceId: invoice.id, amountCents: cents } });
  await db.$transaction((tx) => reviewPayouts(tx, memberId, Date.now()));
  return { ref, payoutId: id };
}
const table = (page: ShownPage, caption: string) => (allBlocks(page.blocks).find((block) => block.caption?.startsWith(caption))?.rows ?? []).map(({ cells }) => cells.map(textOf));
const stateOf = async (id: string) => (await db.payout.findUniqueOrThrow({ where: { id } })).state;

describe('M4 the compliance page', () => {
  it('shows what to check with the file itself; accepting both documents lets the payout go; every text has its sentence', async () => {
    const ada = await member('Ada Lorient');
    const { ref, payoutId } = await owed(ada.id, 600_000);
    expect(table(await looker.open('compliance'), 'Ce qui manque')).toContainEqual(['Ada Lorient', expect.stringMatching(/Immatriculation \(manquant\), Attestation URSSAF \(manquant\)/) as string, ref, '6\u202f000,00\u00a0€']);
    const [registration, urssaf] = [await send(ada, 'registration'), await send(ada, 'urssaf')];
    expect(table(await finance.open('compliance'), 'À vérifier').map(([who]) => who)).toEqual(['Ada Lorient', 'Ada Lorient']);
    const page = await aicha.open('compliance', `document=${urssaf}`);
    const frame = allBlocks(page.blocks).find(({ kind }) => kind === 'frame');
    const file = await fetch(`${url}${frame?.src}`, { headers: { cookie: finance.cookie } });
    expect([file.status, file.headers.get('content-type'), file.headers.get('x-content-type-options')]).toEqual([200, 'application/pdf', 'nosniff']);
    expect(file.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${url}${frame?.src}`, { redirect: 'manual' })).status).toBe(302);
    expect((await fetch(`${url}/console/member-files/${randomUUID()}`, { headers: { cookie: aicha.cookie } })).status).toBe(404);
    expect((await aicha.act('compliance', `document=${registration}`, 'acceptDocument', { expiresOn: '' })).notice?.type).toBe('success');
    expect(await stateOf(payoutId)).toBe('held');
    const done = await aicha.act('compliance', `document=${urssaf}`, 'acceptDocument', { expiresOn: '2099-12-31', verification: 'Code 7G4K' });
    expect(done).toMatchObject({ notice: { type: 'success' }, redirect: '/console/pages/compliance' });
    expect(await stateOf(payoutId)).toBe('to_send');
    // D8222-5: six months at most, whatever was typed
    for (const id of [registration, urssaf]) {
      const { expiresOn } = await db.memberDocument.findUniqueOrThrow({ where: { id } });
      expect(((expiresOn?.getTime() ?? 0) - Date.now()) / day).toBeLessThan(185);
    }
    const whole = JSON.stringify([await aicha.open('compliance'), await aicha.open('compliance', `member=${ada.id}`), page]);
    expect(whole).toContain('Code 7G4K');
    expect(whole).not.toMatch(/"(compliance|kind|field|event|action|consequence)\.[\w.]+"/);
    expect(table(await looker.open('compliance'), 'Ce qui manque').map(([who]) => who)).not.toContain('Ada Lorient');
  });

  it('refuses with a reason that the member reads; who may only look or pay changes nothing', async () => {
    const bea = await member('Béa Quimper');
    const id = await send(bea, 'insurance');
    for (const hand of [looker, finance]) {
      expect((await hand.act('compliance', `document=${id}`, 'acceptDocument', { expiresOn: '' })).notice?.type).toBe('error');
      expect((await hand.act('compliance', `member=${bea.id}`, 'block', { reason: 'Parce que.' })).notice?.type).toBe('error');
      expect((await hand.act('compliance', `member=${bea.id}`, 'override', { kind: 'urssaf', reason: 'Parce que.', until: '2099-01-01' })).notice?.type).toBe('error');
      expect(allBlocks((await hand.open('compliance', `member=${bea.id}`)).blocks).some(({ kind, act }) => kind === 'form' && act)).toBe(false);
    }
    expect(await db.documentOverride.count({ where: { memberId: bea.id } })).toBe(0);
    await aicha.act('compliance', `document=${id}`, 'refuseDocument', { reason: 'Le nom ne correspond pas.' });
    expect(await db.memberDocument.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'refused', reason: 'Le nom ne correspond pas.' });
    expect((await aicha.act('compliance', `document=${id}`, 'acceptDocument', { expiresOn: '' })).notice?.type).toBe('error');
  });

  it('S5: an override and a block are audited with who, why and until when, and shown on the member’s page', async () => {
    const cleo = await member('Cléo Vannes');
    const { payoutId } = await owed(cleo.id, 900_000);
    await perform(deps, { step: steps.acceptDocument, subject: `membership/${cleo.handle}`, person: nadia, key: randomUUID(), payload: { documentId: await send(cleo, 'registration') } });
    const until = parisDay(Date.now() + 10 * day);
    expect((await aicha.act('compliance', `member=${cleo.id}`, 'override', { kind: 'urssaf', reason: '', until })).notice?.type).toBe('error');
    expect((await aicha.act('compliance', `member=${cleo.id}`, 'override', { kind: 'urssaf', reason: 'Vu avec l’URSSAF.', until })).notice?.type).toBe('success');
    expect(await stateOf(payoutId)).toBe('to_send');
    await aicha.act('compliance', `member=${cleo.id}`, 'block', { reason: 'Deux clients se plaignent.' });
    const events = await db.auditEvent.findMany({ where: { subject: cleo.handle, action: { in: ['membership.overrideDocument', 'membership.blockMember'] } }, orderBy: { at: 'asc' } });
    expect(events).toMatchObject([{ actorName: 'Aïcha', data: { kind: 'urssaf', reason: 'Vu avec l’URSSAF.', until } }, { actorName: 'Aïcha', data: { reason: 'Deux clients se plaignent.' } }]);
    const page = await looker.open('compliance', `member=${cleo.id}`);
    const told = table(page, 'Ce qui s’est passé').map(([, who, what]) => `${who}: ${what}`);
    expect(told[0]).toBe('Aïcha: Membre bloqué');
    expect(told).toEqual(expect.arrayContaining(['L’horloge: Virement libéré', 'Aïcha: Document passé outre', 'L’horloge: Virement retenu']));
    expect(table(await looker.open('compliance'), 'Passages outre').map(([who]) => who)).toEqual(['Cléo Vannes']);
    expect((await aicha.act('compliance', `member=${cleo.id}`, 'unblock', { reason: 'Tout est réglé.' })).notice?.type).toBe('success');
    expect((await db.member.findUniqueOrThrow({ where: { id: cleo.id } })).state).toBe('active');
  });

  it('finds any member by name, and says in words what is not there', async () => {
    const dora = await member('Dora Pornic');
    expect(allBlocks((await looker.open('compliance', 'name=pornic')).blocks).some(({ rows }) => JSON.stringify(rows ?? []).includes(`member=${dora.id}`))).toBe(true);
    expect(await looker.open('compliance', 'document=nothing')).toMatchObject({ title: 'Introuvable' });
  });
});

describe('S1 the work queue', () => {
  it('leads to the document and to the candidature themselves, and shows what the law grants a member soon', async () => {
    const eve = await member('Ève Redon');
    const documentId = await send(eve, 'urssaf');
    const { ref } = await owed(eve.id, 100_000);
    const { memberId } = await startMembership(deps, {
      key: randomUUID(), candidature: { name: 'Fée Auray', email: `${randomUUID()}@membres.test`, structure: 'freelance', headline: 'Relieuse', experience: 'Dix ans.', references: [{ title: 'Carnets', link: '' }] },
    });
    const queue = async () => ((await (await fetch(`${url}/console/api/dashboard`, { headers: { cookie: aicha.cookie } })).json()) as { items: { kind: string; href: string; detail: string; until: string | null }[] }).items;
    const items = await queue();
    expect(items.map(({ href }) => href)).toEqual(expect.arrayContaining([`/console/pages/compliance?document=${documentId}`, `/console/pages/candidatures?member=${memberId}`]));
    expect(items.find(({ kind, detail }) => kind === 'legal' && detail.startsWith(`${ref}-F1`))?.until).not.toBeNull();
    await db.payout.updateMany({ where: { memberId: eve.id }, data: { state: 'sent' } });
    expect((await queue()).some(({ kind, detail }) => kind === 'legal' && detail.startsWith(`${ref}-F1`))).toBe(false);
  });
});

describe('C3 inviting to a casting', () => {
  it('offers neither those invited already nor those who have applied', async () => {
    const [gaelle, herve, ivan] = [await addMember(db, 'Gaëlle'), await addMember(db, 'Hervé'), await addMember(db, 'Ivan')];
    const story = await beginStory(deps);
    await story.approve();
    await story.publish();
    await story.apply(gaelle, [ivan]);
    const fields = await projectActions.find(({ step }) => step.name === 'inviteMember')?.fields?.(deps, story.projectId, speaker('fr'), { id: nadia.id, name: '', role: 'administrator', email: '', menu: [] });
    const offered = fields?.[0]?.options?.map(({ value }) => value) ?? [];
    expect(offered).toContain(herve.id);
    expect([gaelle.id, ivan.id].filter((id) => offered.includes(id))).toEqual([]);
  });
});
