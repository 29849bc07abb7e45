import type { Misfit } from './verify-audit-trail.ts';

/** One sentence for whoever runs `npm run audit:verify`. */
export function misfitInWords(misfit: Misfit): string {
  switch (misfit.kind) {
    case 'seal_missing':
      return misfit.from === misfit.to ? `Seal ${misfit.from} is missing: its event was taken out of the chain.` : `Seals ${misfit.from} to ${misfit.to} are missing: their events were taken out of the chain.`;
    case 'event_missing':
      return `The event of seal ${misfit.sequence} (${misfit.eventId}) is gone: it was deleted.`;
    case 'changed':
      return `Seal ${misfit.sequence} does not fit its event “${misfit.action}” of ${misfit.at.toISOString()} on ${misfit.subject} (${misfit.eventId}): the event, or the seal, was changed.`;
    case 'not_sealed':
      return `The event “${misfit.action}” of ${misfit.at.toISOString()} on ${misfit.subject} (${misfit.eventId}) has no seal and does not wait for one: it was slipped in, or its seal was removed.`;
    case 'vanished':
      return `An event (${misfit.eventId}) disappeared before it was sealed.`;
    case 'head_differs':
      return misfit.found
        ? `Seal ${misfit.sequence} was ${misfit.expected} when it was written down and is ${misfit.found} now: the chain was made again.`
        : `Seal ${misfit.sequence}, written down earlier, is not there any more: the end of the chain was cut off.`;
  }
}
