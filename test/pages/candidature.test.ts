import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { readConfig } from '../../config.ts';
import { dropUnconfirmedCandidatures } from '../../database/drop-unconfirmed.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { webRouter } from '../../web/router.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { testMailbox } from '../support/mailbox.ts';
import { addMember, addStaff } from '../support/story.ts';
import { devTemporal, runWorker } from '../support/temporal.ts';

const { db, url } = await freshDatabase();
const mailbox = await testMailbox();
const server = await devTemporal();
const taskQueue = `candidature-${randomUUID()}`;
const config = readConfig({ DATABASE_URL: url, TEMPORAL_ADDRESS: server.address, SMTP_URL: mailbox.smtpUrl, TASK_QUEUE: taskQueue });
const deps = { db, temporal: server.client, secret: 's'.repeat(32), config, log: pino({ level: 'silent' }) };
await runWorker(server, createActivities({ ...deps, publicUrl: config.publicUrl, mailFrom: config.mailFrom, smtpUrl: config.smtpUrl }), { taskQueue });
await addStaff(db);
const theme = await db.theme.create({ data: { slug: 'photo', nameFr: 'Photo', nameEn: 'Photography' } });

const pages = express().use(webRouter(deps)).listen(0);
afterAll(() => new Promise<void>((done) => pages.close(() => done())));
const address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}/candidature`;

const typed = (more: Record<string, string> = {}) => ({
  key: randomUUID(), structure: 'freelance', name: `Ysé ${randomUUID().slice(0, 6)}`, email: `${randomUUID()}@membres.test`, city: 'Brest', headline: 'Photographe de mer',
  experience: 'Dix ans sur les quais et en atelier.', reference1: 'Portraits de marins', link1: 'exemple.test/marins', skills: 'portrait, tirage', themeIds: theme.id,
  dayRate: '480,50', recommendedBy: '', ...more,
});
const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(address, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { 'accept-language': 'fr', origin: new URL(address).origin, ...headers } });

/** The link in the last mail to confirm an address, made again from its secret as the mail's own was. */
async function linkIn(email: string): Promise<string> {
  const { data } = await db.mail.findFirstOrThrow({ where: { toEmail: email, template: 'candidature_confirm' }, orderBy: { createdAt: 'desc' } });
  return new URL(linkPath(linkToken(deps.secret, (data as { linkId: string }).linkId)), address).href;
}
const confirm = (link: string) => fetch(link, { method: 'POST', redirect: 'manual', headers: { origin: new URL(address).origin } });

describe('M1 the candidature page', () => {
  it('shows one form, in both languages, that changes nothing by being read', async () => {
    const [french, english] = await Promise.all(['fr', 'en'].map(async (lang) => (await fetch(`${address}?lang=${lang}`)).text()));
    expect(french).toContain('Devenir membre');
    expect(english).toContain('Become a member');
    for (const name of ['structure', 'name', 'email', 'headline', 'experience', 'reference1', 'link1', 'skills', 'themeIds', 'dayRate', 'city', 'recommendedBy']) {
      expect(french).toContain(`name="${name}"`);
    }
    expect(`${french}${english}`).not.toMatch(/>c\.[a-zA-Z]/); // every text has its sentence
    expect(await db.member.count()).toBe(0);
  });

  it('becomes a candidature to study, as it was typed; W4: posted twice, once', async () => {
    const friend = await addMember(db, 'Copine');
    const { name: friendName, handle } = await db.member.findUniqueOrThrow({ where: { id: friend.id } });
    const fields = typed({ recommendedBy: friendName });
    for (const time of [1, 2]) {
      const answer = await post(fields);
      expect([time, answer.status, answer.headers.get('location')]).toEqual([time, 303, '/candidature?done=candidatureKept']);
    }
    expect(await db.member.count({ where: { email: fields.email } })).toBe(0);
    await eventually(() => expect(mailbox.to(fields.email)).toHaveLength(1));
    expect(mailbox.to('nadia@off-works.test').some(({ subject }) => subject.includes(fields.name))).toBe(false);
    const link = await linkIn(fields.email);
    const page = await (await fetch(link)).text(); // a mail scanner looks, and nothing happens
    expect(page).toContain(fields.headline);
    expect(page).not.toMatch(/>cc\.[a-z]/);
    expect(await db.member.count({ where: { email: fields.email } })).toBe(0);
    const confirmed = await confirm(link);
    expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/l\/[\w-]+\?done=candidatureSent$/)]);
    const members = await db.member.findMany({ where: { email: fields.email }, include: { themes: true } });
    expect(members).toMatchObject([{
      state: 'candidate', structure: 'freelance', dayRateCents: 48_050, skills: ['portrait', 'tirage'], city: 'Brest', recommendedBy: handle, locale: 'fr',
      candidature: { references: [{ title: 'Portraits de marins', link: 'https://exemple.test/marins' }] }, themes: [{ themeId: theme.id }],
    }]);
    await eventually(() => expect(mailbox.to(fields.email)).toHaveLength(2));
    await eventually(() => expect(mailbox.to('nadia@off-works.test').some(({ subject }) => subject.includes(fields.name))).toBe(true));
    expect((await confirm(link)).status).toBe(410); // once
    expect(await db.submission.count({ where: { step: 'candidature', payload: { path: ['email'], equals: fields.email } } })).toBe(0);
    await post(fields);
    expect(mailbox.to(fields.email)).toHaveLength(2);
  });

  it('another address on the same form is asked for itself: nobody confirms an address that is not theirs', async () => {
    const fields = typed();
    await post(fields);
    const theirs = await linkIn(fields.email);
    const victim = `${randomUUID()}@membres.test`;
    await post({ ...fields, email: victim });
    await confirm(theirs);
    expect(await db.member.count({ where: { email: fields.email } })).toBe(1);
    expect(await db.member.count({ where: { email: victim } })).toBe(0);
  });

  it('an address is not flooded by somebody else’s clicks', async () => {
    const { email } = typed();
    for (let time = 0; time < 7; time += 1) expect((await post(typed({ email }))).status).toBe(303);
    expect(await db.mail.count({ where: { toEmail: email } })).toBe(5);
  });

  it('what is never confirmed is forgotten with its mail, what may still be confirmed stays', async () => {
    const fields = typed();
    await post(fields);
    const link = await linkIn(fields.email);
    await dropUnconfirmedCandidatures(db, Date.now() + 7 * 86_400_000);
    expect((await fetch(link)).status).toBe(200);
    expect(await dropUnconfirmedCandidatures(db, Date.now() + 9 * 86_400_000)).toBeGreaterThan(0);
    expect((await fetch(link)).status).toBe(404);
    for (const table of ['Submission', 'Mail']) expect([table, await db.$queryRawUnsafe(`SELECT 1 FROM "${table}" t WHERE row_to_json(t)::text LIKE $1`, `%${fields.email}%`)]).toEqual([table, []]);
  });

  it('tells an agency kindly why not, and keeps nothing', async () => {
    const fields = typed({ structure: 'agency' });
    const answer = await post(fields);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('pas les agences qui font travailler des freelances');
    expect(page).toContain(fields.headline);
    expect(await db.member.count({ where: { email: fields.email } })).toBe(0);
  });

  it.each([
    ['an address that is none', { email: 'moi' }, 'email'],
    ['a link that is none', { reference1: '', link1: '', reference3: 'Affiche', link3: 'javascript:alert(1)' }, 'link3'],
    ['no reference', { reference1: '', link1: '' }, 'reference1'],
    ['no structure', { structure: '' }, 'structure'],
  ])('shows the form again with everything typed for %s', async (_what, more, wrong) => {
    const fields = typed(more);
    const answer = await post(fields);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('Quelques champs sont à revoir');
    if (wrong !== 'structure') expect(page).toMatch(new RegExp(`name="${wrong}"[^>]*aria-invalid="true"`));
    expect(page).toContain(fields.experience);
    expect(page).toContain(`value="${fields.key}"`);
    expect(page).toMatch(/value="freelance" required (checked)?/);
  });

  it('a day rate in words is refused with a sentence that helps', async () => {
    expect(await (await post(typed({ dayRate: 'quatre cents' }))).text()).toContain('Saisissez un montant en chiffres');
  });

  it('says when the address is known already', async () => {
    const fields = typed();
    await post(fields);
    await confirm(await linkIn(fields.email));
    const answer = await post({ ...fields, key: randomUUID() });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('Cette adresse est déjà connue')]);
  });
});
