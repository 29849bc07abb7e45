const browsers = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const;
const systems = [['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['Windows', 'Windows'], ['Mac OS X', 'macOS'], ['Linux', 'Linux']] as const;

/** The browser and the system behind a User-Agent, as far as it says; empty when it says nothing known. */
export function deviceName(userAgent: string): string {
  const known = (names: readonly (readonly [string, string])[]): string => names.find(([mark]) => userAgent.includes(mark))?.[1] ?? '';
  return [known(browsers), known(systems)].filter(Boolean).join(' · ');
}
