import { clientInvoiceLifecycle } from '../../domain/lifecycle/client-invoice.ts';
import { memberInvoiceLifecycle } from '../../domain/lifecycle/member-invoice.ts';
import { Problem } from '../../domain/problem.ts';
import type { Tx } from '../../database/open.ts';
import * as steps from '../../steps/project-steps.ts';
import type { ActivityDeps } from '../deps.ts';
import { projectStep, type ProjectStepInput } from './answer.ts';
import { tellCandidates } from './candidates.ts';

/** C2: every brief is checked by staff: approve with an account manager, ask for changes, reject; the client resubmits. */
export function briefReviewActivities(deps: ActivityDeps) {
  return {
    approveBrief: (input: ProjectStepInput) =>
      projectStep(deps, steps.approveBrief, input, {
        change: async (payload, tx) => ({ accountManagerId: await activeStaff(tx, payload.accountManagerId), reviewRemarks: null }),
        then: async ({ letters }) => letters.toClient('brief_approved', {}),
      }),

    askBriefChanges: (input: ProjectStepInput) =>
      projectStep(deps, steps.askBriefChanges, input, {
        change: (payload) => ({ reviewRemarks: payload.remarks }),
        told: (payload) => ({ remarks: payload.remarks }),
        then: async ({ tx, project, letters, submitted, at }) => {
          const { remarks, points } = submitted.payload;
          await tx.briefRemark.createMany({ data: points.map((point) => ({ ...point, projectId: project.id, authorName: submitted.by.name, createdAt: new Date(at) })) });
          await letters.toClient('brief_changes_requested', { remarks, points: points.length });
        },
      }),

    rejectBrief: (input: ProjectStepInput) =>
      projectStep(deps, steps.rejectBrief, input, {
        change: (payload) => ({ reviewRemarks: payload.reason, endReason: payload.reason }),
        told: (payload) => ({ reason: payload.reason }),
        then: async ({ letters, submitted }) => letters.toClient('brief_rejected', { reason: submitted.payload.reason }),
      }),

    resubmitBrief: (input: ProjectStepInput) =>
      projectStep(deps, steps.resubmitBrief, input, {
        change: ({ themeIds: _themes, ...brief }) => brief,
        then: async ({ tx, project, submitted, letters, at }) => {
          await tx.briefRemark.updateMany({ where: { projectId: project.id, settledAt: null }, data: { settledAt: new Date(at) } });
          await tx.projectTheme.deleteMany({ where: { projectId: project.id } });
          await tx.projectTheme.createMany({ data: submitted.payload.themeIds.map((themeId) => ({ projectId: project.id, themeId })) });
          await letters.toStaff('staff_brief_submitted', { again: true });
        },
      }),

    assignManager: (input: ProjectStepInput) =>
      projectStep(deps, steps.assignManager, input, {
        keepsClock: true,
        change: async (payload, tx) => ({ accountManagerId: await activeStaff(tx, payload.accountManagerId) }),
        then: async ({ tx, project }) => ({ invoices: await openInvoices(tx, project.id) }),
      }),

    withdraw: (input: ProjectStepInput) =>
      projectStep(deps, steps.withdraw, input, {
        change: (payload) => ({ endReason: payload.reason }),
        told: (payload) => ({ reason: payload.reason }),
        then: async ({ tx, project, letters, submitted, at }) => {
          await letters.toClient('project_withdrawn', { reason: submitted.payload.reason });
          await letters.toStaff('staff_project_stopped', { how: 'withdrawn', reason: submitted.payload.reason });
          await tellCandidates(tx, letters, project.id, at);
        },
      }),

    abandon: (input: ProjectStepInput) =>
      projectStep(deps, steps.abandon, input, {
        change: (payload) => ({ endReason: payload.reason }),
        told: (payload) => ({ reason: payload.reason }),
        then: async ({ tx, project, letters, submitted, at }) => {
          await letters.toClient('project_abandoned', { reason: submitted.payload.reason });
          await tellCandidates(tx, letters, project.id, at);
        },
      }),
  };
}

async function activeStaff(tx: Tx, id: string): Promise<string> {
  const person = await tx.staff.findFirst({ where: { id, active: true } });
  if (!person) throw new Problem('not_found', `no active staff ${id}`);
  return person.id;
}

/** W3: the workflows of the project's invoices that still run; one that ends meanwhile has nothing to hear. */
async function openInvoices(tx: Tx, projectId: string): Promise<string[]> {
  const of = (states: readonly string[]) => ({ where: { projectId, state: { notIn: [...states] } }, select: { ref: true }, orderBy: { ref: 'asc' as const } });
  const member = await tx.memberInvoice.findMany(of(memberInvoiceLifecycle.ends));
  const client = await tx.clientInvoice.findMany(of(clientInvoiceLifecycle.ends));
  return [...member.map(({ ref }) => `member-invoice/${ref}`), ...client.map(({ ref }) => `client-invoice/${ref}`)];
}
