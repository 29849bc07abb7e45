import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { formsOf } from '../../demo/page-forms.ts';
import { createLink } from '../../links/create.ts';
import { linkPath, linkToken } from '../../links/token.ts';
import { sendBackQuote } from '../../steps/quote-steps.ts';
import { eventually } from '../support/eventually.ts';
import { pdfFile } from '../support/files.ts';
import { openHouse } from '../support/house.ts';
import { addMember, addStaff, beginStory, type Story } from '../support/story.ts';
import { signInToPages, withCookie, type WebPerson } from '../support/web-person.ts';

const house = await openHouse();
const { deps, url, mailbox } = house;
const { db } = deps;
await addStaff(db);

const iris = await addMember(db, 'Iris');
const other = await addMember(db, 'Indiscret');
let story: Story;
let web: WebPerson;
let page: string;
let roundId: string;

/** A project whose team is chosen, waiting for Iris's quote. */
async function untilQuoting(): Promise<{ story: Story; roundId: string; page: string }> {
  const begun = await beginStory(deps);
  await begun.approve();
  await begun.publish();
  await begun.apply(iris);
  await begun.chooseAll();
  const { id } = await db.quoteRound.findUniqueOrThrow({ where: { ref: begun.ref } });
  return { story: begun, roundId: id, page: `/projects/${begun.ref}/p/quote/${id}` };
}

type Line = Partial<Record<'section' | 'kind' | 'label' | 'quantity' | 'unit' | 'optional' | 'offered', string>>;
const fields = (lines: readonly Line[], more: Record<string, string> = {}): Record<string, string> => ({
  version: '1', paymentSchedule: 'end', ...Object.fromEntries(lines.flatMap((line, index) => Object.entries(line).map(([name, value]) => [`lines[${index}][${name}]`, value]))), ...more,
});
const two: Line[] = [
  { section: 'Conception', kind: 'days', label: 'Maquettes', quantity: '2,5', unit: '600' },
  { section: 'Réalisation', kind: 'flat', label: 'Intégration', quantity: '2', unit: '1 250,50' },
];
const post = (body: Record<string, string>, key?: string) => web.post(`${page}/do/submitQuote`, body, key);
/** What the form that came back would post. */
const values = (html: string): Map<string, string> => new Map(formsOf(html).find(({ action }) => action.includes('/do/submitQuote'))?.values.filter(([name]) => name !== 'key') ?? []);
const labels = (html: string): string[] => [...values(html)].filter(([name]) => name.endsWith('[label]')).map(([, value]) => value);

beforeAll(async () => {
  ({ story, roundId, page } = await untilQuoting());
  web = await signInToPages(house, iris);
});

describe('Q1 the lines of a quote, without a script', () => {
  it('Q1: the five kinds of lines are added, and everything typed stays', async () => {
    let body = fields(two, { conditions: 'Deux allers-retours', discount: '100', validityDays: '45' });
    for (const kind of ['days', 'flat', 'cost', 'rights', 'option']) {
      const { status, html } = await post({ ...body, do: `add-${kind}` });
      expect(status).toBe(200);
      body = Object.fromEntries(values(html));
    }
    expect(Object.entries(body).filter(([name]) => name.endsWith('[kind]')).map(([, value]) => value)).toEqual(['days', 'flat', 'days', 'flat', 'cost', 'rights', 'flat']);
    expect(body).toMatchObject({ 'lines[0][label]': 'Maquettes', 'lines[1][unit]': '1 250,50', 'lines[6][optional]': 'yes', 'lines[2][section]': 'Réalisation', 'lines[5][section]': '', conditions: 'Deux allers-retours', discount: '100', validityDays: '45' });
    expect(await db.memberQuote.count({ where: { roundId } })).toBe(0);
  });

  it('Q1: a line moves, is copied and goes away', async () => {
    const three = fields([...two, { kind: 'cost', label: 'Polices', quantity: '1', unit: '80' }]);
    expect(labels((await post({ ...three, do: 'up-2' })).html)).toEqual(['Maquettes', 'Polices', 'Intégration']);
    expect(labels((await post({ ...three, do: 'down-0' })).html)).toEqual(['Intégration', 'Maquettes', 'Polices']);
    expect(labels((await post({ ...three, do: 'up-0' })).html)).toEqual(['Maquettes', 'Intégration', 'Polices']);
    expect(labels((await post({ ...three, do: 'copy-0' })).html)).toEqual(['Maquettes', 'Maquettes', 'Intégration', 'Polices']);
    expect(labels((await post({ ...three, do: 'remove-1' })).html)).toEqual(['Maquettes', 'Polices']);
  });

  it('Q1, Q2, Q5: “recalculate” adds up by section, leaves options and offered lines out, takes the discount off and says what the client will read', async () => {
    const { html } = await post(fields([
      ...two, { kind: 'rights', label: 'Cession pour le web, 3 ans', quantity: '1', unit: '500' },
      { kind: 'flat', label: 'Version anglaise', quantity: '1', unit: '400', optional: 'yes' }, { kind: 'flat', label: 'Favicon', quantity: '1', unit: '90', offered: 'yes' },
    ], { discount: '101', do: 'recalculate' }));
    // 1 500,00 + 2 501,00 + 500,00 − 101,00 = 4 400,00; × 100/83 = 5 301,20.
    for (const text of ['1 500,00', '2 501,00', '500,00', '4 400,00', '5 301,20', '901,20']) expect(html).toContain(`${text} €`);
    expect(html).toMatch(/data-total="options">400,00/);
    expect(html).toMatch(/data-total="offeredTotal">90,00/);
  });

  it('Q1: a quote of two hundred lines comes back whole', async () => {
    const many = fields(Array.from({ length: 200 }, (_, index) => ({ section: 'A', kind: 'days', label: `Ligne de travail ${index}`, quantity: '1', unit: '10' })));
    const { html } = await post({ ...many, do: 'add-days' });
    expect(labels(html)).toHaveLength(200);
    expect(html).toContain('2 000,00 €');
  });
});

describe('Q1, Q5 what the system objects to, beside the line', () => {
  it.each([
    ['deux', '600', 'Un nombre, par exemple'], ['2', 'six cents', 'Un montant en chiffres'], ['2', '1.234', 'Un montant en chiffres'], ['-1', '600', 'Un nombre, par exemple'], ['2', '0', 'Un montant en chiffres'], ['', '', 'Un montant en chiffres'],
  ])('Q1: %j × %j is refused in words beside the field, and nothing typed is lost', async (quantity, unit, why) => {
    const { status, html } = await post(fields([{ kind: 'days', label: 'Maquettes', quantity, unit }, two[1] ?? {}], { conditions: 'À garder' }));
    expect(status).toBe(422);
    for (const text of [why, 'À garder', 'Intégration', 'href="#line-0"', 'aria-invalid="true"']) expect(html).toContain(text);
    expect([values(html).get('lines[0][quantity]'), values(html).get('lines[0][unit]')]).toEqual([quantity, unit]);
  });

  it('Q5: a fee typed in as a line is refused with the reason, beside it', async () => {
    const { status, html } = await post(fields([...two, { kind: 'flat', label: 'Frais OFF-WORKS 17 %', quantity: '1', unit: '700' }]));
    expect(status).toBe(422);
    expect(html).toMatch(/id="line-2-objection">La ligne « Frais OFF-WORKS 17 % » ressemble à nos frais/);
    expect(await db.memberQuote.count({ where: { roundId } })).toBe(0);
  });

  it('Q1: rights within a line of work are refused; a lump sum without detail too, and a smaller one is warned of', async () => {
    expect((await post(fields([...two, { kind: 'flat', label: 'Logo et cession des droits', quantity: '1', unit: '700' }]))).html).toMatch(/id="line-2-objection">[^<]*cession de droits/);
    const lump = (unit: string, wish: string) => post(fields([{ kind: 'flat', label: 'Le site', quantity: '1', unit }], { do: wish }));
    expect(await lump('9000', 'send')).toMatchObject({ status: 422 });
    expect((await lump('9000', 'recalculate')).html).toContain('Un forfait global sans détail');
    const small = await lump('900', 'recalculate');
    expect([small.status, small.html.includes('« Le site » est un forfait sans détail')]).toEqual([200, true]);
  });

  it('Q4: what staff will ask about is said before: a day rate far from the profile’s, a budget passed', async () => {
    await db.member.update({ where: { id: iris.id }, data: { dayRateCents: 40_000 } });
    await db.project.update({ where: { id: story.projectId }, data: { budgetCents: 200_000 } });
    const { html } = await post(fields(two, { do: 'recalculate' }));
    expect(html).toContain('« Maquettes » est à 600,00 € par jour, et votre profil annonce 400,00 €.');
    expect(html).toMatch(/ce devis atteint 4 820,48 € pour un budget de 2 000,00 €/);
  });

  it('Q3: a deposit, instalments and a validity out of reach are told beside their field', async () => {
    for (const [more, why] of [[{ paymentSchedule: 'deposit_balance', deposit: '150' }, 'Un pourcentage entre 1 et 99'], [{ paymentSchedule: 'instalments', instalments: '1' }, 'Entre 2 et 24'], [{ validityDays: '400' }, 'Entre 1 et 365 jours']] as const) {
      const { status, html } = await post(fields(two, more));
      expect([status, html.includes(why)]).toEqual([422, true]);
    }
  });
});

describe('Q1 lines from elsewhere', () => {
  const csv = (text: string, encoding: 'utf8' | 'latin1' = 'utf8') => new File([new Uint8Array(Buffer.from(text, encoding))], 'devis.csv', { type: 'text/csv' });
  const bring = (file: File, body: Record<string, string> = fields(two)) => web.send(`${page}/do/submitQuote`, [file], { ...body, do: 'import-csv' }, randomUUID(), 'csv');

  it('Q1: a French spreadsheet is read after what was typed, its totals left out', async () => {
    const { status, html } = await bring(csv('Partie;Nature;Prestation;Quantité;Prix unitaire HT;Montant HT\r\nÉdition;jours;Mise en page;2,5;"1 200,00";3 000,00\r\n;frais;Impression des épreuves;1;80;80\r\n;;Total HT;;;3 080,00\r\n', 'latin1'));
    expect(status).toBe(200);
    expect(labels(html)).toEqual(['Maquettes', 'Intégration', 'Mise en page', 'Impression des épreuves']);
    expect(html).toContain('2 lignes ajoutées.');
    expect(html).toContain('lignes 4 du tableau');
    expect(values(html).get('lines[2][section]')).toBe('Édition');
    expect(html).toContain('7 081,00 €');
  });

  it('Q1: mistakes are told with their line, nothing is added, and the table comes back to be put right', async () => {
    const { status, html } = await bring(csv('Prestation,Quantity,Unit price\nMise en page,deux,600\n"Un texte\nsur deux lignes",1,"1.234"\nX,1,10\n'));
    expect(status).toBe(200);
    for (const text of ['Ligne 2 : la quantité « deux »', 'Ligne 4 : le prix « 1.234 »', 'Ligne 5 : la prestation doit tenir', 'Rien n’a été ajouté']) expect(html).toContain(text);
    expect(labels(html)).toEqual(['Maquettes', 'Intégration']);
    expect(values(html).get('table')).toContain('Mise en page,deux,600');
  });

  it.each([['PK\u0003\u0004zip', 'au format CSV'], ['a;b\n"jamais fermé;1', 'au format CSV'], ['', 'Choisissez un fichier ou collez']])('Q1: what is no table is refused in words: %j', async (text, why) => {
    const { status, html } = text === '' ? await post({ ...fields(two), do: 'import-csv' }) : await bring(csv(text));
    expect([status, html.includes(why), labels(html)]).toEqual([422, true, ['Maquettes', 'Intégration']]);
  });

  it('Q1: a table is pasted as well', async () => {
    const { html } = await post({ ...fields([]), do: 'import-csv', table: 'Item\tDays\tDay rate\nWorkshop\t1.5\t700' });
    expect([labels(html), values(html).get('lines[0][kind]'), html.includes('1 050,00 €')]).toEqual([['Workshop'], 'days', true]);
  });
});

describe('M9 a draft, files, sending, and the 24 h', () => {
  it('M9: a draft is kept, right or wrong, and taken up again; nobody else sees it', async () => {
    const { to } = await post({ ...fields([...two, { kind: 'days', label: 'Pas fini', quantity: 'x', unit: '' }], { conditions: 'Brouillon' }), do: 'draft' });
    expect(to).toContain('done=quoteDraftKept');
    const { html } = await web.get(page);
    expect(labels(html)).toEqual(['Maquettes', 'Intégration', 'Pas fini']);
    expect(values(html).get('conditions')).toBe('Brouillon');
    expect(html).toContain('Vous reprenez votre brouillon');
    expect((await (await signInToPages(house, other)).get(page)).status).toBe(404);
    expect((await web.post(`${page}/do/saveDraft`, fields([{ kind: 'flat', label: 'Encore changé' }]))).status).toBe(303);
    expect(labels((await web.get(page)).html)).toEqual(['Encore changé']);
    await post({ ...fields([]), do: 'discard' });
    expect(labels((await web.get(page)).html)).toEqual(['', '']);
  });

  it('M9: files are joined whatever the button, once, taken out again, and read by their member only', async () => {
    const file = new File([new Uint8Array(pdfFile('Planning'))], 'planning.pdf', { type: 'application/pdf' });
    const send = (body: Record<string, string>) => web.send(`${page}/do/submitQuote`, [file], body);
    let { html } = await send({ ...fields(two), do: 'add-days' });
    const fileId = values(html).get('fileIds') ?? '';
    expect(html).toContain(file.name);
    ({ html } = await send({ ...Object.fromEntries(values(html)), do: 'attach' }));
    expect(await db.storedFile.count({ where: { ownerId: iris.id } })).toBe(1);
    expect((await web.get(`/my-quote-files/${fileId}`)).headers.get('content-type')).toContain('application/pdf');
    for (const person of [await signInToPages(house, other), await signInToPages(house, story.client)]) expect((await person.get(`/my-quote-files/${fileId}`)).status).toBe(404);
    expect((await withCookie(url).get(`/my-quote-files/${fileId}`)).to).toMatch(/^\/sign-in/);
    ({ html } = await post({ ...Object.fromEntries(values(html)), do: `leave-file-${fileId}` }));
    expect(values(html).has('fileIds')).toBe(false);
    await post({ ...fields(two, { fileIds: fileId }), do: 'draft' });
  });

  it('M9, Q4: sent once however often it is posted; the confirmation leaves, and the page tells the 24 h', async () => {
    const key = randomUUID();
    const body = fields(two, { fileIds: values((await web.get(page)).html).get('fileIds') ?? '', conditions: 'Deux allers-retours', paymentSchedule: 'deposit_balance', deposit: '30', validityDays: '45' });
    for (let times = 0; times < 2; times += 1) expect((await post(body, key)).to).toContain('done=quoteSent');
    const [quote, ...more] = await db.memberQuote.findMany({ where: { roundId }, include: { files: true, lines: true } });
    expect(more).toEqual([]);
    expect(quote).toMatchObject({ version: 1, state: 'submitted', totalCents: 400_100, paymentSchedule: 'deposit_balance', depositBp: 3_000, instalments: null, validityDays: 45, files: [{ quoteId: quote?.id }] });
    expect(await db.memberQuoteDraft.count({ where: { roundId } })).toBe(0);
    expect(await db.quoteFile.count({ where: { roundId, quoteId: null } })).toBe(0);
    const { html } = await web.get(page);
    const { deadlineAt } = await db.quoteRound.findUniqueOrThrow({ where: { id: roundId } });
    for (const text of ['Votre devis est en vérification', 'aria-current="step">Vérifié', `data-until="${deadlineAt?.toISOString()}"`, 'Faire une nouvelle version', 'Version 1']) expect(html).toContain(text);
    expect(html).not.toContain('name="lines[0][label]"');
    const { email } = await db.member.findUniqueOrThrow({ where: { id: iris.id } });
    await eventually(async () => expect(mailbox.mails.filter(({ to, subject }) => to.includes(email) && subject === 'Votre devis est bien reçu')).toHaveLength(1));
  });

  it('Q4: once the 24 h are over, the page says so', async () => {
    const { deadlineAt } = await db.quoteRound.findUniqueOrThrow({ where: { id: roundId } });
    await db.quoteRound.update({ where: { id: roundId }, data: { deadlineAt: new Date(Date.now() - 60_000), escalatedAt: new Date() } });
    const { html } = await web.get(page);
    for (const text of ['nous sommes en retard', 'La direction est prévenue']) expect(html).toContain(text);
    await db.quoteRound.update({ where: { id: roundId }, data: { deadlineAt, escalatedAt: null } });
  });

  it('Q4, Q2: sent back, the remarks stand beside the form; the new version begins from the former, which stays readable with what changed', async () => {
    const [first] = await db.memberQuote.findMany({ where: { roundId } });
    await story.ask(sendBackQuote, { quoteId: first?.id ?? '', remarks: 'Détaillez l’intégration.' }, story.staff, `quote-review/${story.ref}`);
    const { html } = await web.get(page);
    for (const text of ['Remarques de l’équipe OFF-WORKS', 'Détaillez l’intégration.', 'Votre devis est à reprendre']) expect(html).toContain(text);
    const again = Object.fromEntries(values(html));
    expect(again).toMatchObject({ version: '2', 'lines[0][label]': 'Maquettes', 'lines[0][quantity]': '2,5', 'lines[1][unit]': '1250,5', deposit: '30', validityDays: '45', conditions: 'Deux allers-retours' });
    expect(again.fileIds).toBeTruthy();
    await post({ ...again, 'lines[1][label]': 'Intégration des gabarits', 'lines[2][kind]': 'days', 'lines[2][label]': 'Recette', 'lines[2][quantity]': '1', 'lines[2][unit]': '600', 'lines[2][offered]': 'yes', discount: '100' });
    const after = (await web.get(page)).html;
    expect(await db.memberQuote.findMany({ where: { roundId }, orderBy: { version: 'asc' }, select: { state: true, totalCents: true } })).toEqual([{ state: 'superseded', totalCents: 400_100 }, { state: 'submitted', totalCents: 390_100 }]);
    for (const text of ['Ce qui a changé depuis la version 1', 'Intégration des gabarits', 'Ajouté : Recette', 'Remise : 0,00 € devient 100,00 €', '4 001,00 € devient 3 901,00 €', 'Version 1, envoyée', 'Détaillez l’intégration.']) expect(after).toContain(text);
    // A draft of the version that was sent meanwhile is over.
    expect((await post({ ...again, do: 'draft' })).status).toBe(409);
  });

  it('Q2: while it is checked, a new version is begun on purpose only', async () => {
    expect((await web.get(page)).html).not.toContain('name="lines[0][label]"');
    expect(labels((await web.get(`${page}?edit=yes`)).html)).toEqual(['Maquettes', 'Intégration des gabarits', 'Recette']);
  });

  it('Q1: an earlier quote of theirs begins another; nobody else’s does', async () => {
    const next = await untilQuoting();
    const { html } = await web.get(next.page);
    const [, latest] = await db.memberQuote.findMany({ where: { roundId }, orderBy: { version: 'asc' } });
    expect(html).toContain(`value="${latest?.id}"`);
    const taken = await web.post(`${next.page}/do/submitQuote`, { ...fields([]), earlier: latest?.id ?? '', do: 'import-quote' });
    expect(labels(taken.html)).toEqual(['Maquettes', 'Intégration des gabarits', 'Recette']);
    expect(values(taken.html).get('conditions')).toBe('Deux allers-retours');
    await db.memberQuote.update({ where: { id: latest?.id ?? '' }, data: { memberId: other.id } });
    expect((await web.post(`${next.page}/do/submitQuote`, { ...fields(two), earlier: latest?.id ?? '', do: 'import-quote' })).status).toBe(404);
    await db.memberQuote.update({ where: { id: latest?.id ?? '' }, data: { memberId: iris.id } });
  });

  it('Q1: a quote of rights alone is a quote of its own; the same by the link of the mail', async () => {
    const next = await untilQuoting();
    const id = await db.$transaction((tx) => createLink(tx, deps.secret, { purpose: 'member_quote', ownerKind: 'member', ownerId: iris.id, projectId: next.story.projectId, subjectId: next.roundId, at: Date.now() }));
    const link = linkPath(linkToken(deps.secret, id));
    const visitor = withCookie(url);
    expect((await visitor.get(link)).html).toContain('name="lines[0][label]"');
    const answer = await visitor.post(`${link}/do/submitQuote`, fields([{ kind: 'rights', label: 'Cession des droits, France, 5 ans', quantity: '1', unit: '1500' }]));
    expect([answer.status, answer.to]).toEqual([303, `${link}?done=quoteSent`]);
    expect(await db.memberQuote.findFirstOrThrow({ where: { roundId: next.roundId }, include: { lines: true } })).toMatchObject({ totalCents: 150_000, lines: [{ kind: 'rights' }] });
  });
});
