import { draftsOf } from '../database/briefs/drafts.ts';
import { firstStepsOf } from '../database/member/completeness.ts';
import { clientProjects } from './client/projects-list.ts';
import { feedView } from './member/feed-view.ts';
import { ownProjects } from './member/own-projects.ts';
import type { Page } from './page.ts';

/** C1, M5: a client's projects; a member's invitations, projects, and the feed: subscribed themes first, newest first. */
export const homePage: Page = {
  template: 'home',
  async show(deps, access, _typed, query) {
    if (access.person.kind === 'client') {
      const me = await deps.db.clientUser.findUniqueOrThrow({ where: { id: access.person.id }, include: { company: true } });
      return { title: me.company.name, isClient: true, mayWrite: access.may('writeBrief'), drafts: await draftsOf(deps.db, { clientUserId: me.id }), ...(await clientProjects(deps, access, query)) };
    }
    const mine = { memberId: access.person.id };
    const feed = await feedView(deps, access, query);
    // Whoever leafs through the feed, or looks for something in it, sees only that.
    if (feed.away) return { title: access.name, isClient: false, feed };
    const [first, invitations, asked, projects] = await Promise.all([
      firstStepsOf(deps.db, access.person.id),
      deps.db.invitation.findMany({ where: { ...mine, state: 'sent', project: { stage: { in: ['casting', 'published'] } } }, include: { project: { include: { company: true } } } }),
      deps.db.teamInvitation.findMany({ where: { ...mine, state: 'sent', application: { state: 'received', project: { stage: { in: ['casting', 'published'] } } } }, select: { applicationId: true, application: { select: { leadId: true, project: { select: { ref: true, title: true } } } } } }),
      ownProjects(deps, mine.memberId ?? ''),
    ]);
    const leads = await deps.db.member.findMany({ where: { id: { in: asked.map(({ application }) => application.leadId) } }, select: { id: true, name: true } });
    const teams = asked.map(({ applicationId, application: { leadId, project } }) => ({ project, href: `/projects/${project.ref}/p/team/${applicationId}`, leadName: leads.find(({ id }) => id === leadId)?.name ?? '' }));
    return { title: access.name, isClient: false, feed, first, invitations, teams, ...projects };
  },
  acts: {},
};
