import type { PlannedReminder } from '../../../database/dunning-plan.ts';
import type { Speaker } from '../../text.ts';

/** A level as people call it. */
export const levelWords = ({ level, tone }: Pick<PlannedReminder, 'level' | 'tone'>, say: Speaker): string => say.say('finance.level', { level, tone: say.say(`finance.tone.${tone}`) });

/** Who reads a reminder, in words. */
export const readersInWords = ({ readers }: Pick<PlannedReminder, 'readers'>): string => readers.map(({ name, email }) => `${name} (${email})`).join(', ');
