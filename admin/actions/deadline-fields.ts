import type { DeadlineMove } from '../../domain/deadline-move.ts';
import type { ConsoleStep } from './console-step.ts';

/** S3: how to move a deadline, until when, and why. */
export function deadlineFields(ways: readonly DeadlineMove['how'][]): NonNullable<ConsoleStep['fields']> {
  return (_deps, _id, say) => Promise.resolve([
    { name: 'how', kind: 'choice', required: true, value: 'extend', options: ways.map((way) => ({ value: way, label: say.say(`deadline.${way}`) })) },
    { name: 'untilDate', kind: 'date' },
    { name: 'untilTime', kind: 'text' },
    { name: 'reason', kind: 'long', required: true },
  ]);
}
