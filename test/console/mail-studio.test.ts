import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { mailActivities } from '../../activities/mail.ts';
import { consoleRouter } from '../../admin/router.ts';
import { passwordHash } from '../../admin/sign-in.ts';
import { roles } from '../../domain/roles.ts';
import { queueMail } from '../../mail/queue.ts';
import { settleMail } from '../../mail/settle.ts';
import { builtInWording, type Wording } from '../../mail/wording.ts';
import type { MailTemplate } from '../../templates/mail/catalogue.ts';
import { mailTemplates } from '../../templates/mail/variables.ts';
import { openHouse } from '../support/house.ts';
import { beginStory } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url, mailbox } = house;
const { db } = deps;
const { deliverMails } = mailActivities(deps);
const password = 'un mot de passe de test';
const hash = await passwordHash(password);
for (const role of roles) await db.staff.create({ data: { handle: role, email: `${role}@off-works.test`, name: `Staff ${role}`, role, passwordHash: hash } });

async function signIn(role: string): Promise<string> {
  const response = await fetch(`${url}/console/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: `${role}@off-works.test`, password }) });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
const admin = await signIn('administrator');

interface Block { kind: string; title?: string; caption?: string; text?: string; base?: number; source?: string; subject?: string; variables?: { name: string; write: string; example: string }[]; rows?: { cells: (string | { text: string; detail?: string; href?: string })[]; deeds?: { act: string; values: object }[] }[]; lines?: { mark: string; text: string }[] }
interface Answer { title: string; key: string; blocks: Block[]; notice?: { type: string; message: string }; answer?: { subject: string; html?: string; text?: string; from: string; findings: { line: number; where: string; words: string }[] } }
const address = (query: object): string => `${url}/console/api/pages/mailStudio?${new URLSearchParams({ ...query })}`;
async function open(query: object, cookie = admin): Promise<Answer> {
  return (await (await fetch(address(query), { headers: { cookie } })).json()) as Answer;
}
async function act(mail: object, name: string, values: object, { cookie = admin, key = randomUUID() } = {}): Promise<Answer> {
  const body = new URLSearchParams({ act: name, key, values: JSON.stringify(values) });
  return (await (await fetch(address(mail), { method: 'POST', headers: { cookie }, body })).json()) as Answer;
}
const block = (answer: Answer, kind: string): Block => answer.blocks.find((one) => one.kind === kind) ?? { kind: 'none' };
const changed = (template: MailTemplate, locale: 'fr' | 'en', from: string, to: string): Wording => {
  const { subject, source } = builtInWording(template, locale);
  expect(source).toContain(from);
  return { subject, source: source.replace(from, to) };
};

/** A mail of the product, as any is queued. */
async function queued(template: 'brief_rejected' | 'member_blocked', locale: 'fr' | 'en', data: object = { reason: 'Une raison' }): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@mail.test`;
  const id = await db.$transaction(async (tx) => queueMail(tx, { key: randomUUID(), template, to: { kind: 'client', id: 'c', email, name: 'Anne', locale }, data: data as { reason: string }, at: Date.now() }));
  return { id, email };
}
const received = async (mail: { id: string; email: string }) => {
  await deliverMails({ mailIds: [mail.id] });
  return mailbox.to(mail.email)[0];
};

// Each test has a mail whose wording is the product's own again.
beforeEach(async () => { await db.mailTemplateVersion.updateMany({ where: { state: 'published' }, data: { state: 'retired' } }); });
const rejected = { template: 'brief_rejected', locale: 'fr' };

describe('S4 the e-mail studio: what is published is what leaves', () => {
  it('the next mail is written with the published version, one already queued keeps what it was queued with', async () => {
    const before = await queued('brief_rejected', 'fr');
    const english = await queued('brief_rejected', 'en');
    const wording = { ...changed('brief_rejected', 'fr', '<h1>', '<h1>Nouveau : '), subject: 'Au sujet de {{project.title}}, votre brief' };
    const done = await act(rejected, 'publish', { ...wording, note: 'Plus doux', base: 0 });
    expect(done.notice?.type).toBe('success');
    const next = await queued('brief_rejected', 'fr');
    expect((await received(next))?.html).toContain('Nouveau : ');
    expect((await received(next))?.subject).toBe('Au sujet de , votre brief');
    expect((await received(before))?.html).not.toContain('Nouveau : ');
    expect((await received(before))?.subject).toBe('Nous ne pouvons pas donner suite à votre brief');
    expect((await received(english))?.subject).toBe('We cannot take your brief');
    expect(await db.auditEvent.findFirst({ where: { action: 'mail_wording.publish' }, orderBy: { at: 'desc' } })).toMatchObject({ actorName: 'Staff administrator', subject: 'mail/brief_rejected/fr', data: expect.objectContaining({ note: 'Plus doux', replaced: 0 }) as object });
  });

  it('a version put back, then the product’s own: each serves from the next mail on, and is said in the trail', async () => {
    const first = await act(rejected, 'publish', { ...changed('brief_rejected', 'fr', '<h1>', '<h1>Un '), base: 0 });
    const one = await inUse();
    await act(rejected, 'publish', { ...changed('brief_rejected', 'fr', '<h1>', '<h1>Deux '), base: one });
    const two = await inUse();
    expect(first.notice?.type).toBe('success');
    const waiting = await queued('brief_rejected', 'fr');
    expect((await act(rejected, 'revert', { number: one, base: two })).notice?.type).toBe('success');
    expect((await received(await queued('brief_rejected', 'fr')))?.html).toContain('<h1>Un ');
    const three = await inUse();
    expect(three).toBe(two + 1);
    expect((await act(rejected, 'revert', { number: 0, base: three })).notice?.type).toBe('success');
    expect((await received(await queued('brief_rejected', 'fr')))?.html).not.toMatch(/<h1>(Un|Deux) /);
    expect((await received(waiting))?.html).toContain('<h1>Deux ');
    expect(await db.auditEvent.count({ where: { action: 'mail_wording.revert', subject: 'mail/brief_rejected/fr' } })).toBe(2);
  });

  it('published twice by one click is published once; over somebody else’s it is refused', async () => {
    const key = randomUUID();
    const wording = { ...changed('brief_rejected', 'fr', '<h1>', '<h1>Une fois '), base: 0 };
    const count = await db.mailTemplateVersion.count();
    await Promise.all([1, 2, 3].map(() => act(rejected, 'publish', wording, { key })));
    expect(await db.mailTemplateVersion.count()).toBe(count + 1);
    const late = await act(rejected, 'publish', { ...changed('brief_rejected', 'fr', '<h1>', '<h1>En retard '), base: 0 });
    expect(late.notice).toMatchObject({ type: 'error', message: expect.stringContaining('Quelqu’un vient de publier') as string });
  });

  it('the text of a version never changes, whoever asks the database', async () => {
    await act(rejected, 'saveDraft', changed('brief_rejected', 'fr', '<h1>', '<h1>Gardé '));
    const { id } = await db.mailTemplateVersion.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    await expect(db.mailTemplateVersion.update({ where: { id }, data: { source: 'autre' } })).rejects.toThrow(/never changed/);
    await expect(db.mailTemplateVersion.delete({ where: { id } })).rejects.toThrow(/never changed/);
  });

  async function inUse(): Promise<number> {
    return block(await open(rejected), 'mailStudio').base ?? -1;
  }
});

describe('S4 a broken wording is never published', () => {
  it.each([
    ['MJML', '<mj-text><p>', '<mj-text colour="red"><p>'], ['Handlebars', '{{> hello}}', '{{#if reason}}{{> hello}}'], ['a variable', '{{> hello}}', '{{resaon}}'], ['its tags', '</h1>', ''],
  ])('%s', async (_what, from, to) => {
    const versions = await db.mailTemplateVersion.count();
    const refused = await act(rejected, 'publish', { ...changed('brief_rejected', 'fr', from, to), base: 0 });
    expect(refused.notice).toMatchObject({ type: 'error', message: expect.stringMatching(/pas prêt à partir.*1 point/) as string });
    expect(await db.mailTemplateVersion.count()).toBe(versions);
  });

  it('a draft may be broken, is kept, and is refused when put in use by its number', async () => {
    const kept = await act(rejected, 'saveDraft', changed('brief_rejected', 'fr', '{{> hello}}', '{{resaon}}'));
    expect(kept.notice?.type).toBe('success');
    const { number, state } = await db.mailTemplateVersion.findFirstOrThrow({ where: rejected, orderBy: { number: 'desc' } });
    expect(state).toBe('draft');
    expect((await act(rejected, 'revert', { number, base: 0 })).notice?.type).toBe('error');
    expect(await db.mailTemplateVersion.count({ where: { state: 'published' } })).toBe(0);
    expect((await act(rejected, 'sendTrial', changed('brief_rejected', 'fr', '{{> hello}}', '{{resaon}}'))).notice?.type).toBe('error');
  });

  it('a variable the mail lacks when it leaves is a failed mail in the console, sent again once the wording is right', async () => {
    const mail = await queued('member_blocked', 'fr', {});
    const fine = await queued('member_blocked', 'fr');
    await deliverMails({ mailIds: [mail.id, fine.id] });
    expect(await db.mail.findUniqueOrThrow({ where: { id: mail.id } })).toMatchObject({ state: 'failed', attempts: 1, problem: expect.stringContaining('reason') as string });
    expect((await db.mail.findUniqueOrThrow({ where: { id: fine.id } })).state).toBe('sent');
    const figures = (await open({})).blocks.find(({ kind }) => kind === 'figures') as unknown as { items: { label: string; value: string }[] };
    expect(Number(figures.items.find(({ label }) => label === 'E-mails non composés')?.value)).toBeGreaterThan(0);

    const wording = changed('member_blocked', 'fr', '{{reason}}', 'Écrivez-nous.');
    expect((await act({ template: 'member_blocked', locale: 'fr' }, 'publish', { ...wording, base: 0 })).notice?.type).toBe('success');
    await settleMail(db, mail.id, 'sendAgain', { kind: 'staff', id: null, name: 'Nadia' }, Date.now());
    expect((await received(mail))?.text).toContain('Écrivez-nous.');
  });
});

describe('S4 seen before it is sent', () => {
  it('each fault has its line and says what was meant, in the reader’s language', async () => {
    const wording = changed('brief_rejected', 'fr', '{{> hello}}', '{{> hello}} {{resaon}}');
    const line = wording.source.slice(0, wording.source.indexOf('resaon')).split('\n').length;
    const french = (await act(rejected, 'preview', wording)).answer;
    expect(french?.findings).toMatchObject([{ line, where: `Ligne ${line}`, words: 'Cet e-mail n’a pas de variable «\u00a0resaon\u00a0». Vouliez-vous dire «\u00a0reason\u00a0»\u202f?' }]);
    const english = (await act({ ...rejected, lang: 'en' }, 'preview', wording)).answer;
    expect(english?.findings[0]?.words).toBe('This e-mail has no variable “resaon”. Did you mean “reason”?');
  });

  it('on example data, and on a real project with what was really sent, its links never real', async () => {
    const story = await beginStory(deps);
    const project = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
    const mail = { template: 'brief_received', locale: 'fr' };
    const wording = builtInWording('brief_received', 'fr');
    const sample = (await act(mail, 'preview', wording)).answer;
    expect(sample).toMatchObject({ findings: [], html: expect.stringContaining('https://off-works.example/l/example') as string, text: expect.stringContaining('Une identité pour la cave') as string });
    const real = (await act(mail, 'preview', { ...wording, reference: story.ref.toLowerCase() })).answer;
    expect(real?.text).toContain(project.title);
    expect(real?.html).not.toMatch(/\/l\/[A-Za-z0-9_-]{30,}/);
    expect((await act(mail, 'preview', { ...wording, reference: 'P99-9999' })).notice?.type).toBe('error');
  });

  it('a trial comes to its writer by the ordinary queue, marked, with example links, and leaves the wording in use alone', async () => {
    const key = randomUUID();
    const values = changed('brief_received', 'fr', '<h1>', '<h1>Essai : ');
    const mail = { template: 'brief_received', locale: 'fr' };
    expect((await act(mail, 'sendTrial', values, { key })).notice).toMatchObject({ type: 'success', message: expect.stringContaining('administrator@off-works.test') as string });
    await act(mail, 'sendTrial', values, { key });
    const trial = await mailbox.waitFor(({ to, subject }) => to.includes('administrator@off-works.test') && subject.startsWith('['));
    expect(trial.subject).toBe(`[Essai] ${values.subject}`);
    expect(trial.html).toContain('<h1>Essai : ');
    expect(trial.html).toContain('Une identité pour la cave');
    expect(await db.mail.count({ where: { key: `trial/${key}` } })).toBe(1);
    expect(await db.mailTemplateVersion.count({ where: { template: 'brief_received', state: 'published' } })).toBe(0);
  });

  it('lists every mail in both languages, and the variables of one with an example each', async () => {
    await act({ template: 'client_quote_sent', locale: 'en' }, 'saveDraft', changed('client_quote_sent', 'en', '<h1>', '<h1>Dear '));
    const [client, ...others] = (await open({})).blocks.filter(({ kind }) => kind === 'table');
    expect([client, ...others].flatMap((table) => table?.rows ?? [])).toHaveLength(mailTemplates.length);
    const row = client?.rows?.find(({ cells }) => JSON.stringify(cells).includes('client_quote_sent'));
    expect(row?.cells[0]).toMatchObject({ text: 'Devis global envoyé', detail: 'Votre devis …' });
    expect(row?.cells[1]).toMatchObject({ text: 'Texte d’origine' });
    expect(row?.cells[2]).toMatchObject({ detail: expect.stringContaining('Staff administrator') as string });
    const english = await open({ template: 'client_quote_sent', locale: 'en', lang: 'en' });
    expect(english.title).toBe('Global quote sent, in English');
    expect(block(english, 'mailStudio').source).toContain('<h1>Dear ');
    const variables = block(english, 'mailStudio').variables ?? [];
    expect(variables.find(({ name }) => name === 'totalWithTaxCents')).toMatchObject({ write: '{{money totalWithTaxCents}}', example: '€12,000.00', kept: true });
    expect(variables.find(({ name }) => name === 'mates')).toBeUndefined();
    for (const page of [english, await open({ lang: 'en' })]) expect(JSON.stringify(page)).not.toContain('mailStudio.');
  });

  it('two versions are compared line by line', async () => {
    const mail = { template: 'brief_rejected', locale: 'en' };
    await act(mail, 'saveDraft', changed('brief_rejected', 'en', '<h1>', '<h1>Sorry: '));
    const { number } = await db.mailTemplateVersion.findFirstOrThrow({ where: mail, orderBy: { number: 'desc' } });
    const lines = block(await open({ ...mail, compare: '0', with: String(number) }), 'differences').lines ?? [];
    expect(lines.filter(({ mark }) => mark === 'removed')).toHaveLength(1);
    expect(lines.filter(({ mark }) => mark === 'added')).toMatchObject([{ text: expect.stringContaining('<h1>Sorry: ') as string }]);
    expect(lines.length).toBeLessThan(12);
    expect(block(await open({ ...mail, compare: '0', with: '0' }), 'differences').lines).toEqual([]);
  });
});

describe('S5 who may', () => {
  const wording = changed('brief_rejected', 'fr', '<h1>', '<h1>À moi ');
  it.each(roles)('%s', async (role) => {
    const cookie = await signIn(role);
    const writes = ['administrator', 'account_manager', 'administrative'].includes(role);
    const publishes = ['administrator', 'administrative'].includes(role);
    expect(block(await open(rejected, cookie), 'mailStudio').source !== undefined).toBe(writes);
    const mail = { template: 'brief_rejected', locale: 'fr' };
    const versions = await db.mailTemplateVersion.count();
    expect((await act(mail, 'saveDraft', { ...wording, subject: `Pour ${role}` }, { cookie })).notice?.type === 'success').toBe(writes);
    expect(await db.mailTemplateVersion.count()).toBe(versions + (writes ? 1 : 0));
    expect((await act(mail, 'publish', { ...wording, subject: `Pour ${role}`, base: 0 }, { cookie })).notice?.type === 'success').toBe(publishes);
    expect(await db.mailTemplateVersion.count({ where: { state: 'published' } })).toBe(publishes ? 1 : 0);
    if (!publishes) expect((await act(mail, 'revert', { number: 0, base: 0 }, { cookie })).notice?.type ?? 'refused').not.toBe('success');
  });
});
