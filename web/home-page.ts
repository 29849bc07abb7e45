import type { Page } from './page.ts';

/** C1, M5: a client's projects; a member's invitations, projects, and the feed: subscribed themes first, newest first. */
export const homePage: Page = {
  template: 'home',
  async show(deps, access) {
    if (access.person.kind === 'client') {
      const me = await deps.db.clientUser.findUniqueOrThrow({ where: { id: access.person.id }, include: { company: true } });
      const projects = await deps.db.project.findMany({ where: { companyId: me.companyId }, include: { accountManager: true }, orderBy: { createdAt: 'desc' }, take: 100 });
      return { title: me.company.name, isClient: true, projects };
    }
    const me = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, include: { themes: { where: { subscribed: true } } } });
    const mine = { memberId: me.id };
    const [invitations, projects, feed] = await Promise.all([
      deps.db.invitation.findMany({ where: { ...mine, state: 'sent', project: { stage: { in: ['casting', 'published'] } } }, include: { project: { include: { company: true } } } }),
      deps.db.project.findMany({
        where: { OR: [{ team: { some: mine } }, { applications: { some: { members: { some: mine } } } }] },
        include: { team: { where: mine }, rounds: { orderBy: { number: 'desc' } } }, orderBy: { createdAt: 'desc' }, take: 50,
      }),
      deps.db.project.findMany({ where: { stage: 'published' }, include: { themes: { include: { theme: true } } }, orderBy: { publishedAt: 'desc' }, take: 60 }),
    ]);
    const followed = new Set(me.themes.map(({ themeId }) => themeId));
    const ranked = feed.map((project) => ({ ...project, followed: project.themes.some(({ themeId }) => followed.has(themeId)) }));
    return {
      title: me.name, isClient: false, invitations, feed: [...ranked.filter((one) => one.followed), ...ranked.filter((one) => !one.followed)],
      projects: projects.map((project) => ({ ...project, inTeam: project.team.length > 0, round: project.rounds[0] })),
    };
  },
  acts: {},
};
