import { describe, expect, it } from 'vitest';
import { tellFailing } from '../../activities/failing.ts';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { startCasting } from '../../steps/project-steps.ts';
import { eventually } from '../support/eventually.ts';
import { freshDatabase } from '../support/database.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addStaff, beginStory } from '../support/story.ts';
import { runWorker, timeSkippingEnv } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const env = await timeSkippingEnv();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
const real = createActivities(deps);
let broken = false;
const startCastingOrNot: typeof real.startCasting = (input) => (broken ? Promise.reject(Object.assign(new Error('first line\nconnect ECONNREFUSED'), { code: 'ECONNREFUSED' })) : real.startCasting(input));
await runWorker(env, { ...real, startCasting: startCastingOrNot }, { interceptors: { activity: [tellFailing(db)] } });
await addStaff(db);
const begin = () => beginStory({ ...deps, temporal: env.client }, { now: () => env.currentTimeMs() });
const failing = (workflowId: string) => db.failingActivity.findMany({ where: { workflowId } });

describe('W4, S1 what keeps failing is written down until it succeeds', () => {
  it('mails that no server takes: from the second attempt on, with its cause, and gone once they have left', async () => {
    mailbox.misbehave('refuse_for_now');
    const story = await begin();
    const workflow = `project/${story.ref}`;
    await env.sleep('20s');
    await eventually(async () => expect(await failing(workflow)).toMatchObject([{ activity: 'deliverMails', cause: expect.stringContaining('450') as string }]));
    const [first] = await failing(workflow);
    await env.sleep('3m');
    await eventually(async () => expect((await failing(workflow))[0]?.attempt).toBeGreaterThan(first?.attempt ?? 0));
    expect((await failing(workflow))[0]?.since).toEqual(first?.since);
    mailbox.misbehave(null);
    await env.sleep('10m');
    await eventually(async () => expect(await failing(workflow)).toEqual([]));
    expect(await db.mail.count({ where: { projectId: story.projectId, state: 'queued' } })).toBe(0);
  });

  it('a step within the worker, which Temporal lists nowhere; a refusal of the rules is no failure', async () => {
    const story = await begin();
    const workflow = `project/${story.ref}`;
    await expect(story.ask(startCasting, {}, story.staff)).rejects.toMatchObject({ code: 'stage_changed' });
    await story.approve();
    broken = true;
    const asked = story.ask(startCasting, {}, story.staff);
    await eventually(async () => expect(await failing(workflow)).toMatchObject([{ activity: 'startCasting', code: 'ECONNREFUSED', cause: 'connect ECONNREFUSED' }]));
    broken = false;
    await asked;
    await eventually(async () => expect(await failing(workflow)).toEqual([]));
    expect(await story.stage()).toBe('casting');
  });
});
