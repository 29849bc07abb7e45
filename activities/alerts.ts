import type { Member, MemberTheme, Project, Theme } from '@prisma/client';
import { memberRecipient } from '../database/recipients.ts';
import { createLinks, type NewLink } from '../links/create.ts';
import { queueMails } from '../mail/queue.ts';
import type { ActivityDeps } from './deps.ts';

export interface AlertBatchInput {
  readonly projectId: string;
  readonly ref: string;
  /** The last member already told; null to begin. */
  readonly after: string | null;
  readonly size: number;
  /** ms */
  readonly at: number;
}

export interface AlertBatch {
  readonly mailIds: readonly string[];
  readonly last: string | null;
  readonly done: boolean;
  readonly clientHandle: string;
  readonly managerHandle: string | null;
}

type Subscriber = Member & { themes: (MemberTheme & { theme: Theme })[] };

/** M7: one e-mail to each active member subscribed to one of the project's themes who wants one for each project. */
export function alertActivities(deps: ActivityDeps) {
  return {
    /**
     * Queues one batch, in the order of members' ids, in three statements however many they are; a member is told of a project once, however often a batch runs.
     * A project that is no longer public has nobody left to tell.
     */
    queueAlerts: async (input: AlertBatchInput): Promise<AlertBatch> => {
      const project = await deps.db.project.findUniqueOrThrow({ where: { id: input.projectId }, include: { themes: true, company: true, accountManager: true } });
      const people = { clientHandle: project.company.handle, managerHandle: project.accountManager?.handle ?? null };
      if (project.stage !== 'published') return { mailIds: [], last: input.after, done: true, ...people };

      const followed = { subscribed: true, themeId: { in: project.themes.map(({ themeId }) => themeId) } };
      const members = await deps.db.member.findMany({
        where: { state: 'active', alerts: 'each', id: { gt: input.after ?? '' }, themes: { some: followed } },
        include: { themes: { where: followed, include: { theme: true }, orderBy: { theme: { position: 'asc' } } } },
        orderBy: { id: 'asc' },
        take: input.size,
      });
      const mailIds = members.length === 0 ? [] : await queueAll(project, members, input);
      return { mailIds, last: members.at(-1)?.id ?? input.after, done: members.length < input.size, ...people };
    },
  };

  /** Links and mails of a batch are written together or not at all. */
  async function queueAll(project: Project, members: readonly Subscriber[], { ref, at }: AlertBatchInput): Promise<string[]> {
    return deps.db.$transaction(async (tx) => {
      const linksOf = (purpose: 'member_project' | 'alert_settings', about: Partial<NewLink>): Promise<string[]> =>
        createLinks(tx, deps.secret, members.map(({ id }) => ({ ownerKind: 'member', ownerId: id, purpose, at, ...about })));
      const links = await linksOf('member_project', { projectId: project.id, subjectId: project.id });
      const settings = await linksOf('alert_settings', {});
      return queueMails(tx, members.map((member, index) => ({
        key: `alert/${ref}/${member.id}`, template: 'project_alert', to: memberRecipient(member), linkId: links[index], projectId: project.id, at,
        data: { themes: member.themes.map(({ theme }) => (member.locale === 'en' ? theme.nameEn : theme.nameFr)), problem: project.problem, budgetCents: project.budgetCents, settingsLink: settings[index] ?? '' },
      })));
    }, { timeout: 30_000 });
  }
}
