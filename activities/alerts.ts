import { Context } from '@temporalio/activity';
import type { Member, MemberTheme, Project, Theme } from '@prisma/client';
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

export interface AlertBatch {
  readonly mailIds: readonly string[];
  readonly last: string | null;
  readonly done: boolean;
  readonly clientHandle: string;
  readonly managerHandle: string | null;
}

/** M7: one e-mail to each active member subscribed to one of the project's themes. */
export function alertActivities(deps: ActivityDeps) {
  return {
    /**
     * Queues one batch, in the order of members' ids; a member is told of a project once, however often a batch runs.
     * A project that is no longer public has nobody left to tell.
     */
    queueAlerts: async (input: AlertBatchInput): Promise<AlertBatch> => {
      const project = await deps.db.project.findUniqueOrThrow({ where: { id: input.projectId }, include: { themes: true, company: true, accountManager: true } });
      const people = { clientHandle: project.company.handle, managerHandle: project.accountManager?.handle ?? null };
      if (project.stage !== 'published') return { mailIds: [], last: input.after, done: true, ...people };

      const followed = { subscribed: true, themeId: { in: project.themes.map(({ themeId }) => themeId) } };
      const members = await deps.db.member.findMany({
        where: { state: 'active', alerts: { not: 'none' }, id: { gt: input.after ?? '' }, themes: { some: followed } },
        include: { themes: { where: followed, include: { theme: true }, orderBy: { theme: { position: 'asc' } } } },
        orderBy: { id: 'asc' },
        take: input.size,
      });
      const mailIds: string[] = [];
      for (const member of members) {
        beat(member.id);
        mailIds.push(await queueAlert(project, member, input));
      }
      return { mailIds, last: members.at(-1)?.id ?? input.after, done: members.length < input.size, ...people };
    },
  };

  async function queueAlert(project: Project, member: Member & { themes: (MemberTheme & { theme: Theme })[] }, { ref, at }: AlertBatchInput): Promise<string> {
    return deps.db.$transaction(async (tx) => {
      const owner = { ownerKind: 'member' as const, ownerId: member.id, at };
      const linkId = await createLink(tx, deps.secret, { ...owner, purpose: 'member_project', projectId: project.id, subjectId: project.id });
      const settingsLink = await createLink(tx, deps.secret, { ...owner, purpose: 'alert_settings' });
      const themes = member.themes.map(({ theme }) => (member.locale === 'en' ? theme.nameEn : theme.nameFr));
      return queueMail(tx, {
        key: `alert/${ref}/${member.id}`, template: 'project_alert', to: memberRecipient(member), linkId, projectId: project.id, at,
        data: { themes, problem: project.problem, budgetCents: project.budgetCents, settingsLink },
      });
    });
  }
}

/** Says that the batch is alive; outside a worker nobody listens. */
function beat(memberId: string): void {
  try {
    Context.current().heartbeat(memberId);
  } catch {
    return;
  }
}
