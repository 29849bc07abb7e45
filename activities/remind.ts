import { recordEvent, type By } from '../database/audit.ts';
import { lockProject } from '../database/move-project.ts';
import { applySubmission } from '../database/submission.ts';
import type { Tx } from '../database/open.ts';
import type { ProjectStage } from '../domain/lifecycle/project.ts';
import type { QuoteRoundState } from '../domain/lifecycle/quote-round.ts';
import { Problem } from '../domain/problem.ts';
import { remindInvited, remindNow } from '../steps/deadline-steps.ts';
import type { MailTemplate } from '../templates/mail/catalogue.ts';
import type { ActivityDeps } from './deps.ts';
import { openLetters, type Letters } from './letters.ts';
import { remindOfStage } from './project/clock.ts';
import { remindOfRound } from './quote/round-clock.ts';
import { lockRound } from './quote/round-step.ts';

/** The reminders of a stage that clients and members get. */
const stageReminders: readonly MailTemplate[] = ['brief_changes_reminder', 'distribution_reminder', 'selection_reminder', 'quote_reminder', 'client_quote_reminder', 'casting_reminder'];
const dayMs = 86_400_000;

interface Asked { readonly submissionId: string; /** ms */ readonly at: number }

/** S2: staff send the reminder of the present stage again to the client or the members it waits for; nobody gets two within a day, the clock's own included. */
export function remindActivities(deps: ActivityDeps) {
  return {
    remindProjectNow: (input: Asked & { projectId: string; stage: ProjectStage; since: number }): Promise<{ mailIds: string[] }> =>
      applySubmission(deps.db, remindNow, input.submissionId, input.at, async (tx, { id, by }) => {
        const project = await lockProject(tx, input.projectId);
        if (project.stage !== input.stage) throw new Problem('stage_changed', `${project.ref} is ${project.stage}`, { stage: project.stage });
        const daily = atMostDaily(tx, openLetters(tx, deps, project, `submission/${id}`, input.at), project.owner, input.at);
        await remindOfStage(tx, daily.letters, project, { stage: input.stage, since: input.since });
        return told(tx, daily, { by, action: 'project.remindNow', subject: project.ref, projectId: project.id, at: input.at });
      }),

    /** C3: an invitation of today needs no reminder either. */
    remindInvitedNow: (input: Asked & { projectId: string; stage: ProjectStage }): Promise<{ mailIds: string[] }> =>
      applySubmission(deps.db, remindInvited, input.submissionId, input.at, async (tx, { id, by }) => {
        const project = await lockProject(tx, input.projectId);
        if (project.stage !== input.stage) throw new Problem('stage_changed', `${project.ref} is ${project.stage}`, { stage: project.stage });
        const daily = atMostDaily(tx, openLetters(tx, deps, project, `submission/${id}`, input.at), project.owner, input.at);
        const waiting = await tx.invitation.findMany({ where: { projectId: project.id, state: 'sent', member: { state: 'active' } }, include: { member: true }, orderBy: { memberId: 'asc' } });
        for (const { member, message, createdAt } of waiting) {
          if (createdAt.getTime() > input.at - dayMs) daily.spared.push(member.name);
          else await daily.letters.toMember(member, 'casting_reminder', { message, problem: project.problem }, { purpose: 'member_invitation', subjectId: project.id });
        }
        return told(tx, daily, { by, action: 'project.remindInvited', subject: project.ref, projectId: project.id, at: input.at });
      }),

    remindRoundNow: (input: Asked & { roundId: string; state: QuoteRoundState }): Promise<{ mailIds: string[] }> =>
      applySubmission(deps.db, remindNow, input.submissionId, input.at, async (tx, { id, by }) => {
        const locked = await lockRound(tx, input.roundId);
        const { round, project } = locked;
        if (round.state !== input.state) throw new Problem('stage_changed', `${round.ref} is ${round.state}`, { stage: round.state });
        const daily = atMostDaily(tx, openLetters(tx, deps, project, `submission/${id}`, input.at), project.owner, input.at);
        await remindOfRound({ tx, ...locked, letters: daily.letters, at: input.at });
        return told(tx, daily, { by, action: 'round.remindNow', subject: round.ref, projectId: project.id, at: input.at });
      }),
  };
}

interface Daily { readonly letters: Letters; readonly reminded: string[]; readonly spared: string[] }

/** Letters to clients and members only, and to each of them none when another reminder has been queued within a day. */
function atMostDaily(tx: Tx, letters: Letters, owner: { id: string; name: string }, at: number): Daily {
  const [reminded, spared]: [string[], string[]] = [[], []];
  const may = async (kind: 'client' | 'member', { id, name }: { id: string; name: string }): Promise<boolean> => {
    // The same person may be waited for in several projects at once: one reminder at a time decides.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`remind/${kind}/${id}`}, 0))`;
    const recent = await tx.mail.findFirst({ where: { template: { in: [...stageReminders] }, createdAt: { gt: new Date(at - dayMs) }, toKind: kind, toId: id, state: { not: 'dropped' } }, select: { id: true } });
    (recent ? spared : reminded).push(name);
    return !recent;
  };
  return {
    reminded, spared,
    letters: {
      ...letters,
      async toClient(...letter) { if (await may('client', owner)) await letters.toClient(...letter); },
      async toMember(member, ...letter) { if (await may('member', member)) await letters.toMember(member, ...letter); },
      toStaff: () => Promise.resolve(),
      toAdministration: () => Promise.resolve(),
    },
  };
}

/** @throws Problem `reminded_today` (details: names), `nobody_to_remind` */
async function told(tx: Tx, { letters, reminded, spared }: Daily, event: { by: By; action: string; subject: string; projectId: string; at: number }): Promise<{ mailIds: string[] }> {
  if (reminded.length === 0 && spared.length > 0) throw new Problem('reminded_today', `${event.subject}: everybody was reminded within a day`, { names: spared.join(', ') });
  if (reminded.length === 0) throw new Problem('nobody_to_remind', `${event.subject} waits for nobody outside`);
  await recordEvent(tx, { ...event, data: { to: reminded.join(', '), ...(spared.length > 0 ? { spared: spared.join(', ') } : {}) } });
  return { mailIds: letters.mailIds };
}
