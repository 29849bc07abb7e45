import type { Member } from '@prisma/client';
import { recordEvent, theClock } from '../database/audit.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import { administrationStaff, memberRecipient } from '../database/recipients.ts';
import { applySubmission, type Submitted } from '../database/submission.ts';
import { after, allows } from '../domain/lifecycle/lifecycle.ts';
import { membershipLifecycle, type MembershipAction, type MembershipState } from '../domain/lifecycle/membership.ts';
import type { LinkPurpose } from '../domain/links.ts';
import { Problem } from '../domain/problem.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import * as steps from '../steps/membership-steps.ts';
import type { PayloadOf, Step } from '../steps/step.ts';
import type { MailData, MailTemplate } from '../templates/mail/catalogue.ts';
import type { ActivityDeps } from './deps.ts';

interface MemberStepInput { readonly memberId: string; readonly submissionId: string; readonly at: number }

/** What the membership's workflow needs: its state, and when each valid document expires. ms */
export interface MembershipAnswer {
  readonly state: MembershipState;
  readonly mailIds: readonly string[];
  readonly expiries: readonly { readonly documentId: string; readonly at: number }[];
}

/** M1, M4: candidatures, and the documents that keep a member in good standing. */
export function membershipActivities(deps: ActivityDeps) {
  const step = <S extends Step<unknown>>(
    definition: S, input: MemberStepInput, apply: (deed: Deed, submitted: Submitted<PayloadOf<S>>) => Promise<void>,
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
      await apply(deed, submitted);
      await recordEvent(tx, { by: submitted.by, action: `membership.${action}`, subject: member.handle, at: input.at });
      return answerOf(tx, member.id, deed.mailIds);
    });

  return {
    acceptCandidature: (input: MemberStepInput) =>
      step(steps.acceptCandidature, input, async ({ tx, member, toMember, at }, { payload }) => {
        await tx.member.update({ where: { id: member.id }, data: { decidedAt: new Date(at) } });
        await toMember('candidature_accepted', { message: payload.message }, 'sign_in');
      }),

    refuseCandidature: (input: MemberStepInput) =>
      step(steps.refuseCandidature, input, async ({ tx, member, toMember, at }, { payload }) => {
        await tx.member.update({ where: { id: member.id }, data: { decidedAt: new Date(at), decisionReason: payload.reason } });
        await toMember('candidature_refused', { reason: payload.reason });
      }),

    sendDocument: (input: MemberStepInput) =>
      step(steps.sendDocument, input, async ({ tx, member, toStaff, at }, { payload }) => {
        const document = await tx.memberDocument.create({
          data: {
            memberId: member.id, kind: payload.kind, fileName: payload.fileName, state: 'to_check',
            expiresOn: payload.expiresOn ? new Date(payload.expiresOn) : null, createdAt: new Date(at),
          },
        });
        await toStaff('staff_document_received', { memberName: member.name, kind: payload.kind }, `/console/resources/MemberDocument/records/${document.id}/show`);
      }),

    acceptDocument: (input: MemberStepInput) =>
      step(steps.acceptDocument, input, async ({ tx, member, toMember, at }, { payload }) => {
        const document = await documentToCheck(tx, member.id, payload.documentId);
        await tx.memberDocument.update({
          where: { id: document.id },
          data: { state: 'valid', checkedAt: new Date(at), ...(payload.expiresOn ? { expiresOn: new Date(payload.expiresOn) } : {}) },
        });
        await toMember('document_accepted', { kind: document.kind });
      }),

    refuseDocument: (input: MemberStepInput) =>
      step(steps.refuseDocument, input, async ({ tx, member, toMember, at }, { payload }) => {
        const document = await documentToCheck(tx, member.id, payload.documentId);
        await tx.memberDocument.update({ where: { id: document.id }, data: { state: 'refused', reason: payload.reason, checkedAt: new Date(at) } });
        await toMember('document_refused', { kind: document.kind, reason: payload.reason }, 'member_documents');
      }),

    blockMember: (input: MemberStepInput) =>
      step(steps.blockMember, input, async ({ tx, member }, { payload }) => {
        await tx.member.update({ where: { id: member.id }, data: { decisionReason: payload.reason } });
      }),

    unblockMember: (input: MemberStepInput) =>
      step(steps.unblockMember, input, async ({ tx, member }, { payload }) => {
        await tx.member.update({ where: { id: member.id }, data: { decisionReason: payload.reason } });
      }),

    /** Where a membership stands when its workflow begins or begins again. */
    readMembership: ({ memberId }: { memberId: string }): Promise<MembershipAnswer> => deps.db.$transaction((tx) => answerOf(tx, memberId, [])),

    remindStudy: (input: { memberId: string; times: number; at: number }): Promise<{ mailIds: readonly string[] }> => {
      const key = `membership/${input.memberId}/study/${input.times}`;
      return once(deps.db, key, async (tx) => {
        const member = await lockMember(tx, input.memberId);
        const deed = openDeed(tx, deps, member, key, input.at);
        if (member.state === 'candidate') await deed.toStaff('staff_candidature_waiting', { memberName: member.name, since: member.createdAt.toISOString() }, memberPath(member.id));
        return { mailIds: deed.mailIds };
      });
    },

    /** M4: told before a document expires; on the day it is expired and staff know. */
    documentExpires: (input: { memberId: string; documentId: string; daysBefore: number; at: number }): Promise<MembershipAnswer> => {
      const key = `membership/${input.memberId}/document/${input.documentId}/${input.daysBefore}`;
      return once(deps.db, key, async (tx) => {
        const member = await lockMember(tx, input.memberId);
        const deed = openDeed(tx, deps, member, key, input.at);
        const document = await tx.memberDocument.findFirst({ where: { id: input.documentId, state: 'valid' } });
        const replaced = document && (await tx.memberDocument.count({ where: { memberId: member.id, kind: document.kind, state: 'valid', expiresOn: { gt: document.expiresOn ?? new Date(0) } } })) > 0;
        if (document?.expiresOn) {
          if (input.daysBefore === 0) {
            await tx.memberDocument.update({ where: { id: document.id }, data: { state: 'expired' } });
            await recordEvent(tx, { by: theClock, action: 'membership.documentExpired', subject: member.handle, data: { kind: document.kind }, at: input.at });
          }
          if (!replaced) await deed.toMember('document_expiring', { kind: document.kind, expiresOn: document.expiresOn.toISOString() }, 'member_documents');
        }
        return answerOf(tx, member.id, deed.mailIds);
      });
    },
  };
}

interface Deed {
  readonly tx: Tx;
  readonly member: Member;
  readonly mailIds: string[];
  readonly at: number;
  toMember<T extends MailTemplate>(template: T, data: MailData[T], purpose?: LinkPurpose): Promise<void>;
  toStaff<T extends MailTemplate>(template: T, data: MailData[T], consolePath: string): Promise<void>;
}

const memberPath = (memberId: string): string => `/console/resources/Member/records/${memberId}/show`;

async function lockMember(tx: Tx, memberId: string): Promise<Member> {
  await tx.$executeRaw`SELECT 1 FROM "Member" WHERE "id" = ${memberId} FOR UPDATE`;
  return tx.member.findUniqueOrThrow({ where: { id: memberId } });
}

function openDeed(tx: Tx, deps: ActivityDeps, member: Member, deed: string, at: number): Deed {
  const mailIds: string[] = [];
  return {
    tx, member, mailIds, at,
    async toMember(template, data, purpose) {
      const linkId = purpose ? await createLink(tx, deps.secret, { purpose, ownerKind: 'member', ownerId: member.id, at }) : undefined;
      mailIds.push(await queueMail(tx, { key: `${deed}/${template}`, template, to: memberRecipient(member), data, linkId, at }));
    },
    async toStaff(template, data, consolePath) {
      for (const to of await administrationStaff(tx)) mailIds.push(await queueMail(tx, { key: `${deed}/${template}/${to.id}`, template, to, data, consolePath, at }));
    },
  };
}

async function documentToCheck(tx: Tx, memberId: string, documentId: string): Promise<{ id: string; kind: string }> {
  const document = await tx.memberDocument.findFirst({ where: { id: documentId, memberId, state: 'to_check' } });
  if (!document) throw new Problem('not_found', `no document ${documentId} to check`);
  return document;
}

async function answerOf(tx: Tx, memberId: string, mailIds: readonly string[]): Promise<MembershipAnswer> {
  const { state } = await tx.member.findUniqueOrThrow({ where: { id: memberId } });
  const documents = await tx.memberDocument.findMany({ where: { memberId, state: 'valid', expiresOn: { not: null } }, orderBy: { expiresOn: 'asc' } });
  return {
    state: state as MembershipState, mailIds,
    expiries: documents.flatMap(({ id, expiresOn }) => (expiresOn ? [{ documentId: id, at: expiresOn.getTime() }] : [])),
  };
}
