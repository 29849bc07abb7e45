import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { defaultTerms } from '../../domain/default-terms.ts';
import { oneAtATime } from '../../workflows/one-at-a-time.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase();
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };

/** A clock's activity that has written everything and is slow to answer. */
const real = createActivities(deps);
let entered: () => void = () => undefined;
let held: Promise<void> = Promise.resolve();
const dun: typeof real.dun = async (input) => {
  const answer = await real.dun(input);
  entered();
  await held;
  return answer;
};
await runWorker(env, { ...real, dun });
await addStaff(db);

describe('W4 a clock and a person at the same moment', () => {
  it('what the clock’s activity read before a payment is not followed after it', async () => {
    const member = await addMember(db, 'Reine');
    const dunning = [{ level: 1, after: { unit: 'seconds', count: 0 }, tone: 'due' }] as const;
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs(), terms: { ...defaultTerms, dunning } });
    await story.untilSigned([member]);
    await story.enterAmount(member, 83_000);
    await env.sleep('49h');
    const invoice = await eventuallyIssued(story.projectId);

    let release: () => void = () => undefined;
    held = new Promise((done) => (release = done));
    const dunningUnderWay = new Promise<void>((done) => (entered = done));
    const month = env.sleep('32d');
    await dunningUnderWay;
    const paying = story.pay(invoice.ref, invoice.totalCents);
    // Either the payment waits for the clock's answer, or it overtakes it: then it needs a moment to.
    await Promise.race([paying, new Promise((done) => setTimeout(done, 700))]);
    release();
    await Promise.all([paying, month]);
    await story.sendPayouts(invoice.ref);
    await eventually(async () => expect(await story.stage()).toBe('closed'));
  });

  it('deeds follow one another, also after one that failed', async () => {
    const inTurn = oneAtATime();
    const done: string[] = [];
    const slow = inTurn(async () => {
      await new Promise((wake) => setImmediate(wake));
      done.push('slow');
    });
    const failing = inTurn(() => Promise.reject(new Error('refused')));
    const last = inTurn(() => Promise.resolve(done.push('last')));
    await expect(failing).rejects.toThrow('refused');
    await Promise.all([slow, last]);
    expect(done).toEqual(['slow', 'last']);
  });
});

async function eventuallyIssued(projectId: string) {
  await eventually(async () => expect(await db.clientInvoice.count({ where: { projectId, state: 'issued' } })).toBe(1));
  return db.clientInvoice.findFirstOrThrow({ where: { projectId, state: 'issued' } });
}
