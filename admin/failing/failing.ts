import type { Deps } from '../../deps.ts';
import type { Speaker } from '../text.ts';

/** Something that did not succeed and is tried again, in words. */
export interface Failing {
  readonly workflowId: string;
  readonly activity: string;
  /** What fails, and why, in the reader's language. */
  readonly what: string;
  readonly why: string;
  /** What the machine said, for whoever is to mend it. */
  readonly said: string;
  readonly attempt: number;
  readonly since: Date;
  readonly lastAt: Date;
}

/** Attempts follow each other within ten minutes: past an hour, nobody tries any more (its workflow was ended by hand). */
const silentMs = 3_600_000;

/** W4: what keeps failing now, the oldest first; of some workflows only when they are named. */
export async function failingNow({ db }: Pick<Deps, 'db'>, say: Speaker, { take, of }: { take: number; of?: readonly string[] }): Promise<Failing[]> {
  const rows = await db.failingActivity.findMany({
    where: { lastAt: { gt: new Date(Date.now() - silentMs) }, ...(of ? { workflowId: { in: [...of] } } : {}) }, orderBy: [{ since: 'asc' }, { workflowId: 'asc' }], take,
  });
  return rows.map((row) => ({ ...row, what: activityInWords(row.activity, say), why: say.say(causeKey(row.code, row.cause)), said: row.cause }));
}

export function activityInWords(activity: string, say: Speaker): string {
  const key = [`activity.${activity}`, `action.${activity}`].find((one) => say.has(one));
  return key ? say.say(key) : say.say('activity.other');
}

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'ECONNECTION', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ESOCKET', 'EDNS', 'P1001', 'P1002'];

/** The key of why something fails, for people: what the machine said stands beside it. */
export function causeKey(code: string, said: string): string {
  if (unreachable.includes(code) || unreachable.some((one) => said.includes(one))) return 'failing.why.unreachable';
  if (code === 'EAUTH') return 'failing.why.credentials';
  return code.startsWith('P') ? 'failing.why.database' : 'failing.why.other';
}

/** Where staff read what a workflow is about: its project, its member, or what the trail says of it. */
export async function whereOf({ db }: Pick<Deps, 'db'>, workflowIds: readonly string[]): Promise<(workflowId: string) => { text: string; href: string }> {
  const [refs, handles] = [workflowIds.map(projectRefOf), workflowIds.map(memberHandleOf)].map((some) => [...new Set(some.filter(Boolean))]);
  const [projects, members] = await Promise.all([
    db.project.findMany({ where: { ref: { in: refs ?? [] } }, select: { id: true, ref: true, title: true } }),
    db.member.findMany({ where: { handle: { in: handles ?? [] } }, select: { id: true, handle: true, name: true } }),
  ]);
  const record = (model: string, id: string): string => `/console/resources/${model}/records/${id}/show`;
  return (workflowId) => {
    const project = projects.find(({ ref }) => ref === projectRefOf(workflowId));
    if (project) return { text: `${project.ref} · ${project.title}`, href: record('Project', project.id) };
    const member = members.find(({ handle }) => handle === memberHandleOf(workflowId));
    if (member) return { text: member.name, href: record('Member', member.id) };
    const subject = workflowId.replace(/^[^/]+\//, '');
    return { text: subject, href: `/console/pages/trail?object=${encodeURIComponent(subject)}` };
  };
}

/** `client-invoice/P26-0010-C1` is of P26-0010. */
const projectRefOf = (workflowId: string): string => /\/(P\d+-\d+)/.exec(workflowId)?.[1] ?? '';
const memberHandleOf = (workflowId: string): string => /^membership\/(.+)$/.exec(workflowId)?.[1] ?? '';
