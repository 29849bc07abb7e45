import type { ProjectStage } from '../domain/lifecycle/project.ts';

const stages: Record<ProjectStage, string> = {
  brief_review: 'Staff check the brief.',
  changes_requested: 'The client completes the brief.',
  approved: 'The client chooses between a private casting and a publication.',
  casting: 'Private casting: invited members answer, the client chooses.',
  published: 'Published: members apply, the client chooses.',
  quoting: 'The team prepares its quotes.',
  quote_review: 'Staff validate the quotes within 24 h.',
  quote_sent: 'The client reads the global quote.',
  running: 'Signed: the work runs, members invoice.',
  settling: 'Everything is invoiced: waiting for the money, then for the payouts.',
  closed: 'Closed.',
  rejected: 'The brief was rejected.',
  withdrawn: 'Withdrawn by the client.',
  abandoned: 'Abandoned.',
  declined: 'The client declined the quote.',
  expired: 'The quote expired without an answer.',
};

/** Where a project stands, for an operator who reads it in the Temporal UI (W3). */
export function projectInWords(where: { ref: string; stage: ProjectStage; openWindows: number; waitingForMates: boolean }): string {
  const windows = where.openWindows === 0 ? '' : ` ${where.openWindows} invoice window${where.openWindows === 1 ? '' : 's'} open.`;
  const mates = where.waitingForMates ? ' A client invoice waits for the team mates.' : '';
  return `**${where.ref}** · ${stages[where.stage]}${windows}${mates}`;
}
