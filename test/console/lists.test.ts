import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { resources } from '../../admin/resources/index.ts';
import { consoleRouter } from '../../admin/router.ts';
import { consoleHand, plain, type ConsoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff } from '../support/story.ts';

interface Shown { page: { count: string; refusals: string[]; empty: string; head: { label: string; href?: string }[]; rows: { id: string; title: string; cells: (string | { text: string; href?: string })[] }[]; filters: { name: string; label: string; value?: unknown; options?: { label: string }[] }[]; pager: { text: string; href: string }[]; bulk: { label: string; href: string }[] } }
interface Told { page: { title: string; blocks: { kind: string; caption?: string; rows?: { cells: (string | { text: string })[] }[]; items?: { href: string }[] }[] } }

const house = await openHouse({ console: consoleRouter });
const { deps: { db } } = house;
let admin: ConsoleHand;

async function list(model: string, query = '', hand = admin): Promise<Shown['page']> {
  const response = await fetch(`${house.url}/console/api/resources/${model}/actions/list?${query}`, { headers: { cookie: hand.cookie } });
  return ((await response.json()) as Shown).page;
}
async function record(model: string, id: string, lang = 'fr'): Promise<Told['page']> {
  const response = await fetch(`${house.url}/console/api/resources/${model}/records/${id}/show?lang=${lang}`, { headers: { cookie: admin.cookie } });
  return ((await response.json()) as Told).page;
}
const text = (cell: string | { text: string } | undefined): string => plain(typeof cell === 'string' ? cell : (cell?.text ?? ''));
const row = (page: Shown['page'], title: string): string[] => (page.rows.find((one) => one.title === title)?.cells ?? []).map(text);

const made = { company: '', other: '', projects: [] as string[], invoice: '', member: '', manager: '' };

beforeAll(async () => {
  admin = await consoleHand(house, 'administrator');
  made.manager = (await addStaff(db)).id;
  const [company, other] = await Promise.all(['Maison Delmas', 'Atelier Vidal'].map((name) => db.company.create({ data: { handle: randomUUID(), name, users: { create: { email: `${randomUUID().slice(0, 8)}@c.test`, name: `Claire ${name}` } } }, include: { users: true } })));
  if (!company?.users[0] || !other?.users[0]) throw new Error('no company');
  made.company = company.id;
  made.other = other.id;
  made.member = (await addMember(db, 'Violette')).id;
  for (let number = 1; number <= 30; number += 1) {
    const owner = number % 2 ? company : other;
    const project = await db.project.create({ data: {
      ref: `L-${String(number).padStart(3, '0')}`, title: `Refonte ${number}`, problem: 'p', stage: number % 3 ? 'published' : 'brief_review', companyId: owner.id, ownerId: owner.users[0]?.id ?? '', accountManagerId: number === 1 ? made.manager : null,
      terms: {}, feeRateBp: 1700, feeBasis: 'of_final_amount', budgetCents: number * 100_050, nextDeadlineAt: number % 3 ? null : new Date(Date.UTC(2027, 0, number)), createdAt: new Date(Date.UTC(2026, 5, number, 9)),
    } });
    made.projects.push(project.id);
  }
  const invoice = await db.clientInvoice.create({ data: { ref: 'L-001-C1', number: 'FA-1', projectId: made.projects[0] ?? '', state: 'issued', totalCents: 123_450, dueAt: new Date('2027-01-15T09:00:00Z') } });
  made.invoice = invoice.id;
  await db.payment.create({ data: { key: 'k', clientInvoiceId: invoice.id, amountCents: 5_000, receivedOn: new Date('2026-12-24'), reference: 'VIR 7', recordedBy: 'Nadia Ferrand' } });
  await db.application.create({ data: { projectId: made.projects[0] ?? '', leadId: made.member, message: 'm', members: { create: { memberId: made.member } } } });
});

describe('S2 lists made for people', () => {
  it('dates, amounts, states and names as people write them, never an id', async () => {
    const page = await list('Project', 'ref=L-001');
    expect(row(page, 'L-001')).toEqual(['L-001', 'Refonte 1', 'Publié', 'Maison Delmas', 'Nadia Ferrand', '1 000,50 €', '', expect.stringMatching(/juin 2026/)]);
    const applications = await list('Application');
    expect(applications.rows[0]?.cells.map(text).slice(0, 3)).toEqual(['L-001 · Refonte 1', 'Violette', 'Reçue']);
    const payments = await list('Payment');
    expect(payments.rows[0]?.cells.map(text)).toEqual(expect.arrayContaining(['VIR 7', 'FA-1', '50,00 €', 'Nadia Ferrand']));
    expect(row(await list('Project', 'ref=L-001&lang=en'), 'L-001')).toEqual(expect.arrayContaining(['€1,000.50']));
  });

  it.each([
    ['a stage in words', 'stage=brief_review', 10], ['a client by name', 'company=delmas', 15], ['a manager', 'accountManager=MANAGER', 1], ['an amount range typed as people type', 'budgetCentsMin=10 005,00&budgetCentsMax=11005,50 €', 2],
    ['a deadline range, both days counted', 'nextDeadlineAtFrom=2027-01-03&nextDeadlineAtUntil=2027-01-06', 2], ['when it was created', 'createdAtFrom=2026-06-29', 2], ['part of a title', 'title=fonte 30', 1], ['the first letters', 'title=re', 30],
    ['a percent sign as itself', 'title=%25', 0], ['AdminJS’s own filter addresses', 'filters.stage=published', 20], ['two at once', 'stage=published&company=vidal', 10],
  ])('filters by %s', async (_what, query, found) => {
    const page = await list('Project', query.replace('MANAGER', made.manager));
    expect(page.refusals).toEqual([]);
    expect(page.count).toBe(found === 1 ? '1 ligne' : `${found} lignes`);
  });

  it('what cannot be read is told in words, and stays typed', async () => {
    const page = await list('Project', 'budgetCentsMin=beaucoup&createdAtFrom=hier');
    expect(page.refusals.join(' ')).toContain('beaucoup');
    expect(page.refusals).toHaveLength(2);
    expect(page.filters.find(({ name }) => name === 'budgetCentsMin')?.value).toBe('beaucoup');
  });

  it('sorts by each offered column, what is empty last either way, and pages without losing or doubling a row', async () => {
    const first = await list('Project', 'sort=-nextDeadlineAt');
    const second = await list('Project', 'sort=-nextDeadlineAt&page=2');
    expect(first.rows.slice(0, 10).map(({ title }) => title)).toEqual(['L-030', 'L-027', 'L-024', 'L-021', 'L-018', 'L-015', 'L-012', 'L-009', 'L-006', 'L-003']);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(30);
    expect((await list('Project', 'sort=nextDeadlineAt')).rows[0]?.title).toBe('L-003');
    expect((await list('Project', 'sort=problem')).rows[0]?.title).toBe('L-030'); // not offered
    for (const one of resources(house.deps)) for (const column of one.sort ?? []) for (const sort of [column, `-${column}`]) expect((await list(one.model, `sort=${sort}`))?.count, `${one.model} ${sort}`).toBeDefined();
  });

  it('every resource opens, teaches when empty, and speaks both languages', async () => {
    for (const { model } of resources(house.deps)) {
      for (const lang of ['fr', 'en']) {
        const page = await list(model, `lang=${lang}`);
        expect(page.empty, model).not.toMatch(/^list\./);
        expect(page.empty.length, model).toBeGreaterThan(20);
      }
    }
    expect((await list('Project', 'title=introuvable')).empty).toContain('filtres');
  });

  it('a record tells what goes with it, and links to the filtered list', async () => {
    const company = await record('Company', made.company);
    expect(company.title).toBe('Maison Delmas');
    expect(company.blocks.map(({ caption }) => caption).filter(Boolean)).toEqual(['Contacts clients', 'Projets', 'Factures clients', 'Crédits des clients', 'Taux particuliers']);
    const href = company.blocks.flatMap(({ items = [] }) => items)[0]?.href ?? '';
    expect(href).toBe(`/console/resources/Project?company=${made.company}`);
    const filtered = await list('Project', href.split('?')[1]);
    expect(filtered.count).toBe('15 lignes');
    expect(filtered.filters.find(({ name }) => name === 'company')?.options?.[0]?.label).toBe('Maison Delmas');
    const invoice = await record('ClientInvoice', made.invoice);
    expect(invoice.blocks.find(({ caption }) => caption === 'Virements reçus')?.rows?.[0]?.cells.map(text)).toEqual(['VIR 7', 'Virement', expect.stringContaining('décembre 2026'), '50,00 €', 'Nadia Ferrand']);
    expect((await record('Member', made.member)).blocks.map(({ caption }) => caption).filter(Boolean)).toEqual(expect.arrayContaining(['Devis des membres', 'Factures des membres', 'Virements aux membres', 'Documents des membres', 'Candidatures aux projets']));
  });

  it('no id, secret or key of a text is shown anywhere', async () => {
    for (const { model } of resources(house.deps)) {
      const page = await list(model);
      const shown = page.rows.flatMap(({ cells }) => cells.map(text)).join(' ');
      expect(shown, model).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|kept elsewhere|\$argon2/);
      expect(shown, model).not.toMatch(/\b(choice|event|action)\.[a-z]/);
      for (const { id } of page.rows.slice(0, 1)) if (!['Document', 'Project', 'Mail'].includes(model)) expect(JSON.stringify((await record(model, id)).blocks.map(({ rows }) => rows?.map(({ cells }) => cells.map(text)))), model).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|kept elsewhere|\$argon2/);
    }
  });
});

describe('S2 both languages are complete', () => {
  type Words = Record<string, string>;
  interface File { properties: Words; labels: Words; actions: Words; resources: Record<string, { properties?: Words }> }
  const read = (locale: string): File => JSON.parse(readFileSync(new URL(`../../locales/${locale}/adminjs.json`, import.meta.url), 'utf8')) as File;
  it.each(['fr', 'en'])('every resource, column and action has its word (%s)', (locale) => {
    const words = read(locale);
    const missing = resources(house.deps).flatMap(({ model, list: columns, filter = [], show = [], edit = [], steps = [] }) => [
      ...(words.labels[model] ? [] : [model]),
      ...[...new Set([...columns, ...filter, ...show, ...edit])].filter((name) => !words.resources[model]?.properties?.[name] && !words.properties[name]).map((name) => `${model}.${name}`),
      ...steps.map(({ step }) => step.name).filter((name) => !words.actions[name]),
    ]);
    expect(missing).toEqual([]);
  });

  it('no English is left in the French words of the lists', () => {
    const same = (fr: object, en: object): string[] => Object.entries(fr).filter(([key, value]) => typeof value === 'string' && value === (en as Words)[key]).map(([, value]) => String(value));
    const both = ['Account manager', 'Action', 'Agency', 'BIC', 'Budget', 'Candidature', 'Client', 'Contact', 'Date', 'Description', 'Document', 'Documents', 'E-mail', 'Finance', 'IBAN', 'Menu', 'Message', 'Message-ID', 'Motivation', 'Options', 'Pages', 'SIREN', 'SIRET', 'Solde', 'Structure', 'Studio', 'Total', 'Version', 'Conditions', 'Expertise', '{{act}} ({{count}})', 'Clients', 'Candidatures', 'E-mails', 'IBAN (fin)', '{{version}}', 'Portrait', 'Module', 'Position'];
    const [fr, en] = [read('fr'), read('en')];
    const lists = (locale: string): object => JSON.parse(readFileSync(new URL(`../../locales/${locale}/console/lists.json`, import.meta.url), 'utf8')) as object;
    expect([...same(fr.properties, en.properties), ...same(fr.labels, en.labels), ...same(fr.actions, en.actions), ...same(lists('fr'), lists('en'))].filter((word) => !both.includes(word))).toEqual([]);
  });
});

describe('S2 at scale', () => {
  it('every offered order and filter of the large tables is served by an index', async () => {
    await db.$executeRawUnsafe(`INSERT INTO "Project" (id, ref, title, problem, stage, "companyId", "ownerId", terms, "feeRateBp", "feeBasis", "updatedAt", "createdAt", "budgetCents", "nextDeadlineAt")
      SELECT gen_random_uuid()::text, 'S-' || n, md5(n::text), 'p', CASE WHEN n % 50 = 0 THEN 'casting' ELSE 'closed' END, "companyId", "ownerId", '{}', 1700, 'x', now(), now() - n * interval '1 minute', n, CASE WHEN n % 2 = 0 THEN now() + n * interval '1 minute' END
      FROM generate_series(1, 6000) n, (SELECT "companyId", "ownerId" FROM "Project" LIMIT 1) p`);
    await db.$executeRawUnsafe('VACUUM ANALYZE "Project"');
    const plans = async (sql: string): Promise<string> => JSON.stringify(await db.$queryRawUnsafe(`EXPLAIN ${sql}`));
    const all = `SELECT id FROM "Project"`;
    for (const column of ['ref', 'title', 'budgetCents', 'nextDeadlineAt', 'createdAt']) {
      for (const way of ['ASC', 'DESC']) expect(await plans(`${all} WHERE "${column}" IS NOT NULL ORDER BY "${column}" ${way}, id ${way} LIMIT 26`), `${column} ${way}`).toMatch(/Index/);
    }
    for (const [where, index] of [[`stage = 'casting'`, 'Project_stage'], [`title ILIKE '%cafe12%'`, 'Project_title_trgm'], [`ref ILIKE '%S-599%'`, 'Project_ref_trgm'], [`"accountManagerId" = 'x'`, 'Project_accountManagerId'], [`"companyId" = 'x'`, 'Project_companyId'], [`"budgetCents" BETWEEN 10 AND 20`, 'Project_budgetCents'], [`"nextDeadlineAt" < now()`, 'Project_nextDeadlineAt']] as const) {
      // A few thousand rows are read whole as fast: what is asked is that the index can serve.
      const [, , plan] = await db.$transaction([db.$executeRawUnsafe('SET LOCAL enable_seqscan = off'), db.$executeRawUnsafe('SET LOCAL enable_indexscan = off'), db.$queryRawUnsafe(`EXPLAIN ${all} WHERE ${where}`)]);
      expect(JSON.stringify(plan), where).toContain(index);
    }
  });

  it('counts no further than 10 000', async () => {
    await db.$executeRawUnsafe(`INSERT INTO "Theme" (id, slug, "nameFr", "nameEn") SELECT gen_random_uuid()::text, 's' || n, 'T' || n, 'T' || n FROM generate_series(1, 10050) n`);
    const page = await list('Theme');
    expect(plain(page.count)).toBe('10 000+ lignes');
    expect(page.rows).toHaveLength(25);
    const last = await list('Theme', 'page=999999');
    expect(last.rows).toHaveLength(25);
    expect(last.pager.map(({ text: one }) => one)).toEqual(['Page précédente']);
  });
});
