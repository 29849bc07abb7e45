import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { consoleRouter } from '../../admin/router.ts';
import { buildClientInvoiceDocument } from '../../documents/build-client-invoice.ts';
import { documentFor } from '../../documents/read.ts';
import { wordingPreview } from '../../documents/wording-preview.ts';
import { builtInWording } from '../../documents/legal.ts';
import { legalWordingNames, legalWordings, wordingRefusal } from '../../domain/legal-wordings.ts';
import { roles } from '../../domain/roles.ts';
import { allBlocks, signInAs, textOf, type ShownPage } from '../support/console.ts';
import { openHouse } from '../support/house.ts';
import { issuedInvoices } from '../support/issued-invoices.ts';

const { deps, url } = await openHouse({ console: consoleRouter });
const { db } = deps;
const helene = await signInAs(db, url, 'administrator', 'Hélène');
const untranslated = /"(wordings|terms|term|event)\.[\w.]+"/;
const page = 'wordings';
const formOf = (shown: ShownPage, act: string): Record<string, unknown> | undefined => {
  const fields = allBlocks(shown.blocks).find((block) => block.kind === 'form' && block.act === act)?.fields;
  return fields && Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};
const frames = (shown: ShownPage): string[] => allBlocks(shown.blocks).filter(({ kind }) => kind === 'frame').map(({ html }) => html ?? '');
const queryOf = (redirect = ''): string => redirect.split('?')[1] ?? '';
const propose = async (wording: string, typed: object) =>
  helene.act(page, `wording=${wording}`, 'propose', { ...formOf(await helene.open(page, `wording=${wording}`), 'propose'), reason: 'La loi a changé', ...typed });
const confirm = async (proposed: ShownPage, key: string = randomUUID()) => {
  const preview = await helene.open(page, queryOf(proposed.redirect));
  return { preview, done: await helene.act(page, queryOf(proposed.redirect), 'change', formOf(preview, 'change') ?? {}, key) };
};
const said = (fr: string, en = fr) => ({ fr, en });

describe('I10 S4 the wordings of documents in the console', () => {
  it('I10: the list says what each wording is for, where it stands and what it says, in both languages; administrators alone open it', async () => {
    for (const language of ['', 'lang=en']) {
      const shown = await helene.open(page, language);
      expect(allBlocks(shown.blocks).flatMap(({ rows = [] }) => rows)).toHaveLength(legalWordingNames.length);
      expect(JSON.stringify(shown)).not.toMatch(untranslated);
      for (const name of legalWordingNames) {
        const one = await helene.open(page, `wording=${name}&${language}`);
        expect(frames(one)).toHaveLength(2);
        expect(JSON.stringify({ ...one, blocks: one.blocks.filter(({ kind }) => kind !== 'details') })).not.toMatch(untranslated);
      }
    }
    expect((await helene.open(page, 'wording=nothing')).title).toBe('Introuvable');
    expect((await helene.open('terms', 'key=nothing')).title).toBe('Introuvable');
    for (const role of roles.filter((one) => one !== 'administrator')) {
      const somebody = await signInAs(db, url, role, role);
      expect((await somebody.open(page)).title).toBe('Page réservée');
      expect((await somebody.act(page, '', 'propose', { wording: 'late', ...said('x {rate}'), reason: 'x' })).title).toBe('Page réservée');
    }
    expect(await db.setting.count()).toBe(0);
  });

  it.each(legalWordingNames)('I10: the sample document of %s shows it, as it is proposed, in both languages', (name) => {
    for (const locale of ['fr', 'en'] as const) {
      const proposed = { fr: `Phrase neuve ${legalWordings[name].slots.map((slot) => `{${slot}}`).join(' ')}.`, en: `New sentence ${legalWordings[name].slots.map((slot) => `{${slot}}`).join(' ')}.` };
      const { html, said: words } = wordingPreview(name, proposed, () => undefined, locale);
      expect(words).toContain(locale === 'fr' ? 'Phrase neuve' : 'New sentence');
      expect(words).not.toContain('{');
      expect(html).toContain(locale === 'fr' ? 'Phrase neuve' : 'New sentence');
      expect(wordingRefusal(legalWordings[name].slots, builtInWording(name)[locale])).toBeNull();
    }
  });

  it.each([
    ['an empty one', said('  ', 'Interest at {rate}.'), 'en français est vide'],
    ['one too long', said(`{rate} ${'a'.repeat(700)}`, 'Interest at {rate}.'), '600 caractères'],
    ['a slot that is not known', said('Pénalités de {taux}.', 'Interest at {rate}.'), '« taux » n’existe pas ici. Connus : {rate}'],
    ['a slot that is missing', said('Pénalités au taux {rate}.', 'Interest.'), 'Il manque l’emplacement « rate » (entre accolades) dans le texte en anglais'],
    ['a brace alone', said('Pénalités au taux {rate} }.', 'Interest at {rate}.'), 'accolade seule'],
    ['no reason', { ...said('Pénalités\u00a0: {rate}.', 'Interest: {rate}.'), reason: ' ' }, 'Dites pourquoi'],
    ['a day gone by', { ...said('Pénalités\u00a0: {rate}.', 'Interest: {rate}.'), day: '2020-01-01' }, 'ne remonte jamais le temps'],
    ['what it says already', builtInWording('late'), 'rien ne changerait'],
  ])('I10: refuses %s in words', async (_what, typed, words) => {
    const { notice } = await propose('late', typed);
    expect(notice?.type).toBe('error');
    expect(notice?.message.replace(/\u00a0/g, ' ')).toContain(words);
    expect(await db.setting.count({ where: { key: 'mention.late' } })).toBe(0);
  });

  it('I3, I5, I10: seen with its document before it is confirmed, once; an invoice of an earlier day keeps its words, the next one bears the new', async () => {
    const { refs: [before = ''] } = await issuedInvoices(deps, [20_000]);
    const proposed = await propose('late', said('Intérêts de retard\u00a0: {rate} l’an, dès le premier jour.', 'Late interest: {rate} a year, from the first day.'));
    expect(await db.setting.count({ where: { key: 'mention.late' } })).toBe(0); // nothing before it is confirmed
    const key = randomUUID();
    const { preview, done } = await confirm(proposed, key);
    expect(frames(preview).map((html) => /dès le premier jour|from the first day/.exec(html)?.[0])).toEqual(['dès le premier jour', 'from the first day']);
    expect(JSON.stringify(preview)).toContain('Les documents déjà émis gardent leurs mots.');
    expect(done.notice?.type).toBe('success');
    await helene.act(page, queryOf(proposed.redirect), 'change', formOf(preview, 'change') ?? {}, key); // posted twice
    expect(await db.setting.findMany({ where: { key: 'mention.late' } })).toMatchObject([{ changedBy: 'Hélène', reason: 'La loi a changé' }]);
    // Somebody who saw the page before is told.
    expect((await helene.act(page, queryOf(proposed.redirect), 'change', { ...formOf(preview, 'change'), fr: 'Encore {rate}.' })).notice?.message).toContain('Hélène');

    const { refs: [after = ''] } = await issuedInvoices(deps, [21_000]);
    const [old, fresh] = await Promise.all([before, after].map((ref) => db.clientInvoice.findUniqueOrThrow({ where: { ref } })));
    const htmlOf = async (id: string | null | undefined) => (await documentFor(db, id ?? '')).html;
    expect(await htmlOf(old?.documentId)).toContain('exigibles dès le lendemain');
    expect(await htmlOf(fresh?.documentId)).toContain('l’an, dès le premier jour');
    // Drawn up again, each still speaks as on its day.
    expect((await buildClientInvoiceDocument(db, old?.id ?? '')).mentions.late).toContain('exigibles dès le lendemain');
    expect((await buildClientInvoiceDocument(db, fresh?.id ?? '')).mentions.late).toContain('dès le premier jour');
  });

  it('S4: a change to come waits for its day and may be taken back; an earlier text may be put back', async () => {
    const proposed = await propose('receipts', { ...said('TVA due quand le client paie.', 'VAT due when the client pays.'), day: '2099-03-01' });
    const { preview } = await confirm(proposed);
    expect(JSON.stringify(preview)).toContain('1 mars 2099');
    const rows = async () => allBlocks((await helene.open(page, 'wording=receipts')).blocks).find(({ caption }) => caption === 'Historique')?.rows ?? [];
    const [coming, origin] = await rows();
    expect([coming, origin].map((row) => textOf(row?.cells[3] ?? ''))).toEqual(['À venir', 'En vigueur']);
    const [cancel] = coming?.deeds ?? [];
    expect((await helene.act(page, 'wording=receipts', 'cancel', cancel?.values ?? {})).notice?.type).toBe('success');
    expect((await rows()).map((row) => textOf(row.cells[3] ?? ''))).toEqual(['Annulée', 'En vigueur']);

    await confirm(await propose('receipts', said('TVA due au paiement.', 'VAT due on payment.')));
    const back = (await rows()).at(-1)?.deeds?.[0];
    expect(back?.act).toBe('revert');
    const reverted = await helene.act(page, 'wording=receipts', 'revert', back?.values ?? {});
    expect((await confirm(reverted)).done.notice?.type).toBe('success');
    expect(await db.setting.findFirst({ where: { key: 'mention.receipts', cancelledAt: null }, orderBy: { createdAt: 'desc' } })).toMatchObject({ value: builtInWording('receipts'), reason: 'Retour à un texte antérieur' });
    // Settings that are no wording are not to be taken back here.
    const other = await db.setting.create({ data: { key: 'feeRateBp', value: 1_600, effectiveFrom: new Date('2099-01-01'), changedBy: 'x' } });
    expect((await helene.act(page, 'wording=receipts', 'cancel', { id: other.id, seen: '1.0' })).notice?.type).toBe('error');
  });
});
