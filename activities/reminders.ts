import { recordEvent, theClock } from '../database/audit.ts';
import { lockProject, type ProjectWithPeople } from '../database/move-project.ts';
import { once } from '../database/once.ts';
import type { Tx } from '../database/open.ts';
import type { Recipient } from '../database/recipients.ts';
import { reminderReaders } from '../database/reminder-readers.ts';
import { ruleOf } from '../database/reminder-rules.ts';
import { reminderSubjects, type ReminderSubject } from '../database/reminder-subject.ts';
import type { LinkPurpose } from '../domain/links.ts';
import { audienceOfTarget, firingsWaiting, ruleTemplates, type RuleContent } from '../domain/reminder-rules.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import { reminderMailData } from '../mail/reminder-mail.ts';
import type { ActivityDeps } from './deps.ts';

/** What became of one entry, and the mails to send for it. */
export interface ReminderRung {
  readonly state: string;
  readonly mailIds: readonly string[];
}

/** S4: the rules staff wrote. An entry rings once, and only while its subject is still in it. */
export function reminderActivities(deps: ActivityDeps) {
  return {
    /** Writes the mails and the item of the queue, unless the subject left the stage since (a later return is another entry) or the rule was put aside. */
    ringReminder: ({ firingId, at }: { firingId: string; at: number }): Promise<ReminderRung> =>
      once(deps.db, `reminder/${firingId}`, async (tx) => {
        const { projectId } = await tx.reminderFiring.findUniqueOrThrow({ where: { id: firingId }, select: { projectId: true } });
        // The project first, as every move of its lifecycle does: whoever leaves the stage at this moment comes before or after, never between.
        const project = await lockProject(tx, projectId);
        await tx.$executeRaw`SELECT 1 FROM "ReminderFiring" WHERE "id" = ${firingId} FOR UPDATE`;
        const firing = await tx.reminderFiring.findUniqueOrThrow({ where: { id: firingId }, include: { rule: true } });
        if (!(firingsWaiting as readonly string[]).includes(firing.state)) return { state: firing.state, mailIds: [] };
        const rule = ruleOf(firing.rule);
        const [subject] = await reminderSubjects(tx, rule.subject, project.id, firing.subjectId);
        if (subject?.stage !== rule.stage) {
          await tx.reminderFiring.update({ where: { id: firingId }, data: { state: 'left', endedAt: new Date(at) } });
          return { state: 'left', mailIds: [] };
        }
        const readers = rule.target ? await reminderReaders(tx, rule.target, project, subject, at) : [];
        const mailIds: string[] = [];
        for (const reader of readers) mailIds.push(await write(tx, { rule, project, subject, reader, firingId, enteredAt: firing.enteredAt, at }));
        const state = rule.queue ? 'queued' : readers.length > 0 ? 'sent' : 'nobody';
        await tx.reminderFiring.update({ where: { id: firingId }, data: { state, firedAt: new Date(at), readers: readers.map(({ name }) => name) } });
        await recordEvent(tx, { by: theClock, action: `reminder.${state}`, subject: subject.ref, projectId, data: { reason: rule.name, to: readers.map(({ name }) => name).join(', ') }, at });
        return { state, mailIds };
      }),
  };

  async function write(tx: Tx, mail: { rule: RuleContent; project: ProjectWithPeople; subject: ReminderSubject; reader: Recipient; firingId: string; enteredAt: Date; at: number }): Promise<string> {
    const { rule, project, subject, reader, firingId, enteredAt, at } = mail;
    const template = ruleTemplates[audienceOfTarget(rule.target ?? 'account_manager')];
    const member = subject.memberIds.length === 1 ? await tx.member.findUnique({ where: { id: subject.memberIds[0] ?? '' }, select: { name: true } }) : null;
    const about = {
      project: { ref: project.ref, title: project.title, clientName: project.company.name, managerName: project.accountManager?.name ?? '' },
      subject, memberName: member?.name ?? '', enteredAt,
    };
    const { kind, id } = reader;
    const link = kind === 'staff' ? { consolePath: recordPath(rule.subject, subject.id) }
      : { linkId: await createLink(tx, deps.secret, { ...linkTo(rule, subject, project, kind), ownerKind: kind === 'client' ? 'client' : 'member', ownerId: id ?? '', projectId: project.id, at }) };
    return queueMail(tx, { key: `reminder/${firingId}/${kind}/${id ?? reader.email}`, template, to: reader, data: reminderMailData(rule, about, reader.locale === 'en' ? 'en' : 'fr'), projectId: project.id, at, ...link });
  }
}

const models = { project: 'Project', quote: 'QuoteRound', member_invoice: 'MemberInvoice', client_invoice: 'ClientInvoice' } as const;

function recordPath(subject: RuleContent['subject'], id: string): string {
  return `/console/resources/${models[subject]}/records/${id}/show`;
}

/** The page of their own where each reader can act. */
function linkTo(rule: RuleContent, subject: ReminderSubject, project: { id: string; stage: string }, kind: string): { purpose: LinkPurpose; subjectId: string | null } {
  if (kind === 'client') {
    if (rule.subject === 'client_invoice' && subject.stage !== 'gathering') return { purpose: 'client_invoice', subjectId: subject.id };
    if (rule.subject === 'quote' && subject.stage === 'sent') return { purpose: 'client_quote', subjectId: subject.id };
    return { purpose: 'client_project', subjectId: null };
  }
  if (rule.subject === 'member_invoice' && rule.target === 'member') return { purpose: 'member_preview', subjectId: subject.id };
  if (rule.subject === 'quote') return { purpose: 'member_quote', subjectId: subject.id };
  return { purpose: ['running', 'settling'].includes(project.stage) ? 'member_invoicing' : 'member_project', subjectId: project.id };
}
