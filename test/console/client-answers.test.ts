import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { dispute } from '../../steps/invoice-steps.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';
import { allBlocks, signInAs, textOf, type StaffHand } from '../support/console.ts';
import { addMember, beginStory } from '../support/story.ts';
import { signInToPages } from '../support/web-person.ts';

const house = await openHouse({ console: consoleRouter });
const { deps, url } = house;
const { db } = deps;
const manager = await signInAs(db, url, 'account_manager', 'Aline');
const fabien = await signInAs(db, url, 'finance', 'Fabien');
const looker = await signInAs(db, url, 'read_only', 'Lou');

interface Item { readonly kind: string; readonly id: string; readonly href: string; readonly act: boolean; readonly what: string; readonly detail: string }
const queue = async (staff: StaffHand, kind: string): Promise<Item[]> =>
  ((await (await fetch(`${url}/console/api/dashboard?kind=${kind}`, { headers: { cookie: staff.cookie } })).json()) as { items: Item[] }).items;
interface Recorded { readonly record?: { readonly recordActions?: readonly { readonly name: string }[] }; readonly form?: { readonly key: string; readonly fields: readonly { name: string; label: string }[]; readonly tables: readonly { rows: readonly (readonly string[])[] }[] }; readonly notice?: { readonly type: string; readonly message: string } }
const record = async (staff: StaffHand, id: string, action: string, body?: Record<string, string>): Promise<Recorded> => {
  const response = await fetch(`${url}/console/api/resources/ClientInvoice/records/${id}/${action}`, { headers: { cookie: staff.cookie }, ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}) });
  return response.json() as Promise<Recorded>;
};
const actions = async (staff: StaffHand, id: string) => ((await record(staff, id, 'show')).record?.recordActions ?? []).map(({ name }) => name);

describe('C10 a disputed invoice in the console', () => {
  it('C10: waits in the queue, its answer is offered to who may give it and only while it waits, and is given once', async () => {
    const { story, company, refs: [ref = ''] } = await issuedInvoices(deps, [40_000]);
    const { id } = await db.clientInvoice.findUniqueOrThrow({ where: { ref } });
    expect(await actions(fabien, id)).not.toContain('settleDispute');
    await story.ask(dispute, { reason: 'Deux journées de trop.' }, story.client, `client-invoice/${ref}`);
    expect((await queue(fabien, 'dispute')).find((one) => one.id === id)).toMatchObject({ act: true, what: 'Facture contestée', href: `/console/resources/ClientInvoice/records/${id}/settleDispute` });
    expect((await queue(manager, 'dispute')).map((one) => one.id)).toContain(id);
    expect((await queue(looker, 'dispute')).find((one) => one.id === id)?.act).toBe(false);
    expect(await actions(fabien, id)).toContain('settleDispute');
    expect(await actions(looker, id)).not.toContain('settleDispute');
    const { form } = await record(fabien, id, 'settleDispute');
    expect(form?.fields).toMatchObject([{ name: 'answer', label: 'Votre réponse' }]);
    expect(JSON.stringify(form?.tables)).toContain('Deux journées de trop.');
    const row = allBlocks((await fabien.open('invoicesByAge', `client=${encodeURIComponent(company.name)}`)).blocks).find((block) => block.caption?.startsWith('Factures à régler'))?.rows?.[0];
    expect(row?.deeds ?? []).toEqual([]); // reminders resume with the answer
    expect(JSON.stringify(row)).toContain('/settleDispute');
    const values = (answer: string) => ({ key: form?.key ?? '', values: JSON.stringify({ answer }) });
    expect((await record(looker, id, 'settleDispute', values('Non.'))).notice?.type).not.toBe('success');
    expect((await record(fabien, id, 'settleDispute', values(''))).notice?.type).toBe('error');
    expect((await record(fabien, id, 'settleDispute', values('Voici le détail.'))).notice?.type).toBe('success');
    expect((await record(fabien, id, 'settleDispute', { key: randomUUID(), values: JSON.stringify({ answer: 'Encore.' }) })).notice).toMatchObject({ type: 'error', message: 'Il n’y a pas de contestation en attente sur cette facture.' });
    expect(await db.clientInvoice.findUniqueOrThrow({ where: { id } })).toMatchObject({ disputeAnswer: 'Voici le détail.', dunningPaused: false });
    expect((await queue(fabien, 'dispute')).map((one) => one.id)).not.toContain(id);
  });
});

describe('C9 a client’s question in the console', () => {
  it('C9: waits in the queue, is read beside the quote, answered by who may, once, and leaves the queue', async () => {
    const member = await addMember(db, 'Solène');
    const story = await beginStory(deps);
    await story.untilSent([member]);
    const round = await db.quoteRound.findUniqueOrThrow({ where: { ref: story.ref }, include: { clientQuotes: true } });
    const client = await signInToPages(house, story.client);
    await client.post(`/projects/${story.ref}/p/quote/${round.id}/do/askQuestion`, { clientQuoteId: round.clientQuotes[0]?.id ?? '', text: 'Quand commence-t-on ?' });
    const { id } = await db.quoteQuestion.findFirstOrThrow({ where: { clientQuote: { roundId: round.id } } });
    expect((await queue(manager, 'question')).find((one) => one.id === id)).toMatchObject({ act: true, what: 'Question sur un devis', href: `/console/pages/quoteQuestions?question=${id}` });
    expect((await manager.open('workbench', `round=${round.id}`)).blocks.find((block) => block.caption?.startsWith('Questions du client'))?.rows?.map(({ cells }) => textOf(cells[1]))).toEqual(['Quand commence-t-on ?']);
    const page = await manager.open('quoteQuestions', `question=${id}`);
    expect(allBlocks(page.blocks).some(({ act }) => act === 'answer')).toBe(true);
    expect(JSON.stringify(page)).not.toMatch(/"quoteQuestions\./);
    const seen = await looker.open('quoteQuestions', `question=${id}`);
    expect(allBlocks(seen.blocks).some(({ act }) => act === 'answer')).toBe(false);
    const answer = (staff: StaffHand, text: string, key?: string) => staff.act('quoteQuestions', `question=${id}`, 'answer', { question: id, answer: text }, key);
    expect((await answer(looker, 'Lundi.')).notice?.type).toBe('error');
    expect((await answer(manager, '')).notice?.type).toBe('error');
    const key = randomUUID();
    expect((await answer(manager, 'Lundi prochain.', key)).notice?.type).toBe('success');
    expect((await answer(manager, 'Lundi prochain.', key)).notice?.type).toBe('success');
    expect((await answer(manager, 'Mardi.')).notice).toMatchObject({ type: 'error', message: 'Cette question a déjà reçu sa réponse.' });
    expect(await db.quoteQuestion.findUniqueOrThrow({ where: { id } })).toMatchObject({ answer: 'Lundi prochain.', answeredByName: 'Aline' });
    expect(await db.mail.count({ where: { template: 'quote_question_answered', projectId: story.projectId } })).toBe(1);
    expect((await queue(manager, 'question')).map((one) => one.id)).not.toContain(id);
    expect(JSON.stringify(await manager.open('quoteQuestions'))).toContain('Lundi prochain.');
  });
});
