import type { MailLocale } from '../../mail/format.ts';
import type { CommonData } from '../../mail/render.ts';
import type { MailTemplate } from './catalogue.ts';
import { variablesOf, type VariableKind } from './variables.ts';

/** Data to try a wording on. */
export interface MailSample {
  readonly data: Readonly<Record<string, unknown>>;
  readonly common: CommonData;
}

const moment = '2026-03-31T09:30:00.000Z';

/** Words of the examples, by variable. */
const words: Readonly<Record<MailLocale, Readonly<Record<string, string>>>> = {
  fr: {
    title: 'Une identité pour la cave', remarks: 'Précisez le nombre de déclinaisons & la date de livraison.', reason: 'Le calendrier ne nous convient plus.', message: 'Bonjour, votre projet m’intéresse beaucoup.',
    companyName: 'Cave Vasseur', inviterName: 'Anne Vasseur', ownerName: 'Anne Vasseur', personName: 'Paul Vasseur', personEmail: 'paul@cave-vasseur.example', newEmail: 'anne@vasseur.example', formerEmail: 'anne.vasseur@messagerie.example',
    memberName: 'Léa Fontaine', leadName: 'Hugo Marchand', number: 'OW-2026-00042', signerName: 'Anne Vasseur', sha256: '9f2c4b7a51d0e3c8a6f17b2d94e05c38b1a7d6f2e9c4083b5d61fa72ce90843d', problem: 'Notre étiquette ne raconte plus qui nous sommes.',
    body: 'Le client a répondu à vos questions : tout est sur la page du projet.', answer: 'Une autre équipe connaissait déjà le secteur.', purpose: 'Deux pages de plus au livret', resolution: 'Le libellé a été corrigé.',
    ref: 'VIR-2026-0007', invoiceRef: 'P26-0042-F1', invoiceNumber: 'OW-2026-00042', clientInvoiceNumber: 'OW-2026-00042', ibanLast4: '0189', formerLast4: '4512', reference: 'VIR 2026-03-31 CAVE VASSEUR',
    authorName: 'Anne Vasseur', line: 'Illustration de l’étiquette', question: 'Combien de pistes sont prévues ?', explanation: 'Trois pistes, dont une est développée jusqu’au bout.',
    candidateName: 'Inès Berger', headline: 'Le devis attend depuis hier', object: 'P26-0042', stage: 'En validation (24 h)',
  },
  en: {
    title: 'An identity for the cellar', remarks: 'Please say how many variants & when you need them.', reason: 'The schedule no longer suits us.', message: 'Hello, I am very interested in your project.',
    companyName: 'Cave Vasseur', inviterName: 'Anne Vasseur', ownerName: 'Anne Vasseur', personName: 'Paul Vasseur', personEmail: 'paul@cave-vasseur.example', newEmail: 'anne@vasseur.example', formerEmail: 'anne.vasseur@messagerie.example',
    memberName: 'Léa Fontaine', leadName: 'Hugo Marchand', number: 'OW-2026-00042', signerName: 'Anne Vasseur', sha256: '9f2c4b7a51d0e3c8a6f17b2d94e05c38b1a7d6f2e9c4083b5d61fa72ce90843d', problem: 'Our label no longer says who we are.',
    body: 'The client has answered your questions: it is all on the project’s page.', answer: 'Another team already knew the field.', purpose: 'Two more pages in the booklet', resolution: 'The wording has been corrected.',
    ref: 'VIR-2026-0007', invoiceRef: 'P26-0042-F1', invoiceNumber: 'OW-2026-00042', clientInvoiceNumber: 'OW-2026-00042', ibanLast4: '0189', formerLast4: '4512', reference: 'VIR 2026-03-31 CAVE VASSEUR',
    authorName: 'Anne Vasseur', line: 'Illustration of the label', question: 'How many routes are planned?', explanation: 'Three, one of which is taken all the way.',
    candidateName: 'Inès Berger', headline: 'The quote has waited since yesterday', object: 'P26-0042', stage: 'Being checked (24 h)',
  },
};

/** C7: what the messages of an example say. */
const said: Readonly<Record<MailLocale, readonly string[]>> = {
  fr: ['Léa Fontaine — Bonjour, j’ai relu votre brief & j’ai deux questions.', 'Hugo Marchand — Voici les premières pistes. · pistes.pdf'],
  en: ['Léa Fontaine — Hello, I have read your brief & have two questions.', 'Hugo Marchand — Here are the first ideas. · ideas.pdf'],
};

const amounts: Readonly<Record<string, number>> = {
  membersTotalCents: 830_000, feeCents: 170_000, totalCents: 1_000_000, vatCents: 200_000, totalWithTaxCents: 1_200_000, remainingCents: 1_200_000, interestCents: 12_345, indemnityCents: 4_000,
  amountCents: 420_000, acceptedCents: 415_000, budgetCents: 1_200_000,
};

/** Staff's mails whose button is a personal link. */
const passwordMails: ReadonlySet<string> = new Set(['staff_invited', 'staff_password_link']);

const counts: Readonly<Record<string, number>> = { candidates: 3, version: 2, daysLate: 12, times: 2, level: 3, count: 4, more: 2, completePercent: 65 };

/** An example of one variable; `sparse` is the least it may hold: nothing said, nobody named, no. */
function example(name: string, kind: VariableKind, locale: MailLocale, sparse: boolean): unknown {
  if (typeof kind === 'object') return kind[0];
  switch (kind) {
    case 'text': return sparse ? '' : (words[locale][name] ?? name);
    case 'cents': return sparse ? 0 : (amounts[name] ?? 100_000);
    case 'optionalCents': return sparse ? null : (amounts[name] ?? 100_000);
    case 'rate': return 1_700;
    case 'count': return sparse ? 0 : (counts[name] ?? 1);
    case 'moment': return moment;
    case 'flag': return !sparse;
    case 'names': return sparse ? [] : name === 'excerpts' ? said[locale] : name === 'themes' ? (locale === 'en' ? ['Visual identity', 'Packaging'] : ['Identité visuelle', 'Packaging']) : ['Léa Fontaine', 'Hugo Marchand'];
    case 'mates': return sparse ? [] : [{ name: name === 'projects' ? (words[locale].title ?? name) : 'Hugo Marchand', link: 'example-mate' }];
    case 'link': return `example-${name}`;
    case 'documentKind': return 'urssaf';
  }
}

function dataOf(template: MailTemplate, locale: MailLocale, sparse: boolean): Record<string, unknown> {
  const data = Object.fromEntries(Object.entries(variablesOf(template)).map(([name, kind]) => [name, example(name, kind, locale, sparse)]));
  return { ...data, ...(template.startsWith('staff_') && !passwordMails.has(template) ? { consolePath: '/console/example' } : { linkId: 'example' }) };
}

/** The fullest example, the one first shown. */
export function fullSample(template: MailTemplate, locale: MailLocale): MailSample {
  return {
    data: dataOf(template, locale, false),
    common: {
      recipient: { name: template.startsWith('staff_') ? 'Inès Carpentier' : 'Anne Vasseur' },
      project: { ref: 'P26-0042', title: words[locale].title ?? '', clientName: 'Cave Vasseur' },
      manager: template.startsWith('staff_') ? null : { name: 'Inès Carpentier', email: 'ines@off-works.example', phone: '+33 1 99 00 12 34' },
    },
  };
}

/** Everything a wording must stand: the fullest mail, the barest one, and one for each choice. */
export function allSamples(template: MailTemplate, locale: MailLocale): readonly MailSample[] {
  const full = fullSample(template, locale);
  const choices = Object.entries(variablesOf(template)).flatMap(([name, kind]) => (typeof kind === 'object' ? kind.slice(1).map((choice) => ({ ...full, data: { ...full.data, [name]: choice } })) : []));
  return [full, { data: dataOf(template, locale, true), common: { recipient: { name: '' }, project: null, manager: null } }, ...choices];
}
