// The command line tool wants a schema engine even for `generate`; any program will do when none could be downloaded.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
const { defineConfig } = await import('prisma/config');

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost:5432/off_works' },
});
