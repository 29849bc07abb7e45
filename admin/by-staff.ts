import type { By } from '../database/audit.ts';
import type { Staff } from './actions/console-step.ts';

/** Somebody of staff as the trail names them. */
export function byStaff({ id, name }: Staff): By {
  return { kind: 'staff', id, name };
}
