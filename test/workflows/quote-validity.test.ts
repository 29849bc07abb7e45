import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { sendClientQuote } from '../../steps/quote-steps.ts';
import { freshDatabase } from '../support/database.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
await addStaff(db);

// In a file of its own: the test server stops skipping time once a workflow has outlived the one that started it.
describe('Q7 a quote with a validity of its own', () => {
  it('expires when it says, before the moment of the terms', async () => {
    const member = await addMember(db, 'Ada');
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.untilQuoted([member]);
    const quote = await db.memberQuote.findFirstOrThrow({ where: { round: { ref: story.ref } }, include: { lines: true } });
    const lines = quote.lines.map(({ id, section, label }) => ({ id, section, label }));
    const layout = { parts: [{ quoteId: quote.id, title: 'Le site', lines, options: [] }], namesShown: true, validityDays: 4 };
    await story.ask(sendClientQuote, { quoteIds: [quote.id], introduction: '', layout, overrideReason: '' }, story.staff, `quote-review/${story.ref}`);
    const { validUntil, createdAt } = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: story.ref } } });
    expect(validUntil.getTime() - createdAt.getTime()).toBe(4 * 86_400_000);
    expect((await db.project.findUniqueOrThrow({ where: { id: story.projectId } })).nextDeadlineAt).toEqual(validUntil);
    expect((await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref } })).deadlineAt).toEqual(validUntil);
    await env.sleep('95h');
    expect(await story.stage()).toBe('quote_sent');
    await env.client.workflow.getHandle(`quote-review/${story.ref}`).result(); // time skips until it ends
    expect(await story.stage()).toBe('expired');
    const { state, answeredAt } = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: story.ref } } });
    expect(state).toBe('expired');
    expect((answeredAt?.getTime() ?? 0) - validUntil.getTime()).toBeLessThan(60_000);
  });
});
