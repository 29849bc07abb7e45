import type { z } from 'zod';
import type { Actor } from '../domain/lifecycle/lifecycle.ts';

/** A step a person may ask of a workflow: its payload's schema, and who the workflow is. */
export interface Step<Payload = unknown> {
  /** Also the name of the workflow's update. */
  readonly name: string;
  readonly workflow: 'project' | 'quote-review' | 'member-invoice' | 'client-invoice' | 'membership' | 'bank-line' | 'sepa-export' | 'invoice-correction';
  readonly payload: z.ZodType<Payload>;
  readonly by: readonly Actor[];
}

/** What an update carries: ids only, so that no personal data stands in a workflow's history. */
export interface StepInput {
  readonly submissionId: string;
}

/** Who asks. */
export interface Person {
  readonly kind: 'staff' | 'client' | 'member' | 'visitor';
  readonly id: string;
}

export type PayloadOf<S> = S extends Step<infer P> ? P : never;

export function defineStep<P>(step: Step<P>): Step<P> {
  return step;
}
