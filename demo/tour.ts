import type { Db } from '../database/open.ts';
import { hurriedTerms } from '../domain/default-terms.ts';
import { frenchVatNumber, sirenOf } from '../domain/identifiers.ts';
import { fictitiousIban, fictitiousSiret } from '../prisma/demo/fictitious-numbers.ts';
import { demoMembers } from '../prisma/demo/members.ts';
import { demoPassword, demoStaff, staffEmail, type DemoStaff } from '../prisma/demo/staff.ts';
import { handInBrief } from './hand-in-brief.ts';
import { signInToConsole } from './console.ts';
import { openMailbox, waitFor, type ReceivedMail } from './mailbox.ts';
import { choiceLabelled } from './page-forms.ts';
import { formOn, visitor, type SeenPage, type Visitor, type Written } from './person.ts';
import type { Words } from './words.ts';

export interface TourStep {
  readonly what: keyof Words;
  readonly data?: Readonly<Record<string, string | number>>;
  /** What to look at: the kind of thing, and its address. */
  readonly look?: readonly (readonly ['mail' | 'page' | 'workflow' | 'console', string])[];
}

export interface TourHouse {
  readonly publicUrl: string;
  readonly mailboxUrl: string;
  readonly temporalUiUrl: string | null;
  readonly namespace: string;
  /** Only to hurry this one brief, and to wait for what no page tells; everything else goes over HTTP. */
  readonly db: Db;
  readonly locale: 'fr' | 'en';
}

interface Somebody { readonly name: string; readonly email: string; readonly browser: Visitor }

/**
 * Plays one project as its people would: pages, links from the mailbox, the console. `tell` hears each step once it is done.
 * @throws Error at the first thing that is not as it should be
 */
export async function playTour(house: TourHouse, tell: (step: TourStep) => void): Promise<{ ref: string; projectId: string }> {
  const { publicUrl, db, locale } = house;
  const mailbox = openMailbox(house.mailboxUrl, publicUrl);
  const money = (cents: number): string => new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { style: 'currency', currency: 'EUR' }).format(cents / 100);
  const workflow = (id: string): readonly ['workflow', string][] =>
    house.temporalUiUrl ? [['workflow', `${house.temporalUiUrl}/namespaces/${house.namespace}/workflows/${encodeURIComponent(id)}`]] : [];

  const stamp = Date.now().toString(36);
  const client: Somebody = { name: 'Camille Aubin', email: `camille.${stamp}@aubin.example`, browser: visitor(locale) };
  const [lead, mate, other] = [member('hugo'), member('clara'), member('victor')];
  const staffName = (handle: DemoStaff): string => demoStaff.find((one) => one.handle === handle)?.name ?? handle;
  const [manager, finance] = [staffName('mathieu'), staffName('pierre')];
  const [managerConsole, financeConsole] = [await signIn('mathieu'), await signIn('pierre')];
  tell({ what: 'ready', look: [['page', publicUrl], ['console', `${publicUrl}/console`]] });

  const title = locale === 'fr' ? 'Un site et une fête pour notre manufacture' : 'A website and an opening day for our workshop';
  const opened = new Set<string>();

  /** Opens the newest mail to somebody about this project whose button leads to a page with that form. */
  async function openFromMail(who: Somebody, form: string, about: string): Promise<{ mail: ReceivedMail; page: SeenPage }> {
    return waitFor(`a mail to ${who.email} that leads to ${form}`, async () => {
      for (const mail of await mailbox.to(who.email)) {
        const [button] = mail.links;
        if (!button || opened.has(mail.page) || !mail.html.includes(about)) continue;
        const page = await who.browser.open(button);
        if (!formOn(page, form)) continue;
        opened.add(mail.page);
        return { mail, page };
      }
      return null;
    });
  }
  /** The newest mail to somebody about this project whose subject says so. */
  async function mailAbout(who: Somebody, subject: RegExp): Promise<ReceivedMail> {
    return waitFor(`a mail to ${who.email} whose subject says ${String(subject)}`, async () =>
      (await mailbox.to(who.email)).find((mail) => subject.test(mail.subject) && mail.html.includes(ref)) ?? null);
  }

  // The brief, its confirmation, the check by staff.
  const form = await client.browser.open(`${publicUrl}/brief`);
  const { draftId } = await handInBrief(client.browser, form, {
    title, problem: 'Nos clients découvrent nos céramiques en boutique, jamais chez nous. Nous ouvrons l’atelier au public.',
    objectives: 'Cent visiteurs le premier mois.', context: 'Douze salariés, trois fours, une cour magnifique.', deliverables: 'Un site de réservation et une journée d’inauguration.',
    timing: 'Ouverture dans deux mois.', budget: '12 000',
    name: client.name, email: client.email, companyName: 'Manufacture Aubin',
  }, locale === 'fr' ? ['Site web', 'Événement'] : ['Website', 'Events']);
  tell({ what: 'deposit', data: { client: client.name, title }, look: [['page', `${publicUrl}/brief`]] });

  await db.submission.update({ where: { id: draftId }, data: { context: { terms: JSON.parse(JSON.stringify(hurriedTerms)) as object } } });
  const confirmation = await waitFor('the mail that confirms the brief', async () => (await mailbox.to(client.email))[0] ?? null);
  const toConfirm = await client.browser.open(confirmation.links[0] ?? '');
  const begun = await client.browser.submit(toConfirm, new URL(toConfirm.url).pathname);
  const ref = /\/projects\/([^/?]+)/.exec(begun.url)?.[1] ?? '';
  const { id: projectId } = await db.project.findUniqueOrThrow({ where: { ref } });
  tell({ what: 'confirm', data: { ref }, look: [['mail', confirmation.page], ...workflow(`project/${ref}`)] });

  const inConsole = await managerConsole.find('Project', { ref });
  await managerConsole.act('Project', inConsole, 'approveBrief');
  tell({ what: 'approve', data: { manager }, look: [['console', managerConsole.page('Project', inConsole)]] });

  // Publication, alerts, candidates, the choice.
  const approved = await openFromMail(client, '/do/publish', ref);
  await client.browser.submit(approved.page, '/do/publish');
  tell({ what: 'publish', data: { client: client.name }, look: [['mail', approved.mail.page]] });

  const alert = await openFromMail(lead, '/do/apply', ref);
  tell({ what: 'alert', look: [['mail', alert.mail.page], ...workflow(`alerts/${ref}`)] });
  await lead.browser.submit(alert.page, '/do/apply', {
    message: 'Bonjour Camille, réserver une visite depuis son téléphone puis se souvenir de la journée : c’est le site que j’ai fait pour une papeterie. Clara s’occuperait de la fête.', mates: mate.email,
  });
  // M6: the mate counts once they have said yes.
  const asked = await openFromMail(mate, '/do/answerTeamInvitation', ref);
  await mate.browser.submit(asked.page, '/do/answerTeamInvitation', { answer: 'accept', message: 'Avec plaisir, la fête sera belle.' });
  const otherAlert = await openFromMail(other, '/do/apply', ref);
  await other.browser.submit(otherAlert.page, '/do/apply', { message: 'Bonjour, je relierais la réservation à votre caisse : je l’ai fait pour des caves, avec des stocks bien plus fragiles.' });
  tell({ what: 'apply', data: { lead: lead.name, mate: mate.name, other: other.name }, look: [['mail', otherAlert.mail.page]] });

  const candidates = await waitFor('both applications on the client’s page', async () => {
    const page = await client.browser.open(`${publicUrl}/projects/${ref}/p/candidates/${projectId}`);
    return page.html.includes(lead.name) && page.html.includes(other.name) && formOn(page, '/do/selectTeam') ? page : null;
  });
  await client.browser.submit(candidates, '/do/selectTeam', {
    applicationIds: [choiceLabelled(candidates.html, 'applicationIds', lead.name)], message: 'À très vite à l’atelier !',
    answerToOthers: 'Merci pour votre message. Nous avons préféré une équipe qui pense la fête en même temps que le site.',
  });
  tell({ what: 'choose', data: { client: client.name, lead: lead.name, mate: mate.name, other: other.name }, look: [['page', candidates.url], ...workflow(`quote-review/${ref}`)] });

  // Quotes, the global quote, the signature.
  const option = 'Visite virtuelle des fours';
  await quote(lead, [
    { section: 'Site', label: 'Conception et maquettes', kind: 'days', quantity: '4', unit: '560' },
    { section: 'Site', label: 'Développement et mise en ligne', kind: 'days', quantity: '6', unit: '560,00' },
    { section: 'Site', label: option, kind: 'flat', quantity: '1', unit: '415', optional: 'yes' },
  ], 560_000);
  await quote(mate, [
    { section: 'Inauguration', label: 'Scénographie et régie', kind: 'days', quantity: '5', unit: '500' },
    { section: 'Frais', label: 'Location de mobilier', kind: 'cost', quantity: '1', unit: '200' },
  ], 270_000);
  const round = await managerConsole.find('QuoteRound', { ref });
  await managerConsole.act('QuoteRound', round, 'sendClientQuote', { introduction: 'Bonjour Camille, une équipe, un devis : le site et la fête.' });
  tell({ what: 'global', data: { manager }, look: [['console', managerConsole.page('QuoteRound', round)]] });

  const toSign = await openFromMail(client, '/do/signQuote', ref);
  await client.browser.submit(toSign.page, '/do/signQuote', {
    optionLineIds: [choiceLabelled(toSign.page.html, 'optionLineIds', option)], signerName: client.name, signerTitle: 'Directrice', consent: 'yes',
  });
  const { totalWithTaxCents } = await db.clientQuote.findFirstOrThrow({ where: { round: { ref }, state: 'signed' } });
  tell({ what: 'sign', data: { client: client.name, amount: money(totalWithTaxCents) }, look: [['mail', toSign.mail.page], ['page', toSign.page.url]] });

  // Amounts behind personal links, an anomaly, the client's one invoice.
  await enterAmount(lead, '6 015,00', 601_500);
  await enterAmount(mate, '2500', 250_000);
  const preview = await openFromMail(mate, '/do/reportAnomaly', ref);
  await mate.browser.submit(preview.page, '/do/reportAnomaly', { reason: 'J’ai oublié la location du mobilier : le montant devrait être de 2 700 €.' });
  tell({ what: 'anomaly', data: { member: mate.name }, look: [['mail', preview.mail.page]] });

  const invoiceRef = new RegExp(`${ref}-F\\d+`).exec(preview.mail.html)?.[0] ?? '';
  const anomaly = await managerConsole.find('MemberInvoice', { ref: invoiceRef });
  await managerConsole.act('MemberInvoice', anomaly, 'resolveAnomaly', { amount: '2 700,00', resolution: 'La location est ajoutée.' });
  tell({ what: 'resolve', data: { manager }, look: [['console', managerConsole.page('MemberInvoice', anomaly)], ...workflow(`member-invoice/${invoiceRef}`)] });

  const final = await mailAbout(mate, /-\d{4}-\d{4}/);
  tell({ what: 'final', look: [['mail', final.page]] });
  const issued = await openFromMail(client, '/do/declareTransfer', ref);
  const number = /OW-\d{4}-\d{5}/.exec(issued.mail.html)?.[0] ?? '';
  const invoice = await db.clientInvoice.findUniqueOrThrow({ where: { number } });
  tell({ what: 'issued', data: { number, amount: money(invoice.totalCents) }, look: [['mail', issued.mail.page], ['page', issued.page.url], ...workflow(`client-invoice/${invoice.ref}`)] });

  const reminder = await openFromMail(client, '/do/declareTransfer', number);
  tell({ what: 'dunning', look: [['mail', reminder.mail.page]] });
  await client.browser.submit(reminder.page, '/do/declareTransfer', { reference: `VIR AUBIN ${ref}` });
  tell({ what: 'declare', data: { client: client.name }, look: [['page', reminder.page.url]] });

  // Two transfers, two waves of payouts.
  const inMoney = await financeConsole.find('ClientInvoice', { number });
  const consolePage: readonly ['console', string] = ['console', financeConsole.page('ClientInvoice', inMoney)];
  await financeConsole.act('ClientInvoice', inMoney, 'recordPayment', { amount: '5 000,00', reference: `VIR AUBIN ${ref} 1` });
  tell({ what: 'partPaid', data: { finance, amount: money(500_000) }, look: [consolePage] });
  await financeConsole.act('ClientInvoice', inMoney, 'sendPayout');
  tell({ what: 'partSent', look: [['mail', (await mailAbout(lead, /^(Virement de|Transfer of) /)).page]] });
  await financeConsole.act('ClientInvoice', inMoney, 'recordPayment', { reference: `VIR AUBIN ${ref} 2` });
  tell({ what: 'paid', data: { finance }, look: [consolePage] });
  await financeConsole.act('ClientInvoice', inMoney, 'sendPayout');
  tell({ what: 'sent', look: [consolePage] });
  await waitFor('the end of the project', () => db.project.findFirst({ where: { ref, stage: 'closed' } }));
  const goodbye = await waitFor('the mail that says the project is over', async () => {
    const mail = await db.mail.findFirst({ where: { projectId, template: 'project_closed', state: 'sent' } });
    return mail ? ((await mailbox.to(client.email)).find(({ subject }) => subject === mail.subject) ?? null) : null;
  });
  tell({ what: 'closed', look: [['mail', goodbye.page], ['console', managerConsole.page('Project', inConsole)], ...workflow(`project/${ref}`)] });
  return { ref, projectId };

  function member(key: string): Somebody {
    const found = demoMembers.find((one) => one.key === key);
    if (!found) throw new Error(`no demo member ${key}`);
    return { name: found.name, email: `${key}@membres.example`, browser: visitor(locale) };
  }
  function signIn(handle: DemoStaff) {
    return signInToConsole(publicUrl, staffEmail(handle), demoPassword(handle));
  }
  async function quote(who: Somebody, lines: readonly Record<string, string>[], cents: number): Promise<void> {
    const { mail, page: opened } = await openFromMail(who, '/do/submitQuote', ref);
    let page = opened;
    for (const index of lines.keys()) {
      if (!formOn(page, '/do/submitQuote')?.fields.has(`lines[${index}][label]`)) page = await who.browser.submit(page, '/do/submitQuote', { do: 'add-days' });
    }
    const asksBilling = formOn(page, '/do/submitQuote')?.fields.has('iban') ?? false;
    const written = Object.fromEntries(lines.flatMap((line, index) => Object.entries(line).map(([name, value]) => [`lines[${index}][${name}]`, value])));
    await who.browser.submit(page, '/do/submitQuote', { ...written, paymentSchedule: 'end', ...(asksBilling ? billing(who) : {}) });
    tell({ what: 'quote', data: { member: who.name, amount: money(cents) }, look: [['mail', mail.page]] });
  }
  async function enterAmount(who: Somebody, typed: string, cents: number): Promise<void> {
    const { mail, page } = await openFromMail(who, '/do/enterAmount', ref);
    await who.browser.submit(page, '/do/enterAmount', { amount: typed });
    tell({ what: 'amount', data: { member: who.name, amount: money(cents) }, look: [['mail', mail.page]] });
  }
}

/** M3: asked with the first quote only. */
function billing(who: Somebody): Written {
  const index = demoMembers.findIndex(({ name }) => name === who.name);
  const { postcode = '', city = '' } = demoMembers[index] ?? {};
  const siret = fictitiousSiret(index + 1);
  const iban = fictitiousIban(index + 1).replace(/(.{4})(?=.)/g, '$1 ');
  return {
    legalName: `${who.name} EI`, legalForm: 'EI', siret, vatRegime: 'standard', vatNumber: frenchVatNumber(sirenOf(siret)), address: `${index + 3} rue des Ateliers`, postcode, city, iban, mandate: 'yes',
  };
}
