import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { freshDatabase } from '../support/database.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase();
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
await runWorker(env, createActivities(deps));
await addStaff(db);

const mailsOf = (projectId: string, template: string) => db.mail.findMany({ where: { projectId, template } });

// In a file of its own: the test server stops skipping time once a workflow has outlived the one that started it.
describe('Q7 the client answers', () => {
  it('does not answer: reminders, then the quote expires with its project', async () => {
    const member = await addMember(db, 'Omar');
    const story = await beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
    await story.approve();
    await story.publish();
    await story.apply(member);
    await story.chooseAll();
    await story.quote(member);
    await story.sendQuote();
    await env.sleep('29d');
    expect(await story.stage()).toBe('quote_sent');
    await env.client.workflow.getHandle(`quote-review/${story.ref}`).result(); // time skips until it ends
    expect(await story.stage()).toBe('expired');
    expect((await mailsOf(story.projectId, 'client_quote_reminder')).length).toBeGreaterThan(0);
    expect(await mailsOf(story.projectId, 'client_quote_expired')).toHaveLength(1);
  });
});
