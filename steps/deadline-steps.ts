import { z } from 'zod';
import { longText } from './fields.ts';
import { defineStep } from './step.ts';

const payload = z.object({
  how: z.enum(['extend', 'skip', 'restart']),
  untilDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/).nullable().or(z.literal('').transform(() => null)).default(null),
  untilTime: z.string().trim().regex(/^\d{1,2}[:h]\d{2}$/).transform((time) => time.replace('h', ':').padStart(5, '0')).nullable().or(z.literal('').transform(() => null)).default(null),
  reason: longText,
});

/** S2: the reminder of the present stage leaves again, now. */
export const remindNow = defineStep({ name: 'remindNow', workflow: 'project', by: ['staff'], payload: z.object({}) });

/** S2: the members a casting invited who have not answered hear of it again. */
export const remindInvited = defineStep({ name: 'remindInvited', workflow: 'project', by: ['staff'], payload: z.object({}) });

/** S3: staff extend, skip or start again the deadline of a stage, with a reason. */
export const moveDeadline = defineStep({ name: 'moveDeadline', workflow: 'project', by: ['staff'], payload });
