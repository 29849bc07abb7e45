import { offeredThemes } from '../../database/themes.ts';
import { texts } from '../body.ts';
import type { Page } from '../page.ts';

/** M7: themes followed, or none. Plain data without a lifecycle, written directly. */
export const memberAlertsPage: Page = {
  template: 'member-alerts',
  async show(deps, access, typed) {
    const member = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, include: { themes: true } });
    const subscribed = member.themes.filter(({ subscribed: follows }) => follows).map(({ themeId }) => themeId);
    return { title: '', member, themes: await offeredThemes(deps.db, subscribed), followed: typed ? texts(typed.body, 'themeIds') : subscribed };
  },
  acts: {
    async saveAlerts(deps, access, body) {
      const wanted = texts(body, 'themeIds');
      const memberId = access.person.id;
      const themes = await deps.db.theme.findMany();
      await deps.db.$transaction([
        deps.db.member.update({ where: { id: memberId }, data: { alerts: 'each' } }),
        ...themes.map(({ id }) =>
          deps.db.memberTheme.upsert({
            where: { memberId_themeId: { memberId, themeId: id } },
            create: { memberId, themeId: id, subscribed: wanted.includes(id), practised: false },
            update: { subscribed: wanted.includes(id) },
          }),
        ),
      ]);
      return { notice: 'alertsSaved' };
    },
    async stopAlerts(deps, access) {
      await deps.db.member.update({ where: { id: access.person.id }, data: { alerts: 'none' } });
      return { notice: 'alertsStopped' };
    },
  },
};
