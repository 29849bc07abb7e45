import type { Db } from '../../database/open.ts';

type Row = Record<string, unknown>;
interface Asked { where?: object; select?: object; orderBy?: object; skip?: number; take?: number }
export interface Delegate {
  findMany(asked: Asked): Promise<Row[]>;
  count(asked: { where?: object; take?: number }): Promise<number>;
}

/** The table of a model known by its name only. */
export function delegate(db: Db, model: string): Delegate {
  return (db as unknown as Record<string, Delegate>)[model.charAt(0).toLowerCase() + model.slice(1)] as Delegate;
}
