import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { masked } from '../../mail/masked.ts';
import { plainText } from '../../mail/plain-text.ts';
import { renderMail } from '../../mail/render.ts';
import type { MailTemplate } from '../../templates/mail/catalogue.ts';

const names = readdirSync(fileURLToPath(new URL('../../templates/mail/fr', import.meta.url))).filter((file) => file.endsWith('.mjml')).map((file) => file.replace('.mjml', '') as MailTemplate);
const day = '2026-03-31T09:30:00.000Z';

/** Everything any template may ask for: a variable that a template has and this lacks is an error, because templates are strict. */
const everything = {
  linkId: 'button', settingsLink: 'settings', mates: [{ name: 'Camille', link: 'mate' }], title: 'Refonte', leadName: 'Hugo', accepted: true, withdrawn: false, remarks: 'Précisez <le> budget', reason: 'Raison', candidates: 2,
  companyName: 'Cave Vasseur', candidateName: 'Inès Berger', completePercent: 65, expectedAt: '2026-03-31T09:30:00.000Z', inviterName: 'Anne', ownerName: 'Anne', personName: 'Paul', personEmail: 'paul@cave.test', newEmail: 'anne@cave.test', formerEmail: 'anne@messagerie.test', confirmed: true, stopUntil: day, role: 'manager',
  memberName: 'Léa', mateNames: ['Hugo'], message: 'Bonjour', interested: true, memberNames: ['Léa', 'Hugo'], membersTotalCents: 83_000, feeCents: 17_000, feeRateBp: 1_700,
  feeBasis: 'of_final_amount', totalCents: 100_000, vatCents: 20_000, totalWithTaxCents: 120_000, version: 1, number: 'N-1', validUntil: day, signerName: 'Anne', signedAt: day, sha256: 'abc',
  remainingCents: 120_000, dueAt: day, immediate: false, daysLate: 7, interestCents: 123, indemnityCents: 4_000, amountCents: 5_000, themes: ['Site web'], problem: 'Un besoin', budgetCents: 900_000,
  body: 'Des nouvelles', answer: 'signed', deadline: day, acceptedCents: 83_000, purpose: 'Deux pages', windowEndsAt: day, mandate: true, resolution: '', invoiceRef: 'P26-0001-F1', invoiceNumber: 'OW-2026-00001', keptCents: 500, givesBack: true, toRepayCents: 500, kind: 'urssaf',
  clientInvoiceNumber: 'OW-2026-00001', ibanLast4: '0189', formerLast4: '4512', payableFrom: day, stopped: false, expiresOn: day, again: false, since: day, how: 'withdrawn', times: 1, reference: 'VIR', level: 2, count: 3, legalDueAt: day, state: 'active',
  authorName: 'Anne', line: 'Création du <logo>', question: 'Combien de pistes ?', explanation: 'Trois.', ref: 'VIR-2026-0001', toApprove: true, toTake: false, registration: true, urssaf: false, headline: 'On attend', object: 'P26-0001', stage: 'Published', expiresAt: day,
  excerpts: ['Léa — Bonjour <le> monde'], more: 2, rhythm: 'daily', referralLevel: 'supported_lead', rateBp: 1_400, otherLevel: true, projects: [{ name: 'Refonte <le> · 8 000 €', link: 'project' }],
};

describe('S4, W4 every e-mail, in both languages', () => {
  it('there are as many in English as in French', () => {
    const english = readdirSync(fileURLToPath(new URL('../../templates/mail/en', import.meta.url))).filter((file) => file.endsWith('.mjml'));
    expect(english.map((file) => file.replace('.mjml', '')).sort()).toEqual([...names].sort());
    expect(names.length).toBeGreaterThan(60);
  });

  it.each(names.flatMap((name) => [[name, 'fr'], [name, 'en']] as const))('%s in %s', async (template, locale) => {
    const rendered = await renderMail({
      template, locale, data: everything, linkUrl: (id) => `http://localhost:3000/l/${id}-0123456789012345678901234567890123456789`, consoleUrl: (path) => path,
      common: { recipient: { name: 'Anne' }, project: { ref: 'P26-0001', title: 'Une cave', clientName: 'Cave Vasseur' }, manager: { name: 'Inès', email: 'ines@off-works.test', phone: '' } },
    });
    expect(rendered.subject).not.toMatch(/\{\{|\/l\/|^$/);
    expect(rendered.html).toContain(`lang="${locale}"`);
    expect(rendered.html).not.toContain('{{');
    expect(rendered.html).not.toContain('<le>');
    expect(rendered.text.length).toBeGreaterThan(60);
    expect(rendered.html).not.toMatch(/(src|href)="https?:\/\/(?!localhost)/);
    if (rendered.html.includes('/l/')) expect(rendered.text).toContain('/l/');
    // The text is made of the wording, not of the page: it says the same words as the page read again.
    const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
    expect(words(rendered.text)).toBe(words(plainText(rendered.html)));
    const kept = masked(rendered);
    expect(`${kept.html}${kept.text}`).not.toMatch(/\/l\/[A-Za-z0-9_-]{20,}/);
    if (locale === 'en') expect(rendered.text).not.toMatch(/\b(votre|vous|facture|devis)\b/i);
  });
});
