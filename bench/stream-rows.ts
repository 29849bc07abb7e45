import type { BenchStack } from './stack.ts';
import { measureStreams } from './streams.ts';

/** C7: the rows of the report. */
export async function streamRows(stack: BenchStack, say: (line: string) => void) {
  const { ours, bare, streams, messages } = await measureStreams(stack, say);
  const [slower, heavier] = [ours.deliverMs / bare.deliverMs, ours.perStreamKb / bare.perStreamKb];
  return [
    {
      what: `A message, from the start of its transaction to all of ${streams} open pages, in order (${messages} in turn)`, measured: `${ours.deliverMs.toFixed(1)} ms`,
      baseline: `${bare.deliverMs.toFixed(1)} ms, bare Express broadcast that keeps nothing`, ratio: slower.toFixed(2), wanted: 'at most 4', reached: slower <= 4,
    },
    { what: `Memory of one open stream, of ${streams} on one server process`, measured: `${ours.perStreamKb.toFixed(1)} kB`, baseline: `${bare.perStreamKb.toFixed(1)} kB bare Express`, ratio: heavier.toFixed(2), wanted: 'at most 3', reached: heavier <= 3 },
  ];
}
