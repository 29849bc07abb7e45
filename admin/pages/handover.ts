import { DateTime } from 'luxon';
import { recordHandover } from '../../database/record-handover.ts';
import { addAbsence, endAbsence } from '../../database/staff-absences.ts';
import { projectLifecycle } from '../../domain/lifecycle/project.ts';
import { Problem } from '../../domain/problem.ts';
import { mayDo } from '../../domain/roles.ts';
import { perform, problemOf } from '../../steps/perform.ts';
import { assignManager } from '../../steps/project-steps.ts';
import type { Block } from './blocks.ts';
import type { Asked, ConsolePage, PageAct } from './page.ts';

/** One form hands over at most this many; the rest shows once they are gone. */
const listed = 100;
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** S3: reassigning account managers, and who stands in for whom. */
export const handoverPage: ConsolePage = {
  name: 'handover',
  icon: 'Users',
  title: ({ say }) => say.say('handover.title'),
  blocks: async (asked) => [...(await projectBlocks(asked)), ...(await absenceBlocks(asked))],
  acts: {
    give: allowed(async ({ deps, staff, values, key, say }) => {
      const to = text(values.to);
      const reason = text(values.reason);
      const ids = Array.isArray(values.projects) ? values.projects.map(String).slice(0, listed) : [];
      if (reason === '') throw new Problem('reason_missing', 'a handover');
      if (to === '' || ids.length === 0) throw new Problem('form_invalid', 'to, projects');
      const projects = await deps.db.project.findMany({ where: { id: { in: ids } }, select: { id: true, ref: true, title: true } });
      const refused: string[] = [];
      for (const project of projects) {
        try {
          // The row's key is made of the form's: a second post of the same form goes on where the first stopped.
          await perform(deps, { step: assignManager, subject: `project/${project.ref}`, person: { kind: 'staff', id: staff.id }, key: `${key}/${project.ref}`, payload: { accountManagerId: to }, context: {} });
          await recordHandover(deps.db, { form: key, by: { kind: 'staff', id: staff.id, name: staff.name }, at: Date.now(), project, reason });
        } catch (cause) {
          refused.push(`${project.title} : ${say.problem(problemOf(cause))}`);
        }
      }
      return { message: say.say('handover.result', { done: projects.length - refused.length, refused: refused.length, why: refused.join(' ; ') }) };
    }),
    away: allowed(async ({ deps: { db }, staff, values, key }) => {
      const day = (value: unknown) => DateTime.fromISO(text(value), { zone: 'Europe/Paris' }).startOf('day');
      const [from, last] = [day(values.from), day(values.last)];
      if (!from.isValid || !last.isValid) throw new Problem('date_unclear', `${text(values.from)} to ${text(values.last)}`);
      await addAbsence(db, { form: key, by: { kind: 'staff', id: staff.id, name: staff.name }, at: Date.now(), staffId: text(values.away), standInId: text(values.standIn), from: from.toMillis(), until: last.plus({ days: 1 }).toMillis(), reason: text(values.reason) });
      return undefined;
    }),
    back: allowed(async ({ deps: { db }, staff, values, key }) => {
      await endAbsence(db, { form: key, by: { kind: 'staff', id: staff.id, name: staff.name }, at: Date.now(), id: text(values.id) });
      return undefined;
    }),
  },
};

function allowed(act: PageAct): PageAct {
  return async (asked) => {
    if (!mayDo(asked.staff.role, 'assignManager')) throw new Problem('not_allowed', `${asked.staff.role} may not assignManager`);
    return act(asked);
  };
}

async function choices({ deps: { db } }: Asked) {
  const staff = await db.staff.findMany({ where: { active: true, role: { in: ['account_manager', 'administrator'] } }, orderBy: { name: 'asc' }, take: 200 });
  return staff.map(({ id, name }) => ({ value: id, label: name }));
}

async function projectBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say, query, staff: me } = asked;
  const staff = await choices(asked);
  const who = query.who ?? (staff.some(({ value }) => value === me.id) ? me.id : staff[0]?.value ?? '');
  const found = await db.project.findMany({ where: { accountManagerId: who, stage: { notIn: [...projectLifecycle.ends] } }, orderBy: [{ nextDeadlineAt: 'asc' }, { id: 'asc' }], take: listed + 1, include: { company: { select: { name: true } } } });
  const projects = found.slice(0, listed);
  const others = staff.filter(({ value }) => value !== who);
  return [
    { kind: 'text', text: say.say('handover.intro') },
    { kind: 'form', method: 'get', inline: true, button: say.say('handover.see'), fields: [{ name: 'who', kind: 'choice', required: true, label: say.say('handover.who'), options: staff, value: who }] },
    { kind: 'table', caption: say.say('handover.projects', { count: projects.length, more: found.length > listed }), head: ['project', 'stage', 'next'].map((one) => say.say(`handover.head.${one}`)), empty: say.say('handover.none'), rows: projects.map((one) => ({ cells: [
      { text: one.title, href: `/console/resources/Project/records/${one.id}/show`, detail: `${one.ref} · ${one.company.name}` }, say.state('project', one.stage), one.nextDeadlineAt ? { text: '', until: one.nextDeadlineAt.toISOString() } : '',
    ] })) },
    ...(projects.length === 0 || others.length === 0 ? [] : [{ kind: 'form', method: 'post', act: 'give', title: say.say('handover.give'), consequence: say.say('handover.consequence'), button: say.say('handover.go'), fields: [
      { name: 'to', kind: 'choice', required: true, label: say.say('handover.to'), options: others, value: others[0]?.value },
      { name: 'projects', kind: 'choices', required: true, label: say.say('handover.which'), options: projects.map(({ id, ref, title }) => ({ value: id, label: `${title} · ${ref}` })), value: projects.map(({ id }) => id) },
      { name: 'reason', kind: 'long', required: true, label: say.say('handover.reason') },
    ] } as const]),
  ];
}

async function absenceBlocks(asked: Asked): Promise<Block[]> {
  const { deps: { db }, say } = asked;
  const absences = await db.staffAbsence.findMany({ where: { until: { gt: new Date() } }, orderBy: { from: 'asc' }, take: listed });
  const people = await db.staff.findMany({ where: { id: { in: absences.flatMap(({ staffId, standInId }) => [staffId, standInId]) } }, select: { id: true, name: true } });
  const nameOf = (id: string): string => people.find((one) => one.id === id)?.name ?? '';
  const staff = await choices(asked);
  return [
    { kind: 'table', caption: say.say('handover.absences'), head: ['away', 'standIn', 'period', 'reason'].map((one) => say.say(`handover.head.${one}`)), empty: say.say('handover.noAbsence'), rows: absences.map((one) => ({
      cells: [nameOf(one.staffId), nameOf(one.standInId), say.say('handover.period', { from: one.from.toISOString(), last: new Date(one.until.getTime() - 1).toISOString() }), one.reason],
      deeds: [{ act: 'back', label: say.say('handover.end'), values: { id: one.id }, confirm: say.say('handover.endConfirm', { name: nameOf(one.staffId) }) }],
    })) },
    { kind: 'form', method: 'post', act: 'away', title: say.say('handover.absence'), consequence: say.say('handover.absenceConsequence'), button: say.say('handover.declare'), fields: [
      { name: 'away', kind: 'choice', required: true, label: say.say('handover.away'), options: staff, value: staff[0]?.value }, { name: 'standIn', kind: 'choice', required: true, label: say.say('handover.standIn'), options: staff, value: staff[1]?.value },
      { name: 'from', kind: 'date', required: true, label: say.say('handover.from') }, { name: 'last', kind: 'date', required: true, label: say.say('handover.last') }, { name: 'reason', kind: 'text', required: true, label: say.say('handover.reason') },
    ] },
  ];
}
