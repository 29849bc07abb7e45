import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { consoleEnvironment } from './admin/environment.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/services.ts'],
    pool: 'forks',
    // A process keeps its modules from file to file: reading them again took a third of the run. Every file has a database and a queue of its own.
    isolate: false,
    // Tests mostly wait for their database and their workflows.
    maxWorkers: availableParallelism() + 1,
    // Given anew to each file: what admin/environment.ts says once would be forgotten by the next file of the process.
    env: consoleEnvironment,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});
