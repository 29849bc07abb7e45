import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { passwordHash } from '../../admin/sign-in.ts';
import { speaker } from '../../admin/text.ts';
import { recordEvent, theClock, type By } from '../../database/audit.ts';
import { sealAuditTrail } from '../../database/seal-audit-trail.ts';
import { openHouse } from '../support/house.ts';

const { deps: { db }, url } = await openHouse({ console: consoleRouter });
const staff = await db.staff.create({ data: { handle: 'claire', email: 'claire@off-works.test', name: 'Claire', role: 'read_only', passwordHash: await passwordHash('un mot de passe de test') } });
const claire: By = { kind: 'staff', id: staff.id, name: staff.name };
const add = (by: By, subject: string, at: string, data: object = {}) => recordEvent(db, { by, action: 'project.withdraw', subject, data: { ...data }, at: Date.parse(at) });

interface Block { kind: string; rows?: { cells: (string | { text: string; detail?: string })[] }[]; items?: { text: string; href: string }[]; fields?: { name: string; value?: string }[] }
const response = await fetch(`${url}/console/login`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ email: staff.email, password: 'un mot de passe de test' }) });
const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
async function open(query: string): Promise<{ rows: string[][]; older: string | undefined }> {
  const answer = (await (await fetch(`${url}/console/api/pages/trail?${query}`, { headers: { cookie } })).json()) as { blocks: Block[] };
  const table = answer.blocks.find(({ kind }) => kind === 'table');
  const older = answer.blocks.find(({ kind }) => kind === 'links')?.items?.find(({ text }) => text === 'Plus ancien')?.href;
  return { rows: (table?.rows ?? []).map(({ cells }) => cells.map((cell) => (typeof cell === 'string' ? cell : cell.text))), older: older?.split('?')[1] };
}

describe('S5 the trail is readable', () => {
  it('by object, by person and by day in Paris, in words', async () => {
    await add(claire, 'P26-0001', '2026-03-01T22:59:59Z', { reason: 'Parce que' });
    await add(theClock, 'P26-0001-F1', '2026-03-01T23:00:00Z', { amountCents: 123_450 });
    await add(claire, 'P26-0002', '2026-03-02T22:59:59Z');
    await sealAuditTrail(db, Date.now());
    expect((await open('object=P26-0001')).rows.map((cells) => cells[3])).toEqual(['P26-0001-F1', 'P26-0001']);
    expect((await open(`person=${staff.id}`)).rows.map((cells) => cells[3])).toEqual(['staff/claire', 'P26-0002', 'P26-0001']);
    expect((await open('person=clock')).rows.map((cells) => cells[3])).toEqual(['P26-0001-F1']);
    expect((await open('from=2026-03-02&until=2026-03-02')).rows.map((cells) => cells[3])).toEqual(['P26-0002', 'P26-0001-F1']);
    expect((await open('from=jamais')).rows).toHaveLength(4);
    const [first] = (await open('object=P26-0001-')).rows;
    expect(first?.[2]).toBe('Projet retiré');
    expect(first?.[4]).toMatch(/^Montant\u00a0: 1\u202f234,50\u00a0€$/);
    expect(first?.[5]).toBe('3');
  });

  it('page by page, each event once, also when many fall on one moment', async () => {
    for (let index = 0; index < 120; index += 1) await add(theClock, `P26-1${index}`, index < 80 ? '2026-04-01T10:00:00Z' : '2026-04-01T09:00:00Z');
    const seen: string[] = [];
    for (let query: string | undefined = 'object=P26-1'; query !== undefined;) {
      const page = await open(query);
      seen.push(...page.rows.map((cells) => String(cells[3])));
      query = page.older;
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  it('tells names instead of ids, and what became of those who are gone', async () => {
    const company = await db.company.create({ data: { handle: 'kermo', name: 'Biscuiterie Kermo' } });
    const user = await db.clientUser.create({ data: { companyId: company.id, email: 'paule@clients.test', name: 'Paule Le Goff' } });
    const by: By = { kind: 'client', id: user.id, name: user.name };
    await recordEvent(db, { by, action: 'collaborator.changed', subject: `company/${company.id}`, data: { clientUserId: user.id, role: 'manager', readers: [user.id, randomUUID()] }, at: Date.now() });
    await recordEvent(db, { by, action: 'company.billingContactDropped', subject: `company/${randomUUID()}`, data: { contactId: randomUUID() }, at: Date.now() });
    const rows = (await open(`person=${user.id}`)).rows;
    expect(rows.map(([, , what, object, details]) => [what, object, details])).toEqual([
      ['Contact de facturation retiré', 'Entreprise', ''], ['Droits d’un collaborateur modifiés', 'Entreprise · Biscuiterie Kermo', expect.stringMatching(/^Rôle\s?: Gestionnaire · Lecteurs\s?: Paule Le Goff · Collaborateur\s?: Paule Le Goff$/)],
    ]);
    expect((await open(`object=company/${company.id}`)).rows).toHaveLength(1);
  });

  it('has words in both languages for every step that may wait, be refused or be told', async () => {
    const files = (await readdir('steps')).filter((name) => name.endsWith('.ts'));
    const sources = await Promise.all(files.map((name) => readFile(`steps/${name}`, 'utf8')));
    const names = sources.flatMap((source) => [...source.matchAll(/defineStep\(\{\s*name: '(\w+)'/g)].map(([, name]) => `action.${name}`));
    expect(names.length).toBeGreaterThan(50);
    expect((['fr', 'en'] as const).flatMap((locale) => names.filter((key) => !speaker(locale).has(key)).map((key) => `${locale} ${key}`))).toEqual([]);
  });
});
