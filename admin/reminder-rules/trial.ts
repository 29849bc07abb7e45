import { reminderReaders } from '../../database/reminder-readers.ts';
import { reminderSubjects, type ReminderSubject } from '../../database/reminder-subject.ts';
import type { Recipient } from '../../database/recipients.ts';
import { audienceOfTarget, firingsWaiting, ruleDueAt, ruleTemplates, type RuleContent } from '../../domain/reminder-rules.ts';
import { reminderMailData } from '../../mail/reminder-mail.ts';
import { renderMail } from '../../mail/render.ts';
import type { Block, PageField, Row } from '../pages/blocks.ts';
import type { Asked } from '../pages/page.ts';
import { recordHref, stageWords } from './words.ts';

/** How many e-mails a trial draws in full; the others are named. */
const drawn = 3;

export function trialForm({ say, query }: Asked, kept: readonly PageField[]): Block {
  return { kind: 'form', method: 'get', inline: true, title: say.say('rules.try'), button: say.say('rules.tryButton'), fields: [...kept, { name: 'try', kind: 'text', required: true, label: say.say('rules.tryReference'), value: query.try ?? '' }] };
}

/** S4: what a rule would do for everything of one project, and the e-mails it would send. Nothing is written, nothing leaves. */
export async function trialBlocks(asked: Asked, rule: RuleContent, ruleKey: string | null, reference: string): Promise<Block[]> {
  const { deps: { db, config: { publicUrl } }, say } = asked;
  const project = await db.project.findUnique({ where: { ref: reference.trim().toUpperCase() }, include: { company: true, owner: true, accountManager: true } });
  if (!project) return [{ kind: 'text', tone: 'bad', text: say.say('rules.tryUnknown', { ref: reference }) }];
  const now = new Date();
  const subjects = await reminderSubjects(db, rule.subject, project.id);
  const waiting = ruleKey ? await db.reminderFiring.findMany({ where: { projectId: project.id, rule: { rule: ruleKey }, state: { in: [...firingsWaiting] } }, include: { rule: true }, take: 100 }) : [];
  const rows: Row[] = [];
  const mails: { subject: ReminderSubject; reader: Recipient; enteredAt: Date }[] = [];
  for (const subject of subjects) {
    const known = waiting.find(({ subjectId }) => subjectId === subject.id);
    const enteredAt = known?.enteredAt ?? now;
    const due = known?.dueAt ?? ruleDueAt(rule, enteredAt);
    const readers = rule.target ? await reminderReaders(db, rule.target, project, subject, due.getTime()) : [];
    const there = subject.stage === rule.stage;
    mails.push(...readers.map((reader) => ({ subject, reader, enteredAt })));
    rows.push({
      cells: [
        { text: subject.ref, href: recordHref(rule.subject, subject.id), detail: stageWords(rule.subject, subject.stage, say) },
        known ? { text: say.say('rules.tryWaits'), tone: 'good' } : there ? { text: say.say('rules.tryThere'), tone: 'good' } : { text: say.say('rules.tryNotThere'), tone: 'soft' },
        { text: say.moment(due), ...(known ? { until: due.toISOString() } : { detail: say.say('rules.tryIfNow') }) },
        { text: readers.map(({ name }) => name).join(', ') || '—', ...(rule.queue ? { detail: say.say('rules.words.queue', { whose: say.say(`rules.in.${rule.queue}`) }) } : {}) },
      ],
    });
  }
  const blocks: Block[] = [{
    kind: 'table', caption: say.say('rules.tryTitle', { ref: project.ref, title: project.title }), head: ['object', 'would', 'when', 'to'].map((one) => say.say(`rules.head.${one}`)), rows, empty: say.say('rules.tryNothing'),
  }];
  if (rule.target === null) return blocks;
  const template = ruleTemplates[audienceOfTarget(rule.target)];
  for (const { subject, reader, enteredAt } of mails.slice(0, drawn)) {
    const locale = reader.locale === 'en' ? 'en' : 'fr';
    const [written, member] = await Promise.all([
      db.mailTemplateVersion.findFirst({ where: { template, locale, state: 'published' }, select: { id: true, subject: true, source: true } }),
      subject.memberIds.length === 1 ? db.member.findUnique({ where: { id: subject.memberIds[0] ?? '' }, select: { name: true } }) : null,
    ]);
    const about = { project: { ref: project.ref, title: project.title, clientName: project.company.name, managerName: project.accountManager?.name ?? '' }, subject, memberName: member?.name ?? '', enteredAt };
    const manager = reader.kind === 'staff' || !project.accountManager ? null : { name: project.accountManager.name, email: project.accountManager.email, phone: project.accountManager.phone ?? '' };
    const mail = await renderMail({
      template, locale, written, data: { ...reminderMailData(rule, about, locale), ...(reader.kind === 'staff' ? { consolePath: recordHref(rule.subject, subject.id) } : { linkId: 'example' }) },
      common: { recipient: { name: reader.name }, project: { ref: project.ref, title: project.title, clientName: project.company.name }, manager },
      // Links are examples: a trial opens nobody's page.
      linkUrl: (id) => `${publicUrl}/l/${id}`, consoleUrl: (path) => `${publicUrl}${path}`,
    });
    blocks.push({ kind: 'heading', text: mail.subject }, { kind: 'text', tone: 'soft', text: say.say('rules.tryMail', { name: reader.name, email: reader.email, ref: subject.ref }) }, { kind: 'frame', title: mail.subject, html: mail.html, width: 680, height: 520 });
  }
  if (mails.length > drawn) blocks.push({ kind: 'text', tone: 'soft', text: say.say('rules.tryMore', { count: mails.length - drawn }) });
  return blocks;
}
