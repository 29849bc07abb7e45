import type { Deps } from '../../deps.ts';
import { remarkedFields } from '../../domain/brief-steps.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { referralLevels } from '../../domain/referral.ts';
import { moveDeadline, remindInvited, remindNow } from '../../steps/deadline-steps.ts';
import * as steps from '../../steps/project-steps.ts';
import type { Step } from '../../steps/step.ts';
import { briefTable } from './brief-table.ts';
import { deadlineFields } from './deadline-fields.ts';
import type { ConsoleStep, Field, Staff } from './console-step.ts';

const reason: Field = { name: 'reason', kind: 'long', required: true };

/** C2, C3, C8, Q9: what staff may do on a project. */
export const projectActions: readonly ConsoleStep[] = [
  project(steps.approveBrief, 'Check', managers),
  {
    ...project(steps.askBriefChanges, 'Edit', just({ name: 'remarks', kind: 'long', required: true }, ...remarkedFields.map((field): Field => ({ name: `about_${field}`, kind: 'text' })))),
    tables: async (deps, id, say) => [briefTable(await deps.db.project.findUniqueOrThrow({ where: { id } }), say)],
    payloadOf: (values) => ({
      remarks: values.remarks,
      points: remarkedFields.flatMap((field) => (String(values[`about_${field}`] ?? '').trim() ? [{ field, text: String(values[`about_${field}`]) }] : [])),
    }),
  },
  project(steps.rejectBrief, 'X', just(reason)),
  project(steps.startCasting, 'Users'),
  project(steps.publish, 'Globe'),
  project(steps.inviteMember, 'UserPlus', async (deps, id) => {
    const members = await deps.db.member.findMany({ where: { state: 'active', invitations: { none: { projectId: id } }, applications: { none: { application: { projectId: id } } } }, orderBy: { name: 'asc' }, take: 200 });
    return [
      { name: 'memberIds', kind: 'choices', required: true, options: members.map((member) => ({ value: member.id, label: `${member.name} — ${member.headline}` })) },
      { name: 'message', kind: 'long', required: true },
    ];
  }),
  project(steps.postNotice, 'MessageCircle', just({ name: 'body', kind: 'long', required: true })),
  project(steps.selectTeam, 'UserCheck', async (deps, id) => {
    const applications = await deps.db.application.findMany({ where: { projectId: id, state: 'received' }, include: { members: { include: { member: true } } } });
    return [
      {
        name: 'applicationIds', kind: 'choices', required: true,
        options: applications.map((one) => ({ value: one.id, label: `${one.members.map(({ member }) => member.name).join(', ')} — ${one.message.slice(0, 120)}` })),
      },
      { name: 'message', kind: 'long' }, { name: 'answerToOthers', kind: 'long', required: true },
    ];
  }),
  // From quoting on, it is the project's quote round that waits.
  { ...project(remindNow, 'Bell', just()), subject: ({ ref, stage }) => `${['quoting', 'quote_sent'].includes(stage ?? '') ? 'quote-review' : 'project'}/${ref}` },
  project(remindInvited, 'Mail', just()),
  project(moveDeadline, 'Clock', deadlineFields(['extend', 'skip', 'restart'])),
  project(steps.assignManager, 'User', managers),
  project(steps.setReferral, 'Gift', async (deps, id, say) => {
    const [members, referral] = await Promise.all([
      deps.db.member.findMany({ where: { state: { in: ['active', 'blocked'] } }, select: { id: true, name: true, headline: true }, orderBy: { name: 'asc' }, take: 500 }),
      deps.db.referral.findUnique({ where: { projectId: id } }),
    ]);
    return [
      { name: 'memberId', kind: 'choice', required: true, value: referral?.memberId ?? '', options: members.map((one) => ({ value: one.id, label: [one.name, one.headline].filter(Boolean).join(' — ') })) },
      { name: 'level', kind: 'choice', required: true, value: referral?.level ?? 'introduction', options: Object.entries(referralLevels).map(([level, rateBp]) => ({ value: level, label: say.say(`referral.${level}`, { rate: rateBp }) })) },
    ];
  }),
  project(steps.openAmendment, 'FilePlus', async (deps, id) => {
    const team = await deps.db.teamMember.findMany({ where: { projectId: id }, include: { member: true } });
    return [{ name: 'purpose', kind: 'long', required: true }, { name: 'memberIds', kind: 'choices', required: true, options: team.map(({ member }) => ({ value: member.id, label: member.name })), value: team.map(({ memberId }) => memberId) }];
  }),
  project(steps.withdraw, 'CornerUpLeft', just(reason)),
  project(steps.abandon, 'Archive', just(reason)),
  project(steps.closeProject, 'CheckCircle', just(reason)),
];

function project(step: Step<never> | Step<unknown>, icon: string, fields?: ConsoleStep['fields']): ConsoleStep {
  return {
    step: step, icon, fields, stateField: 'stage', lifecycle: projectLifecycle,
    subject: (params) => `project/${params.ref}`,
  };
}

function just(...fields: Field[]): NonNullable<ConsoleStep['fields']> {
  return () => Promise.resolve(fields);
}

async function managers(deps: Deps, _id: string, _say: unknown, me: Staff): Promise<Field[]> {
  const staff = await deps.db.staff.findMany({ where: { active: true, role: { in: ['account_manager', 'administrator'] } }, orderBy: { name: 'asc' } });
  const value = staff.some(({ id }) => id === me.id) ? me.id : staff[0]?.id;
  return [{ name: 'accountManagerId', kind: 'choice', required: true, value, options: staff.map(({ id, name }) => ({ value: id, label: name })) }];
}
