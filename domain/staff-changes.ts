import type { Problem } from './problem.ts';

export interface StaffState { readonly id: string; readonly role: string; readonly active: boolean }

/**
 * S5: why a change of somebody's role or activity is refused, or null: nobody takes the administrator's role from themselves or leaves by themselves,
 * and the last active administrator stays. `administrators`: how many are active now.
 */
export function changeRefused(by: string, before: StaffState, after: { readonly role: string; readonly active: boolean }, administrators: number): Extract<Problem['code'], 'own_role' | 'last_administrator'> | null {
  const was = before.active && before.role === 'administrator';
  const stays = after.active && after.role === 'administrator';
  if (!was || stays) return null;
  if (by === before.id) return 'own_role';
  return administrators <= 1 ? 'last_administrator' : null;
}
