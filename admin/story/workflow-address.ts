import type { Deps } from '../../deps.ts';

/** W3: a workflow in the Temporal UI, where there is one. */
export function workflowAddress({ temporalUiUrl, temporalNamespace }: Pick<Deps['config'], 'temporalUiUrl' | 'temporalNamespace'>, id: string): string | undefined {
  return temporalUiUrl ? `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows/${encodeURIComponent(id)}` : undefined;
}
