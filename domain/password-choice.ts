/** S5: what a password of the console must be. Length is what counts (NIST SP 800-63B): no rule on signs, but nothing everybody would try first. */
export const shortestPassword = 12;
export const longestPassword = 200;

const common = [
  'password', 'passw0rd', 'motdepasse', 'azerty', 'azertyuiop', 'qwerty', 'qwertyuiop', 'qwertz', 'qwertzuiop', 'administrateur', 'administrator', 'admin', 'bonjour', 'bienvenue', 'welcome', 'letmein',
  'iloveyou', 'jetaime', 'soleil', 'doudou', 'loulou', 'changeme', 'changezmoi', 'monmotdepasse', 'mypassword', 'secret', 'offworks', 'agence', 'abcdefghijkl', 'abcdefghijklm', 'abcdefghijklmnopqrstuvwxyz', 'marseille', 'football', 'princess', 'dragon', 'sunshine', 'superman',
];

export type PasswordFault = 'password_short' | 'password_trivial';

/** What is wrong with a password somebody chooses, or null. `about`: words about them, such as their name and address. */
export function passwordFault(password: string, about: readonly string[] = []): PasswordFault | null {
  if ([...password].length < shortestPassword || password.length > longestPassword) return 'password_short';
  const letters = plain(password);
  if (new Set(letters).size < 5) return 'password_trivial';
  // A known word, alone or with digits and signs around it, or said twice.
  const words = [...common, ...about.flatMap((one) => plain(one.split('@')[0] ?? '')).filter((one) => one.length > 3), ...about.map(plain)];
  const core = letters.replace(/^\d+|\d+$/g, '');
  if (core === '' || words.some((word) => word !== '' && core.split(word).join('').length < 3)) return 'password_trivial';
  return null;
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase().replace(/[^a-z0-9]/g, '');
