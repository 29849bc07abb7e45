import { randomUUID } from 'node:crypto';
import { unzipSync, strFromU8 } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { csvLine } from '../../documents/csv.ts';
import { consoleHand, type ConsoleHand } from '../support/console-page.ts';
import { openHouse } from '../support/house.ts';
import { addMember } from '../support/story.ts';

const house = await openHouse({ console: consoleRouter });
const { deps: { db } } = house;
let admin: ConsoleHand;
const take = (model: string, query: string, cookie = admin.cookie): Promise<Response> => fetch(`${house.url}/console/api/resources/${model}/actions/exportList?${query}`, { headers: { cookie }, redirect: 'manual' });

beforeAll(async () => {
  admin = await consoleHand(house, 'administrator', 'Nadia Ferrand');
  const company = await db.company.create({ data: { handle: randomUUID(), name: '=HYPERLINK("http://x")', city: 'Angers; nord', users: { create: { email: `${randomUUID()}@c.test`, name: 'Claire' } } }, include: { users: true } });
  await db.project.createMany({ data: Array.from({ length: 2_500 }, (_, number) => ({
    ref: `E-${number}`, title: `Projet ${number}`, problem: 'p', stage: number < 3 ? 'published' : 'closed', companyId: company.id, ownerId: company.users[0]?.id ?? '', terms: {}, feeRateBp: 1700, feeBasis: 'x', budgetCents: 123_450 + number,
    createdAt: new Date('2026-06-30T22:30:00Z'),
  })) });
});

describe('S2 a filtered list leaves as a file', () => {
  it('CSV: announced as UTF-8, semicolons, decimal commas, Paris time, words instead of codes', async () => {
    const response = await take('Project', 'stage=published&format=csv');
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="off-works-projets-\d{4}-\d\d-\d\d\.csv"$/);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).split('\r\n');
    expect(lines[0]).toBe('Référence;Titre;Étape;Client;Account manager;Budget;Échéance;Créé le');
    expect(lines).toHaveLength(5);
    expect(lines.find((line) => line.startsWith('E-1;'))).toBe(`E-1;Projet 1;Publié;"'=HYPERLINK(""http://x"")";;1234,51;;01/07/2026 00:30`);
  });

  it('every row once, however many batches', async () => {
    const lines = (await (await take('Project', 'format=csv')).text()).trim().split('\r\n').slice(1);
    expect(lines).toHaveLength(2_500);
    expect(new Set(lines.map((line) => line.split(';')[0])).size).toBe(2_500);
  });

  it('no cell becomes a formula', () => {
    for (const text of ['=1+1', '+33 6', '-1', '@x', '\tx']) expect(csvLine([{ kind: 'text', text }])).toContain(`'${text}`);
    expect(csvLine([{ kind: 'number', value: -12.5, decimals: 2 }])).toBe('-12,50\r\n');
  });

  it('Excel: a workbook with numbers as numbers and words as words', async () => {
    const response = await take('Project', 'stage=published&format=xlsx');
    expect(response.headers.get('content-type')).toContain('spreadsheetml');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    expect(Object.keys(files).sort()).toEqual(['[Content_Types].xml', '_rels/.rels', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml']);
    const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet.match(/<row>/g)).toHaveLength(4);
    expect(sheet).toContain('<v>1234.51</v>');
    expect(sheet).toContain('=HYPERLINK(&quot;http://x&quot;)</t>');
    expect(strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="Projets"');
  });

  it('S5 secrets stay: an export holds what the list shows, and the trail keeps who took it', async () => {
    await addMember(db, 'Ulysse');
    const text = await (await take('BillingEntity', 'format=csv')).text();
    expect(text).toContain('Ulysse EI');
    expect(text).not.toContain('kept elsewhere');
    expect(await (await take('Staff', 'format=csv')).text()).not.toContain('argon2');
    const event = await db.auditEvent.findFirstOrThrow({ where: { action: 'export.made', subject: 'export/BillingEntity' } });
    expect(event).toMatchObject({ actorName: 'Nadia Ferrand', data: { format: 'csv', filters: {} } });
  });

  it('nobody signed in gets nothing; a filter that cannot be read gives no file', async () => {
    expect((await take('Project', 'format=csv', '')).status).toBe(302);
    const refused = await take('Project', 'format=csv&budgetCentsMin=beaucoup');
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('beaucoup');
  });
});
