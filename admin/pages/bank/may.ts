import type { By } from '../../../database/audit.ts';
import { Problem } from '../../../domain/problem.ts';
import { mayDo } from '../../../domain/roles.ts';
import { byStaff } from '../../by-staff.ts';
import type { Asked } from '../page.ts';

/** Who does it, if they may. @throws Problem `not_allowed` */
export function whoMay({ staff }: Asked, act: string): { by: By; at: number } {
  if (!mayDo(staff.role, act)) throw new Problem('not_allowed', `${staff.role} may not ${act}`);
  return { by: byStaff(staff), at: Date.now() };
}
