import type { Deps } from '../../deps.ts';
import type { Staff } from '../actions/console-step.ts';
import type { Speaker } from '../text.ts';

export interface Waiting {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly href: string;
  readonly until: Date | null;
}

export type Scope = 'me' | 'team' | 'all';

export interface QueueAsked {
  readonly deps: Deps;
  readonly staff: Staff;
  readonly say: Speaker;
  readonly now: Date;
  readonly take: number;
  /** What Prisma asks of a project so that it is in the scope; nothing for everybody's. */
  readonly project: { readonly accountManagerId?: string; readonly accountManager?: { readonly team: string } };
}

/** S1: one kind of thing that waits. `act` is the action that ends the wait: who may take it sees the kind first; without one, whoever is shown it may act. At most `take` are given. */
export interface QueueSource {
  readonly kind: string;
  readonly act?: string;
  /** Whose it is has no meaning: it waits for whoever may act. */
  readonly shared?: boolean;
  readonly find: (asked: QueueAsked) => Promise<readonly Waiting[]>;
}

export const recordHref = (resource: string, id: string, action = 'show'): string => `/console/resources/${resource}/records/${id}/${action}`;
