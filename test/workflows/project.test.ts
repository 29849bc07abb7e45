import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import * as projectSteps from '../../steps/project-steps.ts';
import * as quoteSteps from '../../steps/quote-steps.ts';
import { freshDatabase } from '../support/database.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory, oneFlatLine } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';
import { eventually } from '../support/eventually.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
await addStaff(db);

const now = (): Promise<number> => env.currentTimeMs();
const begin = (options: Parameters<typeof beginStory>[1] = {}) => beginStory({ ...deps, temporal: env.client }, { now, ...options });
const mailsOf = (projectId: string, template: string) => db.mail.findMany({ where: { projectId, template } });
const standing = async (ref: string) => (await env.client.workflow.getHandle(`project/${ref}`).describe()).status.name;

describe('C2 brief review', () => {
  it('goes back to the client with remarks, comes again, and is approved with an account manager', async () => {
    const story = await begin();
    await story.ask(projectSteps.askBriefChanges, { remarks: 'Précisez les livrables attendus.' }, story.staff);
    expect(await story.stage()).toBe('changes_requested');
    const brief = { title: 'Refonte complète', problem: 'Le site ne dit plus qui nous sommes.', deliverables: 'Maquettes et site', themeIds: [] };
    await story.ask(projectSteps.resubmitBrief, brief, story.client);
    await story.approve();
    const project = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    expect(project).toMatchObject({ stage: 'approved', title: 'Refonte complète', accountManagerId: story.staff.id });
    await eventually(async () => expect(await mailsOf(story.projectId, 'brief_approved')).toMatchObject([{ state: 'sent' }]));
  });

  it('is rejected with its reason, and the workflow ends', async () => {
    const story = await begin();
    await story.ask(projectSteps.rejectBrief, { reason: 'Ce besoin relève de l’intérim.' }, story.staff);
    expect(await story.stage()).toBe('rejected');
    expect(await mailsOf(story.projectId, 'brief_rejected')).toHaveLength(1);
    await eventually(async () => expect(await standing(story.ref)).toBe('COMPLETED'));
    await expect(story.approve()).rejects.toMatchObject({ code: 'over' });
  });

  it('W2: staff are reminded of a brief that waits, once per reminder', async () => {
    const story = await begin({ terms: { briefReviewReminders: [{ unit: 'hours', count: 4 }, { unit: 'hours', count: 20 }] } });
    await env.sleep('30h');
    expect(await mailsOf(story.projectId, 'staff_brief_waiting')).toHaveLength(2);
  });

  it('a client may not approve their own brief', async () => {
    const story = await begin();
    await expect(story.ask(projectSteps.approveBrief, { accountManagerId: story.staff.id }, story.client)).rejects.toMatchObject({ code: 'not_allowed' });
  });
});

describe('W1 ways out before the contract', () => {
  it('C3: a private casting may become public; members who were not invited cannot apply before', async () => {
    const [invited, outsider] = [await addMember(db, 'Aude'), await addMember(db, 'Basile')];
    const story = await begin();
    await story.approve();
    await story.ask(projectSteps.startCasting, {}, story.client);
    await story.ask(projectSteps.inviteMember, { memberIds: [invited.id], message: 'Votre univers nous plaît.' }, story.client);
    await expect(story.apply(outsider)).rejects.toMatchObject({ code: 'not_invited' });
    await story.ask(projectSteps.answerInvitation, { interested: true, message: 'Avec plaisir.', mateIds: [] }, invited);
    await story.publish();
    await story.apply(outsider);
    expect(await db.application.count({ where: { projectId: story.projectId, state: 'received' } })).toBe(2);
  });

  it('C8: when the client withdraws, every candidate has an answer', async () => {
    const [lead, mate] = [await addMember(db, 'Chloe'), await addMember(db, 'Denis')];
    const story = await begin();
    await story.approve();
    await story.publish();
    await story.apply(lead, [mate]);
    await story.ask(projectSteps.withdraw, { reason: 'Le budget est reporté.' }, story.client);
    expect(await story.stage()).toBe('withdrawn');
    expect((await mailsOf(story.projectId, 'application_not_chosen')).map(({ toId }) => toId).sort()).toEqual([lead.id, mate.id].sort());
    expect(await db.application.count({ where: { projectId: story.projectId, state: 'received' } })).toBe(0);
  });

  it('a project nobody moves is abandoned at its limit', async () => {
    const story = await begin({ terms: { distributionReminders: [{ unit: 'days', count: 3 }], dormancyLimit: { unit: 'days', count: 40 } } });
    await story.approve();
    await env.sleep('42d');
    expect(await story.stage()).toBe('abandoned');
    expect(await mailsOf(story.projectId, 'distribution_reminder')).toHaveLength(1);
    expect(await mailsOf(story.projectId, 'project_abandoned')).toHaveLength(1);
  });

  it('C8, C5: the chosen team and the others are all told, in one step', async () => {
    const [one, two, three] = [await addMember(db, 'Elsa'), await addMember(db, 'Farid'), await addMember(db, 'Gaelle')];
    const story = await begin();
    await story.approve();
    await story.publish();
    await story.apply(one, [two]);
    await story.apply(three);
    const chosen = await db.application.findFirstOrThrow({ where: { projectId: story.projectId, leadId: one.id } });
    await story.ask(projectSteps.postNotice, { body: 'Réponse vendredi.' }, story.client);
    await story.ask(projectSteps.selectTeam, { applicationIds: [chosen.id], message: 'Hâte de commencer', answerToOthers: 'Votre offre était belle.' }, story.client);
    expect(await mailsOf(story.projectId, 'notice_posted')).toHaveLength(3);
    expect((await mailsOf(story.projectId, 'application_chosen')).map(({ toId }) => toId).sort()).toEqual([one.id, two.id].sort());
    expect((await mailsOf(story.projectId, 'application_not_chosen')).map(({ toId }) => toId)).toEqual([three.id]);
    expect(await story.stage()).toBe('quoting');
  });
});

describe('Q4 the 24 h of staff', () => {
  it('remind before, escalate after, and stop when the global quote leaves', async () => {
    const member = await addMember(db, 'Hugo');
    const story = await begin();
    await story.approve();
    await story.publish();
    await story.apply(member);
    await story.chooseAll();
    await story.quote(member);
    const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
    expect(round.state).toBe('validating');
    expect((round.deadlineAt?.getTime() ?? 0) - (round.clockStartedAt?.getTime() ?? 0)).toBe(24 * 3_600_000);
    await env.sleep('23h');
    expect((await mailsOf(story.projectId, 'staff_quote_clock_reminder')).length).toBeGreaterThan(0);
    expect(await mailsOf(story.projectId, 'staff_quote_clock_escalation')).toHaveLength(0);
    await env.sleep('2h');
    expect((await mailsOf(story.projectId, 'staff_quote_clock_escalation')).length).toBeGreaterThan(0);
    await story.sendQuote();
    const escalations = (await mailsOf(story.projectId, 'staff_quote_clock_escalation')).length;
    await env.sleep('48h');
    expect(await mailsOf(story.projectId, 'staff_quote_clock_escalation')).toHaveLength(escalations);
    expect(await story.stage()).toBe('quote_sent');
  });

  it('a second quote joins the same 24 h; sending back the last one stops them', async () => {
    const [one, two] = [await addMember(db, 'Ines'), await addMember(db, 'Jules')];
    const story = await begin();
    await story.approve();
    await story.publish();
    await story.apply(one, [two]);
    await story.chooseAll();
    await story.quote(one);
    const first = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } });
    await env.sleep('5h');
    await story.quote(two);
    expect((await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } })).deadlineAt).toEqual(first.deadlineAt);
    for (const quote of await db.memberQuote.findMany({ where: { roundId: first.id } })) {
      await story.ask(quoteSteps.sendBackQuote, { quoteId: quote.id, remarks: 'Détaillez les journées.' }, story.staff, `quote-review/${story.ref}`);
    }
    expect(await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } })).toMatchObject({ state: 'collecting', clockStartedAt: null });
    expect(await story.stage()).toBe('quoting');
    await story.quote(one, oneFlatLine(90_000));
    expect(await db.memberQuote.findMany({ where: { memberId: one.id }, orderBy: { version: 'asc' } })).toMatchObject([{ version: 1, state: 'superseded' }, { version: 2, state: 'submitted' }]);
  });
});

describe('Q7 the client answers', () => {
  it('Q6, Q8: signs: exact document kept, allowance given, everybody has their own link and their mates’', async () => {
    const [one, two] = [await addMember(db, 'Karim'), await addMember(db, 'Lea')];
    const story = await begin();
    await story.untilSigned([one, two], 41_500);
    expect(await story.stage()).toBe('running');
    const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: story.ref } }, include: { signature: { include: { certificate: true } }, document: true } });
    expect(quote).toMatchObject({ state: 'signed', membersTotalCents: 83_000, feeCents: 17_000, totalCents: 100_000, vatCents: 20_000, totalWithTaxCents: 120_000 });
    expect(quote.signature?.documentSha256).toBe(quote.document?.sha256);
    expect(quote.signature).toMatchObject({ ip: '192.0.2.7', signerName: 'Claire Delmas' });
    expect(quote.signature?.certificate?.kind).toBe('signature_certificate');
    expect(await db.memberQuote.findMany({ where: { round: { ref: story.ref } } })).toMatchObject([{ acceptedCents: 41_500 }, { acceptedCents: 41_500 }]);
    const accepted = await mailsOf(story.projectId, 'quote_accepted');
    expect(accepted.map(({ data }) => (data as { mates: unknown[] }).mates.length)).toEqual([1, 1]);
  });

  it('asks for a change, reads a new version; the old one cannot be signed any more (Q2)', async () => {
    const member = await addMember(db, 'Mona');
    const story = await begin();
    await story.approve();
    await story.publish();
    await story.apply(member);
    await story.chooseAll();
    await story.quote(member);
    await story.sendQuote();
    const first = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: story.ref } } });
    await story.ask(quoteSteps.askQuoteChange, { clientQuoteId: first.id, reason: 'Sans la photo.' }, story.client, `quote-review/${story.ref}`);
    expect(await story.stage()).toBe('quoting');
    await story.quote(member, oneFlatLine(70_000));
    await story.sendQuote();
    const signOld = { clientQuoteId: first.id, optionLineIds: [], signerName: 'Claire Delmas', signerTitle: '', consent: true, orderNumber: '' };
    await expect(story.ask(quoteSteps.signQuote, signOld, story.client, `quote-review/${story.ref}`)).rejects.toMatchObject({ code: 'quote_version_old' });
    expect(await db.clientQuote.findMany({ where: { round: { ref: story.ref } }, orderBy: { version: 'asc' } })).toMatchObject([{ state: 'superseded' }, { state: 'sent', version: 2 }]);
  });

  it('declines with a reason: the project ends and members know why', async () => {
    const member = await addMember(db, 'Nora');
    const story = await begin();
    await story.approve();
    await story.publish();
    await story.apply(member);
    await story.chooseAll();
    await story.quote(member);
    await story.sendQuote();
    const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: story.ref } } });
    await story.ask(quoteSteps.declineQuote, { clientQuoteId: quote.id, reason: 'Trop tard dans l’année.' }, story.client, `quote-review/${story.ref}`);
    expect(await story.stage()).toBe('declined');
    expect(await mailsOf(story.projectId, 'quote_lost')).toMatchObject([{ toId: member.id, data: { reason: 'Trop tard dans l’année.' } }]);
    await eventually(async () => expect(await standing(story.ref)).toBe('COMPLETED'));
  });
});

describe('W4 once', () => {
  it('two people acting at once: one is told that the stage has changed', async () => {
    const story = await begin();
    const outcomes = await Promise.allSettled([story.approve(), story.ask(projectSteps.rejectBrief, { reason: 'Hors sujet.' }, story.staff)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(['stage_changed', 'over']).toContain((refused?.reason as { code: string }).code);
  });

  it('the same form posted twice, even at once, is one deed', async () => {
    const story = await begin();
    const approve = () => story.ask(projectSteps.approveBrief, { accountManagerId: story.staff.id }, story.staff, undefined, `approve-${story.ref}`);
    await Promise.all([approve(), approve(), approve()]);
    expect(await db.auditEvent.count({ where: { projectId: story.projectId, action: 'project.approveBrief' } })).toBe(1);
    expect(await mailsOf(story.projectId, 'brief_approved')).toHaveLength(1);
  });

  it('the same brief received twice is one project', async () => {
    const key = `brief-${Date.now()}`;
    const [one, two] = [await begin({ key }), await begin({ key })];
    expect(two.ref).toBe(one.ref);
  });
});

describe('Q9 amendments', () => {
  it('are quoted and signed beside the running project, and add to the allowance', async () => {
    const member = await addMember(db, 'Paula');
    const story = await begin();
    await story.untilSigned([member]);
    await story.ask(projectSteps.openAmendment, { purpose: 'Deux pages de plus', memberIds: [member.id] }, story.staff);
    const review = `quote-review/${story.ref}-A1`;
    const quote = { lines: oneFlatLine(20_000), discountCents: 0, conditions: '', paymentSchedule: 'end', depositBp: null, billing: null };
    await story.ask(quoteSteps.submitQuote, quote, member, review);
    const submitted = await db.memberQuote.findFirstOrThrow({ where: { round: { ref: `${story.ref}-A1` } } });
    await story.ask(quoteSteps.sendClientQuote, { quoteIds: [submitted.id], introduction: '' }, story.staff, review);
    const sent = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: `${story.ref}-A1` } } });
    const sign = { clientQuoteId: sent.id, optionLineIds: [], signerName: 'Claire Delmas', signerTitle: '', consent: true, orderNumber: '' };
    await story.ask(quoteSteps.signQuote, sign, story.client, review);
    expect(await story.stage()).toBe('running');
    const allowance = await db.memberQuote.aggregate({ where: { memberId: member.id, state: 'accepted' }, _sum: { acceptedCents: true } });
    expect(allowance._sum.acceptedCents).toBe(103_000);
  });
});

describe('W3 where a project stands', () => {
  it('is said in search attributes and in words', async () => {
    const story = await begin();
    await story.approve();
    const handle = env.client.workflow.getHandle(`project/${story.ref}`);
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes.Stage).toEqual(['approved']);
    expect(searchAttributes.AccountManager).toEqual(['nadia']);
    expect(searchAttributes.NextDeadline?.[0]).toBeInstanceOf(Date);
  });
});
