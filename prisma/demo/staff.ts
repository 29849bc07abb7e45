/** One person per role of the console (P1). */
export const demoStaff = [
  { handle: 'helene', name: 'Hélène Garnier', role: 'administrator', phone: '01 99 00 14 01' },
  { handle: 'mathieu', name: 'Mathieu Roussel', role: 'account_manager', phone: '01 99 00 14 02' },
  { handle: 'aicha', name: 'Aïcha Benali', role: 'administrative', phone: '01 99 00 14 03' },
  { handle: 'pierre', name: 'Pierre Lemoine', role: 'finance', phone: '01 99 00 14 04' },
  { handle: 'zoe', name: 'Zoé Klein', role: 'read_only', phone: '01 99 00 14 05' },
] as const;

export type DemoStaff = (typeof demoStaff)[number]['handle'];

export const staffEmail = (handle: DemoStaff): string => `${handle}@off-works.example`;

/** Known to everybody who reads this: it opens a demonstration, and the seed never touches a house that has people of its own. */
export const demoPassword = (handle: DemoStaff): string => `demo-off-works-${handle}`;
