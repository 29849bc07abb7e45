import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forgetOldLeads } from '../../database/leads/forget.ts';
import { acceptLead } from '../../database/leads/decide.ts';
import { setReferral } from '../../steps/project-steps.ts';
import { recordPayment } from '../../steps/invoice-steps.ts';
import { eventually } from '../support/eventually.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { addMember, addStaff } from '../support/story.ts';
import { signInToPages, type WebPerson } from '../support/web-person.ts';
import type { Person } from '../../steps/step.ts';

const house = await openHouse();
const { deps, mailbox, url } = house;
const { db } = deps;
const staff = await addStaff(db);

const said = (company: string, more: Record<string, string> = {}) => ({
  company, siren: '', contactName: 'Odile Ferrand', contactEmail: `odile@${company.toLowerCase().replace(/\W/g, '')}.test`, contactPhone: '', need: 'Un site pour leurs trois boutiques, avant Noël.', wishedLevel: 'supported_lead', agrees: 'yes', ...more,
});
async function member(name: string): Promise<{ person: Person; hand: WebPerson; email: string }> {
  const person = await addMember(db, name);
  return { person, hand: await signInToPages(house, person), email: (await db.member.findUniqueOrThrow({ where: { id: person.id } })).email };
}
const declare = (hand: WebPerson, company: string, more: Record<string, string> = {}, key?: string) => hand.post('/leads/new/do/declareLead', said(company, more), key);
const leadOf = (company: string) => db.lead.findFirstOrThrow({ where: { company } });
const accept = (leadId: string, level: 'introduction' | 'supported_lead' | 'full_lead' = 'supported_lead') =>
  acceptLead(db, { by: { kind: 'staff', id: staff.id, name: 'Nadia' }, at: Date.now(), secret: deps.secret }, { leadId, key: randomUUID(), level, message: 'Je l’appelle demain.' });

describe('M14 declaring', () => {
  it('M14: each level is explained where it is chosen, with its rate', async () => {
    const { hand } = await member('Alba');
    const { html } = await hand.get('/leads/new');
    for (const word of ['6 %', '14 %', '20 %', 'Vous nous présentez quelqu’un', 'jusqu’à la signature']) expect(html).toContain(word);
  });

  it('M14: the same form twice is one lead; the member and staff are told by e-mail, and the link opens the lead without signing in', async () => {
    const { person, hand, email } = await member('Basile');
    const key = randomUUID();
    for (const _ of [1, 2]) expect((await declare(hand, 'Les Quatre Vents', {}, key)).to).toMatch(/^\/leads\/[\w-]+\?done=leadDeclared$/);
    const lead = await leadOf('Les Quatre Vents');
    expect(await db.lead.count({ where: { memberId: person.id } })).toBe(1);
    expect(lead).toMatchObject({ state: 'declared', mailDomain: 'lesquatrevents.test' });
    const mail = await mailbox.waitFor(({ to }) => to.includes(email));
    expect(mail.subject).toContain('Les Quatre Vents');
    const page = await fetch(mail.links.find((link) => link.includes('/l/'))!.replace('http://off-works.test', url));
    expect(await page.text()).toContain('Un site pour leurs trois boutiques');
    expect((await mailbox.waitFor(({ to }) => to.includes('nadia@off-works.test'))).subject).toBe('Apport de Basile : Les Quatre Vents');
  });

  it('M14: what is wrong is said beside its field, nothing typed is lost', async () => {
    const { hand } = await member('Cyr');
    const { status, html } = await declare(hand, 'Maison Perdue', { siren: '123', contactEmail: 'odile', need: '', agrees: '', wishedLevel: '' });
    expect(status).toBe(422);
    for (const why of ['Ce numéro n’est pas un SIREN', 'Cette adresse n’est pas complète', 'Quelques mots suffisent', 'Prévenez d’abord', 'Choisissez un des trois']) expect(html).toContain(why);
    expect(html).toContain('value="Maison Perdue"');
    expect(await db.lead.count({ where: { company: 'Maison Perdue' } })).toBe(0);
  });
});

describe('M14 a company that is known already', () => {
  it('M14: told by another member, or a client: said first, without naming the member; sent all the same once it is confirmed', async () => {
    const [first, second] = [await member('Diane'), await member('Elias')];
    await declare(first.hand, 'Fonderie Ravel');
    const key = randomUUID();
    const warned = await declare(second.hand, 'RAVEL fonderie SARL', { contactEmail: 'autre@ailleurs.test' }, key);
    expect(warned.html).toContain('Un autre membre nous a parlé de Fonderie Ravel');
    expect(warned.html).toContain('même nom');
    expect(warned.html).not.toContain('Diane');
    expect(warned.html).toContain('RAVEL fonderie SARL');
    expect(await db.lead.count({ where: { memberId: second.person.id } })).toBe(0);
    expect((await declare(second.hand, 'RAVEL fonderie SARL', { contactEmail: 'autre@ailleurs.test', sure: 'yes' }, key)).to).toContain('leadDeclared');

    await db.company.create({ data: { handle: `c-${randomUUID()}`, name: 'Comptoir Ysé', siren: '732829320' } });
    expect((await declare(second.hand, 'Ysé', { siren: '732 829 320' })).html).toContain('Comptoir Ysé est déjà cliente d’OFF-WORKS');
  });

  it('M14: one’s own is refused while it lives, and may be told again once withdrawn', async () => {
    const { hand } = await member('Fanny');
    await declare(hand, 'Verrerie Noé');
    const again = await declare(hand, 'Verrerie Noé');
    expect(again.status).toBe(422);
    expect(again.html).toContain('Vous nous avez déjà parlé de Verrerie Noé');
    const { id } = await leadOf('Verrerie Noé');
    expect((await hand.post(`/leads/${id}/do/withdrawLead`)).to).toContain('leadWithdrawn');
    expect((await hand.post(`/leads/${id}/do/withdrawLead`)).status).toBe(409);
    expect((await declare(hand, 'Verrerie Noé')).to).toContain('leadDeclared');
  });

  it('M14: two windows at once make one lead', async () => {
    const { person, hand } = await member('Gaël');
    await Promise.all([declare(hand, 'Atelier Double'), declare(hand, 'Atelier Double')]);
    expect(await db.lead.count({ where: { memberId: person.id } })).toBe(1);
  });
});

describe('M14, I8 following it', () => {
  it('I8: a lead becomes a project: its member reads what it brings, invoice by invoice, and why; the statement is kept as a document and a file', async () => {
    const { person, hand } = await member('Hanaé');
    await declare(hand, 'Les Trois Lunes');
    const lead = await leadOf('Les Trois Lunes');
    await accept(lead.id);
    expect((await hand.get(`/leads/${lead.id}`)).html).toContain('Je l’appelle demain.');
    const { story, refs } = await issuedInvoices(deps, [100_000, 50_000], { company: 'Les Trois Lunes' });
    await story.ask(setReferral, { memberId: person.id, level: 'supported_lead', leadId: lead.id }, story.staff);
    expect((await leadOf('Les Trois Lunes')).state).toBe('won');
    expect(await db.mail.count({ where: { toId: person.id, template: 'lead_won' } })).toBe(1);

    const fees = await db.clientInvoice.findMany({ where: { projectId: story.projectId }, orderBy: { createdAt: 'asc' } });
    const shares = fees.map(({ feeCents }) => Math.round(feeCents * 0.14));
    const euros = (cents: number) => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')} €`;
    const before = await hand.get('/leads');
    for (const cents of shares) expect(before.html).toContain(euros(cents));
    expect(before.html).toContain('Le client a jusqu’au');

    await story.ask(recordPayment, { amountCents: fees[0]!.totalCents, receivedOn: '2026-12-01', reference: 'VIR' }, story.staff, `client-invoice/${refs[0]}`);
    await eventually(async () => expect(await db.payout.count({ where: { kind: 'referral', memberId: person.id } })).toBe(1));
    const after = await hand.get(`/leads/${lead.id}`);
    expect(after.html).toContain('part avec les prochains virements');
    expect(after.html).toContain(fees[0]!.number);

    const csv = await hand.get('/leads/statement.csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.html.split('\r\n').filter(Boolean)).toHaveLength(3);
    expect(csv.html).toContain(`;${(shares[0]! / 100).toFixed(2).replace('.', ',')};Due;`);
    const key = randomUUID();
    const drawn = await hand.post('/leads/do/drawStatement', {}, key);
    expect((await hand.post('/leads/do/drawStatement', {}, key)).to).toBe(drawn.to);
    const document = await hand.get(drawn.to);
    for (const word of ['Relevé d’apports', 'Hanaé', euros(shares[0]!), 'part avec les prochains virements', 'le client n’a pas encore payé']) expect(document.html).toContain(word);
    expect((await hand.get(`${drawn.to}.pdf`)).headers.get('content-type')).toBe('application/pdf');
    const { hand: other } = await member('Ivo');
    for (const path of [drawn.to, `${drawn.to}.pdf`, `/leads/${lead.id}`]) expect((await other.get(path)).status).toBe(404);
    expect((await other.post(`/leads/${lead.id}/do/withdrawLead`)).status).toBe(404);
  });

  it('M14: a lead of one member cannot be won for another, nor one that nobody has accepted', async () => {
    const { hand, person } = await member('Jade');
    const thief = await member('Kim');
    await declare(hand, 'Quai Ouest');
    const lead = await leadOf('Quai Ouest');
    const { story } = await issuedInvoices(deps, [10_000]);
    await expect(story.ask(setReferral, { memberId: person.id, level: 'full_lead', leadId: lead.id }, story.staff)).rejects.toMatchObject({ code: 'stage_changed' });
    await accept(lead.id);
    await expect(story.ask(setReferral, { memberId: thief.person.id, level: 'full_lead', leadId: lead.id }, story.staff)).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await db.referral.count({ where: { projectId: story.projectId } })).toBe(0);
  });

  it('M14: the people a closed lead names are forgotten after a year, and those of a living one kept', async () => {
    const { hand } = await member('Lino');
    await declare(hand, 'Vieille Garde');
    await declare(hand, 'Jeune Garde');
    const { id } = await leadOf('Vieille Garde');
    await hand.post(`/leads/${id}/do/withdrawLead`);
    const old = Date.now() + 366 * 86_400_000;
    expect(await forgetOldLeads(db, old)).toBeGreaterThan(0);
    expect(await forgetOldLeads(db, old)).toBe(0);
    expect(await leadOf('Vieille Garde')).toMatchObject({ contactEmail: '', contactName: '—' });
    expect(await leadOf('Jeune Garde')).toMatchObject({ contactName: 'Odile Ferrand' });
  });

  it('M14: in English too', async () => {
    const { hand } = await member('Mona');
    await declare(hand, 'North Sea');
    const { id } = await leadOf('North Sea');
    for (const [path, word] of [['/leads', 'Business you bring'], ['/leads/new', 'The level you propose'], [`/leads/${id}`, 'What you told us']] as const) {
      const { html } = await hand.get(`${path}?lang=en`);
      expect(html).toContain(word);
      expect(html.replace(/[^]*<main/, '')).not.toMatch(/\bld\.\w/);
    }
  });
});
