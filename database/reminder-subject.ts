import { leftToPay } from '../domain/left-to-pay.ts';
import type { RuleSubject } from '../domain/reminder-rules.ts';
import type { Db, Tx } from './open.ts';

/** What a rule may say of its subject, and who is concerned. */
export interface ReminderSubject {
  readonly id: string;
  readonly ref: string;
  readonly stage: string;
  readonly deadlineAt: Date | null;
  readonly amountCents: number | null;
  /** Whom it is about: the members still to quote, or the one invoiced. */
  readonly memberIds: readonly string[];
}

/** How many objects of one project are looked at. */
const most = 60;

/** The subjects of one kind in a project, or the one with this id. */
export async function reminderSubjects(db: Db | Tx, kind: RuleSubject, projectId: string, id?: string): Promise<ReminderSubject[]> {
  const where = { projectId, ...(id ? { id } : {}) };
  const orderBy = { createdAt: 'asc' } as const;
  switch (kind) {
    case 'project': {
      const project = await db.project.findUnique({ where: { id: projectId } });
      return project ? [{ id: project.id, ref: project.ref, stage: project.stage, deadlineAt: project.nextDeadlineAt, amountCents: null, memberIds: [] }] : [];
    }
    case 'quote': {
      const rounds = await db.quoteRound.findMany({ where, orderBy, take: most, include: { memberQuotes: { where: { state: { in: ['submitted', 'included', 'accepted'] } }, select: { memberId: true } } } });
      return rounds.map((one) => {
        const answered = new Set(one.memberQuotes.map(({ memberId }) => memberId));
        return { id: one.id, ref: one.ref, stage: one.state, deadlineAt: one.deadlineAt, amountCents: null, memberIds: one.askedIds.filter((memberId) => !answered.has(memberId)) };
      });
    }
    case 'member_invoice': {
      const invoices = await db.memberInvoice.findMany({ where, orderBy, take: most });
      return invoices.map((one) => ({ id: one.id, ref: one.ref, stage: one.state, deadlineAt: one.windowEndsAt, amountCents: one.totalCents, memberIds: [one.memberId] }));
    }
    case 'client_invoice': {
      const invoices = await db.clientInvoice.findMany({ where, orderBy, take: most });
      return invoices.map((one) => ({ id: one.id, ref: one.number ?? one.ref, stage: one.state, deadlineAt: one.dueAt, amountCents: leftToPay(one), memberIds: [] }));
    }
  }
}
