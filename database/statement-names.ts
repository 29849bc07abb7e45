import { createHash } from 'node:crypto';
import { Prisma } from '@prisma/client';

/** Each connection keeps what it prepared for as long as it lives: no more texts than this. */
const most = 1_000;

/** In a statement written by hand: planned once, it is as good for whatever is looked for. */
export const plannedOnce = Prisma.raw('/* planned once */');

const byUniqueKey = / AND 1=1\) LIMIT /; // how a row of a unique key is asked for
const byKeys = /\."(?:id|\w+Id)" (?:= \$\d+|IN \((?:\$\d+,?)+\))/;

/**
 * May the plan of a statement be kept whatever its values? Yes for rows of given keys, and for what says so itself. A list that is cut, or a search, is better planned
 * for what it looks for: a common word and a rare one are not found alike.
 */
export const plannedAlike = (sql: string): boolean => byUniqueKey.test(sql) || sql.includes(plannedOnce.sql) || (byKeys.test(sql) && !sql.includes(' LIMIT '));

/**
 * Names the statements asked again and again, of those that are `worth` it, so that a connection prepares each of them once: PostgreSQL then neither reads nor plans it
 * again. Those whose text varies, long lists of ids for instance, come too seldom to be named: theirs is empty.
 */
export function statementNames(worth: (sql: string) => boolean = () => true): (query: { sql: string }) => string {
  const asked = new Map<string, number>();
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= most || !worth(sql)) return '';
    const times = (asked.get(sql) ?? 0) + 1;
    if (times < 3) {
      if (asked.size >= 10 * most) asked.clear();
      asked.set(sql, times);
      return '';
    }
    asked.delete(sql);
    const name = `ow_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}
