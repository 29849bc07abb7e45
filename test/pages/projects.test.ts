import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { readPdf } from '../support/pdf-text.ts';
import { addMember, addStaff, beginStory } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const house = await openHouse();
const { deps } = house;
const { db } = deps;
await addStaff(db);
const { story, refs, memberId } = await issuedInvoices(deps, [40_000, 10_000], { company: 'Les Projets' });
const client = await signInToPages(house, story.client);
const { companyId } = await db.project.findUniqueOrThrow({ where: { id: story.projectId } });
const pdf = (name: string, words: string): File => new File([`%PDF-1.7\n${words}\n%%EOF`], name, { type: 'application/pdf' });
const files = `/projects/${story.ref}/p/files/${story.projectId}`;

async function project(title: string, more: { stage?: string; company?: string; nextDeadlineAt?: Date; closedAt?: Date } = {}) {
  return db.project.create({
    data: { ref: `P98-${randomUUID().slice(0, 6)}`, title, problem: 'x', stage: more.stage ?? 'brief_review', companyId: more.company ?? companyId, ownerId: story.client.id, terms: {}, feeRateBp: 1700, feeBasis: 'of_final_amount', nextDeadlineAt: more.nextDeadlineAt ?? null, closedAt: more.closedAt ?? null },
  });
}

describe('C1 all the company’s projects', () => {
  it('C1: those that wait for the reader come first, with what for and until when; the account manager is there to write to', async () => {
    await project('Charte en relecture');
    await project('Affiche à corriger', { stage: 'changes_requested', nextDeadlineAt: new Date('2026-01-02T09:00:00Z') });
    const { html } = await client.get('/home');
    const [mine = '', others = ''] = html.split('Les autres suivent leur cours');
    expect(mine).toContain('Affiche à corriger');
    expect(mine).toContain('Répondez à nos remarques');
    expect(mine).toMatch(/attendu le .*2 janvier 2026/);
    expect(mine).toContain('Une facture est à régler');
    expect(mine).toContain('nadia@off-works.test');
    expect(others).toContain('Charte en relecture');
    expect(others).toContain('Nous relisons votre brief');
  });

  it('C1: a project’s own page says whose turn it is, for what and until when, as the list does', async () => {
    const page = async (more: Parameters<typeof project>[1]): Promise<string> => (await client.get(`/projects/${(await project('À lire', more)).ref}`)).html;
    const reviewed = await page({ nextDeadlineAt: new Date('2099-01-02T09:00:00Z') });
    expect(reviewed).toContain('Nous relisons votre brief');
    expect(reviewed).toMatch(/d’ici au .*2 janvier 2099/);
    expect(await page({ stage: 'casting' })).toContain('Invitez des talents');
    expect((await client.get(`/projects/${story.ref}`)).html).toContain('Une facture est à régler');
    expect(await page({ stage: 'closed', closedAt: new Date() })).not.toMatch(/class="card turn/);
  });

  it('C1: every word searched is found in the title or the reference, whatever its case; ended ones stand apart, page by page', async () => {
    for (let count = 0; count < 52; count += 1) await project(`Ancien ${count}`, { stage: 'closed', closedAt: new Date() });
    expect((await client.get('/home?q=AFFICHE%20corriger')).html).toContain('Affiche à corriger');
    expect((await client.get('/home?q=affiche%20charte')).html).toContain('Aucun projet ne correspond');
    expect((await client.get('/home')).html).not.toContain('Ancien 3');
    const first = await client.get('/home?show=ended');
    expect(first.html.match(/Ancien \d+</g)).toHaveLength(50);
    const next = /href="(\/home\?show=ended&amp;before=[^"]+|\/home\?show=ended&before=[^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await client.get(next)).html.match(/Ancien \d+</g)).toHaveLength(2);
  });
});

describe('C7 files of a project', () => {
  it('C7: joined once however often the form is posted; the same name keeps the earlier version; read by the company, the members who read the brief, and nobody else', async () => {
    const key = randomUUID();
    await client.send(`${files}/do/attachFiles`, [pdf('cahier.pdf', 'un'), pdf('plan.pdf', 'plan')], {}, key);
    expect((await client.send(`${files}/do/attachFiles`, [pdf('cahier.pdf', 'un'), pdf('plan.pdf', 'plan')], {}, key)).to).toContain('done=filesAttached');
    expect(await db.storedFile.count({ where: { projectId: story.projectId } })).toBe(2);
    await client.send(`${files}/do/attachFiles`, [pdf('cahier.pdf', 'deux')]);
    const { html } = await client.get(files);
    expect(html.match(/<h2>/g)).toHaveLength(2);
    expect(html).toContain('version 2');
    const kept = await db.storedFile.findMany({ where: { projectId: story.projectId, name: 'cahier.pdf' }, orderBy: { createdAt: 'asc' } });
    const bodies = await Promise.all(kept.map(async ({ id }) => (await client.get(`/projects/${story.ref}/file/${id}`)).html));
    expect(bodies.map((body) => /un|deux/.exec(body)?.[0])).toEqual(['un', 'deux']);
    const path = `/projects/${story.ref}/file/${kept[0]?.id ?? ''}`;
    const [member, passer] = [await signInToPages(house, { kind: 'member', id: memberId }), await signInToPages(house, await addMember(db, 'Passant'))];
    expect([(await member.get(path)).status, (await passer.get(path)).status]).toEqual([200, 404]);
    const other = await signInToPages(house, (await beginStory(deps, { company: 'D’à côté' })).client);
    expect((await other.get(path)).status).toBe(404);
    // Nor through a project of one's own.
    const theirs = await db.project.findFirstOrThrow({ where: { company: { name: 'D’à côté' } } });
    expect((await other.get(`/projects/${theirs.ref}/file/${kept[0]?.id ?? ''}`)).status).toBe(404);
  });

  it('C7: what a file is, its bytes say: a page dressed as a picture is refused in words, and one too large before it is read', async () => {
    const before = await db.storedFile.count();
    const bad = await client.send(`${files}/do/attachFiles`, [pdf('bon.pdf', 'bon'), new File(['<script>alert(1)</script>'], 'photo.png', { type: 'image/png' })]);
    expect([bad.status, bad.html.includes('photo.png')]).toEqual([422, true]);
    const large = await client.send(`${files}/do/attachFiles`, [new File([new Uint8Array(21 * 1024 * 1024)], 'film.pdf')]);
    expect([large.status, /20 Mo/.test(large.html)]).toEqual([422, true]);
    expect(await db.storedFile.count()).toBe(before);
    const sent = await client.get(`/projects/${story.ref}/file/${(await db.storedFile.findFirstOrThrow()).id}`);
    expect(sent.headers.get('x-content-type-options')).toBe('nosniff');
    expect(sent.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('C7: removed, it is gone', async () => {
    const { id } = await db.storedFile.findFirstOrThrow({ where: { name: 'plan.pdf' } });
    expect((await client.post(`${files}/do/removeFile`, { fileId: id })).to).toContain('done=fileRemoved');
    expect((await client.get(`/projects/${story.ref}/file/${id}`)).status).toBe(404);
  });
});

describe('C10 invoices and the account', () => {
  it('C10: what is due and when; the statement’s last balance is what is owed, on the page as in the file', async () => {
    const [first = ''] = refs;
    const one = await db.clientInvoice.findUniqueOrThrow({ where: { ref: first } });
    await story.pay(first, 10_000);
    const owed = (await db.clientInvoice.findMany({ where: { projectId: story.projectId } })).reduce((sum, { totalCents, paidCents }) => sum + totalCents - paidCents, 0);
    const euros = (cents: number): string => new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(cents / 100).replace(/[\u00a0\u202f]/g, ' ');
    const { html } = await client.get('/invoices?from=2026-01-01&until=2030-12-31');
    expect(html).toContain(one.number ?? 'none');
    expect(html).toContain(euros(one.totalCents - 10_000));
    expect(/Solde<\/td>[^€]*?([\d ,]+ €)/.exec(html)?.[1]?.trim()).toBe(euros(owed));
    const sheet = (await client.get('/invoices/statement.csv?from=2026-01-01&until=2030-12-31')).html.trim().split('\r\n');
    expect(sheet.at(-1)).toContain((owed / 100).toFixed(2).replace('.', ','));
    const response = await fetch(`${house.url}/invoices/statement.pdf?from=2026-01-01&until=2030-12-31`, { headers: { cookie: client.cookie } });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const { text: paper } = await readPdf(new Uint8Array(await response.arrayBuffer()));
    for (const said of ['Relevé de compte', one.number ?? 'none', `Solde dû au 31 décembre 2030 ${euros(owed)}`]) expect(paper).toContain(said);
    // What came before the period is its opening balance.
    expect((await client.get('/invoices?from=2030-01-01&until=2030-12-31')).html).toMatch(new RegExp(`Solde précédent</td>[^€]*${euros(owed).replace(/ /g, '\\s')}`));
  });

  it('C10: days that are none, or backwards, are told', async () => {
    expect((await client.get('/invoices?from=hier')).status).toBe(422);
    expect((await client.get('/invoices?from=2026-05-01&until=2026-04-01')).status).toBe(422);
  });
});
