import type { Member, MemberDocument, Prisma } from '@prisma/client';
import { recordEvent, theClock } from '../database/audit.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { administrationStaff, memberRecipient } from '../database/recipients.ts';
import { eraseCandidate } from '../database/erase-candidate.ts';
import { tellRecommender } from '../database/recommendations/recommender.ts';
import { eraseMember } from '../database/erase-member.ts';
import { completenessOf } from '../database/member/completeness.ts';
import { erasureObstacles, mayBeErased } from '../database/member/erasure-obstacles.ts';
import { applySubmission, type Submitted } from '../database/submission.ts';
import { reviewPayouts, type ChangedInvoice } from '../database/vigilance.ts';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { memberDocumentLifecycle } from '../domain/lifecycle/member-document.ts';
import { membershipLifecycle, type MembershipAction, type MembershipState } from '../domain/lifecycle/membership.ts';
import type { LinkPurpose } from '../domain/links.ts';
import { parisDay, type WatchedDocument, type WatchedOverride } from '../domain/membership-schedule.ts';
import { Problem } from '../domain/problem.ts';
import { lastDayOf } from '../domain/vigilance.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import * as steps from '../steps/membership-steps.ts';
import type { PayloadOf, Step } from '../steps/step.ts';
import type { MailData, MailTemplate } from '../templates/mail/catalogue.ts';
import type { ActivityDeps } from './deps.ts';

/** `eraseAt`, in ms, is when the candidature would be erased if it were refused now. */
interface MemberStepInput { readonly memberId: string; readonly submissionId: string; readonly at: number; readonly eraseAt: number }

interface MemberClockInput {
  readonly memberId: string;
  /** Empty for the study of a candidature. */
  readonly documentId: string;
  /** Which reminder of the study, or how many days before a document expires. */
  readonly times: number;
  /** ms */
  readonly at: number;
}

/** What the membership's workflow needs: its state, and the valid documents whose end is known. */
export interface MembershipAnswer {
  readonly state: MembershipState;
  readonly mailIds: readonly string[];
  readonly documents: readonly WatchedDocument[];
  readonly overrides?: readonly WatchedOverride[];
  /** When a candidature that has just been refused is erased, in ms. */
  readonly eraseAt?: number;
  /** Client invoices whose payouts were let go of or held back. */
  readonly reviewed?: readonly ChangedInvoice[];
}

/** M1, M4: candidatures, and the documents that keep a member in good standing. */
export function membershipActivities(deps: ActivityDeps) {
  const step = <S extends Step<unknown>>(
    definition: S, input: MemberStepInput, apply: (deed: Deed, submitted: Submitted<PayloadOf<S>>) => Promise<Prisma.InputJsonObject | void>,
  ): Promise<MembershipAnswer> =>
    applySubmission(deps.db, definition, input.submissionId, input.at, async (tx, submitted) => {
      const member = await lockMember(tx, input.memberId);
      const action = definition.name as MembershipAction;
      if (!allows(membershipLifecycle, member.state, action)) {
        throw new Problem('stage_changed', `${member.handle} is ${member.state}: ${action} is not possible`, { stage: member.state });
      }
      if (submitted.by.kind === 'member' && submitted.by.id !== member.id) throw new Problem('not_allowed', 'another member’s file');
      const deed = openDeed(tx, deps, member, `submission/${submitted.id}`, input.at);
      await tx.member.update({ where: { id: member.id }, data: { state: after(membershipLifecycle, member.state as MembershipState, action) } });
      const told = (await apply(deed, submitted)) ?? {};
      // Whoever asks to be erased is named by their handle alone: the trail can never be changed.
      const by = action === 'eraseMember' || action === 'withdrawCandidature' ? { ...submitted.by, name: '—' } : submitted.by;
      await recordEvent(tx, { by, action: `membership.${action}`, subject: member.handle, data: told, at: input.at });
      return { ...(await answerOf(deed)), ...(action === 'refuseCandidature' ? { eraseAt: input.eraseAt } : {}) };
    });
  const clock = <Answer extends object>(input: MemberClockInput, what: string, act: (deed: Deed) => Promise<Answer>): Promise<Answer> => {
    const key = `membership/${input.memberId}/${what}/${input.times}`;
    return once(deps.db, key, async (tx) => act(openDeed(tx, deps, await lockMember(tx, input.memberId), key, input.at)));
  };

  return {
    acceptCandidature: (input: MemberStepInput) =>
      step(steps.acceptCandidature, input, async ({ tx, member, mailIds, toMember, at }, { payload }) => {
        await tx.member.update({ where: { id: member.id }, data: { decidedAt: new Date(at), decisionReason: payload.message || null } });
        await toMember('candidature_accepted', { message: payload.message, completePercent: (await completenessOf(tx, member.id)).percent }, 'sign_in');
        mailIds.push(...(await tellRecommender(tx, member, true, at)));
      }),

    /** Told why; and the day from which the candidature must be erased is noted with it. */
    refuseCandidature: (input: MemberStepInput) =>
      step(steps.refuseCandidature, input, async ({ tx, member, mailIds, toMember, at }, { payload }) => {
        const eraseFrom = parisDay(input.eraseAt);
        const candidature = { ...(member.candidature as Prisma.JsonObject), eraseFrom };
        await tx.member.update({ where: { id: member.id }, data: { decidedAt: new Date(at), decisionReason: payload.reason, candidature } });
        await toMember('candidature_refused', { reason: payload.reason }, 'candidature');
        mailIds.push(...(await tellRecommender(tx, member, false, at)));
        return { eraseFrom };
      }),

    /** M1: whoever takes their candidature back leaves nothing here, as one refused does when its time is over. */
    withdrawCandidature: (input: MemberStepInput) =>
      step(steps.withdrawCandidature, input, async ({ tx, member, at }) => {
        await eraseCandidate(tx, member, after(membershipLifecycle, member.state as MembershipState, 'withdrawCandidature'), at);
      }),

    /** M4: the one sent before, still to be checked, is replaced. */
    sendDocument: (input: MemberStepInput) =>
      step(steps.sendDocument, input, async ({ tx, member, toStaff, at }, { payload }) => {
        const { kind, fileName, fileId, expiresOn } = payload;
        if (fileId && (await tx.memberFile.count({ where: { id: fileId, memberId: member.id } })) === 0) throw new Problem('not_allowed', 'another member’s file');
        await tx.memberDocument.updateMany({ where: { memberId: member.id, kind, state: 'to_check' }, data: { state: 'replaced' } });
        const document = await tx.memberDocument.create({
          data: { memberId: member.id, kind, fileName, fileId, state: memberDocumentLifecycle.initial, expiresOn: expiresOn ? new Date(expiresOn) : null, createdAt: new Date(at) },
        });
        await toStaff('staff_document_received', { memberName: member.name, kind }, documentPath(document.id));
        return { kind };
      }),

    /** From now on it counts, and its end is watched; the one it renews is replaced. */
    acceptDocument: (input: MemberStepInput) =>
      step(steps.acceptDocument, input, async (deed, { payload }) => {
        const { tx, member, toMember, at } = deed;
        const { id, kind, expiresOn: announced } = await documentToCheck(tx, member.id, payload.documentId);
        const lastDay = lastDayOf(kind, payload.expiresOn ?? (announced ? dayOf(announced) : null), at);
        const expiresOn = lastDay ? new Date(lastDay) : null;
        if (expiresOn && dayOf(expiresOn) < parisDay(at)) throw new Problem('form_invalid', `a ${kind} that expired on ${dayOf(expiresOn)}`, { fields: 'expiresOn' });
        await tx.memberDocument.updateMany({ where: { memberId: member.id, kind, state: { in: ['valid', 'expired'] } }, data: { state: 'replaced' } });
        await tx.memberDocument.update({ where: { id }, data: { state: 'valid', checkedAt: new Date(at), expiresOn } });
        await toMember('document_accepted', { kind });
        await review(deed);
        return { kind, ...(payload.verification ? { verification: payload.verification } : {}) };
      }),

    refuseDocument: (input: MemberStepInput) =>
      step(steps.refuseDocument, input, async ({ tx, member, toMember, at }, { payload }) => {
        const { id, kind } = await documentToCheck(tx, member.id, payload.documentId);
        await tx.memberDocument.update({ where: { id }, data: { state: 'refused', reason: payload.reason, checkedAt: new Date(at) } });
        await toMember('document_refused', { kind, reason: payload.reason }, 'member_documents');
        return { kind };
      }),

    /** M4: audited with its reason; a day gone by already lets nothing through. */
    overrideDocument: (input: MemberStepInput) =>
      step(steps.overrideDocument, input, async (deed, { payload: { kind, reason, until }, by }) => {
        const { tx, member, at } = deed;
        if (until < parisDay(at)) throw new Problem('form_invalid', `until ${until}, which is over`, { fields: 'until' });
        await tx.documentOverride.create({ data: { memberId: member.id, kind, reason, until: new Date(until), createdBy: by.name, createdAt: new Date(at) } });
        await review(deed);
        return { kind, reason, until };
      }),

    blockMember: (input: MemberStepInput) =>
      step(steps.blockMember, input, async ({ tx, member, toMember }, { payload }) => {
        await tx.member.update({ where: { id: member.id }, data: { decisionReason: payload.reason } });
        await toMember('member_blocked', { reason: payload.reason });
        return { reason: payload.reason };
      }),

    unblockMember: (input: MemberStepInput) =>
      step(steps.unblockMember, input, async ({ tx, member, toMember }, { payload }) => {
        await tx.member.update({ where: { id: member.id }, data: { decisionReason: payload.reason } });
        await toMember('member_unblocked', { reason: payload.reason }, 'sign_in');
        return { reason: payload.reason };
      }),

    /** GDPR 17: at once, unless work or money is under way. The trail says when, and nothing else. */
    eraseMember: (input: MemberStepInput) =>
      step(steps.eraseMember, input, async ({ tx, member, at }) => {
        if (!mayBeErased(await erasureObstacles(tx, member.id))) throw new Problem('erasure_waits', `${member.handle} has work or money under way`);
        await eraseMember(tx, member, after(membershipLifecycle, member.state as MembershipState, 'eraseMember'), at);
      }),

    remindStudy: (input: MemberClockInput): Promise<{ mailIds: readonly string[] }> =>
      clock(input, 'study', async ({ member, toStaff, mailIds }) => {
        if (member.state === 'candidate') await toStaff('staff_candidature_waiting', { memberName: member.name, since: member.createdAt.toISOString() }, memberPath(member.id));
        return { mailIds };
      }),

    /** M4: its member is told that a document is about to expire, unless it has been renewed. */
    announceExpiry: (input: MemberClockInput): Promise<{ mailIds: readonly string[] }> =>
      clock(input, `document/${input.documentId}/announced`, async ({ tx, toMember, mailIds }) => {
        const document = await tx.memberDocument.findFirst({ where: { id: input.documentId, state: 'valid' } });
        if (document?.expiresOn) await toMember('document_expiring', { kind: document.kind, expiresOn: document.expiresOn.toISOString() }, 'member_documents');
        return { mailIds };
      }),

    /** M4: the last day is over: the document counts no more, and its member and staff know. */
    expireDocument: (input: MemberClockInput): Promise<MembershipAnswer> =>
      clock(input, `document/${input.documentId}/expired`, async (deed) => {
        const { tx, member, toMember, toStaff, at } = deed;
        const document = await tx.memberDocument.findFirst({ where: { id: input.documentId, state: 'valid' } });
        if (document) {
          const { kind } = document;
          const expiresOn = (document.expiresOn ?? new Date(at)).toISOString();
          await tx.memberDocument.update({ where: { id: document.id }, data: { state: 'expired' } });
          await toMember('document_expired', { kind, expiresOn }, 'member_documents');
          await toStaff('staff_document_expired', { memberName: member.name, kind, expiresOn }, documentPath(document.id));
          await recordEvent(tx, { by: theClock, action: 'membership.documentExpired', subject: member.handle, data: { kind }, at });
          await review(deed, startOfNextDay(at));
        }
        return answerOf(deed);
      }),

    /** M4: its last day is over: what it let through is held back again; staff know, and so does its member of what waits. */
    endOverride: (input: MemberClockInput): Promise<MembershipAnswer> =>
      clock(input, `override/${input.documentId}/ended`, async (deed) => {
        const { tx, member, toMember, toStaff, at } = deed;
        const { kind, reason } = await tx.documentOverride.update({ where: { id: input.documentId }, data: { endedAt: new Date(at) } });
        await recordEvent(tx, { by: theClock, action: 'membership.overrideEnded', subject: member.handle, data: { kind }, at });
        const amountCents = await review(deed, startOfNextDay(at));
        if (amountCents > 0) await toMember('payouts_held_again', { kind, amountCents }, 'member_documents');
        await toStaff('staff_override_ended', { memberName: member.name, kind, reason, amountCents: Math.max(0, amountCents) }, memberPath(member.id));
        return answerOf(deed);
      }),

    /** M1: what a refused candidature said is kept no longer than was promised. */
    eraseCandidature: (input: MemberClockInput): Promise<MembershipAnswer> =>
      clock(input, 'erased', async (deed) => {
        const { tx, member, at } = deed;
        if (allows(membershipLifecycle, member.state, 'eraseCandidature')) {
          await eraseCandidate(tx, member, after(membershipLifecycle, member.state as MembershipState, 'eraseCandidature'), at);
          await recordEvent(tx, { by: theClock, action: 'membership.erased', subject: member.handle, at });
        }
        return answerOf(deed);
      }),
  };
}

interface Deed {
  readonly tx: Tx;
  readonly member: Member;
  readonly mailIds: string[];
  readonly reviewed: ChangedInvoice[];
  readonly at: number;
  toMember<T extends MailTemplate>(template: T, data: MailData[T], purpose?: LinkPurpose): Promise<void>;
  toStaff<T extends MailTemplate>(template: T, data: MailData[T], consolePath: string): Promise<void>;
}

const memberPath = (memberId: string): string => `/console/pages/candidatures?member=${memberId}`;
const documentPath = (documentId: string): string => `/console/pages/compliance?document=${documentId}`;

async function lockMember(tx: Tx, memberId: string): Promise<Member> {
  await tx.$executeRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR UPDATE`;
  return tx.member.findUniqueOrThrow({ where: { id: memberId } });
}

function openDeed(tx: Tx, deps: ActivityDeps, member: Member, deed: string, at: number): Deed {
  const mailIds: string[] = [];
  return {
    tx, member, mailIds, reviewed: [], at,
    async toMember(template, data, purpose) {
      const linkId = purpose ? await createLink(tx, deps.secret, { purpose, ownerKind: 'member', ownerId: member.id, at }) : undefined;
      mailIds.push(await queueMail(tx, { key: `${deed}/${template}`, template, to: memberRecipient(member), data, linkId, at }));
    },
    async toStaff(template, data, consolePath) {
      for (const to of await administrationStaff(tx)) mailIds.push(await queueMail(tx, { key: `${deed}/${template}/${to.id}`, template, to, data, consolePath, at }));
    },
  };
}

async function documentToCheck(tx: Tx, memberId: string, documentId: string): Promise<MemberDocument> {
  const document = await tx.memberDocument.findFirst({ where: { id: documentId, memberId } });
  if (!document) throw new Problem('not_found', `no document ${documentId}`);
  // The two actions of staff are allowed from the same state.
  if (!allows(memberDocumentLifecycle, document.state, 'acceptDocument')) {
    throw new Problem('stage_changed', `the ${document.kind} ${documentId} is ${document.state}`, { stage: document.state });
  }
  return document;
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** The ring comes with the last millisecond of a day: what matters is the day that begins. */
const startOfNextDay = (at: number): number => at + 1_000;

/**
 * M4: after a document or an override has changed: what waits for it goes, what lacks it waits, and the member hears of what goes. Answers what
 * waits more than before, in cents.
 */
async function review(deed: Deed, day = deed.at): Promise<number> {
  const { tx, member, toMember } = deed;
  const held = async (): Promise<number> => (await tx.payout.aggregate({ where: { memberId: member.id, state: 'held' }, _sum: { amountCents: true } }))._sum.amountCents ?? 0;
  const before = await held();
  deed.reviewed.push(...(await reviewPayouts(tx, member.id, day)));
  const amountCents = before - (await held());
  if (amountCents > 0) await toMember('payouts_released', { amountCents }, 'sign_in');
  return -amountCents;
}

async function answerOf({ tx, member, mailIds, reviewed }: Deed): Promise<MembershipAnswer> {
  const memberId = member.id;
  const { state } = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
  const valid = await tx.memberDocument.findMany({ where: { memberId, state: 'valid', expiresOn: { not: null } }, orderBy: [{ expiresOn: 'asc' }, { id: 'asc' }] });
  const overrides = await tx.documentOverride.findMany({ where: { memberId, endedAt: null }, orderBy: [{ until: 'asc' }, { id: 'asc' }] });
  return {
    state: state as MembershipState, mailIds, reviewed,
    documents: valid.flatMap(({ id, kind, expiresOn, checkedAt }) => (expiresOn ? [{ id, kind, expiresOn: dayOf(expiresOn), since: checkedAt?.getTime() ?? 0 }] : [])),
    overrides: overrides.map(({ id, kind, until }) => ({ id, kind, until: dayOf(until) })),
  };
}
