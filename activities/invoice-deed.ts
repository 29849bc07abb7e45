import type { Member, Payout } from '@prisma/client';
import { accounted, type AccountedInvoice } from '../database/invoice-account.ts';
import { lockProjectOf, type ProjectWithPeople } from '../database/move-project.ts';
import type { Tx } from '../database/open.ts';
import { dunningRecipients, memberRecipient } from '../database/recipients.ts';
import { sum } from '../domain/money.ts';
import type { DunningLevel, Terms } from '../domain/terms.ts';
import type { ObligatoryKind } from '../domain/vigilance.ts';
import { createLink } from '../links/create.ts';
import { queueMail } from '../mail/queue.ts';
import type { MailData, MailTemplate } from '../templates/mail/catalogue.ts';
import type { ActivityDeps } from './deps.ts';
import { openLetters, type Letters } from './letters.ts';

/** One deed on a client's invoice: its project locked, the invoice as it stands, the letters it writes. */
export interface InvoiceDeed {
  readonly tx: Tx;
  readonly secret: string;
  readonly project: ProjectWithPeople;
  readonly terms: Terms;
  readonly invoice: AccountedInvoice;
  readonly letters: Letters;
  readonly deed: string;
  readonly at: number;
}

/** `at` in ms. */
export async function openInvoiceDeed(tx: Tx, deps: ActivityDeps, clientInvoiceId: string, deed: string, at: number): Promise<InvoiceDeed> {
  const project = await lockProjectOf(tx, 'ClientInvoice', clientInvoiceId);
  const invoice = await tx.clientInvoice.findUniqueOrThrow({ where: { id: clientInvoiceId }, include: accounted });
  return { tx, secret: deps.secret, project, terms: project.terms as unknown as Terms, invoice, letters: openLetters(tx, deps, project, deed, at), deed, at };
}

export const invoicePath = (invoice: { id: string }): string => `/console/resources/ClientInvoice/records/${invoice.id}/show`;

/** I6: to the company's billing contacts, or whoever a level of dunning names. `attached`: kept documents that go with the e-mail. */
export async function toBilling<T extends MailTemplate>({ tx, secret, project, invoice, letters, deed, at }: InvoiceDeed, template: T, data: MailData[T], readers: DunningLevel['to'] = 'billing', attached: readonly string[] = []): Promise<void> {
  for (const to of await dunningRecipients(tx, project, readers)) {
    const linkId = await createLink(tx, secret, { purpose: 'client_invoice', ownerKind: to.kind === 'billing' ? 'billing' : 'client', ownerId: to.id ?? '', projectId: project.id, subjectId: invoice.id, at });
    letters.mailIds.push(await queueMail(tx, { key: `${deed}/${template}/client/${to.id}`, template, to, data, linkId, projectId: project.id, attached, at }));
  }
}

/** I7, M4: the client has paid, and the transfer follows, or waits for documents. One mail a kind, for a member may be owed both. */
export async function tellOwed({ tx, project, invoice, letters, deed, at }: InvoiceDeed, member: Member, kind: 'services' | 'referral', payouts: readonly Payout[]): Promise<void> {
  const clientInvoiceNumber = invoice.number ?? invoice.ref;
  const tell = async <T extends 'payout_due' | 'payout_held'>(template: T, data: MailData[T], linkId?: string): Promise<void> => {
    letters.mailIds.push(await queueMail(tx, { key: `${deed}/${template}/${kind}/${member.id}`, template, to: memberRecipient(member), data, linkId, projectId: project.id, at }));
  };
  const held = payouts.filter(({ state }) => state === 'held');
  const going = payouts.filter(({ state }) => state === 'to_send');
  const total = (some: readonly Payout[]): number => sum(some.map(({ amountCents }) => amountCents));
  if (held.length > 0) {
    const lacks = (document: ObligatoryKind): boolean => held.some(({ heldFor }) => heldFor.includes(document));
    await tell('payout_held', { amountCents: total(held), kind, clientInvoiceNumber, registration: lacks('registration'), urssaf: lacks('urssaf') }, await letters.linkFor(member, { purpose: 'member_documents' }));
  }
  if (going.length > 0) {
    const linkId = kind === 'services' ? await letters.linkFor(member, { purpose: 'member_invoicing', subjectId: project.id }) : undefined;
    await tell('payout_due', { amountCents: total(going), kind, clientInvoiceNumber }, linkId);
  }
}

/** Everybody whom a movement set something aside for is told. */
export async function tellEveryoneOwed(deed: InvoiceDeed, payouts: readonly Payout[]): Promise<void> {
  const members = await deed.tx.member.findMany({ where: { id: { in: payouts.map(({ memberId }) => memberId) } }, orderBy: { id: 'asc' } });
  for (const member of members) {
    for (const kind of ['services', 'referral'] as const) await tellOwed(deed, member, kind, payouts.filter((payout) => payout.memberId === member.id && payout.kind === kind));
  }
}
