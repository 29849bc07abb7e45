import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

interface Bindings {
  SchemaEngine: { new: (options: { datamodels: [string, string][] | undefined }, log: (line: string) => void, adapter: object) => Promise<SchemaEngine> };
  __wbg_set_wasm: (exports: Record<string, unknown>) => void;
}

/** The part of WebAssembly used here: its types come with the browser's, which this code is not for. */
interface WebAssemblyLoader {
  instantiate(source: Uint8Array, imports: Record<string, unknown>): Promise<{ instance: { exports: Record<string, unknown> } }>;
}

const noConnection: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'none',
  queryRaw: () => Promise.resolve({ columnTypes: [], columnNames: [], rows: [] }),
  executeRaw: () => Promise.resolve(0),
  executeScript: () => Promise.resolve(),
  startTransaction: () => Promise.reject(new Error('no database here')),
  getConnectionInfo: () => ({ supportsRelationJoins: false }),
  dispose: () => Promise.resolve(),
};

/** The engine greets a database even when it will need none. */
const noDatabase: SqlMigrationAwareDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: 'none',
  connect: () => Promise.resolve(noConnection),
  connectToShadowDb: () => Promise.resolve(noConnection),
};

const require = createRequire(import.meta.url);
let loaded: Promise<Bindings> | undefined;

/**
 * Lends Prisma's schema engine, as WebAssembly: the same engine as the command line's, without its download.
 * `datamodel` is the text of schema.prisma; `url` the database it works on, or null for a diff between two schemas.
 */
export async function withSchemaEngine<Result>(url: string | null, datamodel: string, use: (engine: SchemaEngine) => Promise<Result>): Promise<Result> {
  loaded ??= load();
  const { SchemaEngine } = await loaded;
  const adapter = url === null ? null : new MigrationAdapter(url);
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', datamodel]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter ?? noDatabase),
  );
  try {
    return await use(engine);
  } finally {
    engine.free();
    await adapter?.close();
  }
}

async function load(): Promise<Bindings> {
  const path = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Bindings;
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyLoader };
  const source = await readFile(join(dirname(path), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(source, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return bindings;
}

class MigrationAdapter extends PrismaPg {
  constructor(url: string) {
    super({ connectionString: url, max: 2 });
  }

  private readonly open: SqlDriverAdapter[] = [];

  /** The stock adapter cuts scripts at every semicolon, inside function bodies too; PostgreSQL takes a script whole, in one transaction. */
  override async connect(): ReturnType<PrismaPg['connect']> {
    const connection = await super.connect();
    connection.executeScript = async (script: string) => {
      await connection.underlyingDriver().query(script);
    };
    this.open.push(connection);
    return connection;
  }

  /** The engine takes a lock for the whole session: it is let go here rather than when the idle session times out. */
  async close(): Promise<void> {
    await Promise.all(this.open.map((connection) => connection.dispose()));
  }

  /** Replaying migrations in a shadow database may reach the main one: refused, whoever asks. */
  override connectToShadowDb(): Promise<never> {
    return Promise.reject(new Error('no shadow database: migrations are drafted from two schema files'));
  }
}
