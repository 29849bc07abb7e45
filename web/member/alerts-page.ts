import { keepAlerts, stopAlerts } from '../../database/member/alerts.ts';
import { offeredThemes } from '../../database/themes.ts';
import { alertRhythms } from '../../domain/alerts.ts';
import { text, texts } from '../body.ts';
import type { Page } from '../page.ts';

/** M7: how often, and on which themes, or none. Plain data without a lifecycle, written directly. */
export const memberAlertsPage: Page = {
  template: 'member-alerts',
  async show(deps, access, typed) {
    const member = await deps.db.member.findUniqueOrThrow({ where: { id: access.person.id }, include: { themes: true } });
    const subscribed = member.themes.filter(({ subscribed: follows }) => follows).map(({ themeId }) => themeId);
    const rhythm = typed ? text(typed.body, 'rhythm') : member.alerts === 'none' ? 'each' : member.alerts;
    return { title: '', member, rhythms: alertRhythms.filter((one) => one !== 'none'), rhythm, themes: await offeredThemes(deps.db, subscribed), followed: typed ? texts(typed.body, 'themeIds') : subscribed };
  },
  acts: {
    async saveAlerts(deps, access, body) {
      const asked = text(body, 'rhythm');
      await keepAlerts(deps.db, access.person.id, { rhythm: alertRhythms.find((one) => one === asked && one !== 'none') ?? 'each', themeIds: texts(body, 'themeIds') });
      return { notice: 'alertsSaved' };
    },
    async stopAlerts(deps, access) {
      await stopAlerts(deps.db, access.person.id);
      return { notice: 'alertsStopped' };
    },
  },
};
