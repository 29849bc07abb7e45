import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Deps } from '../../deps.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { keepMemberFile } from '../../documents/member-files.ts';
import { parisDay } from '../../domain/membership-schedule.ts';
import * as corrections from '../../steps/correction-steps.ts';
import { dispute, recordPayment, reportAnomaly } from '../../steps/invoice-steps.ts';
import * as memberSteps from '../../steps/membership-steps.ts';
import { perform } from '../../steps/perform.ts';
import { inviteMember, startCasting } from '../../steps/project-steps.ts';
import { startMembership } from '../../steps/start-membership.ts';
import type { Person } from '../../steps/step.ts';
import { correct } from './correct.ts';
import { eventually } from './eventually.ts';
import { pdfFile } from './files.ts';
import { addMember, addStaff, beginStory, type Story } from './story.ts';

export interface Scene {
  readonly resource: string;
  readonly id: string;
  /** What the database says once the action was taken. */
  happened(): Promise<void>;
}

/** By action of the console: a record that stands where the action may be taken, made by the lifecycle itself. */
export function staffScenes(deps: Deps & ActivityDeps & { taskQueue: string }): Record<string, () => Promise<Scene>> {
  const { db } = deps;
  const anyone = (): Promise<Person> => addMember(db, `Scène${randomUUID().slice(0, 4)}`);
  const until = async (prepare: (story: Story) => Promise<unknown>): Promise<Story> => {
    const story = await beginStory(deps);
    await prepare(story);
    return story;
  };
  const project = (story: Story, happened: () => Promise<unknown>): Scene => ({ resource: 'Project', id: story.projectId, happened: async () => void (await happened()) });
  const stage = (story: Story, wanted: string): Scene => project(story, () => eventually(async () => expect(await story.stage()).toBe(wanted)));
  const told = (story: Story, action: string): Scene => project(story, async () => expect(await db.auditEvent.count({ where: { projectId: story.projectId, action } })).toBe(1));
  const round = async (story: Story, state: string): Promise<Scene> => {
    const { id } = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
    return { resource: 'QuoteRound', id, happened: async () => expect((await db.quoteRound.findUniqueOrThrow({ where: { id } })).state).toBe(state) };
  };
  const nothing = (): Promise<void> => Promise.resolve();
  const published = async (story: Story): Promise<void> => { await story.approve(); await story.publish(); };
  const candidates = async (story: Story): Promise<void> => { await published(story); await story.apply(await anyone()); };
  const quoted = async (story: Story): Promise<void> => {
    await published(story);
    const member = await anyone();
    await story.apply(member);
    await story.chooseAll();
    await story.quote(member);
  };
  const invoiced = async (): Promise<{ story: Story; member: Person; ref: string }> => {
    const story = await beginStory(deps);
    const member = await anyone();
    await story.untilSigned([member]);
    return { story, member, ref: (await story.enterAmount(member, 30_000)).ref };
  };
  const memberInvoice = async (ref: string, state: string): Promise<Scene> => {
    const { id } = await db.memberInvoice.findUniqueOrThrow({ where: { ref } });
    return { resource: 'MemberInvoice', id, happened: async () => expect((await db.memberInvoice.findUniqueOrThrow({ where: { ref } })).state).toBe(state) };
  };
  const anomaly = async (): Promise<string> => {
    const { story, member, ref } = await invoiced();
    await story.ask(reportAnomaly, { reason: 'Il manque une journée.' }, member, `member-invoice/${ref}`);
    return ref;
  };
  const issued = async (): Promise<{ story: Story; ref: string; id: string }> => {
    const story = await beginStory(deps, { terms: { anomalyWindow: { unit: 'seconds', count: 1 } } });
    const member = await anyone();
    await story.untilSigned([member]);
    await story.enterAmount(member, 83_000);
    let found = { ref: '', id: '' };
    await eventually(async () => { found = await db.clientInvoice.findFirstOrThrow({ where: { projectId: story.projectId, state: 'issued' } }); }, 25_000);
    return { story, ref: found.ref, id: found.id };
  };
  const clientInvoice = (id: string, holds: object): Scene => ({ resource: 'ClientInvoice', id, happened: async () => expect(await db.clientInvoice.findUniqueOrThrow({ where: { id } })).toMatchObject(holds) });
  const candidate = async (): Promise<{ id: string; handle: string }> => {
    const { memberId, handle } = await startMembership(deps, {
      key: randomUUID(), candidature: { name: `Candidate ${randomUUID().slice(0, 4)}`, email: `${randomUUID()}@membres.test`, structure: 'freelance', headline: 'Typographe', experience: 'Huit ans.', references: [{ title: 'Affiches', link: '' }] },
    });
    return { id: memberId, handle };
  };
  const asStaff = async (handle: string, step: Parameters<typeof perform>[1]['step'], payload: object): Promise<void> =>
    void (await perform(deps, { step, subject: `membership/${handle}`, person: await addStaff(db), key: randomUUID(), payload }));
  const active = async (): Promise<{ id: string; handle: string }> => {
    const one = await candidate();
    await asStaff(one.handle, memberSteps.acceptCandidature, { message: '' });
    return one;
  };
  const member = (id: string, state: string): Scene => ({ resource: 'Member', id, happened: async () => expect((await db.member.findUniqueOrThrow({ where: { id } })).state).toBe(state) });
  const withDocument = async (state: string): Promise<Scene> => {
    const { id, handle } = await active();
    const fileId = await keepMemberFile(db, { key: randomUUID(), memberId: id, name: 'kbis.pdf', bytes: pdfFile('kbis'), at: Date.now() });
    await perform(deps, {
      step: memberSteps.sendDocument, subject: `membership/${handle}`, person: { kind: 'member', id }, key: randomUUID(),
      payload: { kind: 'registration', fileName: 'kbis.pdf', fileId, expiresOn: parisDay(Date.now() + 60 * 86_400_000) },
    });
    return { resource: 'Member', id, happened: async () => expect((await db.memberDocument.findFirstOrThrow({ where: { memberId: id } })).state).toBe(state) };
  };
  const mail = async (state: string, after: readonly string[]): Promise<Scene> => {
    const id = randomUUID();
    await db.mail.create({ data: { id, key: id, template: 'sign_in', toEmail: 'personne@clients.test', toName: 'Personne', toKind: 'client', data: {}, messageId: `<${id}@off-works>`, state, subject: 'Un e-mail resté en route' } });
    return { resource: 'Mail', id, happened: async () => eventually(async () => expect(after).toContain((await db.mail.findUniqueOrThrow({ where: { id } })).state)) };
  };

  return {
    approveBrief: async () => stage(await until(nothing), 'approved'),
    askBriefChanges: async () => stage(await until(nothing), 'changes_requested'),
    rejectBrief: async () => stage(await until(nothing), 'rejected'),
    startCasting: async () => stage(await until((story) => story.approve()), 'casting'),
    publish: async () => stage(await until((story) => story.approve()), 'published'),
    inviteMember: async () => { await anyone(); return told(await until(published), 'project.inviteMember'); },
    postNotice: async () => told(await until(candidates), 'project.postNotice'),
    selectTeam: async () => stage(await until(candidates), 'quoting'),
    withdraw: async () => stage(await until(published), 'withdrawn'),
    abandon: async () => stage(await until(published), 'abandoned'),
    assignManager: async () => told(await until(nothing), 'project.assignManager'),
    setReferral: async () => { await anyone(); return told(await until(nothing), 'project.setReferral'); },
    openAmendment: async () => told(await until(async (story) => story.untilSigned([await anyone()])), 'project.openAmendment'),
    closeProject: async () => stage(await until(async (story) => story.untilSigned([await anyone()])), 'closed'),
    remindNow: async () => told(await until((story) => story.approve()), 'project.remindNow'),
    remindInvited: async () => {
      const story = await until((one) => one.approve());
      await story.ask(startCasting, {}, story.staff);
      await story.ask(inviteMember, { memberIds: [(await anyone()).id], message: 'Votre style nous plaît.' }, story.staff);
      await db.invitation.updateMany({ where: { projectId: story.projectId }, data: { createdAt: new Date(Date.now() - 2 * 86_400_000) } });
      return told(story, 'project.remindInvited');
    },
    moveDeadline: async () => told(await until(nothing), 'deadline.extend'),
    sendClientQuote: async () => round(await until(quoted), 'sent'),
    sendBackQuote: async () => round(await until(quoted), 'collecting'),
    reopenQuote: async () => round(await until(async (story) => story.untilSent([await anyone()])), 'validating'),
    resolveAnomaly: async () => memberInvoice(await anomaly(), 'preview'),
    cancelInvoice: async () => memberInvoice((await invoiced()).ref, 'cancelled'),
    recordPayment: async () => clientInvoice((await issued()).id, { state: 'paid' }),
    chaseNow: async () => {
      const { story, id } = await issued();
      return { ...told(story, 'clientInvoice.chaseNow'), resource: 'ClientInvoice', id };
    },
    pauseDunning: async () => clientInvoice((await issued()).id, { dunningPaused: true }),
    resumeDunning: async () => clientInvoice((await issued()).id, { dunningPaused: false }),
    settleDispute: async () => {
      const { story, ref, id } = await issued();
      await story.ask(dispute, { reason: 'Deux journées de trop.' }, story.client, `client-invoice/${ref}`);
      return clientInvoice(id, { dunningPaused: false, disputeAnswer: expect.any(String) as string });
    },
    sendPayout: async () => {
      const { story, ref, id } = await issued();
      await story.pay(ref, 120_000);
      return clientInvoice(id, { state: 'settled' });
    },
    creditInvoice: async () => clientInvoice((await issued()).id, { state: 'cancelled' }),
    cancelClientInvoice: async () => clientInvoice((await issued()).id, { state: 'cancelled' }),
    writeOff: async () => clientInvoice((await issued()).id, { state: 'written_off' }),
    reviveDebt: async () => {
      const { ref, id } = await issued();
      await correct(deps, ref, corrections.writeOff, { reason: 'Client en liquidation.' });
      return clientInvoice(id, { state: 'issued', writtenOffCents: 0 });
    },
    takeBackPayment: async () => {
      const { story, ref, id } = await issued();
      await story.pay(ref, 50_000);
      return clientInvoice(id, { state: 'issued', paidCents: 0 });
    },
    useClientCredit: async () => {
      const [first, second] = [await issued(), await issued()];
      const { companyId } = await db.project.findUniqueOrThrow({ where: { id: first.story.projectId } });
      await db.project.update({ where: { id: second.story.projectId }, data: { companyId } });
      await first.story.ask(recordPayment, { amountCents: 130_000, receivedOn: '2026-12-01', reference: 'VIR TROP', keepExcess: true }, first.story.staff, `client-invoice/${first.ref}`);
      return clientInvoice(second.id, { state: 'part_paid', paidCents: 10_000 });
    },
    refundClient: async () => {
      const { story, ref, id } = await issued();
      await story.ask(recordPayment, { amountCents: 130_000, receivedOn: '2026-12-01', reference: 'VIR TROP', keepExcess: true }, story.staff, `client-invoice/${ref}`);
      return clientInvoice(id, { keptCents: 0 });
    },
    recordRecovery: async () => {
      const { story, ref, id } = await issued();
      await story.pay(ref, 120_000);
      await story.sendPayouts(ref);
      await correct(deps, ref, corrections.cancelClientInvoice, { givesBack: false, reason: 'Travail non livré.' });
      return { resource: 'ClientInvoice', id, happened: async () => expect(await db.payout.count({ where: { state: 'recovered', payment: { clientInvoiceId: id } } })).toBe(1) };
    },
    acceptCandidature: async () => member((await candidate()).id, 'active'),
    refuseCandidature: async () => member((await candidate()).id, 'refused'),
    acceptDocument: () => withDocument('valid'),
    refuseDocument: () => withDocument('refused'),
    overrideDocument: async () => {
      const { id } = await active();
      return { resource: 'Member', id, happened: async () => expect(await db.documentOverride.count({ where: { memberId: id } })).toBe(1) };
    },
    blockMember: async () => member((await active()).id, 'blocked'),
    unblockMember: async () => {
      const { id, handle } = await active();
      await asStaff(handle, memberSteps.blockMember, { reason: 'Litige en cours.' });
      return member(id, 'active');
    },
    sendAgain: () => mail('failed', ['queued', 'sending', 'sent', 'failed']),
    markSent: () => mail('in_doubt', ['sent']),
    drop: () => mail('failed', ['dropped']),
  };
}
