/** M2: how much a profile takes. */
export const mostSkills = 30;
export const longestSkill = 40;
export const mostReferences = 24;

/** Skills as words separated by commas, semicolons or lines: each once, whatever its capitals, as it was first written. */
export function skillsOf(typed: string): string[] {
  const known = new Map<string, string>();
  for (const part of typed.split(/[,;\n]/)) {
    const skill = part.replace(/\s+/g, ' ').trim();
    if (skill !== '' && !known.has(skill.toLowerCase())) known.set(skill.toLowerCase(), skill);
  }
  return [...known.values()];
}

/** A web address as people type it, whole; null when it is none, or leads anywhere but to the web. */
export function webAddress(typed: string): string | null {
  const whole = /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (/\s/.test(whole) || !URL.canParse(whole)) return null;
  const { protocol, hostname, href, username } = new URL(whole);
  const named = hostname.includes('.') && !hostname.startsWith('.') && !hostname.endsWith('.');
  return (protocol === 'https:' || protocol === 'http:') && named && username === '' ? href : null;
}

/** The same list with one of its items a place earlier or later; the same when it already is the first or the last, or is not there. */
export function moved(ids: readonly string[], id: string, way: 'up' | 'down'): string[] {
  const at = ids.indexOf(id);
  const to = way === 'up' ? at - 1 : at + 1;
  const other = ids[to];
  if (at < 0 || other === undefined) return [...ids];
  return ids.map((one, index) => (index === at ? other : index === to ? id : one));
}
