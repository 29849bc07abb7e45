import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import type { Db } from '../../database/open.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addStaff, beginStory } from '../support/story.ts';
import { devTemporal, runWorker } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const server = await devTemporal();
const deps: ActivityDeps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };

/** The first batch breaks while its mails are written, and again once all of them are: what a worker killed at a bad moment leaves behind. */
let trouble: 'half-way' | 'at the end' | null = null;
const breaking = db.$extends({
  query: {
    async $executeRaw({ args, query }) {
      if (trouble === 'half-way' && args.values.some((value) => typeof value === 'string' && value.includes('"key":"alert/'))) {
        trouble = 'at the end';
        throw new Error('the worker was killed');
      }
      return query(args);
    },
  },
}) as unknown as Db;
const activities = createActivities({ ...deps, db: breaking });
const queueAlerts: typeof activities.queueAlerts = async (input) => {
  const batch = await activities.queueAlerts(input);
  if (trouble === 'at the end') {
    trouble = null;
    throw new Error('the worker was killed');
  }
  return batch;
};
const taskQueue = `alerts-${randomUUID()}`;
await runWorker(server, { ...activities, queueAlerts }, { taskQueue });
// The server is shared by files whose databases all number their projects from 1.
await db.numberSeries.create({ data: { series: `project/${new Date().getFullYear() % 100}`, last: 2_000 } });
await addStaff(db);

const theme = (slug: string, position: number) => db.theme.create({ data: { slug, nameFr: slug, nameEn: `${slug} (en)`, position } });
const [photo, film, data] = [await theme('photo', 1), await theme('film', 2), await theme('data', 3)];
const subscriber = (name: string, themeIds: string[], more: object = {}, subscribed = true) =>
  db.member.create({
    data: { handle: `${name}-${randomUUID().slice(0, 6)}`, name, email: `${randomUUID()}@membres.test`, state: 'active', ...more, themes: { create: themeIds.map((themeId) => ({ themeId, subscribed })) } },
  });
const published = async (themeIds: string[]) => {
  const story = await beginStory({ ...deps, temporal: server.client, taskQueue });
  await db.projectTheme.createMany({ data: themeIds.map((themeId) => ({ projectId: story.projectId, themeId })) });
  await story.approve();
  return story;
};
const alerts = (ref: string) => db.mail.findMany({ where: { key: { startsWith: `alert/${ref}/` } }, orderBy: { toId: 'asc' } });
const told = async (ref: string) => (await alerts(ref)).map(({ toId }) => toId);

describe('M7 alerts', () => {
  it('tell each active subscriber of one of the project’s themes once, when it is published, and nobody else', async () => {
    const both = await subscriber('Alix', [photo.id, film.id], { locale: 'en' });
    const one = await subscriber('Bruno', [film.id, data.id]);
    await subscriber('Sourd', [photo.id], { alerts: 'none' });
    await subscriber('Candidat', [photo.id], { state: 'candidate' });
    await subscriber('Bloqué', [photo.id], { state: 'blocked' });
    await subscriber('Ailleurs', [data.id]);
    await subscriber('Désabonnée', [photo.id], {}, false);
    const story = await published([photo.id, film.id]);
    expect(await told(story.ref)).toEqual([]);
    await story.publish();
    await eventually(async () => expect((await alerts(story.ref)).map(({ state }) => state)).toEqual(['sent', 'sent']));
    expect(await told(story.ref)).toEqual([both.id, one.id].sort());
    const mails = new Map((await alerts(story.ref)).map((mail) => [mail.toId, mail]));
    expect(mails.get(both.id)).toMatchObject({ locale: 'en', data: { themes: ['photo (en)', 'film (en)'] } });
    expect(mails.get(one.id)).toMatchObject({ data: { themes: ['film'] } });
    const received = mailbox.to(one.email)[0];
    expect(received?.links.filter((link) => link.startsWith('http://localhost:3000/l/'))).toHaveLength(2); // the project, and the choice of alerts
    expect(JSON.stringify(received?.headers.get('list'))).toContain('unsubscribe');
  });

  it('W3: an operator reads how many were told, and for whom', async () => {
    const story = await published([data.id]);
    await story.publish();
    const handle = server.client.workflow.getHandle(`alerts/${story.ref}`);
    expect(await handle.result()).toEqual({ sent: 2 });
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes).toMatchObject({ Stage: ['told'], AccountManager: ['nadia'] });
    expect(searchAttributes.Client?.[0]).toMatch(/^maison-/);
  });

  it('W2, W4: nobody is told twice or forgotten when the worker is killed in the middle of a batch; long lists continue as new', async () => {
    const crowd = [];
    for (let index = 0; index < 23; index += 1) crowd.push(await subscriber(`Foule${index}`, [photo.id]));
    const { ref, projectId } = await published([photo.id]);
    await db.project.update({ where: { id: projectId }, data: { stage: 'published' } });
    trouble = 'half-way';
    await db.mail.deleteMany({ where: { key: { startsWith: 'alert/' } } });
    const began = await server.client.workflow.start('projectAlerts', {
      taskQueue, workflowId: `alerts/${ref}`, args: [{ projectId, ref, pace: { batch: 5, batchesPerRun: 2 } }],
    });
    expect(await began.result()).toEqual({ sent: 24 }); // and Alix
    expect(trouble).toBeNull();
    expect(await told(ref)).toHaveLength(24);
    for (const { email } of crowd) expect(mailbox.to(email)).toHaveLength(1);
    expect((await began.describe()).runId).not.toBe(began.firstExecutionRunId);
    const { events } = await server.client.workflow.getHandle(`alerts/${ref}`).fetchHistory();
    expect(events?.length).toBeLessThan(40);
  });

  it('nobody is told of a project that is no longer public', async () => {
    const { ref, projectId } = await published([photo.id]);
    const batch = await activities.queueAlerts({ projectId, ref, after: null, size: 100, at: Date.now() });
    expect(batch).toMatchObject({ mailIds: [], done: true });
  });
});
