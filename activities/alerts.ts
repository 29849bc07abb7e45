import { heartbeat } from '@temporalio/activity';
import { memberRecipient } from '../database/recipients.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
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

/** M7: one e-mail to each active member subscribed to one of the project's themes. */
export function alertActivities(deps: ActivityDeps) {
  return {
    /** Queues one batch, in the order of members' ids; a member is told of a project once, however often a batch runs. */
    queueAlerts: async (input: AlertBatchInput): Promise<{ mailIds: string[]; last: string | null; done: boolean }> => {
      const project = await deps.db.project.findUniqueOrThrow({ where: { id: input.projectId }, include: { themes: { include: { theme: true } } } });
      const themeIds = project.themes.map(({ themeId }) => themeId);
      const members = await deps.db.member.findMany({
        where: { state: 'active', alerts: { not: 'none' }, id: { gt: input.after ?? '' }, themes: { some: { subscribed: true, themeId: { in: themeIds } } } },
        include: { themes: { where: { subscribed: true, themeId: { in: themeIds } }, include: { theme: true } } },
        orderBy: { id: 'asc' },
        take: input.size,
      });
      const mailIds: string[] = [];
      for (const member of members) {
        heartbeat(member.id);
        const mailId = await deps.db.$transaction(async (tx) => {
          const owner = { ownerKind: 'member' as const, ownerId: member.id, projectId: project.id, at: input.at };
          const linkId = await createLink(tx, deps.secret, { ...owner, purpose: 'member_project', subjectId: project.id });
          const settingsLink = await createLink(tx, deps.secret, { ...owner, purpose: 'alert_settings', projectId: null });
          return queueMail(tx, {
            key: `alert/${input.ref}/${member.id}`, template: 'project_alert', to: memberRecipient(member), linkId, projectId: project.id, at: input.at,
            data: {
              themes: member.themes.map(({ theme }) => (member.locale === 'en' ? theme.nameEn : theme.nameFr)), problem: project.problem, budgetCents: project.budgetCents, settingsLink,
            },
          });
        });
        mailIds.push(mailId);
      }
      return { mailIds, last: members.at(-1)?.id ?? input.after, done: members.length < input.size };
    },
  };
}
