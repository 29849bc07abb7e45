import type { Speaker } from './text.ts';

/** The few words the components themselves need. */
export function componentWords(say: Speaker): Record<'away' | 'late' | 'days' | 'confirm' | 'cancel', string> {
  return { away: say.say('away'), late: say.say('late'), days: say.say('days'), confirm: say.say('confirm'), cancel: say.say('cancel') };
}
