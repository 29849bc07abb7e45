import { directConversation } from '../../database/conversations/begin.ts';
import type { Deps } from '../../deps.ts';
import type { FeeBasis } from '../../domain/fees.ts';
import { adviceOnFirstMessage, firstMessageComfortable, firstMessageLeast } from '../../domain/first-message.ts';
import { allows } from '../../domain/lifecycle/lifecycle.ts';
import { projectLifecycle, type ProjectAction } from '../../domain/lifecycle/project.ts';
import { shareLimits } from '../../domain/share-limits.ts';
import { postMessage } from '../../steps/post-message.ts';
import { text } from '../body.ts';
import { postingWith } from '../conversations/posting.ts';
import { authorOf } from '../conversations/reader.ts';
import type { Access, Page } from '../page.ts';
import { applicationActs } from './application-acts.ts';
import { feeCalculator } from './fee-calculator.ts';
import { readableProject } from './readable-project.ts';
import { resourcesFor } from './resources.ts';
import { shareAct } from './share-act.ts';

/** M6, M8, M12, M13: the brief without the client's private data, the first message, one's team, the fee calculator, sharing, resources. */
export const memberBriefPage: Page = {
  template: 'member-brief',
  async show(deps, access, _typed, query) {
    const project = await readableProject(deps, access);
    await markSeen(deps, access, project.id);
    const me = access.person.id;
    // One's own first; else the one whose team one is in.
    const mine = project.applications.filter(({ leadId, members }) => leadId === me || members.some(({ memberId }) => memberId === me));
    const application = mine.find(({ leadId, state }) => leadId === me && state !== 'withdrawn') ?? mine.find(({ leadId }) => leadId !== me) ?? mine[0];
    const [invitation] = project.invitations;
    const answered = application !== undefined && application.state !== 'withdrawn';
    const can = (action: ProjectAction): boolean => allows(projectLifecycle, project.stage, action);
    const leads = application?.leadId === me;
    const lead = application && !leads ? await deps.db.member.findUnique({ where: { id: application.leadId }, select: { name: true } }) : null;
    return {
      title: project.title, project, files: access.linkId === null ? project.files : [], application, invitation, notices: answered ? project.notices : [],
      team: application ? application.asked.filter(({ state }) => leads || state === 'accepted').map((one) => ({ ...one, standing: one.state === 'sent' || one.state === 'accepted', me: one.memberId === me })) : [],
      leadName: lead?.name ?? '', teamHref: application && !leads ? `${access.root}/p/team/${application.id}` : '',
      asked: project.applications.filter(({ asked }) => asked.some(({ memberId, state }) => memberId === me && state === 'sent')).map(({ id }) => ({ href: `${access.root}/p/team/${id}` })),
      thin: leads && application?.state === 'received' && adviceOnFirstMessage(application.message) !== null,
      least: { ...firstMessageLeast, comfortable: firstMessageComfortable },
      work: project.team.length > 0 && access.linkId === null ? { quoteHref: project.rounds[0] ? `${access.root}/p/quote/${project.rounds[0].id}` : '', invoicingHref: `${access.root}/p/invoicing/${project.id}` } : null,
      talk: project.conversations.map(({ id, kind }) => ({ href: `${access.root}/p/conversation/${id}`, group: kind === 'group' })),
      canAsk: project.closedAt === null && !answered,
      canApply: !answered && can('apply') && (project.stage === 'published' || Boolean(invitation)),
      canAnswer: invitation?.state === 'sent' && !answered && can('answerInvitation'),
      canWithdraw: leads && application?.state === 'received' && can('withdrawApplication'),
      canInvite: leads && application?.state === 'received' && can('inviteMates'),
      canShare: project.stage === 'published', shares: project.shares, noteMost: shareLimits.noteMost,
      calculator: feeCalculator(query, { rateBp: project.feeRateBp, basis: project.feeBasis as FeeBasis, budgetCents: project.budgetCents }),
      resources: await resourcesFor(deps, access),
    };
  },
  acts: {
    ...applicationActs,
    share: shareAct,
    /** C7: a question before applying begins the conversation. */
    async askQuestion(deps, access, body, key) {
      const { id: projectId } = await readableProject(deps, access);
      const author = await authorOf(deps, access);
      const id = await postMessage(postingWith(deps), { author, text: text(body, 'text'), files: [], key }, (tx) => directConversation(tx, projectId, author.id, Date.now()));
      return { notice: 'said', to: `${access.root}/p/conversation/${id}` };
    },
  },
};

/** M5: the feed tells what was read already. Not from an e-mail's link, which programs open by themselves. */
async function markSeen(deps: Deps, access: Access, projectId: string): Promise<void> {
  if (access.linkId === null) await deps.db.projectSeen.createMany({ data: { memberId: access.person.id, projectId }, skipDuplicates: true });
}
