import { leftToPay } from '../../domain/left-to-pay.ts';
import { encryptIban } from '../../billing/iban-cipher.ts';
import type { RemarkedField } from '../../domain/brief-steps.ts';
import { addNote } from '../../database/candidate-notes.ts';
import { addToShortlist } from '../../database/casting/shortlist.ts';
import { ibanLast4, sirenOf, frenchVatNumber } from '../../domain/identifiers.ts';
import type { ReferralLevel } from '../../domain/referral.ts';
import type { Terms } from '../../domain/terms.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import * as projectSteps from '../../steps/project-steps.ts';
import * as quoteSteps from '../../steps/quote-steps.ts';
import { startProject } from '../../steps/start-project.ts';
import type { Person, Step } from '../../steps/step.ts';
import type { DemoClient } from './companies.ts';
import { fictitiousIban, fictitiousSiret } from './fictitious-numbers.ts';
import { ask, untilFound, type DemoPerson, type House } from './house.ts';
import { demoMembers } from './members.ts';
import type { DemoStaff } from './staff.ts';
import type { DemoTheme } from './themes.ts';

export interface DemoBrief {
  readonly title: string;
  readonly problem: string;
  readonly objectives?: string;
  readonly context?: string;
  readonly deliverables?: string;
  readonly constraints?: string;
  readonly requirements?: string;
  readonly timing?: string;
  /** Euros excluding tax; left out when the client does not know. */
  readonly budget?: number;
  readonly themes: readonly DemoTheme[];
}

export interface DemoProject {
  /** Never changed: it is in the key of every step. */
  readonly slug: string;
  readonly client: DemoClient;
  readonly manager: DemoStaff;
  readonly brief: DemoBrief;
  readonly terms?: Partial<Terms>;
  readonly referral?: { readonly member: string; readonly level: ReferralLevel };
  readonly tell: (story: ProjectStory) => Promise<void>;
}

type Line = quoteSteps.QuoteLineFields;
export interface DemoQuote {
  readonly lines: readonly Line[];
  /** Euros. */
  readonly discount?: number;
  readonly conditions?: string;
  readonly schedule?: 'end' | 'deposit_balance' | 'instalments';
  readonly depositPercent?: number;
}

const line = (kind: Line['kind'], section: string, label: string, quantity: number, euros: number): Line => ({
  section, kind, label, quantityMilli: Math.round(quantity * 1000), unitCents: Math.round(euros * 100), optional: false, offered: false,
});
export const days = (section: string, label: string, count: number, rate: number): Line => line('days', section, label, count, rate);
export const flat = (section: string, label: string, euros: number, count = 1): Line => line('flat', section, label, count, euros);
export const cost = (label: string, euros: number): Line => line('cost', 'Frais', label, 1, euros);
export const rights = (label: string, euros: number): Line => line('rights', 'Cession de droits', label, 1, euros);
export const option = (one: Line): Line => ({ ...one, optional: true });
export const offered = (one: Line): Line => ({ ...one, offered: true });

/** The life of one project as its people live it. Each step is told once: its key is made of the project's slug and the step's own name. */
export type ProjectStory = Awaited<ReturnType<typeof beginStory>>;

export async function beginStory(house: House, project: DemoProject) {
  const { slug, brief, client, manager } = project;
  const { db } = house;
  const owner = house.clients[client];
  const { budget, themes, ...texts } = brief;
  const { ref, projectId } = await startProject(house.deps, {
    key: `demo/${slug}`, client: { id: owner.id }, terms: project.terms,
    referral: project.referral && { memberId: member(project.referral.member).id, level: project.referral.level },
    brief: {
      objectives: '', context: '', deliverables: '', constraints: '', requirements: '', timing: '', ...texts,
      budgetCents: budget === undefined ? null : budget * 100, themeIds: themes.map((theme) => house.themes.get(theme) ?? ''),
    },
  });
  let roundRef = ref;

  function member(key: string): DemoPerson {
    const person = house.members.get(key);
    if (!person) throw new Error(`no demo member ${key}`);
    return person;
  }
  const step = (name: string, definition: Step<unknown>, person: Person, payload: unknown, subject = `project/${ref}`) =>
    ask(house, `${slug}/${name}`, definition, subject, person, payload);
  const review = (): string => `quote-review/${roundRef}`;
  const memberInvoice = (who: string, nth: number) =>
    untilFound(`invoice ${nth} of ${who} on ${ref}`, async () => {
      const found = await db.memberInvoice.findMany({ where: { projectId, memberId: member(who).id }, orderBy: { createdAt: 'asc' } });
      return found[nth - 1] ?? null;
    });
  const issuedInvoice = (nth: number) =>
    untilFound(`client invoice ${nth} of ${ref}`, () => db.clientInvoice.findFirst({ where: { ref: `${ref}-C${nth}`, number: { not: null } } }));

  return {
    ref, projectId,
    approve: () => step('approve', projectSteps.approveBrief, house.staff[manager], { accountManagerId: house.staff[manager].id }),
    askChanges: (remarks: string, points: readonly { field: RemarkedField; text: string }[] = []) => step('ask-changes', projectSteps.askBriefChanges, house.staff[manager], { remarks, points }),
    reject: (reason: string) => step('reject', projectSteps.rejectBrief, house.staff[manager], { reason }),
    publish: () => step('publish', projectSteps.publish, owner, {}),
    startCasting: () => step('casting', projectSteps.startCasting, owner, {}),
    /** C4: kept in mind, with what the company says about them among itself. */
    async keep(who: string, note?: string) {
      await addToShortlist(db, { projectId, memberId: member(who).id, addedById: owner.id, at: Date.now() });
      if (note) await addNote(db, { key: `demo/${slug}/${who}`, projectId, memberId: member(who).id, authorId: owner.id, text: note, at: Date.now() });
    },
    invite: (who: readonly string[], message: string) => step('invite', projectSteps.inviteMember, owner, { memberIds: who.map((one) => member(one).id), message }),
    answerInvitation: (who: string, interested: boolean, message: string) =>
      step(`invited/${who}`, projectSteps.answerInvitation, member(who), { interested, message, mateIds: [] }),
    async apply(who: string, message: string, mates: readonly string[] = []) {
      await step(`apply/${who}`, projectSteps.apply, member(who), { message, mateIds: mates.map((mate) => member(mate).id) });
      if (mates.length === 0) return;
      const { id: applicationId } = await db.application.findUniqueOrThrow({ where: { projectId_leadId: { projectId, leadId: member(who).id } } });
      for (const mate of mates) await step(`team/${who}/${mate}`, projectSteps.answerTeamInvitation, member(mate), { applicationId, accepted: true, message: 'Avec joie, on y va.' });
    },
    notice: (body: string) => step('notice', projectSteps.postNotice, owner, { body }),
    withdraw: (reason: string) => step('withdraw', projectSteps.withdraw, owner, { reason }),
    abandon: (reason: string) => step('abandon', projectSteps.abandon, house.staff[manager], { reason }),

    /** The applications led by these members make the team; the others get an answer. */
    async choose(leads: readonly string[], answerToOthers: string, message = 'Ravis de travailler avec vous. Nous attendons votre devis.') {
      const found = await db.application.findMany({ where: { projectId, leadId: { in: leads.map((lead) => member(lead).id) } } });
      await step('choose', projectSteps.selectTeam, owner, { applicationIds: found.map(({ id }) => id), message, answerToOthers });
    },

    async quote(who: string, { lines, discount = 0, conditions = '', schedule = 'end', depositPercent }: DemoQuote, version = 1) {
      const known = await db.billingEntity.count({ where: { memberId: member(who).id } });
      await step(`quote/${roundRef === ref ? '' : `${roundRef}/`}${who}/${version}`, quoteSteps.submitQuote, member(who), {
        lines, discountCents: discount * 100, conditions, paymentSchedule: schedule, depositBp: depositPercent === undefined ? null : depositPercent * 100,
        billing: known > 0 ? null : billingOf(house, who),
      }, review());
    },
    async sendBack(who: string, remarks: string) {
      const quote = await db.memberQuote.findFirst({ where: { round: { ref: roundRef }, memberId: member(who).id }, orderBy: { version: 'asc' } });
      await step(`send-back/${who}`, quoteSteps.sendBackQuote, house.staff[manager], { quoteId: quote?.id ?? '', remarks }, review());
    },
    async sendQuote(introduction: string, version = 1) {
      const quotes = await db.memberQuote.findMany({ where: { round: { ref: roundRef }, state: 'submitted' } });
      const quoteIds = quotes.length > 0 ? quotes.map(({ id }) => id) : ['sent already'];
      await step(`send/${roundRef}/${version}`, quoteSteps.sendClientQuote, house.staff[manager], { quoteIds, introduction }, review());
    },
    async askQuoteChange(reason: string) {
      const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: roundRef }, version: 1 } });
      await step('ask-quote-change', quoteSteps.askQuoteChange, owner, { clientQuoteId: quote.id, reason }, review());
    },
    async decline(reason: string) {
      const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: roundRef } }, orderBy: { version: 'desc' } });
      await step('decline', quoteSteps.declineQuote, owner, { clientQuoteId: quote.id, reason }, review());
    },
    /** Signs the standing version, with the options whose label begins like one of these. */
    async sign(title: string, options: readonly string[] = [], orderNumber = '') {
      const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { ref: roundRef } }, orderBy: { version: 'desc' } });
      const optional = await db.quoteLine.findMany({ where: { optional: true, quote: { round: { ref: roundRef }, state: 'included' } } });
      const optionLineIds = optional.filter(({ label }) => options.some((wanted) => label.startsWith(wanted))).map(({ id }) => id);
      await step(`sign/${roundRef}`, quoteSteps.signQuote, owner, { clientQuoteId: quote.id, optionLineIds, signerName: owner.name, signerTitle: title, consent: true, orderNumber }, review());
    },
    async openAmendment(purpose: string, who: readonly string[]) {
      await step('amendment', projectSteps.openAmendment, house.staff[manager], { purpose, memberIds: who.map((one) => member(one).id) });
      roundRef = `${ref}-A1`;
    },

    /** M10: an amount excluding tax, in euros; everything left when it is not said. */
    async invoice(who: string, euros: number | 'everything left', kind: 'progress' | 'deposit' | 'balance' = 'progress', nth = 1) {
      const quote = await db.memberQuote.findFirstOrThrow({ where: { round: { projectId }, memberId: member(who).id, state: 'accepted' } });
      const before = await db.memberInvoice.aggregate({ where: { quoteId: quote.id, state: { not: 'cancelled' } }, _sum: { amountCents: true } });
      const left = (quote.acceptedCents ?? 0) - (before._sum.amountCents ?? 0);
      const amountCents = euros === 'everything left' ? Math.max(left, 1) : Math.round(euros * 100);
      await step(`invoice/${who}/${nth}`, projectSteps.enterAmount, member(who), { quoteId: quote.id, amountCents, kind });
    },
    async approvePreview(who: string, nth = 1) {
      const { ref: invoiceRef } = await memberInvoice(who, nth);
      await step(`approve-preview/${who}/${nth}`, invoiceSteps.approvePreview, member(who), {}, `member-invoice/${invoiceRef}`);
    },
    async reportAnomaly(who: string, reason: string) {
      const { ref: invoiceRef } = await memberInvoice(who, 1);
      await step(`anomaly/${who}`, invoiceSteps.reportAnomaly, member(who), { reason }, `member-invoice/${invoiceRef}`);
    },
    issued: (nth = 1) => issuedInvoice(nth),
    /** A transfer in euros including tax; everything due when it is not said. */
    async pay(reference: string, euros: number | 'everything due' = 'everything due', nth = 1) {
      const { ref: invoiceRef, ...issued } = await issuedInvoice(nth);
      const amountCents = euros === 'everything due' ? Math.max(leftToPay(issued), 1) : Math.round(euros * 100);
      const receivedOn = new Date().toISOString().slice(0, 10);
      await step(`pay/${nth}/${reference}`, invoiceSteps.recordPayment, house.staff.pierre, { amountCents, receivedOn, reference }, `client-invoice/${invoiceRef}`);
    },
    async sendPayouts(nth = 1, wave = 1) {
      const { ref: invoiceRef } = await issuedInvoice(nth);
      const payouts = await db.payout.findMany({ where: { state: 'to_send', payment: { clientInvoice: { ref: invoiceRef } } } });
      const payoutIds = payouts.length > 0 ? payouts.map(({ id }) => id) : ['sent already'];
      await step(`payouts/${nth}/${wave}`, invoiceSteps.sendPayout, house.staff.pierre, { payoutIds }, `client-invoice/${invoiceRef}`);
    },
    async declareTransfer(reference: string, nth = 1) {
      const { ref: invoiceRef } = await issuedInvoice(nth);
      await step(`declare/${nth}`, invoiceSteps.declareTransfer, owner, { reference }, `client-invoice/${invoiceRef}`);
    },
    round: () => db.quoteRound.findUniqueOrThrow({ where: { ref: roundRef } }),
    invoiceOf: (nth: number) => db.clientInvoice.findUniqueOrThrow({ where: { ref: `${ref}-C${nth}` } }),
    until: (what: string, holds: () => Promise<boolean>) => untilFound(`${what} on ${ref}`, async () => ((await holds()) ? true : null)),
    /** Until the workflow itself has brought the project there. */
    untilStage: (stage: string) => untilFound(`${ref} to be ${stage}`, () => db.project.findFirst({ where: { id: projectId, stage } })),
  };
}

/** M3: what a member types with their first quote. */
function billingOf(house: House, key: string): quoteSteps.BillingFields {
  const index = demoMembers.findIndex((one) => one.key === key);
  const given = demoMembers[index];
  if (!given) throw new Error(`no billing for ${key}`);
  const siret = fictitiousSiret(index + 1);
  const iban = fictitiousIban(index + 1);
  return {
    legalName: given.legalForm === 'EI' ? `${given.name} EI` : given.name, legalForm: given.legalForm, siret,
    vatNumber: given.vat === 'standard' ? frenchVatNumber(sirenOf(siret)) : null, vatRegime: given.vat, vatRateBp: given.vat === 'standard' ? 2_000 : 0,
    address: `${index + 3} rue des Ateliers`, postcode: given.postcode, city: given.city,
    ibanEncrypted: encryptIban(house.deps.secret, iban), ibanLast4: ibanLast4(iban), bic: null, mandateAccepted: given.mandate !== false,
  };
}
