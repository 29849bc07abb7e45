import type { Connection } from '@temporalio/client';
import { searchAttributes } from './domain/search-attributes.ts';

/** Each attribute with its `temporal.api.enums.v1.IndexedValueType`, as the operator service wants it. */
export const indexedValueTypes: Record<string, number> = Object.fromEntries(
  Object.entries(searchAttributes).map(([name, type]) => [name, { Keyword: 2, Datetime: 6 }[type]]),
);

/** Makes sure that the namespace knows our search attributes (W3); adds only those it lacks. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(indexedValueTypes).filter(([name]) => !(name in (customAttributes ?? {})));
  if (missing.length > 0) await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
}
