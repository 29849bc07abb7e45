import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';

/** Where a workflow stands, for an operator in the Temporal UI (W3). */
export interface Standing {
  readonly stage: string;
  readonly client?: string;
  readonly accountManager?: string;
  /** ms */
  readonly nextDeadline?: number | null;
  /** One or two sentences, in words. */
  readonly details: string;
}

/** Returns a function that tells where the workflow stands, writing to history only what changed. */
export function standingTeller(): (standing: Standing) => void {
  const told = new Map<string, string | number>();
  return ({ stage, client, accountManager, nextDeadline, details }) => {
    setCurrentDetails(details);
    const attributes: Record<string, string[] | Date[]> = {};
    const tell = (name: string, value: string | undefined): void => {
      if (value === undefined || told.get(name) === value) return;
      told.set(name, value);
      attributes[name] = [value];
    };
    tell('Stage', stage);
    tell('Client', client);
    tell('AccountManager', accountManager);
    const deadline = nextDeadline ?? 0;
    if (nextDeadline !== undefined && told.get('NextDeadline') !== deadline && !(deadline === 0 && !told.has('NextDeadline'))) {
      told.set('NextDeadline', deadline);
      attributes.NextDeadline = deadline === 0 ? [] : [new Date(deadline)];
    }
    if (Object.keys(attributes).length > 0) upsertSearchAttributes(attributes);
  };
}
