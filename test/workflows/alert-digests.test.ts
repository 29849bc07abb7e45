import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { keepAlerts } from '../../database/member/alerts.ts';
import { latestDigest, type Digest, type DigestRhythm } from '../../domain/alerts.ts';
import { startDueDigests } from '../../steps/start-alert-digests.ts';
import { startProject } from '../../steps/start-project.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addStaff } from '../support/story.ts';
import { devTemporal, runWorker } from '../support/temporal.ts';

const { db } = await freshDatabase({ prepares: true });
const mailbox = await testMailbox();
const server = await devTemporal();
const deps = { db, secret: 's'.repeat(32), publicUrl: 'http://localhost:3000', mailFrom: 'OFF-WORKS <bonjour@off-works.test>', smtpUrl: mailbox.smtpUrl };
const activities = createActivities(deps);
/** What a worker killed at a bad moment leaves behind: a batch whose answer nobody hears. */
let trouble = false;
const queueDigests: typeof activities.queueDigests = async (input) => {
  const batch = await activities.queueDigests(input);
  if (trouble && batch.mailIds.length > 0) {
    trouble = false;
    throw new Error('the worker was killed');
  }
  return batch;
};
const taskQueue = `digests-${randomUUID()}`;
await runWorker(server, { ...activities, queueDigests }, { taskQueue });
await addStaff(db);
await db.numberSeries.create({ data: { series: `project/${new Date().getFullYear() % 100}`, last: Math.floor(Math.random() * 900_000) } });
const startDeps = { ...deps, temporal: server.client, taskQueue };

// Digests are named by their day, and the server is shared: each test has a year of its own.
let year = 2_100 + Math.floor(Math.random() * 5_000);
const morning = (): number => Date.UTC((year += 1), 5, 17, 12);
const [photo, film, data] = await Promise.all(['photo', 'film', 'data'].map((slug, position) => db.theme.create({ data: { slug, nameFr: slug, nameEn: `${slug} (en)`, position } })));
const subscriber = (name: string, themes: readonly ({ id: string } | undefined)[], more: object = {}) =>
  db.member.create({ data: { handle: `${name}-${randomUUID().slice(0, 6)}`, name, email: `${randomUUID()}@membres.test`, state: 'active', alerts: 'daily', ...more, themes: { create: themes.map((one) => ({ themeId: one?.id ?? '' })) } } });
const published = async (title: string, themes: readonly ({ id: string } | undefined)[], at: number, budgetCents: number | null = null) => {
  const { projectId, ref } = await startProject(startDeps, {
    key: randomUUID(), client: { email: `${randomUUID()}@clients.test`, name: 'Claire', companyName: 'Maison Tue' },
    brief: { title, problem: 'Un besoin.', objectives: '', context: '', deliverables: '', constraints: '', requirements: '', timing: '', budgetCents, themeIds: themes.map((one) => one?.id ?? '') },
  });
  await db.project.update({ where: { id: projectId }, data: { stage: 'published', publishedAt: new Date(at) } });
  return { projectId, ref };
};
const digestMails = (memberId: string) => db.mail.findMany({ where: { toId: memberId, template: 'alert_digest' }, orderBy: { createdAt: 'asc' } });
const titles = async (memberId: string) => (await digestMails(memberId)).map(({ data }) => (data as { projects: { name: string }[] }).projects.map(({ name }) => name));
const run = async (digest: Digest, pace?: { batch: number; batchesPerRun: number }) =>
  server.client.workflow.execute('alertDigest', { taskQueue, workflowId: `alert-digest-test/${randomUUID()}`, args: [{ digest, ...(pace ? { pace } : {}) }] });
const hour = 3_600_000;

describe('M7 digests', () => {
  it('M7: tell each member once what was published on their themes since the last, and nobody else', async () => {
    const digest = latestDigest('daily', morning());
    const léa = await subscriber('Léa', [photo, film]);
    const alix = await subscriber('Alix', [film], { locale: 'en' });
    const others = [await subscriber('Sourd', [photo], { alerts: 'none' }), await subscriber('Aussitôt', [photo], { alerts: 'each' }), await subscriber('Hebdo', [photo], { alerts: 'weekly' }), await subscriber('Bloqué', [photo], { state: 'blocked' }), await subscriber('Ailleurs', [data])];
    await published('Trop tôt', [photo], digest.from - hour);
    await published('Trop tard', [photo], digest.until);
    await published('Une vitrine', [photo, film], digest.from, 800_000);
    await published('Un film', [film], digest.until - hour);
    const { projectId } = await published('Retirée', [photo], digest.from + hour);
    await db.project.update({ where: { id: projectId }, data: { stage: 'withdrawn' } });
    await run(digest);
    expect((await titles(léa.id)).map((names) => names.map((name) => name.replace(/\s/g, ' ')))).toEqual([['Un film', 'Une vitrine · 8 000,00 €']]);
    expect(await digestMails(alix.id)).toMatchObject([{ locale: 'en', state: 'sent', data: { themes: ['film (en)'], count: 2, more: 0 } }]);
    for (const { id } of others) expect(await digestMails(id)).toEqual([]);
    await run(digest);
    expect([await titles(léa.id), await titles(alix.id)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('M7: says why it came, and can be changed or stopped from the e-mail by one click (RFC 8058)', async () => {
    const digest = latestDigest('daily', morning());
    const nour = await subscriber('Nour', [data]);
    await published('Un audit', [data], digest.from + hour);
    await run(digest);
    const [received] = mailbox.to(nour.email);
    expect(received?.text).toMatch(/data, que vous suivez[^]*parce que vous avez choisi un résumé par jour/);
    const list = received?.headers.get('list') as { unsubscribe?: { url?: string }; 'unsubscribe-post'?: { name?: string } };
    expect(list.unsubscribe?.url).toMatch(/^http:\/\/localhost:3000\/l\/[^/]+\/unsubscribe$/);
    expect(JSON.stringify(list)).toContain('One-Click');
    const links = received?.links.filter((link) => link.startsWith('http://localhost:3000/l/')) ?? [];
    expect(links).toHaveLength(2); // the project, and the choice of alerts
    expect(links.some((link) => list.unsubscribe?.url === `${link}/unsubscribe`)).toBe(true);
    const kept = await db.mail.findFirstOrThrow({ where: { toId: nour.id } });
    expect(`${kept.subject}${kept.html ?? ''}`).not.toMatch(/\/l\/[A-Za-z0-9_-]{20,}/);
  });

  it('M7: whatever single e-mails told already is left out; more than eight are counted', async () => {
    const digest = latestDigest('daily', morning());
    const max = await subscriber('Max', [film]);
    const { ref } = await published('Déjà dit', [film], digest.from + 1);
    await db.mail.create({ data: { key: `alert/${ref}/${max.id}`, template: 'project_alert', toEmail: max.email, toName: 'Max', toKind: 'member', toId: max.id, data: {}, messageId: `<${randomUUID()}>` } });
    for (let index = 1; index <= 10; index += 1) await published(`Film ${index}`, [film], digest.from + index * 1_000);
    await run(digest);
    const [names = []] = await titles(max.id);
    expect(names).toEqual([10, 9, 8, 7, 6, 5, 4, 3].map((index) => `Film ${index}`));
    expect(await digestMails(max.id)).toMatchObject([{ data: { count: 10, more: 2 } }]);
  });

  it('W2: after an absence of ours nothing is left out: the next digest begins where the last one ended', async () => {
    const now = morning();
    const [first, third] = [latestDigest('daily', now), latestDigest('daily', now + 48 * hour)];
    const zoé = await subscriber('Zoé', [data]);
    await run(first);
    await published('Pendant la panne', [data], first.until + hour);
    await run(third);
    expect(await titles(zoé.id)).toEqual([['Pendant la panne']]);
  });

  it.each([['daily', 'weekly'], ['weekly', 'daily']] as const)('M7: whoever changes from %s to %s is told nothing twice and misses nothing', async (before: DigestRhythm, afterwards: DigestRhythm) => {
    const monday = Date.UTC((year += 1), 5, 15, 12);
    const first = latestDigest(before, monday + 24 * hour);
    const sam = await subscriber('Sam', [photo], { alerts: before });
    await published('Avant', [photo], first.until - hour);
    await run(first);
    await published('Après', [photo], first.until + hour);
    await keepAlerts(db, sam.id, { rhythm: afterwards, themeIds: [photo?.id ?? ''] });
    await run(latestDigest(afterwards, first.until + 8 * 24 * hour));
    expect(await titles(sam.id)).toEqual([['Avant'], ['Après']]);
  });

  it('W2, W4: nobody is told twice or forgotten when the worker is killed in the middle; long lists continue as new', async () => {
    const digest = latestDigest('weekly', morning());
    const crowd = [];
    for (let index = 0; index < 13; index += 1) crowd.push(await subscriber(`Foule${index}`, [data], { alerts: 'weekly' }));
    await published('Pour tous', [data], digest.from + hour);
    trouble = true;
    await run(digest, { batch: 4, batchesPerRun: 2 });
    expect(trouble).toBe(false);
    for (const { email } of crowd) expect(mailbox.to(email)).toHaveLength(1);
  });

  it('W2: the digests whose hour has come are started once, whoever asks', async () => {
    const now = morning();
    const counts = await Promise.all([startDueDigests(startDeps, now), startDueDigests(startDeps, now)]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await startDueDigests(startDeps, now + hour)).toBe(0);
    const handle = server.client.workflow.getHandle(`alert-digest/daily/${latestDigest('daily', now).day}`);
    await eventually(async () => expect((await handle.describe()).status.name).toBe('COMPLETED'));
    expect((await handle.describe()).searchAttributes).toMatchObject({ Stage: ['told'] });
  });
});
