// Records one history of each workflow, for the replay test: `npm run histories`. Run it after a workflow has changed on purpose and
// running projects have been taken care of (patched or versioned); keep the older ones as long as such projects may run.
import { writeFile } from 'node:fs/promises';
import proto from '@temporalio/proto';
import { playLifecycle } from '../../bench/lifecycles.ts';
import { startBenchStack } from '../../bench/stack.ts';

const label = process.argv[2] ?? new Date().toISOString().slice(0, 10);
const say = (line: string): void => console.log(line);
const stack = await startBenchStack(say);
try {
  const ref = await playLifecycle(stack, 2, 2);
  for (const id of [`project/${ref}`, `quote-review/${ref}`, `alerts/${ref}`, `member-invoice/${ref}-F1`, `client-invoice/${ref}-C1`]) {
    const handle = stack.deps.temporal.workflow.getHandle(id);
    await handle.result();
    const file = new URL(`./${id.split('/')[0]}.${label}.bin`, import.meta.url);
    await writeFile(file, proto.temporal.api.history.v1.History.encode(await handle.fetchHistory()).finish());
    say(`recorded ${id}`);
  }
} finally {
  await stack.stop();
}
process.exit(0);
