import { Prisma } from '@prisma/client';

interface Asked { readonly include?: unknown; readonly select?: unknown }

/** A field of a selection that is no plain column. */
const isRelation = (field: unknown): boolean => typeof field === 'object' && field !== null;

function withRelations({ include, select }: Asked): boolean {
  return Boolean(include) || Object.values(select ?? {}).some(isRelation);
}

const apart = <Args, Answer>({ args, query }: { args: Args; query: (args: Args) => Answer }): Answer =>
  query(withRelations(args ?? {}) ? { relationLoadStrategy: 'query', ...args } : args);

/**
 * Relations in statements of their own, once the rows are known: joined, those of every row of a long list would be gathered before the page
 * is cut from it.
 */
export const relationsApart = Prisma.defineExtension({
  name: 'relations-apart',
  query: { $allModels: { findMany: apart, findFirst: apart, findFirstOrThrow: apart, findUnique: apart, findUniqueOrThrow: apart } },
});
