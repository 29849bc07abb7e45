import { createHash } from 'node:crypto';

/** Each connection keeps what it prepared for as long as it lives: no more texts than this. */
const most = 1_000;

/**
 * Names the statements asked again and again, so that a connection prepares each of them once: PostgreSQL then neither reads nor plans it again.
 * Those whose text varies, lists of ids for instance, come too seldom to be named: theirs is empty.
 */
export function statementNames(): (query: { sql: string }) => string {
  const asked = new Map<string, number>();
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= most) return '';
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
