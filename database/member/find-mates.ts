import { Problem } from '../../domain/problem.ts';
import type { Db } from '../open.ts';

/**
 * M6: the members somebody names to make a team: by e-mail, handle or name, separated by commas, semicolons or line ends (or spaces, for
 * e-mails and handles). Answers their ids; whoever asks is left out.
 * @throws Problem `mate_unknown` (details: name), `mate_ambiguous` (details: name, handles)
 */
export async function findMates(db: Db, typed: string, askerId: string): Promise<string[]> {
  const ids = new Set<string>();
  for (const named of typed.split(/[,;\n]+/).map((one) => one.trim()).filter(Boolean)) {
    const whole = await membersNamed(db, named);
    const parts = named.split(/\s+/);
    const found = whole.length > 0 || parts.length === 1 ? [[named, whole] as const] : await Promise.all(parts.map(async (part) => [part, await membersNamed(db, part)] as const));
    for (const [name, members] of found) {
      const [member, ...others] = members;
      if (!member) throw new Problem('mate_unknown', `nobody called ${name}`, { name: parts.length > 1 && members.length === 0 ? named : name, fields: 'mates' });
      if (others.length > 0) throw new Problem('mate_ambiguous', `${members.length} members called ${name}`, { name, handles: members.map(({ handle }) => handle).join(', '), fields: 'mates' });
      ids.add(member.id);
    }
  }
  ids.delete(askerId);
  return [...ids];
}

async function membersNamed(db: Db, name: string): Promise<{ id: string; handle: string }[]> {
  const same = { equals: name, mode: 'insensitive' } as const;
  const known = await db.member.findMany({ where: { state: 'active', OR: [{ email: same }, { handle: same }, { name: same }] }, select: { id: true, handle: true, email: true }, orderBy: { handle: 'asc' }, take: 5 });
  // An address or a handle names one; a name may name several.
  const exact = known.filter(({ email, handle }) => [email, handle].includes(name.toLowerCase()));
  return exact.length > 0 ? exact : known;
}
