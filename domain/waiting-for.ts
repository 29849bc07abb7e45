import type { ProjectStage } from './lifecycle/project.ts';

/** Where a project stands, as far as telling whose turn it is needs it. */
export interface ProjectStanding {
  readonly stage: string;
  readonly deadlineAt: Date | null;
  readonly candidates: number;
  /** Members invited who have not answered. */
  readonly unanswered: number;
  /** The latest round of quotes, if one was opened: an amendment's once the first is signed. */
  readonly round: { readonly state: string; readonly validUntil: Date | null } | null;
  /** The unpaid invoice that falls due first. */
  readonly unpaid: { readonly dueAt: Date | null } | null;
}

export type Whom = 'client' | 'agency' | 'members' | 'nobody';
type What = 'review' | 'remarks' | 'distribution' | 'invitations' | 'answers' | 'applications' | 'selection' | 'quotes' | 'validation' | 'signature' | 'payment' | 'work' | 'settling' | 'over';

/** C1: whose turn it is, for what, and until when if something rings then. */
export interface Waiting {
  readonly whom: Whom;
  readonly what: What;
  readonly until: Date | null;
}

/** What a project waits for, and from whom; ended, it waits for nobody. */
export function waitingFor({ stage, deadlineAt, candidates, unanswered, round, unpaid }: ProjectStanding): Waiting {
  const rings = (whom: Whom, what: What, until: Date | null = deadlineAt): Waiting => ({ whom, what, until });
  switch (stage as ProjectStage) {
    case 'brief_review': return rings('agency', 'review');
    case 'changes_requested': return rings('client', 'remarks');
    case 'approved': return rings('client', 'distribution');
    case 'casting':
      if (candidates > 0) return rings('client', 'selection');
      return unanswered > 0 ? rings('members', 'answers') : rings('client', 'invitations');
    case 'published': return candidates > 0 ? rings('client', 'selection') : rings('members', 'applications');
    case 'quoting': return rings('members', 'quotes');
    case 'quote_review': return rings('agency', 'validation');
    case 'quote_sent': return rings('client', 'signature', round?.validUntil ?? deadlineAt);
    case 'running':
    case 'settling':
      // Money first: an unpaid invoice holds back people who have worked.
      if (unpaid) return rings('client', 'payment', unpaid.dueAt);
      if (round?.state === 'sent') return rings('client', 'signature', round.validUntil);
      if (round?.state === 'validating') return rings('agency', 'validation', null);
      if (round?.state === 'collecting') return rings('members', 'quotes', null);
      return stage === 'running' ? rings('members', 'work', null) : rings('agency', 'settling', null);
    default: return { whom: 'nobody', what: 'over', until: null };
  }
}
