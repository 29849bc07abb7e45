import { describe, expect, it } from 'vitest';
import { untilHealthy, type Health } from '../../health.ts';

const slow: Health = { ok: false, parts: { database: 'away', temporal: 'up', mail: 'up' }, causes: { database: 'no answer in 2000 ms' } };
const well: Health = { ok: true, parts: { database: 'up', temporal: 'up', mail: 'up' }, causes: {} };

/** Answers in turn, then its last answer for ever. */
function answering(...answers: Health[]): { ask(): Promise<Health>; asked(): number } {
  let asked = 0;
  return { ask: async () => answers[Math.min(asked++, answers.length - 1)] ?? well, asked: () => asked };
}

describe('W4 a start on a busy machine', () => {
  it('W4: asks again while a part is slow to answer', async () => {
    const parts = answering(slow, slow, well);
    await untilHealthy(parts.ask, { betweenMs: 0 });
    expect(parts.asked()).toBe(3);
  });

  it('W4: gives up in the end, and says which part does not answer and why', async () => {
    const parts = answering(slow);
    await expect(untilHealthy(parts.ask, { tries: 4, betweenMs: 0 })).rejects.toThrow(/no answer in 2000 ms/);
    expect(parts.asked()).toBe(4);
  });
});
