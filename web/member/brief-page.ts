import type { Deps } from '../../deps.ts';
import { membersBudget, fee, type FeeBasis } from '../../domain/fees.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { parseAmount } from '../../domain/money-text.ts';
import { Problem } from '../../domain/problem.ts';
import * as steps from '../../steps/project-steps.ts';
import { askStep } from '../ask.ts';
import { text } from '../body.ts';
import type { Access, Page } from '../page.ts';

/** M5, M6, M8: the brief without the client's private data, the first message, the answer to an invitation, the fee calculator. */
export const memberBriefPage: Page = {
  template: 'member-brief',
  async show(deps, access, _typed, query) {
    const project = await projectFor(deps, access);
    const application = project.applications.find(({ members }) => members.some(({ memberId }) => memberId === access.person.id));
    const [invitation] = project.invitations;
    const answered = application !== undefined && application.state !== 'withdrawn';
    return {
      title: project.title, project, application, invitation, notices: answered ? project.notices : [],
      team: project.team.length > 0,
      canApply: !answered && allows(projectLifecycle, project.stage, 'apply') && (project.stage === 'published' || Boolean(invitation)),
      canAnswer: invitation?.state === 'sent' && !answered && allows(projectLifecycle, project.stage, 'answerInvitation'),
      canWithdraw: application?.state === 'received' && application.leadId === access.person.id && allows(projectLifecycle, project.stage, 'withdrawApplication'),
      calculator: calculate(query, project.feeRateBp, project.feeBasis as FeeBasis),
    };
  },
  acts: {
    async apply(deps, access, body, key) {
      const { ref } = await projectFor(deps, access);
      await askStep(deps, access, key, steps.apply, `project/${ref}`, { message: firstMessage(body), mateIds: await matesOf(deps, text(body, 'mates')) });
      return { notice: 'applied' };
    },
    async answerInvitation(deps, access, body, key) {
      const { ref } = await projectFor(deps, access);
      const interested = text(body, 'answer') === 'interested';
      const payload = { interested, message: interested ? firstMessage(body) : text(body, 'message'), mateIds: interested ? await matesOf(deps, text(body, 'mates')) : [] };
      await askStep(deps, access, key, steps.answerInvitation, `project/${ref}`, payload);
      return { notice: interested ? 'applied' : 'answered' };
    },
    async withdrawApplication(deps, access, _body, key) {
      const { ref } = await projectFor(deps, access);
      await askStep(deps, access, key, steps.withdrawApplication, `project/${ref}`, {});
      return { notice: 'applicationWithdrawn' };
    },
  },
};

/** A first message says why: too short a one says nothing (M6). */
function firstMessage(body: Readonly<Record<string, unknown>>): string {
  const message = text(body, 'message');
  if (message.length < 40) throw new Problem('form_invalid', 'the first message is too short', { fields: 'message' });
  return message;
}

/** Team mates named by e-mail or handle, separated by commas or spaces. */
async function matesOf(deps: Deps, typed: string): Promise<string[]> {
  const names = [...new Set(typed.split(/[\s,;]+/).filter(Boolean).map((name) => name.toLowerCase()))];
  if (names.length === 0) return [];
  const members = await deps.db.member.findMany({ where: { state: 'active', OR: [{ email: { in: names } }, { handle: { in: names } }] } });
  if (members.length !== names.length) throw new Problem('member_not_active', 'a mate named is not an active member', { fields: 'mates' });
  return members.map(({ id }) => id);
}

/** Who may read a brief: anyone active once it is published, and whoever was invited, applied or is in the team. */
async function projectFor(deps: Deps, access: Access) {
  const mine = { memberId: access.person.id };
  const project = await deps.db.project.findFirst({
    where: {
      id: access.projectId ?? '',
      OR: [{ stage: 'published' }, { invitations: { some: mine } }, { team: { some: mine } }, { applications: { some: { members: { some: mine } } } }],
    },
    include: {
      themes: { include: { theme: true } }, notices: { orderBy: { createdAt: 'desc' } }, team: { where: mine },
      invitations: { where: mine }, applications: { where: { members: { some: mine } }, include: { members: { include: { member: true } } } },
    },
  });
  if (!project) throw new Problem('not_found', 'no such brief for this member');
  return project;
}

/** M8, both ways: from my price to the client's, from the client's budget to mine. Cents. */
function calculate(query: Record<string, unknown>, rateBp: number, basis: FeeBasis) {
  const typed = typeof query.price === 'string' ? query.price : '';
  const cents = parseAmount(typed);
  const fromBudget = query.way === 'budget';
  if (cents === null) return { typed, wrong: typed !== '', fromBudget, result: null };
  const members = fromBudget ? membersBudget(cents, rateBp, basis) : cents;
  const feeCents = fee(members, rateBp, basis);
  return { typed, wrong: false, fromBudget, result: { members, feeCents, total: members + feeCents } };
}
