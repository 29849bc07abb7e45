import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { ActivityDeps } from '../../activities/deps.ts';
import type { Db } from '../../database/open.ts';
import type { Terms } from '../../domain/terms.ts';
import * as invoiceSteps from '../../steps/invoice-steps.ts';
import { perform } from '../../steps/perform.ts';
import * as projectSteps from '../../steps/project-steps.ts';
import * as quoteSteps from '../../steps/quote-steps.ts';
import { startProject } from '../../steps/start-project.ts';
import type { Person, Step } from '../../steps/step.ts';

type Ask = (step: Step<unknown>, payload: unknown, person: Person, subject?: string, key?: string) => Promise<Record<string, unknown>>;

export interface Story {
  readonly ref: string;
  readonly projectId: string;
  readonly staff: Person;
  readonly client: Person;
  readonly ask: Ask;
  approve(): Promise<unknown>;
  publish(): Promise<unknown>;
  /** Their mates accept at once. */
  apply(member: Person, mates?: Person[]): Promise<unknown>;
  /** Everybody who applied. */
  chooseAll(): Promise<unknown>;
  quote(member: Person, lines?: object[], more?: object): Promise<unknown>;
  sendQuote(): Promise<unknown>;
  sign(optionLineIds?: string[]): Promise<unknown>;
  enterAmount(member: Person, amountCents: number, key?: string): Promise<{ ref: string }>;
  pay(clientInvoiceRef: string, amountCents: number, key?: string): Promise<unknown>;
  sendPayouts(clientInvoiceRef: string): Promise<unknown>;
  stage(): Promise<string>;
  /** Brief to signature with one quote per member, of 830.00 € each unless said otherwise. */
  untilSigned(members: Person[], totalCents?: number): Promise<void>;
  /** The same, every member's quote given and nothing sent to the client. */
  untilQuoted(members: Person[], totalCents?: number): Promise<void>;
  /** The same, the global quote sent and not yet answered. */
  untilSent(members: Person[], totalCents?: number): Promise<void>;
}

export const oneFlatLine = (unitCents: number): object[] => [
  { section: 'Conception', kind: 'flat', label: 'Création du site', quantityMilli: 1000, unitCents, optional: false, offered: false },
];

/** An administrator who checks briefs, and nobody else. */
export async function addStaff(db: Db): Promise<Person> {
  const staff = await db.staff.upsert({
    where: { email: 'nadia@off-works.test' },
    create: { handle: 'nadia', email: 'nadia@off-works.test', name: 'Nadia Ferrand', role: 'administrator', passwordHash: '-' },
    update: {},
  });
  return { kind: 'staff', id: staff.id };
}

/** An active member, with a billing entity under mandate unless said otherwise. */
export async function addMember(
  db: Db, name: string, options: { vatRegime?: 'standard' | 'franchise'; mandate?: boolean; state?: string; billing?: boolean } = {},
): Promise<Person> {
  const { vatRegime = 'standard', mandate = true, state = 'active', billing = true } = options;
  const handle = `${name.toLowerCase()}-${randomUUID().slice(0, 6)}`;
  const member = await db.member.create({ data: { handle, email: `${handle}@membres.test`, name, state } });
  if (billing) {
    await db.billingEntity.create({
      data: {
        memberId: member.id, legalName: `${name} EI`, legalForm: 'EI', siret: '73282932000074', vatRegime, vatRateBp: vatRegime === 'standard' ? 2000 : 0,
        address: '1 rue des Essais', postcode: '75011', city: 'Paris', ibanEncrypted: 'kept elsewhere', ibanLast4: '0189',
        mandateAcceptedAt: mandate ? new Date('2026-01-05T09:00:00Z') : null,
      },
    });
  }
  return { kind: 'member', id: member.id };
}

/** Begins a project and gives the steps of its life as a person would ask them. `now` tells the time of the server under test, in ms. */
export async function beginStory(
  deps: ActivityDeps & { temporal: Client; taskQueue?: string },
  options: { terms?: Partial<Terms>; now?: () => Promise<number>; company?: string; key?: string; referral?: { memberId: string; level: 'introduction' | 'supported_lead' | 'full_lead' } } = {},
): Promise<Story> {
  const name = options.company ?? `Maison ${randomUUID().slice(0, 6)}`;
  const { ref, projectId } = await startProject(
    { ...deps, taskQueue: deps.taskQueue ?? 'off-works' },
    {
      key: options.key ?? randomUUID(),
      at: await options.now?.(),
      terms: options.terms,
      referral: options.referral,
      client: { email: `${randomUUID()}@clients.test`, name: 'Claire Delmas', companyName: name },
      brief: {
        title: 'Refonte du site', problem: 'Le site ne dit plus qui nous sommes.', objectives: '', context: '', deliverables: '', constraints: '',
        requirements: '', timing: '', budgetCents: null, themeIds: [],
      },
    },
  );
  return storyOf(deps, { ref, projectId });
}

/** The steps of a project that has begun, as its owner, its members and an administrator would ask them. */
export async function storyOf({ db, temporal }: Pick<ActivityDeps, 'db'> & { temporal: Client }, { ref, projectId }: { ref: string; projectId: string }): Promise<Story> {
  const staff = await addStaff(db);
  const owner = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const client: Person = { kind: 'client', id: owner.ownerId };
  const project = `project/${ref}`;
  const review = `quote-review/${ref}`;

  const ask: Ask = (step, payload, person, subject = project, key = randomUUID()) =>
    perform({ db, temporal }, { step, payload, person, subject, key, context: { ip: '192.0.2.7', userAgent: 'story' } });

  const story: Story = {
    ref, projectId, staff, client, ask,
    approve: () => ask(projectSteps.approveBrief, { accountManagerId: staff.id }, staff),
    publish: () => ask(projectSteps.publish, {}, client),
    async apply(member, mates = []) {
      const answer = await ask(projectSteps.apply, { message: 'Vos refontes ressemblent à celles que je mène.', mateIds: mates.map(({ id }) => id) }, member);
      if (mates.length === 0) return answer;
      const { id: applicationId } = await db.application.findUniqueOrThrow({ where: { projectId_leadId: { projectId, leadId: member.id } } });
      for (const mate of mates) await ask(projectSteps.answerTeamInvitation, { applicationId, accepted: true, message: '' }, mate);
      return answer;
    },
    async chooseAll() {
      const applications = await db.application.findMany({ where: { projectId, state: 'received' } });
      return ask(projectSteps.selectTeam, { applicationIds: applications.map(({ id }) => id), message: 'Bienvenue', answerToOthers: 'Une autre fois.' }, client);
    },
    quote: (member, lines = oneFlatLine(83_000), more = {}) =>
      ask(quoteSteps.submitQuote, { lines, discountCents: 0, conditions: '', paymentSchedule: 'end', depositBp: null, billing: null, ...more }, member, review),
    async sendQuote() {
      const quotes = await db.memberQuote.findMany({ where: { round: { ref }, state: 'submitted' } });
      return ask(quoteSteps.sendClientQuote, { quoteIds: quotes.map(({ id }) => id), introduction: '' }, staff, review);
    },
    async sign(optionLineIds = []) {
      const quote = await db.clientQuote.findFirstOrThrow({ where: { round: { ref } }, orderBy: { version: 'desc' } });
      return ask(
        quoteSteps.signQuote,
        { clientQuoteId: quote.id, optionLineIds, signerName: 'Claire Delmas', signerTitle: 'Gérante', consent: true, orderNumber: '' },
        client, review,
      );
    },
    async enterAmount(member, amountCents, key) {
      const quote = await db.memberQuote.findFirstOrThrow({ where: { round: { projectId }, memberId: member.id, state: 'accepted' } });
      return (await ask(projectSteps.enterAmount, { quoteId: quote.id, amountCents, kind: 'progress' }, member, project, key)) as { ref: string };
    },
    pay: (invoiceRef, amountCents, key) =>
      ask(invoiceSteps.recordPayment, { amountCents, receivedOn: '2026-12-01', reference: 'VIR CLIENT' }, staff, `client-invoice/${invoiceRef}`, key),
    async sendPayouts(invoiceRef) {
      const payouts = await db.payout.findMany({ where: { state: 'to_send', payment: { clientInvoice: { ref: invoiceRef } } } });
      return ask(invoiceSteps.sendPayout, { payoutIds: payouts.map(({ id }) => id) }, staff, `client-invoice/${invoiceRef}`);
    },
    stage: async () => (await db.project.findUniqueOrThrow({ where: { id: projectId } })).stage,
    async untilSigned(members, totalCents) {
      await story.untilSent(members, totalCents);
      await story.sign();
    },
    async untilSent(members, totalCents) {
      await story.untilQuoted(members, totalCents);
      await story.sendQuote();
    },
    async untilQuoted(members, totalCents = 83_000) {
      await story.approve();
      await story.publish();
      const [lead, ...mates] = members;
      if (!lead) throw new Error('a team needs somebody');
      await story.apply(lead, mates);
      await story.chooseAll();
      for (const member of members) await story.quote(member, oneFlatLine(totalCents));
    },
  };
  return story;
}
