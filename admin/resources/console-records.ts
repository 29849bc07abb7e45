import type { BaseRecord as Record_, Filter } from 'adminjs';
import { BaseRecord } from 'adminjs';
import { Resource } from './guarded-adapter.ts';
import type { Deps } from '../../deps.ts';
import { dmmf, modelNamed, readable } from './columns.ts';
import { delegate, type Delegate } from './delegate.ts';
import { holding } from './names.ts';

/** A count goes no further: beyond, people read « 10 000+ ». */
export const countCap = 10_000;

/**
 * AdminJS's way to a table, kept from what grows with it: counts stop at a cap, and neither a secret nor a document's text is ever read.
 * The lists of the console have a way of their own (list.ts); this one serves records, references and what AdminJS does by itself.
 */
export class ConsoleRecords extends Resource {
  private readonly table: Delegate;
  private readonly select: Record<string, true>;

  constructor(args: { model: { name: string }; client: Deps['db']; clientModule: unknown }) {
    super(args);
    this.table = delegate(args.client, args.model.name);
    this.select = Object.fromEntries(readable(modelNamed(args.model.name)).map((name) => [name, true]));
  }

  static override isAdapterFor(args: { model?: { name?: string }; client?: unknown }): boolean {
    return Boolean(args.model?.name && args.client && dmmf.datamodel.models.some(({ name }) => name === args.model?.name));
  }

  override count(filter: Filter): Promise<number> {
    return this.table.count({ where: whereOf(filter), take: countCap + 1 });
  }

  override async find(filter: Filter, { limit = 10, offset = 0 }: { limit?: number; offset?: number } = {}): Promise<Record_[]> {
    const rows = await this.table.findMany({ where: whereOf(filter), select: this.select, orderBy: { id: 'desc' }, take: Math.min(limit, 500), skip: Math.min(offset, countCap) });
    return rows.map((row) => new BaseRecord(this.prepared(row), this));
  }

  override async findOne(id: string | number): Promise<Record_ | null> {
    return (await this.read([String(id)]))[0] ?? null;
  }

  override findMany(ids: (string | number)[]): Promise<Record_[]> {
    return this.read(ids.map(String));
  }

  private async read(ids: readonly string[]): Promise<Record_[]> {
    const rows = await this.table.findMany({ where: { id: { in: ids } }, select: this.select, take: ids.length });
    return rows.map((row) => new BaseRecord(this.prepared(row), this));
  }

  /** As AdminJS names them: a relation by its own name, holding the id. */
  private prepared(row: Record<string, unknown>): Record<string, unknown> {
    const relations = this.properties().filter((property) => property.type() === 'reference') as unknown as { path(): string; foreignColumnName(): string | null }[];
    return { ...row, ...Object.fromEntries(relations.map((one) => [one.path(), row[one.foreignColumnName() ?? '']])) };
  }
}

/** What AdminJS looks for by itself: a reference by its title. */
function whereOf(filter: Filter): object {
  return Object.fromEntries(Object.values(filter?.filters ?? {}).filter(({ property, value }) => property?.type() === 'string' && typeof value === 'string').map(({ path, value }) => [path, holding(String(value))]));
}
