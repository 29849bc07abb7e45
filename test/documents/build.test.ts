import { describe, expect, it } from 'vitest';
import { buildCertificateDocument, clientQuoteKey } from '../../documents/build-certificate.ts';
import { buildClientInvoiceDocument } from '../../documents/build-client-invoice.ts';
import { buildClientQuoteDocument } from '../../documents/build-client-quote.ts';
import { buildMemberInvoiceDocument, buildPreviewDocument } from '../../documents/build-member-invoice.ts';
import { buildMemberQuoteDocument } from '../../documents/build-member-quote.ts';
import { demoIssuer } from '../../documents/issuer.ts';
import { renderDocument } from '../../documents/render.ts';
import { facturXOf } from '../../documents/factur-x/from-document.ts';
import { writeCii } from '../../documents/factur-x/write-cii.ts';
import { legalFrom } from '../../documents/legal.ts';
import { legalWordings } from '../../domain/legal-wordings.ts';
import { wordsOf } from '../../documents/words.ts';
import type { Tx } from '../../database/open.ts';
import { storeDocument } from '../../documents/store.ts';
import { freshDatabase } from '../support/database.ts';
import { readText } from './read-text.ts';
import { sentAt, signedAt, teamProject } from './team-project.ts';

const { db } = await freshDatabase();

describe('Q4 Q5 Q6 the client quote built from its content', () => {
  it('shows each member’s work, the rights apart, the offered line and the fee added by the system', async () => {
    const { clientQuote, project } = await teamProject(db);
    const quote = await buildClientQuoteDocument(db, clientQuote.id);
    expect(quote).toMatchObject({
      number: `${project.ref}-D1`, version: 1, issuedOn: '2026-03-31', validUntil: '2026-04-30', signedOn: null, amendment: null,
      clientContact: { name: 'Hélène Aubry' }, manager: { name: 'Inès Carpentier' }, membersTotalCents: 830_000,
      fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 170_000 },
      totals: { netCents: 1_000_000, vat: [{ rateBp: 2_000, baseCents: 1_000_000, cents: 200_000 }], exemption: null, totalCents: 1_200_000 },
    });
    const [camille, lou] = quote.work;
    expect(camille!.sections.map(({ title, lines }) => [title, lines.map(({ label }) => label)])).toEqual([
      ['Identité', ['Territoire visuel', 'Présentation']],
      ['Cession de droits', ['Droits, cinq ans']],
    ]);
    expect(camille).toMatchObject({ totalCents: 678_000, discountCents: 60_000, conditions: 'Deux allers-retours.', paymentSchedule: 'deposit_balance', depositBp: 3_000 });
    expect(camille!.options).toMatchObject([{ label: 'Accompagnement', ticked: false, amountCents: 124_000, withFeeCents: 149_398 }]);
    expect(lou!.sections).toMatchObject([{ title: '', lines: [{ label: 'Intégration' }] }]);
    const text = readText(renderDocument('client_quote', quote, 'fr'));
    expect(text).toContain('Bonjour <b>Hélène</b>');
    expect(text).toContain('Total TTC 12 000,00 €');
  });

  it('counts an option and its fee once it is ticked, and says what that option added', async () => {
    const team = await teamProject(db);
    const before = await buildClientQuoteDocument(db, team.clientQuote.id);
    await team.sign('0'.repeat(64));
    const after = await buildClientQuoteDocument(db, team.clientQuote.id);
    const [option] = after.work[0]!.options;
    expect(after.signedOn).toBe('2026-04-02');
    expect(option!.ticked).toBe(true);
    expect(after.totals.netCents - before.totals.netCents).toBe(option!.withFeeCents);
  });

  it('keeps the words of a member’s line out of the HTML', async () => {
    const team = await teamProject(db);
    await db.project.update({ where: { id: team.project.id }, data: { title: '<script>alert(1)</script>' } });
    const html = renderDocument('client_quote', await buildClientQuoteDocument(db, team.clientQuote.id), 'fr');
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });

  it('charges no VAT under the reverse charge, and needs the client’s VAT number', async () => {
    const belgian = await teamProject(db, { vatTreatment: 'reverse_charge', vatNumber: 'BE0123456749' });
    const quote = await buildClientQuoteDocument(db, belgian.clientQuote.id, 'en');
    expect(quote.totals).toMatchObject({ vat: [], vatCents: 0, totalCents: 1_000_000, exemption: { reason: 'reverse_charge' } });
    expect(quote.totals.exemption!.wording).toMatch(/^Reverse charge/);
    const unnamed = await teamProject(db, { vatTreatment: 'reverse_charge', vatNumber: null });
    await expect(buildClientQuoteDocument(db, unnamed.clientQuote.id)).rejects.toMatchObject({ name: 'Problem', code: 'vat_number_invalid' });
  });

  it('Q6 writes the other reading when the terms promise it', async () => {
    const team = await teamProject(db, { terms: { feeBasis: 'of_members_total' } });
    const quote = await buildClientQuoteDocument(db, team.clientQuote.id);
    expect(quote.fee).toEqual({ rateBp: 1_700, basis: 'of_members_total', cents: 141_100 });
    expect(quote.totals.netCents).toBe(971_100);
  });

  it('is issued under the identity and the wording in force that day (S4)', async () => {
    const team = await teamProject(db, { vatTreatment: 'reverse_charge', vatNumber: 'BE0123456749' });
    const day = 86_400_000;
    // Settings stay: these would speak for every other test of this file, so they are taken back with the transaction.
    const taken = await db.$transaction(async (tx) => {
      const setting = (key: string, value: object, at: number) => tx.setting.create({ data: { key, value, effectiveFrom: new Date(at), createdAt: new Date(at), changedBy: 'test' } });
      await setting('issuer', { ...demoIssuer, legalForm: 'SARL', demo: false }, sentAt - day);
      await setting('issuer', { ...demoIssuer, legalForm: 'SA', demo: false }, sentAt + day);
      await setting('vat_wording.reverse_charge', { fr: 'Autre article.', en: 'Another article.' }, sentAt - day);
      throw Object.assign(new Error('taken back'), { quote: await buildClientQuoteDocument(tx, team.clientQuote.id) });
    }).catch((cause: Error & { quote?: Awaited<ReturnType<typeof buildClientQuoteDocument>> }) => cause);
    expect(taken).toMatchObject({ message: 'taken back', quote: { issuer: { legalForm: 'SARL' }, totals: { exemption: { wording: 'Autre article.' } } } });
  });
});

describe('I10 the wordings of the law', () => {
  const day = 86_400_000;
  const later = Date.parse('2026-09-01T08:00:00Z');
  /** What the builders say once every wording has been changed since `from`; the settings are taken back with the transaction. */
  const changed = async <Said>(from: number, build: (tx: Tx) => Promise<Said>): Promise<Said> => {
    const taken = await db.$transaction(async (tx) => {
      for (const [name, { setting, words }] of Object.entries(legalWordings)) {
        const slots = (wordsOf('fr').say[words]?.match(/\{\w+\}/g) ?? []).join(' ');
        await tx.setting.create({ data: { key: setting, value: { fr: `Nouveau texte ${name} ${slots}`, en: `New text ${name} ${slots}` }, effectiveFrom: new Date(from), createdAt: new Date(from), changedBy: 'test' } });
      }
      throw Object.assign(new Error('taken back'), { said: await build(tx) });
    }, { timeout: 30_000 }).catch((cause: Error & { said?: Said }) => cause);
    if (taken.said === undefined) throw taken;
    return taken.said;
  };
  const numbered = async (who: 'camille' | 'lou', finalAt: string, number: number) => {
    const team = await teamProject(db);
    await team.sign('0'.repeat(64));
    return { team, ...(await team.invoice(who, number, { amountCents: 152_000, number: `${who}-${team.project.ref}`, finalAt })) };
  };

  it('I10: an invoice of a day before they changed keeps the old ones; one of a day after has the new ones, every one of them', async () => {
    const before = await numbered('camille', '2026-06-15T08:00:00Z', 1);
    const plain = await buildMemberInvoiceDocument(db, before.id);
    expect(await changed(later, (tx) => buildMemberInvoiceDocument(tx, before.id))).toEqual(plain);
    expect(plain.mentions.late).toContain('12,15');
    const after = await changed(Date.parse('2026-06-15T08:00:00Z') - day, (tx) => buildMemberInvoiceDocument(tx, before.id));
    expect(after.mentions).toEqual({ operation: 'Nouveau texte operation ', receipts: null, late: expect.stringMatching(/^Nouveau texte late 12,15/), indemnity: expect.stringMatching(/^Nouveau texte indemnity 40,00/), earlyPayment: 'Nouveau texte earlyPayment ' });
    expect(after.totals.exemption).toEqual({ reason: 'franchise', wording: 'Nouveau texte franchise ' });
    expect(after.selfBilled).toMatch(/^Nouveau texte selfBilledMandate OFF-WORKS Camille Roux EI/);
    // The page and the file inside both say it.
    const html = renderDocument('member_invoice', after, 'fr');
    const xml = writeCii(facturXOf({ kind: 'member_invoice', locale: 'fr', data: after }));
    for (const said of ['Nouveau texte late', 'Nouveau texte indemnity', 'Nouveau texte earlyPayment', 'Nouveau texte franchise', 'Nouveau texte selfBilledMandate']) {
      expect(html).toContain(said);
      expect(xml).toContain(said);
    }
  });

  it('I4: approved by hand, or still to be: each has its own wording', async () => {
    const { id } = await numbered('lou', '2026-06-14T08:00:00Z', 1);
    const from = Date.parse('2026-01-01T08:00:00Z');
    expect((await changed(from, (tx) => buildMemberInvoiceDocument(tx, id))).selfBilled).toMatch(/^Nouveau texte selfBilledApproved/);
    expect((await changed(from, (tx) => buildPreviewDocument(tx, id, sentAt))).selfBilled).toMatch(/^Nouveau texte selfBilledPending/);
  });

  it('I10: the client’s quote and invoice too, reverse charge and VAT on receipts among them', async () => {
    const from = Date.parse('2026-01-01T08:00:00Z');
    const issue = async (options: Parameters<typeof teamProject>[1]) => {
      const team = await teamProject(db, options);
      await team.sign('0'.repeat(64));
      const row = await db.clientInvoice.create({
        data: {
          ref: `${team.project.ref}-C1`, number: `F-${team.project.ref}`, projectId: team.project.id, state: 'issued', membersCents: 0, feeCents: 1_000, vatTreatment: options?.vatTreatment ?? 'domestic',
          vatCents: options?.vatTreatment ? 0 : 200, totalCents: options?.vatTreatment ? 1_000 : 1_200, issuedAt: new Date('2026-06-15T10:00:00Z'), dueAt: new Date('2026-07-15T21:59:00Z'),
        },
      });
      return { team, id: row.id };
    };
    const french = await issue({});
    expect((await changed(from, (tx) => buildClientInvoiceDocument(tx, french.id))).mentions.receipts).toBe('Nouveau texte receipts ');
    expect((await changed(from, (tx) => buildClientQuoteDocument(tx, french.team.clientQuote.id))).lateWording).toMatch(/^Nouveau texte quoteLate 12,15/);
    expect((await changed(later, (tx) => buildClientQuoteDocument(tx, french.team.clientQuote.id))).lateWording).not.toContain('Nouveau texte');
    const belgian = await issue({ vatTreatment: 'reverse_charge', vatNumber: 'BE0123456749' });
    expect((await changed(from, (tx) => buildClientInvoiceDocument(tx, belgian.id))).totals.exemption?.wording).toBe('Nouveau texte reverseCharge ');
  });

  it('I10: a wording with a slot missing stops the document rather than leave a mention half said', async () => {
    const legal = legalFrom(demoIssuer, (key) => (key === 'mention.late' ? { fr: 'Des pénalités sont dues.', en: 'Interest is due.' } : undefined), 'fr');
    expect(() => legal.invoiceMentions({ late: { rateBp: 1_215, indemnityCents: 4_000 }, vatOnReceipts: true })).toThrow('no slot for rate');
  });
});

describe('Q5 a member’s quote as they sent it', () => {
  it('holds the member’s own VAT and no fee', async () => {
    const { camilleQuote, louQuote } = await teamProject(db);
    const franchise = await buildMemberQuoteDocument(db, camilleQuote.id);
    expect(franchise.totals).toMatchObject({ netCents: 678_000, vatCents: 0, exemption: { reason: 'franchise' } });
    expect(franchise.work.options[0]!.withFeeCents).toBe(124_000);
    const taxed = await buildMemberQuoteDocument(db, louQuote.id);
    expect(taxed.totals).toMatchObject({ netCents: 152_000, vatCents: 30_400, totalCents: 182_400 });
    expect(readText(renderDocument('member_quote', taxed, 'fr'))).not.toContain('Frais de fonctionnement');
  });
});

describe('Q7 the certificate of a signature', () => {
  it('names the signed document and the one that was presented, with the options and the amount agreed', async () => {
    const team = await teamProject(db);
    const render = async () => renderDocument('client_quote', await buildClientQuoteDocument(db, team.clientQuote.id), 'fr');
    const sent = await storeDocument(db, { key: clientQuoteKey(team.clientQuote.id, 'sent'), kind: 'client_quote', title: 'D1', html: await render(), at: sentAt });
    const { id } = await team.sign('');
    const signed = await storeDocument(db, { key: clientQuoteKey(team.clientQuote.id, 'signed'), kind: 'client_quote', title: 'D1', html: await render(), at: signedAt });
    await db.signature.update({ where: { id }, data: { documentSha256: signed.sha256 } });
    const certificate = await buildCertificateDocument(db, id);
    expect(certificate).toMatchObject({
      signatureId: id, signedAt: '2026-04-02T08:41:07.000Z', ip: '203.0.113.24', orderNumber: 'BC-7781',
      signer: { name: 'Hélène Aubry', title: 'Directrice marketing' }, quote: { version: 1, sha256: signed.sha256 }, presentedSha256: sent.sha256,
      options: [{ label: 'Accompagnement', memberName: 'Camille Roux', amountCents: 124_000 }], membersTotalCents: 954_000,
    });
    expect(certificate.consent).toContain('au nom de Maison Valmy');
    expect(certificate.totals.netCents).toBe(954_000 + certificate.fee.cents);
  });
});

describe('I2 I4 a member’s invoice', () => {
  it('is previewed without a number, then invoiced with one, in the member’s name', async () => {
    const team = await teamProject(db);
    await team.sign('0'.repeat(64));
    const { id } = await team.invoice('camille', 1, { amountCents: 401_000 });
    const preview = await buildPreviewDocument(db, id, Date.parse('2026-06-13T09:30:00Z'));
    expect(preview).toMatchObject({
      number: null, version: 1, windowEndsAt: '2026-06-15T09:30:00.000Z', issuedOn: '2026-06-13', serviceOn: '2026-06-13', mandateOn: '2026-03-30', dueOn: null,
      supplier: { name: 'Camille Roux EI', siren: '987654324', siret: '98765432400019' }, totals: { netCents: 401_000, exemption: { reason: 'franchise' }, totalCents: 401_000 },
    });
    expect(preview.lines[0]!.details.map((detail) => detail.replace(/[\u00a0\u202f]/g, ' '))).toEqual([
      'Identité, Suites', `Votre devis ${team.round.ref}, version 1, du 30 mars 2026`, '50 % du montant accepté de 8 020,00 € HT',
    ]);
    await expect(buildMemberInvoiceDocument(db, id)).rejects.toMatchObject({ code: 'number_missing' });
    await db.memberInvoice.update({ where: { id }, data: { number: `CROUX-${team.project.ref}-1`, finalAt: new Date('2026-06-15T09:30:00Z'), legalDueAt: new Date('2026-08-14T09:30:00Z') } });
    const invoice = await buildMemberInvoiceDocument(db, id);
    expect(invoice).toMatchObject({ number: `CROUX-${team.project.ref}-1`, issuedOn: '2026-06-15', dueOn: '2026-08-14', approvedOn: null });
    // Even once numbered, a preview stays a specimen.
    expect(await buildPreviewDocument(db, id, Date.parse('2026-06-16T09:30:00Z'))).toMatchObject({ number: null });
  });

  it('charges the member’s own VAT, and without a mandate says when it was approved', async () => {
    const team = await teamProject(db);
    await team.sign('0'.repeat(64));
    const { id } = await team.invoice('lou', 1, { amountCents: 152_000, number: `LOU-${team.project.ref}`, finalAt: '2026-06-14T08:00:00Z' });
    expect(await buildMemberInvoiceDocument(db, id)).toMatchObject({
      mandateOn: null, approvedOn: '2026-06-14', totals: { vat: [{ rateBp: 2_000, baseCents: 152_000, cents: 30_400 }], exemption: null, totalCents: 182_400 },
    });
    expect(await buildPreviewDocument(db, id, sentAt)).toMatchObject({ approvedOn: null });
  });

  it('lists the deposit on the balance, and a deposit lists nothing', async () => {
    const team = await teamProject(db);
    await team.sign('0'.repeat(64));
    const deposit = await team.invoice('camille', 1, { amountCents: 240_600, kind: 'deposit', number: `A-${team.project.ref}-1`, finalAt: '2026-04-07T08:00:00Z' });
    await team.invoice('lou', 2, { amountCents: 152_000, number: `B-${team.project.ref}`, finalAt: '2026-04-08T08:00:00Z' });
    const balance = await team.invoice('camille', 3, { amountCents: 561_400, kind: 'balance', number: `A-${team.project.ref}-2`, finalAt: '2026-06-15T08:00:00Z' });
    expect((await buildMemberInvoiceDocument(db, balance.id)).earlier).toEqual([
      { number: deposit.number, kind: 'deposit', issuedOn: '2026-04-07', netCents: 240_600, totalCents: 240_600 },
    ]);
    const first = await buildMemberInvoiceDocument(db, deposit.id);
    expect(first).toMatchObject({ earlier: [], serviceOn: null });
  });
});

describe('I3 the client’s invoice', () => {
  const issued = async (team: Awaited<ReturnType<typeof teamProject>>, row: { ref: string; number: string; kind?: string; membersCents: number; feeCents: number; vatTreatment?: string; dueAt?: string }) => {
    const vatCents = row.vatTreatment === 'reverse_charge' ? 0 : (row.membersCents + row.feeCents) / 5;
    return db.clientInvoice.create({
      data: {
        ...row, projectId: team.project.id, state: 'issued', vatCents, totalCents: row.membersCents + row.feeCents + vatCents,
        issuedAt: new Date('2026-06-15T10:00:00Z'), dueAt: new Date(row.dueAt ?? '2026-07-15T21:59:00Z'),
      },
    });
  };

  it('gathers the members’ invoices line by line, the fee apart, with every reference', async () => {
    const team = await teamProject(db);
    await team.sign('0'.repeat(64));
    const { id } = await issued(team, { ref: `${team.project.ref}-C1`, number: `F-${team.project.ref}`, membersCents: 553_000, feeCents: 113_265 });
    await team.invoice('camille', 1, { amountCents: 401_000, clientInvoiceId: id });
    await team.invoice('lou', 2, { amountCents: 152_000, kind: 'balance', clientInvoiceId: id });
    const invoice = await buildClientInvoiceDocument(db, id);
    expect(invoice).toMatchObject({
      number: `F-${team.project.ref}`, issuedOn: '2026-06-15', dueOn: '2026-07-15', serviceOn: '2026-06-13', immediate: false, orderNumber: 'BC-7781',
      quoteNumbers: [`${team.project.ref}-D1`], billingContact: { name: 'Paul Arnoux' }, membersTotalCents: 553_000,
      fee: { rateBp: 1_700, basis: 'of_final_amount', cents: 113_265 }, late: { rateBp: 1_215, indemnityCents: 4_000 }, mentions: { receipts: expect.stringContaining('encaissement') },
      totals: { netCents: 666_265, vatCents: 133_253, totalCents: 799_518 },
    });
    expect(invoice.lines.map(({ label, amountCents }) => [label.replace(/\u00a0/g, ' '), amountCents])).toEqual([
      ['Camille Roux : prestations', 401_000], ['Lou Pergame : solde des prestations', 152_000],
    ]);
    const text = readText(renderDocument('client_invoice', invoice, 'fr'));
    expect(text).toContain(`Devis ${team.project.ref}-D1 accepté le 2 avril 2026`);
  });

  it('I9 refuses to say a total its lines do not give', async () => {
    const team = await teamProject(db);
    await team.sign('0'.repeat(64));
    const { id } = await issued(team, { ref: `${team.project.ref}-C1`, number: `F-${team.project.ref}`, membersCents: 553_000, feeCents: 113_265 });
    await team.invoice('camille', 1, { amountCents: 401_000, clientInvoiceId: id });
    await expect(buildClientInvoiceDocument(db, id)).rejects.toThrow(/401000.*553000/);
  });

  it('I5 a deposit under reverse charge is due at once and carries no VAT', async () => {
    const team = await teamProject(db, { vatTreatment: 'reverse_charge', vatNumber: 'BE0123456749' });
    await team.sign('0'.repeat(64));
    const { id } = await issued(team, {
      ref: `${team.project.ref}-C1`, number: `F-${team.project.ref}`, kind: 'deposit', membersCents: 240_600, feeCents: 49_280, vatTreatment: 'reverse_charge', dueAt: '2026-06-15T10:00:00Z',
    });
    await team.invoice('camille', 1, { amountCents: 240_600, kind: 'deposit', clientInvoiceId: id });
    expect(await buildClientInvoiceDocument(db, id)).toMatchObject({
      kind: 'deposit', immediate: true, serviceOn: null, mentions: { receipts: null }, totals: { vat: [], exemption: { reason: 'reverse_charge' }, totalCents: 289_880 },
    });
  });

  it('is not drawn up before it is numbered', async () => {
    const team = await teamProject(db);
    const { id } = await db.clientInvoice.create({ data: { ref: `${team.project.ref}-C1`, projectId: team.project.id, state: 'gathering' } });
    await expect(buildClientInvoiceDocument(db, id)).rejects.toMatchObject({ code: 'number_missing' });
  });
});
